//! The command `diff`: two states of a definition, and what the change does to users.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use specwright::evolve::{Comparison, Effect, Revision};
use specwright::{Failure, Generator};

use super::show::{self, FAILED, MessageFormat, Output};

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The older state: a definition, a configuration, `REV:path`, or `REV..` or `REV..REV` for two
    /// revisions.
    old: String,
    /// The newer state in the same forms; after `REV..`, the file whose revisions are compared. That is by
    /// default `specwright.yaml` in this folder or one above it.
    new: Option<String>,
    /// The configuration for definitions that are given without one: names, types and version of the package.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How the changes are printed.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: DiffFormat,
    /// Exit with 1 if there is such a change.
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    fail_on: FailOn,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum DiffFormat {
    /// For people, with the places in both definitions.
    #[default]
    Text,
    /// A list for a changelog.
    Markdown,
    /// One object.
    Json,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum FailOn {
    /// No change.
    #[default]
    Never,
    /// A breaking change.
    Breaking,
    /// A change that is breaking or additive.
    Additive,
    /// Any change.
    Any,
    /// The version of the package is lower than the changes need.
    Version,
}

impl FailOn {
    fn is_met(self, comparison: &Comparison) -> bool {
        match self {
            Self::Never => false,
            Self::Breaking => comparison.effect() == Effect::Breaking,
            Self::Additive => comparison.effect() != Effect::None,
            Self::Any => !comparison.changes.is_empty(),
            Self::Version => comparison.is_version_too_low(),
        }
    }
}

pub(super) fn run(arguments: &Diff) -> Result<ExitCode, String> {
    let (old, new) = states(arguments)?;
    let mut comparison = match new.generator.compare(&old.generator) {
        Ok(comparison) => comparison,
        Err(failure) => return failed(failure, &old, &new),
    };
    if let Some(revision) = &old.revision {
        comparison.name_old_places(revision);
    }
    if let Some(revision) = &new.revision {
        comparison.name_new_places(revision);
    }
    match arguments.format {
        DiffFormat::Text => show::print(comparison.render().trim_end())?,
        DiffFormat::Markdown => show::print(comparison.to_markdown().trim_end())?,
        DiffFormat::Json => show::print(&comparison.to_json())?,
    }
    let is_met = arguments.fail_on.is_met(&comparison);
    Ok(if is_met { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

/// One of the two states, with the revision that it is read from.
struct State {
    generator: Generator,
    revision: Option<Revision>,
}

fn states(arguments: &Diff) -> Result<(State, State), String> {
    let Diff { old, new, config, .. } = arguments;
    let config = config.as_deref();
    if let Some((from, to)) = old.split_once("..").filter(|_| !Path::new(old).exists()) {
        let file = match new {
            Some(file) => PathBuf::from(file),
            None => super::nearest::nearest_config().map_err(|failure| failure.to_string())?,
        };
        let newer = if to.is_empty() { state(&file, config)? } else { of_revision(to, &file, config)? };
        return Ok((of_revision(from, &file, config)?, newer));
    }
    let Some(new) = new else {
        return Err(format!("`{old}` is one state: give the newer one, too, or revisions such as `{old}..`"));
    };
    Ok((named(old, config)?, named(new, config)?))
}

/// Reads a state that is named by a path or by `REV:path`.
fn named(name: &str, config: Option<&Path>) -> Result<State, String> {
    match name.split_once(':').filter(|_| !Path::new(name).exists()) {
        Some((revision, path)) => of_revision(revision, Path::new(path), config),
        None => state(Path::new(name), config),
    }
}

fn of_revision(name: &str, file: &Path, config: Option<&Path>) -> Result<State, String> {
    let folder = file.parent().filter(|folder| folder.is_dir()).unwrap_or(Path::new(""));
    let revision = Revision::read(name, folder).map_err(|failure| failure.to_string())?;
    let path = revision.path(file);
    if !path.is_file() {
        return Err(format!("the revision `{name}` has no file `{}`", file.display()));
    }
    match state(&path, config) {
        Ok(state) => Ok(State { revision: Some(revision), ..state }),
        Err(message) => Err(revision.shown_in(&message)),
    }
}

fn state(file: &Path, config: Option<&Path>) -> Result<State, String> {
    let generator = match config {
        _ if is_configuration(file) => Generator::from_config(file),
        Some(config) => Generator::from_config(config).map(|generator| generator.definition(file)),
        None => Ok(Generator::new(file)),
    };
    let generator = generator.map_err(|failure| failure.to_string())?;
    Ok(State { generator, revision: None })
}

/// Returns whether a file names a definition and is none.
fn is_configuration(file: &Path) -> bool {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    has("spec:") && !has("openapi:") && !has("swagger:")
}

fn failed(failure: Failure, old: &State, new: &State) -> Result<ExitCode, String> {
    let revisions: Vec<&Revision> =
        [old, new].into_iter().filter_map(|state| state.revision.as_ref()).collect();
    if revisions.is_empty() {
        return Output::new(MessageFormat::Human, false).failed(failure);
    }
    let told = revisions.iter().fold(failure.to_string(), |text, revision| revision.shown_in(&text));
    match failure {
        Failure::Findings(_) => {
            show::note(told.trim_end());
            Ok(ExitCode::from(FAILED))
        }
        _ => Err(told),
    }
}
