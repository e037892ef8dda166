//! Findings: what is wrong with a document, where, and what to do about it.

mod annotation;
mod codes;
mod explanation;
mod fix;
mod github;
mod lines;
mod located;
mod nearest;
mod policy;
mod sarif;
mod snippet;

use std::collections::HashSet;
use std::fmt;

#[cfg(feature = "docs")]
pub(crate) use self::annotation::{Annotation, AnnotationLevel, Region};
pub(crate) use self::codes::CODES;
pub use self::explanation::explanation;
pub(crate) use self::fix::Fix;
pub(crate) use self::github::github;
pub(crate) use self::nearest::nearest;
pub use self::policy::Level;
pub(crate) use self::policy::{Levels, Policy};
pub(crate) use self::sarif::sarif;
pub(crate) use crate::pointer::NodePart;
use crate::pointer::Pointer;
use crate::source::{FileId, Position};

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
    /// Returns a stable name in kebab case, such as `unresolved-reference`.
    fn code(&self) -> &'static str;

    fn severity(&self) -> Severity {
        Severity::Error
    }

    /// Returns how what an error is about is read when the run goes on all the same; `None` if it can't be.
    fn reading(&self) -> Option<&'static str> {
        None
    }

    /// Returns whether what a warning is about is a defect that was read otherwise than it stands there.
    fn is_of_defect(&self) -> bool {
        false
    }

    /// What to do about it.
    fn help(&self) -> Option<String> {
        None
    }

    /// Returns what the marked part of the node becomes so that the text says how it is read.
    fn fix(&self) -> Option<Fix> {
        None
    }

    fn part(&self) -> NodePart {
        NodePart::Value
    }
}

/// One finding with its pointer.
#[derive(Debug, Clone)]
pub(crate) struct Diagnostic {
    pub(crate) severity: Severity,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// The file that `at` and `related` are in; `None`: they are in the tree, whatever files it was made of.
    pub(crate) file: Option<FileId>,
    /// What a warning is about is a defect that was read otherwise than it stands there.
    is_of_defect: bool,
    /// How the run can go on after an error.
    reading: Option<&'static str>,
    pub(crate) at: Pointer,
    pub(crate) part: NodePart,
    /// The position that no pointer can express: in a text that is not well-formed, or at a repeated key.
    pub(crate) position: Option<Position>,
    pub(crate) help: Option<String>,
    pub(crate) fix: Option<Fix>,
    /// Other nodes that the finding is about, each with a label.
    pub(crate) related: Vec<(Pointer, String)>,
}

/// Every finding of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report {
    /// Whether what has an error is read in the safest way, so that the rest can be generated.
    pub(crate) keep_going: bool,
    pub(crate) diagnostics: Vec<Diagnostic>,
    seen: HashSet<(&'static str, String, Pointer, NodePart, Option<Position>)>,
}

impl Report {
    /// Creates a report without findings for a run under this policy.
    pub(crate) fn new(policy: &Policy) -> Self {
        Self { keep_going: policy.keep_going, ..Self::default() }
    }

    /// Adds a finding.
    pub(crate) fn push(&mut self, at: &Pointer, finding: &impl Finding) {
        self.push_related(at, finding, Vec::new());
    }

    /// Adds a finding that concerns other nodes too.
    pub(crate) fn push_related(
        &mut self,
        at: &Pointer,
        finding: &impl Finding,
        related: Vec<(Pointer, String)>,
    ) {
        self.push_at_position(at, None, finding, related);
    }

    /// Adds a finding at a position of its own. A finding that is there already is not added again: what
    /// several references share is read once for each.
    pub(crate) fn push_at_position(
        &mut self,
        at: &Pointer,
        position: Option<Position>,
        finding: &impl Finding,
        related: Vec<(Pointer, String)>,
    ) {
        debug_assert!(CODES.contains(&finding.code()), "`{}` is not in the list of codes", finding.code());
        let diagnostic = Diagnostic {
            severity: finding.severity(),
            code: finding.code(),
            message: finding.to_string(),
            file: None,
            is_of_defect: finding.is_of_defect(),
            reading: finding.reading(),
            at: at.clone(),
            part: finding.part(),
            position,
            help: finding.help(),
            fix: finding.fix(),
            related,
        };
        let identity = (diagnostic.code, diagnostic.message.clone(), at.clone(), diagnostic.part, position);
        if self.seen.insert(identity) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Adds the findings about the text of one file.
    pub(crate) fn add_of_file(&mut self, file: FileId, findings: Self) {
        let findings = findings.diagnostics.into_iter();
        self.diagnostics.extend(findings.map(|finding| Diagnostic { file: Some(file), ..finding }));
    }

    /// Returns whether any finding is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

#[cfg(test)]
mod tests;
