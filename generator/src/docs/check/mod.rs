//! Facts against a definition: what one says and the other does not.

mod binding;
mod changes;
mod deviations;
mod drafts;
mod examples;
mod operations;
mod schemas;
mod service;
mod sources;
mod terms;

#[cfg(feature = "overview")]
pub(super) use deviations::excusing;

use crate::api::Api;

use super::draft::DraftFinding;
use super::facts::Facts;

/// Compares the facts of the pages with a definition. What a deviation excuses is left out.
pub(super) fn check(facts: &Facts, api: &Api) -> Vec<DraftFinding> {
    let mut drafts = compare(facts, api);
    sources::check(api, &mut drafts);
    deviations::apply(&api.deviations, drafts)
}

/// Compares the facts of the pages with a definition, deviations or not.
pub(super) fn compare(facts: &Facts, api: &Api) -> Vec<DraftFinding> {
    let mut drafts = Vec::new();
    let bindings = schemas::bind(facts, api, &mut drafts);
    schemas::compare(facts, api, &bindings, &mut drafts);
    operations::compare(facts, api, &bindings, &mut drafts);
    service::compare(facts, api, &mut drafts);
    examples::compare(facts, api, &bindings, &mut drafts);
    drafts
}
