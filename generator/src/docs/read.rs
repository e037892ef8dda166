//! Pages to facts.

use super::facts::{
    DocumentedCode, DocumentedEndpoint, DocumentedExample, DocumentedField, DocumentedOperation,
    DocumentedSchema, DocumentedScope, DocumentedStatus, Facts, PagePosition, Passage, PassageKind,
    Requirement,
};
use super::markdown::{self, Block, BlockContent, PageTable, RichText, TableRow};
use super::pages::{Page, Pages};
use super::wording::{self, Wording};

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
    let mut outline = Outline::default();
    for block in &blocks {
        match &block.content {
            BlockContent::Heading(level, text) => {
                outline.enter(*level, text.plain());
                let section = text.anchor.clone().unwrap_or_default();
                facts.passages.push(here.passage(block, PassageKind::Heading, section, text.plain()));
                outline.anchor.clone_from(&text.anchor);
            }
            BlockContent::Paragraph(text) => paragraph(&here, block, text, &mut outline, facts),
            BlockContent::Item(text) => item(&here, block, text, &outline, facts),
            BlockContent::Fence { language, text } => fence(&here, block, language, text, &outline, facts),
            BlockContent::Table(table) => read_table(&here, table, &mut outline, facts),
        }
    }
}

/// The page that is being read.
struct Here<'a> {
    index: usize,
    page: &'a Page,
}

impl Here<'_> {
    fn at(&self, offset: usize) -> PagePosition {
        PagePosition { page: self.index, position: self.page.position(offset) }
    }

    fn passage(&self, block: &Block, kind: PassageKind, section: String, text: String) -> Passage {
        let limits = if kind == PassageKind::Heading { Vec::new() } else { wording::limits(&text, None) };
        let raw = self.page.text[block.span.clone()].trim_end().to_owned();
        Passage { at: self.at(block.span.start), kind, section, text, limits, raw }
    }
}

/// The headings above the block that is being read.
#[derive(Default)]
struct Outline {
    headings: Vec<(u8, String)>,
    anchor: Option<String>,
    /// A table has been read since the last heading.
    has_table: bool,
    /// The list that follows is one of notes.
    in_notes: bool,
}

impl Outline {
    fn enter(&mut self, level: u8, heading: String) {
        self.headings.retain(|(above, _)| *above < level);
        self.headings.push((level, heading));
        self.anchor = None;
        self.has_table = false;
        self.in_notes = false;
    }

    /// Returns the last heading.
    fn heading(&self) -> &str {
        self.headings.last().map_or("", |(_, heading)| heading)
    }

    /// Returns the kind of the innermost section that has one.
    fn facet(&self) -> Option<Facet> {
        self.headings.iter().rev().find_map(|(_, heading)| Facet::of(heading))
    }

    /// Returns the heading above the outermost section that has a kind: the name of an operation.
    fn owner(&self) -> &str {
        let first = self.headings.iter().position(|(_, heading)| Facet::of(heading).is_some());
        let index = first.unwrap_or(self.headings.len()).checked_sub(1);
        index.map_or("", |index| &self.headings[index].1)
    }

    /// Returns the headings from the operation or schema down.
    fn section(&self) -> String {
        let first = self.headings.iter().position(|(_, heading)| Facet::of(heading).is_some());
        let from = first.unwrap_or(self.headings.len()).saturating_sub(1);
        let names: Vec<&str> = self.headings[from..].iter().map(|(_, heading)| heading.as_str()).collect();
        names.join(" / ")
    }
}

/// The kinds of sections that an operation has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Facet {
    Uri,
    Scopes,
    Parameters,
    Payloads,
    Headers,
    Statuses,
    Examples,
    Notes,
}

impl Facet {
    fn of(heading: &str) -> Option<Self> {
        Some(match heading.to_lowercase().trim_end_matches(':') {
            "uri" | "url" | "request uri" | "request url" | "uri template" | "endpoint" | "template" => {
                Self::Uri
            }
            "scope" | "scopes" => Self::Scopes,
            "parameter" | "parameters" | "path parameters" | "query parameters" | "uri parameters"
            | "request parameters" => Self::Parameters,
            "payload" | "payloads" | "request" | "response" | "request body" | "response body" => {
                Self::Payloads
            }
            "headers" | "request headers" | "response headers" => Self::Headers,
            "http status codes" | "http status" | "status codes" | "response codes" => Self::Statuses,
            "note" | "notes" => Self::Notes,
            other if other.starts_with("example") || other.starts_with("sample") => Self::Examples,
            _ => return None,
        })
    }
}

fn paragraph(here: &Here<'_>, block: &Block, text: &RichText, outline: &mut Outline, facts: &mut Facts) {
    let plain = text.plain();
    let lower = plain.to_lowercase();
    outline.in_notes = matches!(&*lower, "note:" | "notes:" | "note" | "notes");
    let operation = operation_facts(here, text, outline, facts);
    let limited = ["limitation", "restriction", "constraint"];
    let kind = if plain.starts_with("{%") {
        PassageKind::Banner
    } else if lower.starts_with("note:") && !outline.in_notes
        || limited.iter().any(|word| outline.heading().to_lowercase().contains(word))
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
        outline.enter(6, last.clone());
    }
    facts.passages.push(here.passage(block, kind, outline.section(), plain));
}

/// Returns true where a table begins directly behind a paragraph.
fn next_is_table(here: &Here<'_>, block: &Block) -> bool {
    let mut lines = here.page.text[block.span.end..].trim_start_matches('\n').lines();
    let (header, delimiter) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let glued = !here.page.text[block.span.end..].starts_with("\n\n");
    glued && header.contains('|') && delimiter.contains("--") && delimiter.contains('|')
}

fn item(here: &Here<'_>, block: &Block, text: &RichText, outline: &Outline, facts: &mut Facts) {
    let is_note = outline.in_notes || outline.facet() == Some(Facet::Notes);
    if !is_note {
        operation_facts(here, text, outline, facts);
    }
    let kind = if is_note { PassageKind::Note } else { PassageKind::Prose };
    facts.passages.push(here.passage(block, kind, outline.section(), text.plain()));
}

/// Reads what a paragraph or bullet in a section of an operation says; false where it says nothing.
fn operation_facts(here: &Here<'_>, text: &RichText, outline: &Outline, facts: &mut Facts) -> bool {
    let Some(facet) = outline.facet() else { return false };
    let at = here.at(text.span.start);
    let plain = text.plain();
    let lower = plain.to_lowercase();
    match facet {
        Facet::Scopes => {
            let Some(scope) = text.codes().next().filter(|scope| !scope.contains(' ')) else { return false };
            operation(at, outline, facts).scopes.push((scope.to_owned(), at));
        }
        Facet::Headers => {
            let Some(name) = text.codes().next().filter(|name| !name.contains(' ')) else { return false };
            operation(at, outline, facts).headers.push((name.to_owned(), at));
        }
        Facet::Payloads => {
            let Some((side, rest)) = lower.split_once(':') else { return false };
            let schema = text.link().filter(|_| !rest.trim().starts_with("none"));
            let operation = operation(at, outline, facts);
            match side.trim() {
                "request" => operation.request = Some((schema, at)),
                "response" => operation.response = Some((schema, at)),
                _ => return false,
            }
        }
        Facet::Statuses => {
            let statuses: Vec<u16> = text.codes().filter_map(status).collect();
            let codes = wording::read(text).codes;
            if statuses.is_empty() && codes.is_empty() {
                return false;
            }
            let operation = operation(at, outline, facts);
            operation.statuses.extend(statuses.into_iter().map(|status| (status, at)));
            operation.codes.extend(codes.into_iter().map(|code| (code.value, at)));
        }
        _ => return false,
    }
    true
}

/// Returns the operation that the current section belongs to.
fn operation<'f>(at: PagePosition, outline: &Outline, facts: &'f mut Facts) -> &'f mut DocumentedOperation {
    let name = outline.owner();
    let same = |known: &DocumentedOperation| known.name == name && known.at.page == at.page;
    let index = facts.operations.iter().position(same).unwrap_or(facts.operations.len());
    if index == facts.operations.len() {
        facts.operations.push(DocumentedOperation {
            at,
            name: name.to_owned(),
            endpoints: Vec::new(),
            scopes: Vec::new(),
            parameters: Vec::new(),
            headers: Vec::new(),
            request: None,
            response: None,
            statuses: Vec::new(),
            codes: Vec::new(),
        });
    }
    &mut facts.operations[index]
}

fn status(text: &str) -> Option<u16> {
    let digits = text.trim().get(..3)?;
    let ends = !text.trim()[3..].starts_with(|next: char| next.is_alphanumeric());
    digits.parse().ok().filter(|status| ends && (100..600).contains(status))
}

fn fence(here: &Here<'_>, block: &Block, language: &str, text: &str, outline: &Outline, facts: &mut Facts) {
    let at = here.at(block.span.start);
    let first = text.trim_start().lines().next().unwrap_or_default();
    let endpoints: Vec<(&str, &str)> = text.lines().filter_map(endpoint).collect();
    let is_template = outline.facet() == Some(Facet::Uri)
        || (outline.facet() != Some(Facet::Examples) && first.contains('{') && endpoint(first).is_some());
    if is_template && !endpoints.is_empty() {
        let offset = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
        let head = text_offset(here, block, text);
        for (method, url) in endpoints {
            let at = here.at(head + offset(method));
            let endpoint = DocumentedEndpoint { at, method: method.to_uppercase(), url: url.to_owned() };
            operation(at, outline, facts).endpoints.push(endpoint);
        }
        return;
    }
    let (language, text) = (language.to_lowercase(), text.to_owned());
    facts.examples.push(DocumentedExample { at, section: outline.section(), language, text });
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

/// What the columns of a table are.
struct Columns {
    name: Option<usize>,
    type_name: Option<usize>,
    format: Option<usize>,
    description: Option<usize>,
    required: Option<usize>,
    default: Option<usize>,
    code: Option<usize>,
    status: Option<usize>,
    endpoint: Option<usize>,
}

impl Columns {
    fn of(table: &PageTable) -> Self {
        let titles: Vec<String> = table.header.iter().map(|cell| cell.plain().to_lowercase()).collect();
        let find = |known: &[&str]| titles.iter().position(|title| known.contains(&title.as_str()));
        let is_number = table.rows.first().and_then(|row| row.cells.first()).map(RichText::plain);
        let is_number = is_number.is_some_and(|cell| status(&cell).is_some());
        let code = find(&["error code", "errorcode", "error", "code"]);
        let status = find(&["http status code", "status code", "http status", "status", "response code"]);
        Self {
            name: find(&["name", "field", "property", "parameter", "attribute", "element", "scope"]),
            type_name: find(&["type", "data type", "datatype"]),
            format: find(&["format"]),
            description: find(&["description", "definition", "details", "meaning", "message"]),
            required: find(&["required", "required?", "mandatory"]),
            default: find(&["default", "default value"]),
            code: code.filter(|_| !is_number),
            status: status.or(code).filter(|_| is_number),
            endpoint: find(&["endpoint", "endpoints", "method", "methods"]),
        }
    }
}

fn read_table(here: &Here<'_>, table: &PageTable, outline: &mut Outline, facts: &mut Facts) {
    let columns = Columns::of(table);
    let anchor = outline.anchor.take();
    match columns {
        Columns { name: Some(name), type_name: Some(_), .. } => {
            read_fields(here, table, &columns, name, anchor, outline, facts);
        }
        Columns { status: Some(column), .. } => {
            for row in &table.rows {
                read_status(here, row, &columns, column, outline, facts);
            }
        }
        Columns { code: Some(column), .. } => {
            for row in &table.rows {
                let Some(cell) = row.cells.get(column) else { continue };
                facts.codes.push(DocumentedCode {
                    at: here.at(cell.span.start),
                    name: cell.plain(),
                    message: column_text(row, columns.description).filter(|text| !text.is_empty()),
                    raw: raw(here, row),
                });
            }
        }
        Columns { name: Some(name), endpoint: Some(endpoint), .. } => {
            for row in &table.rows {
                let Some(cell) = row.cells.get(name) else { continue };
                facts.scopes.push(DocumentedScope {
                    at: here.at(cell.span.start),
                    name: cell.plain(),
                    endpoint: column_text(row, Some(endpoint)).unwrap_or_default(),
                    text: column_text(row, columns.description).unwrap_or_default(),
                    raw: raw(here, row),
                });
            }
        }
        _ => {
            for row in &table.rows {
                let words: Vec<String> = row.cells.iter().map(RichText::plain).collect();
                facts.passages.push(Passage {
                    at: here.at(row.span.start),
                    kind: PassageKind::Prose,
                    section: outline.section(),
                    text: words.join(" | "),
                    limits: Vec::new(),
                    raw: raw(here, row),
                });
            }
        }
    }
    outline.has_table = true;
}

fn raw(here: &Here<'_>, row: &TableRow) -> String {
    here.page.text[row.span.clone()].trim_end().to_owned()
}

fn column_text(row: &TableRow, column: Option<usize>) -> Option<String> {
    row.cells.get(column?).map(RichText::plain)
}

fn read_status(
    here: &Here<'_>,
    row: &TableRow,
    columns: &Columns,
    column: usize,
    outline: &Outline,
    facts: &mut Facts,
) {
    let Some(cell) = row.cells.get(column) else { return };
    let Some(status) = status(&cell.plain()) else { return };
    let at = here.at(cell.span.start);
    let description = columns.description.and_then(|column| row.cells.get(column));
    let wording = description.map(wording::read).unwrap_or_default();
    let title = cell.plain().get(3..).unwrap_or_default().trim().to_owned();
    facts.statuses.push(DocumentedStatus {
        at,
        status,
        text: [title, wording.text].join(" ").trim().to_owned(),
        codes: wording.codes.into_iter().map(|code| code.value).collect(),
        raw: raw(here, row),
    });
    let owner = outline.owner();
    let same = |known: &&mut DocumentedOperation| known.name == owner && known.at.page == at.page;
    if let Some(operation) = facts.operations.iter_mut().find(same) {
        operation.statuses.push((status, at));
    }
}

fn read_fields(
    here: &Here<'_>,
    table: &PageTable,
    columns: &Columns,
    name: usize,
    anchor: Option<String>,
    outline: &Outline,
    facts: &mut Facts,
) {
    let mut fields = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let Some((field, codes)) = read_field(here, row, columns, name) else { continue };
        for code in codes {
            let raw = field.raw.clone();
            facts.codes.push(DocumentedCode {
                at: field.text_at,
                name: code.value,
                message: code.label,
                raw,
            });
        }
        fields.push(field);
    }
    let Some(at) = table.header.first().map(|cell| here.at(cell.span.start)) else { return };
    match outline.facet() {
        Some(Facet::Headers) => {
            let names = fields.into_iter().map(|field| (field.name, field.at));
            operation(at, outline, facts).headers.extend(names);
        }
        Some(Facet::Parameters | Facet::Uri) => operation(at, outline, facts).parameters.extend(fields),
        _ => {
            let name = outline.heading().to_owned();
            let same = |known: &&mut DocumentedSchema| known.name == name && outline.has_table;
            match facts.schemas.iter_mut().find(same) {
                Some(known) => known.fields.extend(fields),
                None => facts.schemas.push(DocumentedSchema { at, name, anchor, fields }),
            }
        }
    }
}

fn read_field(
    here: &Here<'_>,
    row: &TableRow,
    columns: &Columns,
    name: usize,
) -> Option<(DocumentedField, Vec<super::facts::DocumentedValue>)> {
    let cell = |column: Option<usize>| column.and_then(|column| row.cells.get(column));
    let at = |cell: Option<&RichText>| here.at(cell.map_or(row.span.start, |cell| cell.span.start));
    let name = row.cells.get(name).filter(|name| !name.parts.is_empty())?;
    let type_name = column_text(row, columns.type_name).unwrap_or_default();
    let mut format_cell = cell(columns.format);
    let mut description = cell(columns.description);
    // A copy that loses an empty cell shifts the description into the format's column.
    let is_empty = |cell: Option<&RichText>| cell.is_none_or(|cell| cell.parts.is_empty());
    let is_sentence = |cell: &RichText| cell.link().is_none() && cell.plain().ends_with('.');
    if is_empty(description) && format_cell.is_some_and(is_sentence) {
        description = format_cell.take();
    }
    let format = format_cell.map(wording::read).unwrap_or_default();
    let wording: Wording = description.map(wording::read).unwrap_or_default();
    let reference = format_cell.and_then(RichText::link);
    let text = wording.text;
    let lower = text.to_lowercase();
    let stated = column_text(row, columns.required).and_then(|cell| required(&cell));
    Some((
        DocumentedField {
            at: here.at(name.span.start),
            name: name.plain(),
            type_at: at(cell(columns.type_name)),
            format: Some(format.text).filter(|format| !matches!(&**format, "" | "-")),
            format_at: at(format_cell),
            reference,
            required: stated.or(wording.required).or(format.required).unwrap_or(Requirement::Optional),
            text_at: at(description),
            values: wording.values,
            values_are_open: wording.values_are_open,
            limits: wording::limits(&text, Some(&type_name)),
            default: column_text(row, columns.default)
                .filter(|default| !matches!(&**default, "" | "-"))
                .or(wording.default),
            read_only: lower.contains("read-only") || lower.contains("read only"),
            deprecated: lower.starts_with("deprecated") || lower.contains("(deprecated)"),
            text,
            type_name,
            raw: raw(here, row),
        },
        wording.codes,
    ))
}

/// Reads a cell of a column of its own: `Yes`, `X`, `for create`.
fn required(cell: &str) -> Option<Requirement> {
    let lower = cell.to_lowercase();
    match &*lower {
        "" => None,
        "-" | "n" | "no" | "false" | "optional" => Some(Requirement::Optional),
        "y" | "yes" | "true" | "x" => Some(Requirement::Required),
        _ => wording::requirement(&lower).or_else(|| wording::requirement(&format!("required {lower}"))),
    }
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
