//! Facts against a definition: what one says and the other does not.

mod deviations;
mod operations;
mod schemas;
mod service;

use crate::api::Api;
use crate::pointer::{Part, Pointer};

use super::draft::{Draft, Spot};
use super::facts::{Facts, PagePosition};
use super::finding::Class;

/// Compares the facts of the pages with a definition. What a deviation excuses is left out.
pub(super) fn check(facts: &Facts, api: &Api) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let bindings = schemas::bind(facts, api, &mut drafts);
    schemas::compare(facts, api, &bindings, &mut drafts);
    operations::compare(facts, api, &bindings, &mut drafts);
    service::compare(facts, api, &mut drafts);
    deviations::apply(&api.deviations, drafts)
}

/// A contract finding about what both sides speak of.
fn differs(kind: &'static str, subject: &str, message: String, page: PagePosition, at: &Pointer) -> Draft {
    let draft = Draft::new(Class::Contract, kind, subject, message);
    draft.at(Spot::Page(page)).at(Spot::Definition(at.clone(), Part::Key))
}

/// A contract finding about what the definition lacks.
fn lacks(kind: &'static str, subject: &str, message: String, page: PagePosition) -> Draft {
    Draft::new(Class::Contract, kind, subject, message).at(Spot::Page(page))
}

/// A contract finding about what the pages lack.
fn undocumented(kind: &'static str, subject: &str, message: String, at: &Pointer) -> Draft {
    Draft::new(Class::Contract, kind, subject, message).at(Spot::Definition(at.clone(), Part::Key))
}

/// Returns names in backticks, separated by commas.
fn listed<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}
