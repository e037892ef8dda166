//! The library's door: a builder that says what to read, what to write and how.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::api::Api;
use crate::findings::Findings;
use crate::report::Report;
use crate::settings::{Layout, Part, Settings};
use crate::source::{self, Source};
use crate::{config, output, render, translate};

/// Reads a definition and writes a crate.
///
/// Bytes out depend on bytes in and on these settings alone.
#[derive(Debug, Clone)]
pub struct Generator {
    definition: Definition,
    out: Option<PathBuf>,
    settings: Settings,
    /// Files besides the definition that the output depends on.
    inputs: Vec<PathBuf>,
}

#[derive(Debug, Clone)]
enum Definition {
    File(PathBuf),
    Text(Source),
}

/// Where a run has got to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Reading text into a document.
    Parse,
    /// Resolving references and reading extensions.
    Lower,
    /// Checking the definition against itself.
    Check,
    /// Deciding names and types.
    Translate,
    /// Filling the templates.
    Emit,
    /// Formatting.
    Render,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Parse => "reading the document",
            Self::Lower => "resolving references",
            Self::Check => "checking the definition",
            Self::Translate => "deciding names and types",
            Self::Emit => "filling templates",
            Self::Render => "formatting",
        })
    }
}

/// How much a definition holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Component schemas.
    pub schemas: usize,
    /// Operations of all paths.
    pub operations: usize,
    /// Constraining keywords and rules of extensions.
    pub rules: usize,
}

impl Summary {
    fn of(api: &Api) -> Self {
        let counts = translate::counts(api);
        Self { schemas: counts.schemas, operations: counts.operations, rules: counts.rules }
    }
}

/// What a run did.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// Warnings; a run with errors is a [`Failure`].
    pub findings: Findings,
    /// How much was read.
    pub summary: Summary,
    /// Files written because they were missing or differed.
    pub written: Vec<PathBuf>,
    /// How many files were right already.
    pub unchanged: usize,
    /// Files of an earlier run that are no longer part of the output.
    pub deleted: Vec<PathBuf>,
    /// From the first byte read to the last one written.
    pub elapsed: Duration,
}

/// One file on the disk that is not what the generator would write.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// Where it lies.
    pub path: PathBuf,
    /// What it holds; none: it is missing.
    pub old: Option<String>,
    /// What it should hold; none: it should not be there.
    pub new: Option<String>,
}

/// A run in memory.
#[derive(Debug)]
#[non_exhaustive]
pub struct Preview {
    /// Everything found on the way.
    pub report: Findings,
    /// Relative path and text of each file; empty when the report has errors.
    pub files: Vec<(String, String)>,
    /// The definition as the generator understood it, for people to read; empty when the report has errors.
    pub api: String,
    /// The crate as the generator decided it, for people to read; empty when the report has errors.
    pub decided: String,
}

/// Why a run ended early.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// A file could not be read or written, or is not ours to overwrite.
    Io(io::Error),
    /// The definition or the configuration has errors. Nothing was written.
    Findings(Findings),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Findings(findings) => write!(f, "{}", findings.render(false)),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Findings(_) => None,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Generator {
    /// A generator for the definition in a YAML or JSON file.
    pub fn new(definition: impl Into<PathBuf>) -> Self {
        Self::with(Definition::File(definition.into()))
    }

    /// A generator for a definition in memory; findings call it `name`.
    pub fn from_text(name: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self::with(Definition::Text(Source::new(name, text)))
    }

    /// A generator as a configuration file describes it; paths in the file are relative to its folder.
    pub fn from_config(path: impl AsRef<Path>) -> Result<Self, Failure> {
        let path = path.as_ref();
        let source = read(path)?;
        let mut report = Report::default();
        match config::read(&source, &mut report) {
            Some(config) if !report.has_errors() => {
                let folder = path.parent().unwrap_or(Path::new(""));
                let mut generator = Self::new(folder.join(config.spec));
                generator.out = config.out.map(|out| folder.join(out));
                generator.settings = config.settings;
                generator.inputs.push(path.to_path_buf());
                Ok(generator)
            }
            _ => Err(Failure::Findings(Findings::new(report, source))),
        }
    }

    fn with(definition: Definition) -> Self {
        Self { definition, out: None, settings: Settings::default(), inputs: Vec::new() }
    }

    /// Reads another definition with the same settings.
    #[must_use]
    pub fn definition(mut self, definition: impl Into<PathBuf>) -> Self {
        self.definition = Definition::File(definition.into());
        self
    }

    /// The folder to write to.
    #[must_use]
    pub fn out_dir(mut self, out: impl Into<PathBuf>) -> Self {
        self.out = Some(out.into());
        self
    }

    /// The name of the written package. Without it the definition's title gives one.
    #[must_use]
    pub fn package_name(mut self, name: impl Into<String>) -> Self {
        self.settings.package.name = Some(name.into());
        self
    }

    /// The version of the written package; 0.1.0 without it.
    #[must_use]
    pub fn package_version(mut self, version: impl Into<String>) -> Self {
        self.settings.package.version = Some(version.into());
        self
    }

    /// Where the runtime crate lies, relative to the written package. Without it: the registry.
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<String>) -> Self {
        self.settings.package.runtime_path = Some(path.into());
        self
    }

    /// Uses another Rust type for a format: `("date", "chrono::NaiveDate")`, `("decimal", "f64")`,
    /// `("uuid", "uuid::Uuid")`. The type must implement `Clone`, `Debug`, `PartialEq` and serde's traits. A
    /// substitute for `decimal` stands for every `number` without a binary format.
    ///
    /// Text that is no path of Rust identifiers is ignored here and refused in a configuration file.
    #[must_use]
    pub fn substitute(mut self, format: impl Into<String>, rust_type: impl Into<String>) -> Self {
        let rust_type = rust_type.into();
        if config::is_type_path(&rust_type) {
            self.settings.types.insert(format.into(), rust_type);
        }
        self
    }

    /// Adds a dependency to the written package: its name and the TOML value behind it.
    #[must_use]
    pub fn dependency(mut self, name: impl Into<String>, toml: impl Into<String>) -> Self {
        self.settings.dependencies.insert(name.into(), toml.into());
        self
    }

    /// Gives a schema another Rust name. `schema` is a component's key, or the JSON pointer of an inline schema.
    #[must_use]
    pub fn rename(mut self, schema: impl Into<String>, rust_name: impl Into<String>) -> Self {
        self.settings.names.insert(schema.into(), rust_name.into());
        self
    }

    /// Writes these parts alone; every part without it.
    #[must_use]
    pub fn only(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.settings.parts = parts.into_iter().collect();
        self
    }

    /// Writes `mod.rs` and its modules instead of a package, for `include!`.
    #[must_use]
    pub fn as_module(mut self) -> Self {
        self.settings.layout = Layout::Module;
        self
    }

    /// Every file whose change changes the output.
    #[must_use]
    pub fn inputs(&self) -> Vec<PathBuf> {
        let definition = match &self.definition {
            Definition::File(path) => Some(path.clone()),
            Definition::Text(_) => None,
        };
        definition.into_iter().chain(self.inputs.iter().cloned()).collect()
    }

    /// The folder to write to, if one was given.
    #[must_use]
    pub fn out(&self) -> Option<&Path> {
        self.out.as_deref()
    }

    /// Reads and checks the definition and writes nothing.
    pub fn lint(&self) -> Result<(Findings, Summary), Failure> {
        let source = self.source()?;
        let mut report = Report::default();
        let api = crate::definition(&source, &mut report, &|_| {});
        let summary = api.map(|api| Summary::of(&api)).unwrap_or_default();
        Ok((Findings::new(report, source), summary))
    }

    /// Writes the crate. Nothing is written when the definition has errors.
    pub fn generate(&self) -> Result<Outcome, Failure> {
        self.generate_with(&|_| {})
    }

    /// Writes the crate and tells `progress` of each stage when it begins.
    pub fn generate_with(&self, progress: &dyn Fn(Stage)) -> Result<Outcome, Failure> {
        let start = Instant::now();
        let (files, findings, summary) = self.files(progress)?;
        let written = output::write(self.target()?, &files)?;
        Ok(Outcome {
            findings,
            summary,
            written: written.changed,
            unchanged: written.unchanged,
            deleted: written.deleted,
            elapsed: start.elapsed(),
        })
    }

    /// What [`generate`](Self::generate) would change. Nothing is written.
    pub fn check(&self, progress: &dyn Fn(Stage)) -> Result<(Vec<Change>, Findings), Failure> {
        let (files, findings, _) = self.files(progress)?;
        let differences = output::differences(self.target()?, &files)?;
        let changes = differences.into_iter().map(|difference| Change {
            path: difference.path,
            old: difference.old,
            new: difference.new,
        });
        Ok((changes.collect(), findings))
    }

    /// Runs in memory and shows what every stage made of the definition. An unreadable file is an empty one.
    #[must_use]
    pub fn preview(&self) -> Preview {
        let source = self.source().unwrap_or_else(|_| Source::new("", ""));
        let mut report = Report::default();
        let street = crate::walk(&source, &self.settings, &mut report, &|_| {});
        Preview {
            report: Findings::new(report, source),
            files: street.files.into_iter().map(|file| (file.path, file.text)).collect(),
            api: street.api.map(|api| terse(&format!("{api:#?}"))).unwrap_or_default(),
            decided: street.krate.map(|krate| terse(&format!("{krate:#?}"))).unwrap_or_default(),
        }
    }

    fn source(&self) -> Result<Source, Failure> {
        match &self.definition {
            Definition::File(path) => read(path),
            Definition::Text(source) => Ok(source.clone()),
        }
    }

    fn target(&self) -> Result<&Path, Failure> {
        let message = "no folder to write to: give one with `out_dir` or `--out`";
        self.out.as_deref().ok_or_else(|| Failure::Io(io::Error::new(io::ErrorKind::InvalidInput, message)))
    }

    fn files(&self, progress: &dyn Fn(Stage)) -> Result<(Vec<render::File>, Findings, Summary), Failure> {
        self.target()?;
        let source = self.source()?;
        let mut report = Report::default();
        let street = crate::walk(&source, &self.settings, &mut report, progress);
        let summary = street.api.as_ref().map(Summary::of).unwrap_or_default();
        let failed = report.has_errors() || street.files.is_empty();
        let findings = Findings::new(report, source);
        if failed { Err(Failure::Findings(findings)) } else { Ok((street.files, findings, summary)) }
    }
}

fn read(path: &Path) -> Result<Source, Failure> {
    source::read(path).map_err(|error| {
        let message = format!("cannot read `{}`: {error}", path.display());
        Failure::Io(io::Error::new(error.kind(), message))
    })
}

/// Debug output without the lines that say that nothing is there.
fn terse(text: &str) -> String {
    let silent = [": None,", ": [],", ": {},", ": false,"];
    let lines = text.lines().filter(|line| !silent.iter().any(|end| line.ends_with(end)));
    lines.fold(String::new(), |mut out, line| {
        out.push_str(line);
        out.push('\n');
        out
    })
}
