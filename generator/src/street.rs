//! The street: the only place where the stages meet.

#[cfg(test)]
mod tests;

use crate::api::Api;
use crate::module::File;
use crate::outcome::Stage;
use crate::report::Report;
use crate::settings::Settings;
use crate::source::Source;
use crate::{check, emit, lower, parse, render, translate};

/// The API model and the files made of it.
pub(crate) struct Walked {
    pub(crate) api: Api,
    pub(crate) files: Vec<File>,
}

/// Walks the whole street; `None` when findings end the walk at the wall.
pub(crate) fn walk(
    source: &Source,
    settings: &Settings,
    report: &mut Report,
    progress: &dyn Fn(Stage),
) -> Option<Walked> {
    let api = definition(source, report, progress).filter(|_| !report.has_errors())?;
    // The wall: beyond it nothing can fail.
    progress(Stage::Translate);
    let krate = translate::translate(&api, settings);
    progress(Stage::Emit);
    let modules = emit::emit(&krate, settings);
    progress(Stage::Render);
    let files = render::render(modules);
    Some(Walked { api, files })
}

/// The street up to the wall for the keeper of a definition, who wants to know more than a build does.
pub(crate) fn lint(source: &Source, report: &mut Report) -> Option<Api> {
    let api = definition(source, report, &|_| {})?;
    check::lint(&api, report);
    Some(api)
}

/// The street up to the wall: every stage reports all that it finds.
fn definition(source: &Source, report: &mut Report, progress: &dyn Fn(Stage)) -> Option<Api> {
    progress(Stage::Parse);
    let document = parse::parse(source, report)?;
    progress(Stage::Lower);
    let api = lower::lower(&document, report);
    progress(Stage::Check);
    check::check(&api, report);
    Some(api)
}
