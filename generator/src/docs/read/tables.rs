//! Tables of pages to facts: fields, statuses, error codes, scopes.

use super::super::facts::{
    DocumentedCode, DocumentedField, DocumentedOperation, DocumentedSchema, DocumentedScope,
    DocumentedStatus, DocumentedValue, Facts, Passage, PassageKind, Requirement,
};
use super::super::markdown::{PageTable, RichText, TableRow};
use super::super::wording::{self, Wording};
use super::headings::{Headings, Here, OperationSection, operation};

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

pub(super) fn read_table(here: &Here<'_>, table: &PageTable, headings: &mut Headings, facts: &mut Facts) {
    let columns = Columns::of(table);
    let anchor = headings.anchor.take();
    match columns {
        Columns { name: Some(name), type_name: Some(_), .. } => {
            read_fields(here, table, &columns, name, anchor, headings, facts);
        }
        Columns { status: Some(column), .. } => {
            for row in &table.rows {
                read_status(here, row, &columns, column, headings, facts);
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
                    section: headings.section(),
                    text: words.join(" | "),
                    limits: Vec::new(),
                    raw: raw(here, row),
                });
            }
        }
    }
    headings.has_table = true;
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
    headings: &Headings,
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
        text: format!("{title} {}", wording.text).trim().to_owned(),
        title,
        codes: wording.codes.into_iter().map(|code| code.value).collect(),
        raw: raw(here, row),
    });
    let owner = headings.owner();
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
    headings: &Headings,
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
    match headings.operation_section() {
        Some(OperationSection::Headers) => {
            let names = fields.into_iter().map(|field| (field.name, field.at));
            operation(at, headings, facts).headers.extend(names);
        }
        Some(OperationSection::Parameters | OperationSection::Uri) => {
            operation(at, headings, facts).parameters.extend(fields);
        }
        _ => {
            let name = headings.heading().to_owned();
            let same = |known: &&mut DocumentedSchema| known.name == name && headings.has_table;
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
) -> Option<(DocumentedField, Vec<DocumentedValue>)> {
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
            deprecated: wording::says_deprecated(&text),
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

pub(super) fn status(text: &str) -> Option<u16> {
    let digits = text.trim().get(..3)?;
    let ends = !text.trim()[3..].starts_with(|next: char| next.is_alphanumeric());
    digits.parse().ok().filter(|status| ends && (100..600).contains(status))
}
