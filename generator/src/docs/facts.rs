//! What the pages say: plain data, each fact with its page, line and column.

use crate::source::Position;

/// Everything that is read from one state of the pages.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) schemas: Vec<DocumentedSchema>,
    pub(crate) operations: Vec<DocumentedOperation>,
    pub(crate) codes: Vec<DocumentedCode>,
    pub(crate) statuses: Vec<DocumentedStatus>,
    pub(crate) scopes: Vec<DocumentedScope>,
    pub(crate) examples: Vec<DocumentedExample>,
    /// Headings, paragraphs, bullets and rows of other tables.
    pub(crate) passages: Vec<Passage>,
}

/// Where a fact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PagePosition {
    /// The index of the page.
    pub(crate) page: usize,
    pub(crate) position: Position,
}

/// A heading with a table of fields.
#[derive(Debug)]
pub(crate) struct DocumentedSchema {
    pub(crate) at: PagePosition,
    /// The text of the heading.
    pub(crate) name: String,
    pub(crate) anchor: Option<String>,
    pub(crate) fields: Vec<DocumentedField>,
}

/// A row of a table of fields or of parameters.
#[derive(Debug, Clone)]
pub(crate) struct DocumentedField {
    pub(crate) at: PagePosition,
    pub(crate) name: String,
    /// `string`, `enum`, `array` and the like, as the page spells it.
    pub(crate) type_name: String,
    pub(crate) type_at: PagePosition,
    pub(crate) format: Option<String>,
    pub(crate) format_at: PagePosition,
    /// The schema that the format names.
    pub(crate) reference: Option<String>,
    pub(crate) required: Requirement,
    /// The description without what is read from it.
    pub(crate) text: String,
    pub(crate) text_at: PagePosition,
    pub(crate) values: Vec<DocumentedValue>,
    /// The values are a preference and no limit.
    pub(crate) values_are_open: bool,
    pub(crate) limits: Vec<DocumentedLimit>,
    pub(crate) default: Option<String>,
    pub(crate) read_only: bool,
    pub(crate) deprecated: bool,
    /// The row as it is written.
    pub(crate) raw: String,
}

/// Whether a field has to be present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Requirement {
    Optional,
    Required,
    /// `Required for create`: in forms of that name alone.
    RequiredFor(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DocumentedValue {
    pub(crate) value: String,
    pub(crate) label: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DocumentedLimit {
    pub(crate) kind: LimitKind,
    pub(crate) value: u64,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LimitKind {
    MaxItems,
    MinItems,
    MaxLength,
    MinLength,
    Maximum,
    Minimum,
}

impl LimitKind {
    /// Returns the keyword of JSON Schema.
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::MaxItems => "maxItems",
            Self::MinItems => "minItems",
            Self::MaxLength => "maxLength",
            Self::MinLength => "minLength",
            Self::Maximum => "maximum",
            Self::Minimum => "minimum",
        }
    }
}

/// A heading with sections such as URI, Scopes and Parameters below it.
#[derive(Debug)]
pub(crate) struct DocumentedOperation {
    pub(crate) at: PagePosition,
    pub(crate) name: String,
    pub(crate) endpoints: Vec<DocumentedEndpoint>,
    pub(crate) scopes: Vec<(String, PagePosition)>,
    pub(crate) parameters: Vec<DocumentedField>,
    pub(crate) headers: Vec<(String, PagePosition)>,
    /// The schema of the body; `None` inside for an operation without one.
    pub(crate) request: Option<(Option<String>, PagePosition)>,
    pub(crate) response: Option<(Option<String>, PagePosition)>,
    pub(crate) statuses: Vec<(u16, PagePosition)>,
    pub(crate) codes: Vec<(String, PagePosition)>,
    pub(crate) deprecated: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct DocumentedEndpoint {
    pub(crate) at: PagePosition,
    /// In upper case.
    pub(crate) method: String,
    /// With scheme and host, where the page gives them.
    pub(crate) url: String,
}

/// A row of the table of error codes, or a code that a field's description lists.
#[derive(Debug)]
pub(crate) struct DocumentedCode {
    pub(crate) at: PagePosition,
    pub(crate) name: String,
    pub(crate) message: Option<String>,
    pub(crate) raw: String,
}

/// A row of the table of statuses.
#[derive(Debug)]
pub(crate) struct DocumentedStatus {
    pub(crate) at: PagePosition,
    pub(crate) status: u16,
    /// What follows the number: `Bad Request`.
    pub(crate) title: String,
    pub(crate) text: String,
    /// The error codes that the description names.
    pub(crate) codes: Vec<String>,
    pub(crate) raw: String,
}

/// A row of the table of scopes.
#[derive(Debug)]
pub(crate) struct DocumentedScope {
    pub(crate) at: PagePosition,
    pub(crate) name: String,
    /// The methods or endpoints that the scope is for.
    pub(crate) endpoint: String,
    pub(crate) text: String,
    pub(crate) raw: String,
}

/// A fenced block that is no endpoint.
#[derive(Debug)]
pub(crate) struct DocumentedExample {
    pub(crate) at: PagePosition,
    /// The headings above it.
    pub(crate) section: String,
    /// In lower case; empty: the page does not say.
    pub(crate) language: String,
    pub(crate) text: String,
}

/// A piece of text that is compared as text.
#[derive(Debug)]
pub(crate) struct Passage {
    pub(crate) at: PagePosition,
    pub(crate) kind: PassageKind,
    /// The heading above it; of a heading, its own anchor.
    pub(crate) section: String,
    pub(crate) text: String,
    pub(crate) limits: Vec<DocumentedLimit>,
    pub(crate) raw: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PassageKind {
    Heading,
    /// A bullet below "Notes", or a paragraph on limitations.
    Note,
    /// `{% include prerelease.html %}`.
    Banner,
    FrontMatter,
    Prose,
}
