//! The results of a run: its stages, what it wrote, and why it failed.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;

use crate::api::Api;
use crate::counts::Counts;
use crate::findings::Findings;

/// A stage of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Reading the document.
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

/// The size of a definition.
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
    pub(crate) fn of(api: &Api) -> Self {
        let counts = Counts::of(api);
        Self { schemas: counts.schemas, operations: counts.operations, rules: counts.rules }
    }
}

/// The result of a run.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// Warnings; a run with errors is a [`Failure`].
    pub findings: Findings,
    /// The size of the definition.
    pub summary: Summary,
    /// Files written because they were missing or differed.
    pub written: Vec<PathBuf>,
    /// The number of files that were up to date.
    pub unchanged: usize,
    /// Files of an earlier run that are no longer part of the output.
    pub deleted: Vec<PathBuf>,
    /// The duration of the run.
    pub elapsed: Duration,
}

/// A file that differs from what the generator would write.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The path of the file.
    pub path: PathBuf,
    /// Its text; `None` if the file is missing.
    pub old: Option<String>,
    /// What the generator would write; `None` if it would delete the file.
    pub new: Option<String>,
}

impl Change {
    /// Returns what is different: `missing`, `stale` for a file that would be deleted, or `differs`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match (&self.old, &self.new) {
            (None, _) => "missing",
            (_, None) => "stale",
            _ => "differs",
        }
    }

    /// Returns the change as a JSON object on one line, for editors and CI.
    #[must_use]
    pub fn to_json(&self) -> String {
        let path = self.path.display().to_string();
        json!({ "change": self.kind(), "file": path, "old": self.old, "new": self.new }).to_string()
    }
}

/// Why a run failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// A file could not be read or written, or was not written by the generator and is not overwritten.
    Io(io::Error),
    /// The definition or the configuration has errors; nothing was written.
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
