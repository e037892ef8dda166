//! Findings in the terms that formats of other programs share.

use std::path::PathBuf;

use super::located::{LocatedDiagnostic, LocatedNode, located};
use super::{Report, Severity};
use crate::source::{Position, SourceFiles};

/// A finding for another program.
#[derive(Debug, Clone)]
pub(crate) struct Annotation {
    pub(crate) level: AnnotationLevel,
    /// The name of the rule.
    pub(crate) rule: &'static str,
    /// What is wrong, and what to do about it.
    pub(crate) message: String,
    pub(crate) region: Option<Region>,
    /// The JSON pointer of the node.
    pub(crate) pointer: Option<String>,
    pub(crate) related: Vec<(Region, String)>,
    /// What the text of the region becomes.
    pub(crate) replacement: Option<String>,
}

/// How grave an annotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnnotationLevel {
    Error,
    Warning,
    #[cfg_attr(not(feature = "docs"), expect(dead_code, reason = "only findings about pages are notes"))]
    Note,
}

/// A part of a file.
#[derive(Debug, Clone)]
pub(crate) struct Region {
    pub(crate) file: PathBuf,
    pub(crate) start: Position,
    /// Exclusive.
    pub(crate) end: Position,
}

impl Report {
    /// Returns every finding, in the order of the text.
    pub(crate) fn annotations(&self, files: &SourceFiles) -> Vec<Annotation> {
        located(self, files).iter().map(|located| annotation(located, files)).collect()
    }
}

fn annotation(located: &LocatedDiagnostic<'_>, files: &SourceFiles) -> Annotation {
    let diagnostic = located.diagnostic;
    let help = diagnostic.help.iter().map(|help| format!("; help: {help}"));
    let related = located.related.iter();
    Annotation {
        level: match diagnostic.severity {
            Severity::Error => AnnotationLevel::Error,
            Severity::Warning => AnnotationLevel::Warning,
        },
        rule: diagnostic.code,
        message: std::iter::once(diagnostic.message.clone()).chain(help).collect(),
        region: Some(region(&located.node, files)),
        pointer: Some(located.node.at.to_string()),
        related: related.map(|(node, label)| (region(node, files), (*label).to_owned())).collect(),
        replacement: located.replacement(files),
    }
}

fn region(node: &LocatedNode, files: &SourceFiles) -> Region {
    let (start, end) = (node.location.start, node.location.end);
    Region { file: files.get(node.file).path.clone(), start, end }
}
