//! The entry point of the library: a builder for what to read, what to write and how.

mod builder;
#[cfg(feature = "evolve")]
mod compare;
#[cfg(feature = "overview")]
mod overview;
#[cfg(feature = "evolve")]
pub(crate) mod release;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::findings::Findings;
use crate::module::File;
use crate::outcome::{Change, Failure, Outcome, Stage, Summary};
use crate::report::Report;
use crate::settings::{Layout, Settings};
use crate::source::{self, Source, SourceFiles};
use crate::{config, output, pipeline};

/// Reads a definition and writes a crate.
///
/// The output depends on the definition and on these settings alone, byte for byte.
///
/// # Examples
///
/// ```no_run
/// use specwright::Generator;
///
/// let outcome = Generator::new("spec/pets.yaml").package_name("pets").out_dir("generated").generate()?;
/// println!("{} files written", outcome.written.len());
/// # Ok::<(), specwright::Failure>(())
/// ```
#[derive(Debug, Clone)]
pub struct Generator {
    definition: Definition,
    out: Option<PathBuf>,
    settings: Settings,
    /// Files that change the definition before it is read, in this order.
    overlays: Vec<PathBuf>,
    /// The definition may refer to files outside its folder.
    allow_outside: bool,
    /// The Markdown file that is appended to the README.
    readme_append: Option<PathBuf>,
    /// Files besides the definition that the output depends on.
    inputs: Vec<PathBuf>,
    #[cfg(feature = "evolve")]
    release: Option<ReleaseSettings>,
    /// The first invalid setting: every run returns it as an error instead of writing a crate that doesn't
    /// compile.
    invalid_setting: Option<String>,
}

/// The most often that a definition is read again after fixes.
const ROUNDS: usize = 8;

#[derive(Debug, Clone)]
enum Definition {
    File(PathBuf),
    Text(Source),
}

/// Where releases are found, as the configuration says.
#[cfg(feature = "evolve")]
#[derive(Debug, Clone)]
struct ReleaseSettings {
    config: PathBuf,
    tags: String,
    changelog: Option<PathBuf>,
}

impl Generator {
    /// Creates a generator for the definition in a YAML or JSON file.
    pub fn new(definition: impl Into<PathBuf>) -> Self {
        Self::with(Definition::File(definition.into()))
    }

    /// Creates a generator for a definition in memory. Findings show `name` as its file. References to other
    /// files are not read.
    pub fn from_text(name: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self::with(Definition::Text(Source::new(name, text)))
    }

    /// Creates a generator from a configuration file. Paths in the file are relative to its folder.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Io`] if the file can't be read, [`Failure::Findings`] if it has errors.
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
                generator.overlays = config.overlays.iter().map(|file| folder.join(file)).collect();
                generator.allow_outside = config.allow_outside;
                generator.readme_append = config.readme_append.map(|file| folder.join(file));
                generator.inputs.push(path.to_path_buf());
                #[cfg(feature = "evolve")]
                {
                    generator.release = config.release.map(|release| ReleaseSettings {
                        config: path.to_path_buf(),
                        tags: release.tags,
                        changelog: release.changelog.map(|file| folder.join(file)),
                    });
                }
                Ok(generator)
            }
            _ => Err(Failure::Findings(Findings::new(report, source))),
        }
    }

    fn with(definition: Definition) -> Self {
        Self {
            definition,
            out: None,
            settings: Settings::default(),
            overlays: Vec::new(),
            allow_outside: false,
            readme_append: None,
            inputs: Vec::new(),
            #[cfg(feature = "evolve")]
            release: None,
            invalid_setting: None,
        }
    }

    /// Sets another definition, with the same settings.
    #[must_use]
    pub fn definition(mut self, definition: impl Into<PathBuf>) -> Self {
        self.definition = Definition::File(definition.into());
        self
    }

    /// Sets a definition in memory, as [`from_text`](Self::from_text) does, with the same settings.
    #[must_use]
    pub fn definition_text(mut self, name: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        self.definition = Definition::Text(Source::new(name, text));
        self
    }

    /// Sets the folder to write to.
    #[must_use]
    pub fn out_dir(mut self, out: impl Into<PathBuf>) -> Self {
        self.out = Some(out.into());
        self
    }

    /// Returns every file that the output depends on, as far as it is known before a run: the definition, its
    /// overlays, the configuration, the end of the README. [`Findings::files`] has those that a run has read.
    #[must_use]
    pub fn inputs(&self) -> Vec<PathBuf> {
        let definition = match &self.definition {
            Definition::File(path) => Some(path.clone()),
            Definition::Text(_) => None,
        };
        let others = self.overlays.iter().chain(&self.inputs).chain(&self.readme_append).cloned();
        definition.into_iter().chain(others).collect()
    }

    /// Returns the folder to write to, if one was set.
    #[must_use]
    pub fn out(&self) -> Option<&Path> {
        self.out.as_deref()
    }

    /// Reads and checks the whole definition, whatever a filter leaves out, and writes nothing. An error of
    /// the definition is a finding, not a failure.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Io`] if the definition can't be read or a setting is invalid.
    pub fn lint(&self) -> Result<(Findings, Summary), Failure> {
        let mut files = self.source_files()?;
        let mut report = Report::new(&self.settings.policy);
        let api = pipeline::lint(&mut files, &self.settings, &mut report);
        let summary = api.map(|api| Summary::of(&api)).unwrap_or_default();
        Ok((Findings::new(report, files), summary))
    }

    /// Writes into the definition, its overlays and the files that it refers to how what is odd there was
    /// read, where a finding has such a fix, and returns the number of fixes. All else of the files stays.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Io`] if a file can't be read or written, the definition is no file or a setting is
    /// invalid.
    pub fn fix(&self) -> Result<usize, Failure> {
        if matches!(self.definition, Definition::Text(_)) {
            let message = "a definition that is no file can't be mended";
            return Err(Failure::Io(io::Error::new(io::ErrorKind::InvalidInput, message)));
        }
        let mut fixes = 0;
        // What was read after one mistake may show another, but not without end.
        for _ in 0..ROUNDS {
            let (findings, _) = self.lint()?;
            let (changed, count) = findings.fixed();
            if count == 0 {
                break;
            }
            for (path, text) in changed {
                output::replace(&path, &text)?;
            }
            fixes += count;
        }
        Ok(fixes)
    }

    /// Writes the crate. Nothing is written if the definition has errors.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Findings`] if the definition has errors, [`Failure::Io`] if a file can't be read or
    /// written, no folder is set or a setting is invalid.
    pub fn generate(&self) -> Result<Outcome, Failure> {
        self.generate_with(&|_| {})
    }

    /// Writes the crate, and calls `progress` when a stage begins.
    ///
    /// # Errors
    ///
    /// As for [`generate`](Self::generate).
    pub fn generate_with(&self, progress: &dyn Fn(Stage)) -> Result<Outcome, Failure> {
        let start = Instant::now();
        let source = self.source_files()?;
        let target = self.target()?;
        let (files, findings, summary) = self.files_of(source, progress)?;
        let mut written = output::write(target, &files)?;
        for edit in self.workspace(target)? {
            output::edit(&edit)?;
            written.changed.push(edit.path);
        }
        Ok(Outcome {
            findings,
            summary,
            written: written.changed,
            unchanged: written.unchanged,
            deleted: written.deleted,
            elapsed: start.elapsed(),
        })
    }

    /// Returns what [`generate`](Self::generate) would change, and writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`generate`](Self::generate).
    pub fn check(&self, progress: &dyn Fn(Stage)) -> Result<(Vec<Change>, Findings, Summary), Failure> {
        let source = self.source_files()?;
        let target = self.target()?;
        let (files, findings, summary) = self.files_of(source, progress)?;
        let mut differences = output::differences(target, &files)?;
        differences.extend(self.workspace(target)?);
        let changes = differences.into_iter().map(|difference| Change {
            path: difference.path,
            old: difference.old,
            new: difference.new,
        });
        Ok((changes.collect(), findings, summary))
    }

    /// Returns the files that [`generate`](Self::generate) would write, each as relative path and text, and
    /// the warnings. Nothing is written.
    ///
    /// # Errors
    ///
    /// As for [`generate`](Self::generate), but no folder is needed.
    pub fn files(&self) -> Result<(Vec<(String, String)>, Findings), Failure> {
        let (files, findings, _) = self.files_of(self.source_files()?, &|_| {})?;
        Ok((files.into_iter().map(|file| (file.path, file.text)).collect(), findings))
    }

    /// Returns what has to change around a package that is part of a workspace.
    fn workspace(&self, target: &Path) -> Result<Vec<output::Difference>, Failure> {
        let package = &self.settings.package;
        match (&package.name, &package.version) {
            (Some(name), Some(version)) if package.workspace => {
                Ok(output::workspace::differences(target, name, version)?)
            }
            _ => Ok(Vec::new()),
        }
    }

    fn source_files(&self) -> Result<SourceFiles, Failure> {
        if let Some(message) = &self.invalid_setting {
            return Err(Failure::Io(io::Error::new(io::ErrorKind::InvalidInput, message.clone())));
        }
        let overlays = self.overlays.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
        Ok(match &self.definition {
            Definition::File(path) => {
                SourceFiles::new(read(path)?, overlays).with_others(self.allow_outside)?
            }
            Definition::Text(source) => SourceFiles::new(source.clone(), overlays),
        })
    }

    /// Returns the settings, files that they name read.
    fn settings(&self) -> Result<Settings, Failure> {
        let mut settings = self.settings.clone();
        if let Some(file) = &self.readme_append {
            settings.package.readme_append = Some(read(file)?.text);
        }
        Ok(settings)
    }

    /// Returns the folder to write to, if nothing that the package needs from its user is missing there.
    fn target(&self) -> Result<&Path, Failure> {
        let invalid = |message: String| Failure::Io(io::Error::new(io::ErrorKind::InvalidInput, message));
        let out = self.out.as_deref();
        let out = out.ok_or_else(|| invalid("no folder to write to: give one with `out_dir`".to_owned()))?;
        let is_package = self.settings.layout == Layout::Package;
        for name in self.settings.benches.iter().filter(|_| is_package) {
            let (file, folder) = (format!("{name}.rs"), out.join("benches"));
            if !folder.join(&file).is_file() && !folder.join(name).join("main.rs").is_file() {
                let file = folder.join(&file);
                return Err(invalid(format!(
                    "the bench `{name}` has no file `{}`: write it first, or take it out of `benches`",
                    file.display()
                )));
            }
        }
        Ok(out)
    }

    fn files_of(
        &self,
        mut source: SourceFiles,
        progress: &dyn Fn(Stage),
    ) -> Result<(Vec<File>, Findings, Summary), Failure> {
        let settings = self.settings()?;
        let mut report = Report::new(&settings.policy);
        let generated = pipeline::run(&mut source, &settings, &mut report, progress);
        let findings = Findings::new(report, source);
        match generated {
            Some(generated) => Ok((generated.files, findings, Summary::of(&generated.api))),
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

#[cfg(test)]
mod tests;
