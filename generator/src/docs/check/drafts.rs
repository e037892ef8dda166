//! Findings of the same form, for every comparison of pages and definition.

use crate::pointer::{NodePart, Pointer};

use super::super::draft::{DraftFinding, Spot};
use super::super::facts::PagePosition;
use super::super::finding::DocsClass;

/// A contract finding about what both sides speak of.
pub(super) fn differs(
    kind: &'static str,
    subject: &str,
    message: String,
    page: PagePosition,
    at: &Pointer,
) -> DraftFinding {
    let draft = DraftFinding::new(DocsClass::Contract, kind, subject, message);
    draft.at(Spot::Page(page)).at(Spot::Definition(at.clone(), NodePart::Key))
}

/// A contract finding about what the definition lacks.
pub(super) fn lacks(kind: &'static str, subject: &str, message: String, page: PagePosition) -> DraftFinding {
    DraftFinding::new(DocsClass::Contract, kind, subject, message).at(Spot::Page(page))
}

/// A contract finding about what the pages lack.
pub(super) fn undocumented(kind: &'static str, subject: &str, message: String, at: &Pointer) -> DraftFinding {
    DraftFinding::new(DocsClass::Contract, kind, subject, message)
        .at(Spot::Definition(at.clone(), NodePart::Key))
}

/// Returns names in backticks, separated by commas.
pub(super) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}
