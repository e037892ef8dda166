//! Pages to facts.

mod headings;
mod tables;

use super::facts::{DocumentedEndpoint, DocumentedExample, Facts, Passage, PassageKind};
use super::markdown::{self, Block, BlockContent, RichText};
use super::pages::{Page, Pages};
use super::wording;
use headings::{Headings, Here, OperationSection, operation};
use tables::{read_table, status};

/// Reads every page.
pub(crate) fn read(pages: &Pages) -> Facts {
    let mut facts = Facts::default();
    for (index, page) in pages.pages.iter().enumerate() {
        read_page(index, page, &mut facts);
    }
    resolve_references(&mut facts);
    facts
}

fn read_page(index: usize, page: &Page, facts: &mut Facts) {
    let (front_matter, blocks) = markdown::read(&page.text);
    let here = Here { index, page };
    for entry in front_matter {
        facts.passages.push(Passage {
            at: here.at(entry.span.start),
            kind: PassageKind::FrontMatter,
            section: entry.name,
            text: entry.value,
            limits: Vec::new(),
            raw: page.text[entry.span].to_owned(),
        });
    }
    let mut headings = Headings::default();
    for block in &blocks {
        match &block.content {
            BlockContent::Heading(level, text) => {
                headings.enter(*level, text.plain());
                let section = text.anchor.clone().unwrap_or_default();
                facts.passages.push(here.passage(block, PassageKind::Heading, section, text.plain()));
                headings.anchor.clone_from(&text.anchor);
            }
            BlockContent::Paragraph(text) => paragraph(&here, block, text, &mut headings, facts),
            BlockContent::Item(text) => item(&here, block, text, &headings, facts),
            BlockContent::Fence { language, text } => fence(&here, block, language, text, &headings, facts),
            BlockContent::Table(table) => read_table(&here, table, &mut headings, facts),
        }
    }
}

fn paragraph(here: &Here<'_>, block: &Block, text: &RichText, headings: &mut Headings, facts: &mut Facts) {
    let plain = text.plain();
    let lower = plain.to_lowercase();
    headings.in_notes = matches!(&*lower, "note:" | "notes:" | "note" | "notes");
    let operation = operation_facts(here, text, headings, facts);
    if headings.operation_section().is_none() && wording::is_deprecation(&plain) {
        headings.deprecated = Some(headings.heading().to_owned());
    }
    let limited = ["limitation", "restriction", "constraint"];
    let kind = if plain.starts_with("{%") {
        PassageKind::Banner
    } else if lower.starts_with("note:") && !headings.in_notes
        || limited.iter().any(|word| headings.heading().to_lowercase().contains(word))
    {
        PassageKind::Note
    } else {
        PassageKind::Prose
    };
    // Copies of a page lose the marks of headings: the line above a table is one.
    let lines = text.lines();
    let is_heading = !operation && block.span.end < here.page.text.len() && next_is_table(here, block);
    let is_title = |line: &&String| line.len() <= 80 && !line.ends_with([':', '.']);
    if let (true, Some(last)) = (is_heading, lines.last().filter(is_title)) {
        headings.enter(6, last.clone());
    }
    facts.passages.push(here.passage(block, kind, headings.section(), plain));
}

/// Returns true where a table begins directly behind a paragraph.
fn next_is_table(here: &Here<'_>, block: &Block) -> bool {
    let mut lines = here.page.text[block.span.end..].trim_start_matches('\n').lines();
    let (header, delimiter) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let glued = !here.page.text[block.span.end..].starts_with("\n\n");
    glued && header.contains('|') && delimiter.contains("--") && delimiter.contains('|')
}

fn item(here: &Here<'_>, block: &Block, text: &RichText, headings: &Headings, facts: &mut Facts) {
    let is_note = headings.in_notes || headings.operation_section() == Some(OperationSection::Notes);
    if !is_note {
        operation_facts(here, text, headings, facts);
    }
    let kind = if is_note { PassageKind::Note } else { PassageKind::Prose };
    facts.passages.push(here.passage(block, kind, headings.section(), text.plain()));
}

/// Reads what a paragraph or bullet in a section of an operation says; false where it says nothing.
fn operation_facts(here: &Here<'_>, text: &RichText, headings: &Headings, facts: &mut Facts) -> bool {
    let Some(section) = headings.operation_section() else { return false };
    let at = here.at(text.span.start);
    let plain = text.plain();
    let lower = plain.to_lowercase();
    match section {
        OperationSection::Scopes => {
            let Some(scope) = text.codes().next().filter(|scope| !scope.contains(' ')) else { return false };
            operation(at, headings, facts).scopes.push((scope.to_owned(), at));
        }
        OperationSection::Headers => {
            let Some(name) = text.codes().next().filter(|name| !name.contains(' ')) else { return false };
            operation(at, headings, facts).headers.push((name.to_owned(), at));
        }
        OperationSection::Payloads => {
            let Some((side, rest)) = lower.split_once(':') else { return false };
            let schema = text.link().filter(|_| !rest.trim().starts_with("none"));
            let operation = operation(at, headings, facts);
            match side.trim() {
                "request" => operation.request = Some((schema, at)),
                "response" => operation.response = Some((schema, at)),
                _ => return false,
            }
        }
        OperationSection::Statuses => {
            let statuses: Vec<u16> = text.codes().filter_map(status).collect();
            let codes = wording::read(text).codes;
            if statuses.is_empty() && codes.is_empty() {
                return false;
            }
            let operation = operation(at, headings, facts);
            operation.statuses.extend(statuses.into_iter().map(|status| (status, at)));
            operation.codes.extend(codes.into_iter().map(|code| (code.value, at)));
        }
        _ => return false,
    }
    true
}

fn fence(here: &Here<'_>, block: &Block, language: &str, text: &str, headings: &Headings, facts: &mut Facts) {
    let at = here.at(block.span.start);
    let first = text.trim_start().lines().next().unwrap_or_default();
    let endpoints: Vec<(&str, &str)> = text.lines().filter_map(endpoint).collect();
    let is_template = headings.operation_section() == Some(OperationSection::Uri)
        || (headings.operation_section() != Some(OperationSection::Examples)
            && first.contains('{')
            && endpoint(first).is_some());
    if is_template && !endpoints.is_empty() {
        let offset = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
        let head = text_offset(here, block, text);
        for (method, url) in endpoints {
            let at = here.at(head + offset(method));
            let endpoint = DocumentedEndpoint { at, method: method.to_uppercase(), url: url.to_owned() };
            operation(at, headings, facts).endpoints.push(endpoint);
        }
        return;
    }
    let (language, text) = (language.to_lowercase(), text.to_owned());
    facts.examples.push(DocumentedExample { at, section: headings.section(), language, text });
}

/// Returns where the text of a fenced block begins.
fn text_offset(here: &Here<'_>, block: &Block, text: &str) -> usize {
    let found = here.page.text[block.span.clone()].find(text.trim_end());
    block.span.start + found.unwrap_or(0)
}

fn endpoint(line: &str) -> Option<(&str, &str)> {
    let (method, rest) = line.trim().split_once(' ')?;
    let url = rest.split_whitespace().next()?;
    let known = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"];
    let is_url = url.starts_with('/') || url.contains("://") || url.starts_with('{');
    (known.contains(&method) && is_url).then_some((method, url))
}

/// A format without a link may name a schema; with all schemas known, it is one of them or none.
fn resolve_references(facts: &mut Facts) {
    let names: Vec<String> = facts.schemas.iter().map(|schema| schema.name.clone()).collect();
    let schema_of = |format: &str| names.iter().find(|name| same_name(name, format)).cloned();
    let operations = facts.operations.iter_mut().flat_map(|operation| &mut operation.parameters);
    for field in facts.schemas.iter_mut().flat_map(|schema| &mut schema.fields).chain(operations) {
        let holds = matches!(&*field.type_name.to_lowercase(), "object" | "array" | "");
        if let (true, None, Some(format)) = (holds, &field.reference, &field.format) {
            field.reference = schema_of(format.trim_start_matches("array of ").trim_end_matches("[]"));
        }
        if field.reference.is_some() {
            field.format = None;
        }
    }
}

/// Compares names without regard to case, blanks and punctuation.
pub(super) fn same_name(left: &str, right: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(left) == letters(right)
}
