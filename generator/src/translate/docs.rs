//! Lines of documentation: the definition's own words, then limits, values and sources as sentences.

use crate::api::{Api, Docs, Info, Keyword, Limit, Schema, SchemaId, Severity, Shape};

/// The documentation of the crate: the service's title, then its description.
pub(super) fn crate_docs(info: &Info) -> Vec<String> {
    let version =
        if info.version.is_empty() { String::new() } else { format!(" (version {})", info.version) };
    let mut lines = vec![format!("{}{version}.", escaped(&info.title))];
    if let Some(description) = &info.description {
        lines.push(String::new());
        lines.extend(paragraphs(description));
    }
    if let Some(source) = &info.source {
        append(&mut lines, &format!("Source: {}.", escaped(source.trim_end_matches('.'))));
    }
    lines
}

/// The documentation of an item: `fallback` stands where the definition says nothing.
pub(super) fn item(docs: &Docs, fallback: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for text in [&docs.title, &docs.summary, &docs.description].into_iter().flatten() {
        let paragraph = paragraphs(text);
        if !paragraph.is_empty() && !lines.ends_with(&paragraph) {
            separate(&mut lines);
            lines.extend(paragraph);
        }
    }
    if lines.is_empty() {
        lines.push(fallback.to_owned());
    }
    if docs.deprecated {
        append(&mut lines, "Deprecated.");
    }
    if let Some(external) = &docs.external {
        let text = external.description.as_deref().map_or_else(|| "More".to_owned(), one_line);
        append(&mut lines, &format!("{text}: <{}>.", external.url.trim()));
    }
    lines
}

/// Ends the documentation of an item with its source.
pub(super) fn sourced(mut lines: Vec<String>, docs: &Docs) -> Vec<String> {
    if let Some(source) = &docs.source {
        append(&mut lines, &format!("Source: {}.", escaped(source.trim_end_matches('.'))));
    }
    lines
}

/// The documentation of a field. `own` is the schema at the property, `deciding` the one that it comes to.
pub(super) fn field(api: &Api, own: SchemaId, deciding: SchemaId, is_component: bool) -> Vec<String> {
    let schema = &api.schemas[own];
    let from = if has_words(&schema.docs) { schema } else { &api.schemas[deciding] };
    let mut lines = item(&from.docs, "");
    lines.retain(|line| !line.is_empty() || lines_matter(&from.docs));
    if lines.is_empty() {
        lines.push("Not described.".to_owned());
    }
    if !is_component {
        let facts = facts(&api.schemas[deciding]);
        if !facts.is_empty() {
            append(&mut lines, &facts.join(" "));
        }
    }
    let source = if schema.docs.source.is_some() || is_component { schema } else { &api.schemas[deciding] };
    sourced(lines, &source.docs)
}

/// What the keywords of a schema say, a sentence each.
pub(super) fn facts(schema: &Schema) -> Vec<String> {
    let mut facts = Vec::new();
    match &schema.shape {
        Shape::String(text) => {
            let unit = ("character", "characters");
            facts.extend(range("Length", text.min_length, text.max_length, unit));
            facts.extend(text.format.as_ref().map(|format| format!("Format: `{}`.", code(format))));
            let remark = remark(schema, Keyword::Pattern);
            facts.extend(
                text.pattern.as_ref().map(|pattern| format!("Pattern: `{}`{remark}.", code(pattern))),
            );
        }
        Shape::Integer(number) | Shape::Number(number) => {
            facts.extend(number.minimum.as_ref().map(|limit| bound("At least", "More than", limit)));
            facts.extend(number.maximum.as_ref().map(|limit| bound("At most", "Less than", limit)));
            facts.extend(number.multiple_of.as_ref().map(|step| format!("A multiple of {step}.")));
        }
        Shape::Array(array) => {
            facts.extend(range("Holds", array.min_items, array.max_items, ("item", "items")));
            if array.unique_items {
                facts.push("No item twice.".to_owned());
            }
        }
        Shape::Object(object) => {
            facts.extend(range("Holds", object.min_properties, object.max_properties, ("member", "members")));
        }
        Shape::Any | Shape::Alias(_) | Shape::Boolean => {}
    }
    if !schema.preferred_values.is_empty() {
        let values: Vec<String> = schema
            .preferred_values
            .iter()
            .map(|(value, label)| format!("`{}` ({})", code(value), one_line(label)))
            .collect();
        facts.push(format!("Preferred values, not enforced: {}.", values.join(", ")));
    }
    if let Some(default) = &schema.default {
        facts.push(format!("When absent, the service takes `{}`.", code(&default.to_string())));
    }
    facts
}

fn remark(schema: &Schema, keyword: Keyword) -> &'static str {
    match schema.severities.get(&keyword) {
        Some(Severity::Warning) => " (a warning only)",
        _ => "",
    }
}

fn bound(inclusive: &str, exclusive: &str, limit: &Limit) -> String {
    format!("{} {}.", if limit.exclusive { exclusive } else { inclusive }, limit.value)
}

fn range(what: &str, min: Option<u64>, max: Option<u64>, unit: (&str, &str)) -> Option<String> {
    let units = |count: u64| if count == 1 { unit.0 } else { unit.1 };
    match (min.filter(|min| *min > 0), max) {
        (Some(min), Some(max)) if min == max => Some(format!("{what} exactly {min} {}.", units(min))),
        (Some(min), Some(max)) => Some(format!("{what} {min} to {max} {}.", units(max))),
        (Some(min), None) => Some(format!("{what} at least {min} {}.", units(min))),
        (None, Some(max)) => Some(format!("{what} at most {max} {}.", units(max))),
        (None, None) => None,
    }
}

fn has_words(docs: &Docs) -> bool {
    docs.title.is_some() || docs.description.is_some()
}

fn lines_matter(docs: &Docs) -> bool {
    has_words(docs) || docs.deprecated || docs.external.is_some()
}

/// Adds a paragraph.
pub(super) fn append(lines: &mut Vec<String>, paragraph: &str) {
    separate(lines);
    lines.extend(wrapped(paragraph));
}

fn separate(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
}

/// A description as documentation: Markdown stays, but nothing in it becomes a doctest.
fn paragraphs(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut lines: Vec<String> = Vec::new();
    let mut paragraph = String::new();
    for line in text.trim().lines() {
        let line = line.trim_end().replace('\t', "    ");
        let content = line.trim_start();
        let fence = content.starts_with("```") || content.starts_with("~~~");
        if !fenced && !fence && is_running(content) {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(content);
            continue;
        }
        finish(&mut lines, &mut paragraph);
        if fence {
            let fence: String = content.chars().take(3).collect();
            lines.push(if fenced { fence } else { format!("{fence}text") });
            fenced = !fenced;
        } else if fenced {
            lines.push(line);
        } else {
            // Four blanks would begin a code block, which rustdoc would run.
            let indent = (line.len() - content.len()).min(3);
            lines.push(format!("{}{}", " ".repeat(indent), escaped(content)));
        }
    }
    finish(&mut lines, &mut paragraph);
    if fenced {
        lines.push("```".to_owned());
    }
    lines
}

fn finish(lines: &mut Vec<String>, paragraph: &mut String) {
    if !paragraph.is_empty() {
        lines.extend(wrapped(&escaped(paragraph)));
        paragraph.clear();
    }
}

/// True for text that Markdown reads as part of a paragraph and as nothing else.
fn is_running(line: &str) -> bool {
    line.starts_with(|c: char| c.is_alphabetic() || "`\"'(".contains(c)) && !line.contains('|')
}

/// Breaks a line of running text near column 100. Lines that Markdown reads as something else stay whole, and no
/// line begins with a word that would make it something else.
fn wrapped(line: &str) -> Vec<String> {
    const WIDTH: usize = 100;
    if line.chars().count() <= WIDTH || !is_running(line) {
        return vec![line.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    let mut in_code = false;
    for word in line.split(' ') {
        let starts_block = !is_running(word);
        match lines.last_mut() {
            Some(last) if in_code || starts_block || last.chars().count() + word.chars().count() < WIDTH => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
        in_code ^= word.matches('`').count() % 2 == 1;
    }
    lines
}

/// Text on one line, for the middle of a sentence.
pub(super) fn one_line(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Keeps rustdoc from reading links and tags into plain text; what stands between backticks stays as it is.
fn escaped(text: &str) -> String {
    let balanced = text.matches('`').count().is_multiple_of(2);
    let mut in_code = false;
    let mut out = String::with_capacity(text.len());
    let mut previous = ' ';
    for c in text.chars() {
        match c {
            '`' if balanced => {
                in_code = !in_code;
                out.push(c);
            }
            '[' | ']' | '<' | '`' if !in_code && previous != '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ => out.push(c),
        }
        previous = c;
    }
    out
}

/// Text for between backticks.
fn code(text: &str) -> String {
    text.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{escaped, paragraphs, range};

    #[test]
    fn nothing_becomes_a_doctest_or_a_link() {
        assert_eq!(paragraphs("a\n      b\n```\nlet x;\n```"), ["a b", "```text", "let x;", "```"]);
        assert_eq!(paragraphs("```json\n{}"), ["```text", "{}", "```"]);
        assert_eq!(escaped("an [array] of <b> and `Vec<u8>`"), "an \\[array\\] of \\<b> and `Vec<u8>`");
    }

    #[test]
    fn ranges_read_as_sentences() {
        let range = |min, max| range("Length", min, max, ("character", "characters"));
        assert_eq!(range(Some(0), Some(50)).as_deref(), Some("Length at most 50 characters."));
        assert_eq!(range(Some(1), Some(50)).as_deref(), Some("Length 1 to 50 characters."));
        assert_eq!(range(Some(4), Some(4)).as_deref(), Some("Length exactly 4 characters."));
        assert_eq!(range(Some(1), None).as_deref(), Some("Length at least 1 character."));
        assert_eq!(range(Some(0), None), None);
    }
}
