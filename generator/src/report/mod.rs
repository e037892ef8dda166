//! Findings: what is wrong with a document, where, and a way out.

mod lines;
mod nearest;
mod placed;
mod snippet;

use std::fmt;

pub(crate) use self::nearest::nearest;
pub(crate) use crate::pointer::Part;
use crate::pointer::Pointer;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Generation goes on, and someone should look.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// One kind of finding of one stage. `Display` says what is wrong, in one sentence without a full stop.
pub(crate) trait Finding: fmt::Display {
    /// A stable name in kebab case, such as `unresolved-reference`.
    fn code(&self) -> &'static str;

    fn severity(&self) -> Severity {
        Severity::Error
    }

    /// The way out.
    fn help(&self) -> Option<String> {
        None
    }

    fn part(&self) -> Part {
        Part::Value
    }
}

/// One finding with its place.
#[derive(Debug, Clone)]
pub(crate) struct Diagnostic {
    pub(crate) severity: Severity,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) at: Pointer,
    pub(crate) part: Part,
    /// Line and column, where a pointer can't say it: in a text that is not well-formed, or at a repeated key.
    pub(crate) place: Option<(usize, usize)>,
    pub(crate) help: Option<String>,
    /// Other places that the finding is about, each with a label.
    pub(crate) related: Vec<(Pointer, String)>,
}

/// Every finding of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report {
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds a finding.
    pub(crate) fn push(&mut self, at: &Pointer, finding: &impl Finding) {
        self.push_related(at, finding, Vec::new());
    }

    /// Adds a finding that concerns other places too.
    pub(crate) fn push_related(
        &mut self,
        at: &Pointer,
        finding: &impl Finding,
        related: Vec<(Pointer, String)>,
    ) {
        self.push_placed(at, None, finding, related);
    }

    /// Adds a finding at a line and column of its own.
    pub(crate) fn push_placed(
        &mut self,
        at: &Pointer,
        place: Option<(usize, usize)>,
        finding: &impl Finding,
        related: Vec<(Pointer, String)>,
    ) {
        self.diagnostics.push(Diagnostic {
            severity: finding.severity(),
            code: finding.code(),
            message: finding.to_string(),
            at: at.clone(),
            part: finding.part(),
            place,
            help: finding.help(),
            related,
        });
    }

    /// True when any finding is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

#[cfg(test)]
mod tests;
