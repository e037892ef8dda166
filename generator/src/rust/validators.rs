//! The content of `validators.rs`: codes, patterns, tables, and which table each type is validated with.

mod beyond;
mod schema;

pub(crate) use beyond::*;
pub(crate) use schema::*;

use crate::ident::{ConstIdent, TypeIdent};
use crate::pattern::Pattern;

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Validators {
    /// Every code of the definition, in its order.
    pub(crate) codes: Vec<ServiceCode>,
    /// Codes that have another severity at some schema or rule.
    pub(crate) reweighed: Vec<Reweighed>,
    pub(crate) patterns: Vec<NamedPattern>,
    /// All tables; one without a name is written inside the table that refers to it.
    pub(crate) tables: Vec<Table>,
    /// Which members and items schemas evaluate.
    pub(crate) evaluated: Vec<EvaluatedTable>,
    pub(crate) definition: Definition,
    pub(crate) types: Vec<ValidatedType>,
}

/// The index of a table among all tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TableId(pub(crate) usize);

/// A type of the models and the table that its values are validated with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValidatedType {
    pub(crate) ident: TypeIdent,
    pub(crate) table: TableId,
}

/// An error code that the definition declares.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ServiceCode {
    pub(crate) ident: ConstIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) name: String,
    pub(crate) message: String,
    pub(crate) warning: bool,
}

/// Another code with another severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reweighed {
    pub(crate) ident: ConstIdent,
    pub(crate) of: CodeRef,
    pub(crate) warning: bool,
}

/// A code as a table refers to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CodeRef {
    /// A constant of the module.
    Own(ConstIdent),
    /// A constant of `specwright_runtime::validate::codes`.
    Local(&'static str),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NamedPattern {
    pub(crate) ident: ConstIdent,
    pub(crate) docs: Vec<String>,
    /// As the definition writes it.
    pub(crate) source: String,
    pub(crate) pattern: Pattern,
}

/// The settings that all tables share.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Definition {
    pub(crate) invalid_json: Option<CodeRef>,
    pub(crate) error_body: Option<ErrorFormat>,
    /// A property that is `null`, and may not be, counts as absent.
    pub(crate) null_is_absent: bool,
}

/// How the service writes its errors: the names of the members, and the object around the list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ErrorFormat {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) data_path: String,
    pub(crate) envelope: Option<EnvelopeFormat>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EnvelopeFormat {
    pub(crate) errors: String,
    pub(crate) code: CodeRef,
    pub(crate) array: bool,
    /// The object has the path of the request, from this text on.
    pub(crate) path_from: Option<String>,
}
