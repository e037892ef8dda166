//! What the page shows: plain data, which is written as HTML or as Markdown.

/// The whole page.
#[derive(Debug, Clone)]
pub(super) struct OverviewPage {
    pub(super) title: String,
    pub(super) version: String,
    /// The package that is generated.
    pub(super) package: String,
    pub(super) description: Option<String>,
    /// How many there are of what.
    pub(super) counts: Vec<(&'static str, usize)>,
    pub(super) operations: Vec<OverviewSection>,
    pub(super) schemas: Vec<OverviewSection>,
    pub(super) codes: CodeTable,
    pub(super) untyped: Vec<UntypedRow>,
    /// `None`: no pages were given.
    pub(super) documented: Option<DocumentedTable>,
    pub(super) diagram: Diagram,
}

/// A schema or an operation.
#[derive(Debug, Clone)]
pub(super) struct OverviewSection {
    pub(super) target: Target,
    pub(super) name: String,
    /// The name in Rust, if there is one.
    pub(super) rust: Option<String>,
    /// Its JSON pointer, and its line where that is known.
    pub(super) place: String,
    pub(super) kind: TypeText,
    pub(super) description: Option<String>,
    pub(super) is_deprecated: bool,
    /// Limits and rules of the whole.
    pub(super) rules: Vec<RuleNote>,
    pub(super) values: Vec<ValueRow>,
    pub(super) fields: Vec<FieldRow>,
    /// What an operation responds with, by status.
    pub(super) responses: Vec<(String, TypeText)>,
    /// The sections that refer to it.
    pub(super) used_by: Vec<TypePiece>,
}

/// A property, a parameter, or a body.
#[derive(Debug, Clone)]
pub(super) struct FieldRow {
    /// With those around it: `address.city`, `items[].name`.
    pub(super) name: String,
    pub(super) type_text: TypeText,
    pub(super) rust: Option<String>,
    pub(super) required: bool,
    /// Such as `read-only`.
    pub(super) marks: Vec<&'static str>,
    pub(super) rules: Vec<RuleNote>,
    pub(super) values: Vec<ValueRow>,
    pub(super) description: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct ValueRow {
    pub(super) value: String,
    pub(super) label: Option<String>,
}

/// A limit or a rule, and what breaking it raises.
#[derive(Debug, Clone)]
pub(super) struct RuleNote {
    /// `maxLength 48`
    pub(super) text: String,
    /// `None`: the definition has no code for it, and validators report one of their own.
    pub(super) code: Option<CodeLink>,
}

#[derive(Debug, Clone)]
pub(super) struct CodeLink {
    pub(super) name: String,
    pub(super) target: Target,
    pub(super) is_warning: bool,
}

/// A type, in pieces of which some lead to a schema.
pub(super) type TypeText = Vec<TypePiece>;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TypePiece {
    Text(String),
    Link(String, Target),
}

/// What a link leads to: each is unique on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Target {
    /// The index of a schema.
    Schema(usize),
    /// The index of an operation.
    Operation(usize),
    /// The index of an error code.
    Code(usize),
}

/// Every error code, and what raises it.
#[derive(Debug, Clone, Default)]
pub(super) struct CodeTable {
    pub(super) codes: Vec<CodeSection>,
    /// The folders whose files were read as cases; none: no folder was given.
    pub(super) cases_from: Vec<String>,
    /// How many files these have.
    pub(super) cases: usize,
}

#[derive(Debug, Clone)]
pub(super) struct CodeSection {
    pub(super) target: Target,
    pub(super) name: String,
    pub(super) message: String,
    pub(super) is_warning: bool,
    pub(super) server_only: bool,
    pub(super) description: Option<String>,
    /// Keywords and formats that raise it wherever nothing else is said.
    pub(super) general: Vec<String>,
    pub(super) raised_by: Vec<RaisedBy>,
    /// The files that name the code.
    pub(super) cases: Vec<String>,
}

#[derive(Debug, Clone)]
pub(super) struct RaisedBy {
    /// `CreateAccount.lastSegment`
    pub(super) subject: TypePiece,
    pub(super) rule: String,
}

/// What is untyped JSON in the crate.
#[derive(Debug, Clone)]
pub(super) struct UntypedRow {
    /// Of the crate: `Pet::extra`.
    pub(super) rust: String,
    pub(super) place: String,
    pub(super) reason: String,
}

/// What the vendor's pages say, and whether the definition says it too.
#[derive(Debug, Clone, Default)]
pub(super) struct DocumentedTable {
    pub(super) from: String,
    pub(super) rows: Vec<DocumentedRow>,
    /// What the definition has beyond the pages.
    pub(super) beyond: Vec<String>,
}

#[derive(Debug, Clone)]
pub(super) struct DocumentedRow {
    pub(super) kind: &'static str,
    pub(super) subject: String,
    /// Page and line.
    pub(super) place: String,
    pub(super) state: DocumentedState,
    pub(super) notes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocumentedState {
    Agrees,
    /// The definition deviates, and says why.
    Settled,
    Differs,
}

/// Schemas as boxes, and which refers to which.
#[derive(Debug, Clone, Default)]
pub(super) struct Diagram {
    pub(super) nodes: Vec<DiagramNode>,
    /// Indexes of nodes.
    pub(super) edges: Vec<(usize, usize)>,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

#[derive(Debug, Clone)]
pub(super) struct DiagramNode {
    pub(super) name: String,
    pub(super) target: Target,
    pub(super) column: usize,
    pub(super) row: usize,
}

impl CodeSection {
    /// Returns whether a validator can report it at all.
    pub(super) fn is_raised(&self) -> bool {
        !self.general.is_empty() || !self.raised_by.is_empty()
    }
}

impl DocumentedState {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Agrees => "in the definition",
            Self::Settled => "settled otherwise",
            Self::Differs => "not as documented",
        }
    }
}
