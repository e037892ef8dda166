//! Where in the pages something is read: the page, the headings above it, and the operation that they name.

use super::super::facts::{DocumentedOperation, Facts, PagePosition, Passage, PassageKind};
use super::super::markdown::Block;
use super::super::pages::Page;
use super::super::wording;

/// The page that is being read.
pub(super) struct Here<'a> {
    pub(super) index: usize,
    pub(super) page: &'a Page,
}

impl Here<'_> {
    pub(super) fn at(&self, offset: usize) -> PagePosition {
        PagePosition { page: self.index, position: self.page.position(offset) }
    }

    pub(super) fn passage(&self, block: &Block, kind: PassageKind, section: String, text: String) -> Passage {
        let limits = if kind == PassageKind::Heading { Vec::new() } else { wording::limits(&text, None) };
        let raw = self.page.text[block.span.clone()].trim_end().to_owned();
        Passage { at: self.at(block.span.start), kind, section, text, limits, raw }
    }
}

/// The headings above the block that is being read.
#[derive(Default)]
pub(super) struct Headings {
    pub(super) above: Vec<(u8, String)>,
    pub(super) anchor: Option<String>,
    /// A table has been read since the last heading.
    pub(super) has_table: bool,
    /// The list that follows is one of notes.
    pub(super) in_notes: bool,
    /// The last heading with a text below it that calls what it names deprecated.
    pub(super) deprecated: Option<String>,
}

impl Headings {
    pub(super) fn enter(&mut self, level: u8, heading: String) {
        self.above.retain(|(other, _)| *other < level);
        self.above.push((level, heading));
        self.anchor = None;
        self.has_table = false;
        self.in_notes = false;
    }

    /// Returns the last heading.
    pub(super) fn heading(&self) -> &str {
        self.above.last().map_or("", |(_, heading)| heading)
    }

    /// Returns the kind of the innermost section that has one.
    pub(super) fn operation_section(&self) -> Option<OperationSection> {
        self.above.iter().rev().find_map(|(_, heading)| OperationSection::of(heading))
    }

    /// Returns the heading above the outermost section that has a kind: the name of an operation.
    pub(super) fn owner(&self) -> &str {
        let first = self.above.iter().position(|(_, heading)| OperationSection::of(heading).is_some());
        let index = first.unwrap_or(self.above.len()).checked_sub(1);
        index.map_or("", |index| &self.above[index].1)
    }

    /// Returns the headings from the operation or schema down.
    pub(super) fn section(&self) -> String {
        let first = self.above.iter().position(|(_, heading)| OperationSection::of(heading).is_some());
        let from = first.unwrap_or(self.above.len()).saturating_sub(1);
        let names: Vec<&str> = self.above[from..].iter().map(|(_, heading)| heading.as_str()).collect();
        names.join(" / ")
    }
}

/// The kinds of sections that an operation has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OperationSection {
    Uri,
    Scopes,
    Parameters,
    Payloads,
    Headers,
    Statuses,
    Examples,
    Notes,
}

impl OperationSection {
    pub(super) fn of(heading: &str) -> Option<Self> {
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

/// Returns the operation that the current section belongs to.
pub(super) fn operation<'f>(
    at: PagePosition,
    headings: &Headings,
    facts: &'f mut Facts,
) -> &'f mut DocumentedOperation {
    let name = headings.owner();
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
            deprecated: wording::says_deprecated(name) || headings.deprecated.as_deref() == Some(name),
        });
    }
    &mut facts.operations[index]
}
