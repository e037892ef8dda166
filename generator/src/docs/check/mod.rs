//! Facts against a definition: what one says and the other does not.

mod binding;
mod changes;
mod deviations;
mod drafts;
mod endpoints;
mod examples;
mod new_operation;
mod operations;
mod removals;
mod schemas;
mod sections;
mod service;
mod sources;
mod statuses;
mod terms;

#[cfg(feature = "overview")]
pub(super) use deviations::excusing;

use crate::api::Api;

use super::draft::DraftFinding;
use super::facts::Facts;
use super::lock::LockChanges;

/// Compares the facts of the pages with a definition. What a deviation excuses is left out.
pub(super) fn check(facts: &Facts, api: &Api, since: &LockChanges) -> Vec<DraftFinding> {
    let mut drafts = compare(facts, api, since);
    sources::check(api, &mut drafts);
    deviations::apply(&api.deviations, drafts)
}

/// Compares the facts of the pages with a definition, deviations or not.
pub(super) fn compare(facts: &Facts, api: &Api, since: &LockChanges) -> Vec<DraftFinding> {
    let mut drafts = Vec::new();
    let bindings = sections::bind(facts, api, since, &mut drafts);
    schemas::compare(facts, api, since, &bindings, &mut drafts);
    operations::compare(facts, api, since, &bindings, &mut drafts);
    service::compare(facts, api, since, &mut drafts);
    examples::compare(facts, api, &bindings, &mut drafts);
    drafts
}
