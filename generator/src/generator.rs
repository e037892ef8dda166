//! The library's door: a builder that says what to read, what to write and how.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::findings::Findings;
use crate::module::File;
use crate::outcome::{Change, Failure, Outcome, Preview, Stage, Summary};
use crate::report::Report;
use crate::settings::{Layout, Part, Settings};
use crate::source::{self, Source};
use crate::{config, output, street};

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
    /// The first setting that can't be: every run says so instead of writing a crate that can't be built.
    misuse: Option<String>,
}

#[derive(Debug, Clone)]
enum Definition {
    File(PathBuf),
    Text(Source),
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
        Self { definition, out: None, settings: Settings::default(), inputs: Vec::new(), misuse: None }
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
        let name = name.into();
        let is_name = config::is_package_name(&name) && !config::is_keyword(&name);
        self.demand(is_name, &name, "a package name");
        self.settings.package.name = Some(name);
        self
    }

    /// The version of the written package; 0.1.0 without it.
    #[must_use]
    pub fn package_version(mut self, version: impl Into<String>) -> Self {
        let version = version.into();
        self.demand(config::is_version(&version), &version, "a version such as `1.2.3`");
        self.settings.package.version = Some(version);
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
    /// A run fails when `rust_type` is no path of Rust identifiers.
    #[must_use]
    pub fn substitute(mut self, format: impl Into<String>, rust_type: impl Into<String>) -> Self {
        let rust_type = rust_type.into();
        self.demand(config::is_type_path(&rust_type), &rust_type, "the path of a Rust type");
        self.settings.types.insert(format.into(), rust_type);
        self
    }

    /// Adds a dependency to the written package: its name and the TOML value behind it.
    #[must_use]
    pub fn dependency(mut self, name: impl Into<String>, toml: impl Into<String>) -> Self {
        let (name, toml) = (name.into(), toml.into());
        self.demand(config::is_package_name(&name), &name, "a package name");
        self.demand(config::is_toml_value(&toml), &toml, "the TOML value of a dependency");
        self.settings.dependencies.insert(name, toml);
        self
    }

    /// Gives a schema another Rust name. `schema` is a component's key, or the JSON pointer of an inline schema.
    #[must_use]
    pub fn rename(mut self, schema: impl Into<String>, rust_name: impl Into<String>) -> Self {
        let rust_name = rust_name.into();
        self.demand(
            config::is_type_name(&rust_name),
            &rust_name,
            "the name of a Rust type in UpperCamelCase",
        );
        self.settings.names.insert(schema.into(), rust_name);
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
        let api = street::lint(&source, &mut report);
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
        let source = self.source()?;
        let target = self.target()?;
        let (files, findings, summary) = self.made(source, progress)?;
        let written = output::write(target, &files)?;
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
    pub fn check(&self, progress: &dyn Fn(Stage)) -> Result<(Vec<Change>, Findings, Summary), Failure> {
        let source = self.source()?;
        let target = self.target()?;
        let (files, findings, summary) = self.made(source, progress)?;
        let differences = output::differences(target, &files)?;
        let changes = differences.into_iter().map(|difference| Change {
            path: difference.path,
            old: difference.old,
            new: difference.new,
        });
        Ok((changes.collect(), findings, summary))
    }

    /// The files that [`generate`](Self::generate) would write, with their relative paths. Nothing is written.
    pub fn files(&self) -> Result<Vec<(String, String)>, Failure> {
        let (files, _, _) = self.made(self.source()?, &|_| {})?;
        Ok(files.into_iter().map(|file| (file.path, file.text)).collect())
    }

    /// Runs in memory and shows what every stage made of the definition, errors included.
    pub fn preview(&self) -> Result<Preview, Failure> {
        let source = self.source()?;
        let mut report = Report::default();
        let walked = street::walk(&source, &self.settings, &mut report, &|_| {});
        let report = Findings::new(report, source);
        Ok(match walked {
            Some(walked) => Preview {
                report,
                files: walked.files.into_iter().map(|file| (file.path, file.text)).collect(),
                api: terse(&format!("{:#?}", walked.api)),
                decided: terse(&format!("{:#?}", walked.krate)),
            },
            None => Preview { report, files: Vec::new(), api: String::new(), decided: String::new() },
        })
    }

    fn demand(&mut self, is_right: bool, text: &str, what: &str) {
        if !is_right && self.misuse.is_none() {
            self.misuse = Some(format!("`{text}` is not {what}"));
        }
    }

    fn source(&self) -> Result<Source, Failure> {
        if let Some(misuse) = &self.misuse {
            return Err(Failure::Io(io::Error::new(io::ErrorKind::InvalidInput, misuse.clone())));
        }
        match &self.definition {
            Definition::File(path) => read(path),
            Definition::Text(source) => Ok(source.clone()),
        }
    }

    fn target(&self) -> Result<&Path, Failure> {
        let message = "no folder to write to: give one with `out_dir`";
        self.out.as_deref().ok_or_else(|| Failure::Io(io::Error::new(io::ErrorKind::InvalidInput, message)))
    }

    fn made(
        &self,
        source: Source,
        progress: &dyn Fn(Stage),
    ) -> Result<(Vec<File>, Findings, Summary), Failure> {
        let mut report = Report::default();
        let walked = street::walk(&source, &self.settings, &mut report, progress);
        let findings = Findings::new(report, source);
        match walked {
            Some(walked) => Ok((walked.files, findings, Summary::of(&walked.api))),
            None => Err(Failure::Findings(findings)),
        }
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
