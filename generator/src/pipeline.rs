//! The pipeline: the only module where the stages meet.

#[cfg(feature = "examples")]
use std::collections::BTreeSet;

use crate::api::Api;
#[cfg(feature = "docs")]
use crate::api::SchemaId;
#[cfg(feature = "examples")]
use crate::examples;
use crate::module::File;
use crate::outcome::Stage;
use crate::report::Report;
use crate::settings::{FormatReading, OperationFilter, Settings};
use crate::source::SourceFiles;
use crate::{check, emit, lower, parse, render, translate};

/// The API model, and the files that were made from it.
pub(crate) struct Generated {
    pub(crate) api: Api,
    pub(crate) files: Vec<File>,
}

/// Runs every stage; `None` when errors stop it at the barrier.
pub(crate) fn run(
    files: &mut SourceFiles,
    settings: &Settings,
    report: &mut Report,
    progress: &dyn Fn(Stage),
) -> Option<Generated> {
    let api = definition(files, &settings.filter, report, progress);
    if let Some(api) = &api {
        check_settings(api, settings, report);
    }
    report.apply(&settings.policy);
    let api = api.filter(|_| !report.has_errors())?;
    // The barrier: behind it nothing can fail.
    progress(Stage::Translate);
    let krate = translate::translate(&api, settings);
    progress(Stage::Emit);
    let krate = emit::documented(krate, settings);
    let modules = emit::emit(&krate, settings);
    progress(Stage::Render);
    let files = render::render(&modules);
    Some(Generated { api, files })
}

/// Runs every stage up to the Rust model; `None` when errors stop it at the barrier.
#[cfg(any(feature = "evolve", feature = "overview"))]
pub(crate) fn models(
    files: &mut SourceFiles,
    settings: &Settings,
    report: &mut Report,
) -> Option<(Api, crate::rust::Crate)> {
    let api = definition(files, &settings.filter, report, &|_| {});
    report.apply(&settings.policy);
    let api = api.filter(|_| !report.has_errors())?;
    let krate = translate::translate(&api, settings);
    Some((api, krate))
}

/// Runs the stages before the barrier, and the checks that only the maintainer of a definition can act upon.
pub(crate) fn lint(files: &mut SourceFiles, settings: &Settings, report: &mut Report) -> Option<Api> {
    let api = definition(files, &OperationFilter::default(), report, &|_| {});
    if let Some(api) = &api {
        check_settings(api, settings, report);
        check::lint(api, report);
        if settings.formats == FormatReading::Assertion {
            check::lint_formats(api, report);
        }
        #[cfg(feature = "examples")]
        if !report.has_errors() {
            check_examples(api, settings, report);
        }
    }
    report.apply(&settings.policy);
    api
}

/// Checks that what the settings name is there.
fn check_settings(api: &Api, settings: &Settings, report: &mut Report) {
    check::check_named(api, &settings.names, report);
    check::check_places(api, settings.null.places.keys(), report);
}

/// Validates what the document states as examples and defaults. Nothing behind the barrier can fail, which a
/// definition with errors is not ready for.
#[cfg(feature = "examples")]
fn check_examples(api: &Api, settings: &Settings, report: &mut Report) {
    let schemas: BTreeSet<_> = api.stated_values.iter().map(|stated| stated.schema).collect();
    if !schemas.is_empty() {
        let (validators, tables) = translate::tables(api, settings, &schemas);
        examples::check(api, &validators, &tables, report);
    }
}

/// Validates texts of JSON, each against a schema of a definition without errors.
#[cfg(feature = "docs")]
pub(crate) fn validate(api: &Api, texts: &[(SchemaId, &str)]) -> Vec<Vec<examples::ExampleViolation>> {
    let schemas: BTreeSet<_> = texts.iter().map(|(schema, _)| *schema).collect();
    let (validators, tables) = translate::tables(api, &Settings::default(), &schemas);
    examples::validate(api, &validators, &tables, texts)
}

/// Runs the stages before the barrier. Each reports all that it finds.
fn definition(
    files: &mut SourceFiles,
    filter: &OperationFilter,
    report: &mut Report,
    progress: &dyn Fn(Stage),
) -> Option<Api> {
    progress(Stage::Parse);
    let document = parse::parse(files, filter, report)?;
    progress(Stage::Lower);
    let api = lower::lower(&document, report);
    progress(Stage::Check);
    check::check(&api, report);
    Some(api)
}

#[cfg(test)]
mod tests;
