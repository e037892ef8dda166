//! What a run tells its caller: how far it has got, what it did, why it ended early.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::api::Api;
use crate::counts::Counts;
use crate::findings::Findings;

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
    pub(crate) fn of(api: &Api) -> Self {
        let counts = Counts::of(api);
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
