//! How the definition relates to the vendor's documentation pages.

use crate::pointer::Pointer;

/// `x-documented-as`: the section of the pages that a schema or an operation is documented in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DocumentedAs {
    pub(crate) at: Pointer,
    /// The text of the heading.
    pub(crate) section: String,
    /// Of several forms that one section documents, this one: `create`.
    pub(crate) form: Option<String>,
}

/// An entry of `x-deviations`: what the definition settles otherwise than the pages, and why.
#[derive(Debug, Clone)]
pub(crate) struct Deviation {
    /// What comments of the definition call it: `C-13`.
    pub(crate) label: String,
    /// What is contradictory or left open.
    pub(crate) open: String,
    pub(crate) settled: String,
    pub(crate) reason: String,
    pub(crate) excuses: Vec<Excuse>,
}

/// A finding of `docs check` that a deviation explains.
#[derive(Debug, Clone)]
pub(crate) struct Excuse {
    pub(crate) at: Pointer,
    pub(crate) kind: String,
    /// May begin with `*.`, for every owner.
    pub(crate) subject: String,
}
