//! How a type of the models shows itself to the engine.

use super::TableId;
use crate::ident::{FieldIdent, TypeIdent};

/// A type with its table.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) ident: TypeIdent,
    pub(crate) table: TableId,
    pub(crate) way: Way,
}

#[derive(Debug, Clone)]
pub(crate) enum Way {
    /// Field by field, each at its place in the table.
    Fields { fields: Vec<FieldVisit>, rest: Option<RestVisit> },
    /// As a string.
    Text,
    /// As the value within.
    Inner,
    /// As JSON.
    Serialized,
}

#[derive(Debug, Clone)]
pub(crate) struct FieldVisit {
    pub(crate) ident: FieldIdent,
    pub(crate) place: u16,
    /// Left out when it is `None`.
    pub(crate) optional: bool,
    /// As JSON: the type can't show its parts, or not to this table.
    pub(crate) serialized: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct RestVisit {
    pub(crate) ident: FieldIdent,
    pub(crate) serialized: bool,
}
