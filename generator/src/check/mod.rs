//! The invariants of an [`Api`], one function each: the dictionary goes in, findings come out.
//!
//! An error stands where no safe reading exists, or where our own extensions are wrong; what real documents
//! get wrong without harm is a warning. `lower` has reported whatever can be seen at one place alone.

mod calls;
mod codes;
mod follow;
mod formats;
mod groups;
mod names;
mod operations;
mod pattern;
mod rules;
mod schemas;
mod service;
mod unread;
mod unused;
mod walk;

use crate::api::Api;
use crate::report::Report;

/// Runs every check. It runs even after errors of earlier stages, so that one run reports all findings.
pub(crate) fn check(api: &Api, report: &mut Report) {
    let unread = unread::Unread::of(report);
    names::check_schema_names(api, report);
    names::check_operation_ids(api, report);
    names::check_paths(api, report);
    schemas::check_limits(api, report);
    schemas::check_patterns(api, report);
    formats::check_formats(api, report);
    schemas::check_defaults(api, report);
    schemas::check_required(api, report);
    schemas::check_discriminators(api, report);
    codes::check_declared(api, report);
    codes::check_envelope(api, report);
    codes::check_used(api, report);
    codes::check_messages(api, report);
    codes::check_effective(api, report);
    rules::check_rules(api, &unread, report);
    operations::check_bulk(api, &unread, report);
    operations::check_poll(api, &unread, report);
    operations::check_links(api, report);
    operations::check_encodings(api, report);
    service::check_servers(api, report);
    service::check_security(api, report);
    calls::check_correlation_id(api, report);
    calls::check_token_services(api, report);
    calls::check_status_operations(api, report);
    calls::check_bulk_bodies(api, report);
    calls::check_schemes(api, report);
}

/// Checks what only the keeper of a definition wants to know.
pub(crate) fn lint(api: &Api, report: &mut Report) {
    // What an error has left out may be what uses the schema.
    if !report.has_errors() {
        unused::check_unused(api, report);
    }
}

#[cfg(test)]
mod tests;
