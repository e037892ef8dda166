//! Facts against a definition: what one says and the other does not.

mod deviations;
mod drafts;
mod operations;
mod schemas;
mod service;
mod sources;

use crate::api::Api;

use super::draft::DraftFinding;
use super::facts::Facts;

/// Compares the facts of the pages with a definition. What a deviation excuses is left out.
pub(super) fn check(facts: &Facts, api: &Api) -> Vec<DraftFinding> {
    let mut drafts = Vec::new();
    let bindings = schemas::bind(facts, api, &mut drafts);
    schemas::compare(facts, api, &bindings, &mut drafts);
    operations::compare(facts, api, &bindings, &mut drafts);
    service::compare(facts, api, &mut drafts);
    sources::check(api, &mut drafts);
    deviations::apply(&api.deviations, drafts)
}
