//! The invariants of an [`Api`], one function each.
//!
//! It is an error if there is no safe reading, or if one of our own extensions is wrong; harmless mistakes of
//! real documents are warnings. `lower` has reported what a single object shows.

mod calls;
mod closed;
mod codes;
mod follow;
mod formats;
mod groups;
mod integers;
mod names;
mod operations;
mod pattern;
mod rules;
mod schemas;
mod sending;
mod service;
mod unread;
mod unused;
mod values;
mod walk;

pub(crate) use self::formats::lint_formats;
pub(crate) use self::names::{check_named, check_places};
use crate::api::Api;
use crate::report::Report;

/// Runs every check, even after errors of earlier stages, so that one run reports all findings.
pub(crate) fn check(api: &Api, report: &mut Report) {
    let unread = unread::Unread::of(report);
    names::check_schema_names(api, report);
    names::check_operation_ids(api, report);
    names::check_paths(api, report);
    schemas::check_limits(api, report);
    integers::check_integer_limits(api, report);
    schemas::check_patterns(api, report);
    formats::check_formats(api, report);
    schemas::check_defaults(api, report);
    schemas::check_required(api, report);
    closed::check_closed(api, report);
    schemas::check_discriminators(api, report);
    schemas::check_directions(api, report);
    values::check_members(api, report);
    values::check_choices(api, report);
    codes::check_declared(api, report);
    codes::check_envelope(api, report);
    codes::check_messages(api, report);
    codes::check_effective(api, report);
    rules::check_rules(api, &unread, report);
    operations::check_bulk(api, &unread, report);
    operations::check_poll(api, &unread, report);
    operations::check_encodings(api, report);
    sending::check_paths(api, report);
    sending::check_headers(api, report);
    sending::check_forms(api, report);
    service::check_servers(api, report);
    service::check_security(api, report);
    calls::check_correlation_id(api, report);
    calls::check_token_services(api, report);
    calls::check_status_operations(api, report);
    calls::check_bulk_bodies(api, report);
    calls::check_schemes(api, report);
    // What names something that a filter left out is no mistake, nor is what nothing names any more.
    if !api.is_filtered {
        codes::check_used(api, report);
        operations::check_links(api, report);
    }
}

/// Runs the checks that only the maintainer of a definition can act upon.
pub(crate) fn lint(api: &Api, report: &mut Report) {
    sending::lint_servers(api, report);
    sending::lint_media_types(api, report);
    // What was left out after an error may use the schema.
    if !report.has_errors() {
        unused::check_unused(api, report);
    }
}

#[cfg(test)]
mod tests;
