//! Findings about overlays.

use std::fmt;

use super::json_path::JsonPathError;
use crate::parse::reader::DEPTH_LIMIT;
use crate::report::{Finding, NodePart, Severity};

#[derive(Debug)]
pub(super) enum OverlayFinding {
    WrongType {
        wanted: &'static str,
        found: String,
    },
    Missing {
        name: &'static str,
    },
    UnknownMember {
        name: String,
        near: Option<String>,
    },
    Version {
        found: String,
    },
    Path {
        text: String,
        error: JsonPathError,
    },
    NoMatch {
        near: Option<String>,
    },
    NoChange,
    RemovedRoot,
    /// What is updated is neither a mapping nor a list.
    ScalarTarget {
        target: String,
    },
    /// The update and what it meets can't be merged.
    Mismatch {
        target: String,
        update: String,
        found: String,
    },
    TooDeep,
}

impl fmt::Display for OverlayFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongType { wanted, found } => write!(f, "this must be {wanted}, found {found}"),
            Self::Missing { name: "target" } => write!(f, "an action of an overlay needs `target`"),
            Self::Missing { name } => write!(f, "an overlay needs `{name}`"),
            Self::UnknownMember { name, .. } => {
                write!(f, "`{name}` is not read in an overlay of version 1.0; it is ignored")
            }
            Self::Version { found } => {
                write!(f, "this overlay is of version {found}; only version 1 is supported")
            }
            Self::Path { text, error } => write!(f, "`{text}` {error}"),
            Self::NoMatch { .. } => write!(f, "the target of this action is nowhere in the definition"),
            Self::NoChange => write!(f, "this action neither updates nor removes anything"),
            Self::RemovedRoot => write!(f, "the whole definition can't be removed"),
            Self::ScalarTarget { target } => {
                write!(f, "the target at `{target}` is neither a mapping nor a list")
            }
            Self::Mismatch { target, update, found } => {
                write!(f, "{update} can't be merged with {found} at `{target}`")
            }
            Self::TooDeep => write!(f, "this update nests nodes more than {DEPTH_LIMIT} levels deep"),
        }
    }
}

impl Finding for OverlayFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongType { .. } | Self::Missing { .. } | Self::UnknownMember { .. } | Self::NoChange => {
                "malformed-overlay"
            }
            Self::Version { .. } => "unsupported-version",
            Self::Path { error, .. } if error.is_unsupported => "unsupported-json-path",
            Self::Path { .. } => "malformed-json-path",
            Self::NoMatch { .. } => "overlay-without-match",
            Self::RemovedRoot | Self::ScalarTarget { .. } | Self::Mismatch { .. } => "overlay-mismatch",
            Self::TooDeep => "too-deep",
        }
    }

    /// What an overlay repairs may be repaired at its source one day.
    fn severity(&self) -> Severity {
        match self {
            Self::UnknownMember { .. } | Self::NoMatch { .. } | Self::NoChange => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::UnknownMember { near: Some(near), .. } | Self::NoMatch { near: Some(near) } => {
                Some(format!("did you mean `{near}`?"))
            }
            Self::NoMatch { near: None } => {
                Some("remove the action if the definition no longer needs it".to_owned())
            }
            Self::Missing { name: "overlay" } => Some("write `overlay: 1.0.0`".to_owned()),
            Self::Path { error, .. } if error.is_unsupported => Some(
                "write names, indexes, `*`, `..` and filters such as `[?@.name == 'x' && @.in]`".to_owned(),
            ),
            Self::Path { .. } => Some("write it like `$.paths['/pets'].get`".to_owned()),
            Self::NoChange => Some("give it `update` or `remove: true`".to_owned()),
            Self::ScalarTarget { .. } => {
                Some("take the mapping around it as the target, and update its member".to_owned())
            }
            Self::Mismatch { .. } => Some("remove what is there with an action before this one".to_owned()),
            _ => None,
        }
    }

    fn part(&self) -> NodePart {
        match self {
            Self::UnknownMember { .. } => NodePart::Key,
            _ => NodePart::Value,
        }
    }
}
