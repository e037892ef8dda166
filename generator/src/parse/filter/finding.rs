//! The findings of a filter.

use std::fmt;

use crate::report::{Finding, NodePart, Severity};

#[derive(Debug)]
pub(super) enum FilterFinding {
    NoMatch {
        is_include: bool,
        /// What the pattern is about: `the tag`.
        kind: &'static str,
        pattern: String,
        near: Option<String>,
    },
    NothingLeft,
}

impl FilterFinding {
    pub(super) fn is_of_include(&self) -> bool {
        matches!(self, Self::NoMatch { is_include: true, .. })
    }
}

impl fmt::Display for FilterFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMatch { is_include, kind, pattern, .. } => {
                let purpose = if *is_include { "included" } else { "excluded" };
                write!(f, "no operation has {kind} `{pattern}`, which is to be {purpose}")
            }
            Self::NothingLeft => write!(f, "what is included and excluded leaves no operation"),
        }
    }
}

impl Finding for FilterFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::NoMatch { .. } => "filter-without-match",
            Self::NothingLeft => "no-operation-left",
        }
    }

    /// Without what is to be excluded, the output has at least all that is wanted.
    fn severity(&self) -> Severity {
        match self {
            Self::NoMatch { is_include: false, .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::NoMatch { near, .. } => near.as_ref().map(|near| format!("did you mean `{near}`?")),
            Self::NothingLeft => {
                Some("exclude less: what is excluded is left out even if it is included".to_owned())
            }
        }
    }

    fn part(&self) -> NodePart {
        NodePart::Key
    }
}
