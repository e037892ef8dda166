//! Findings about extensions.

use std::fmt;

use super::table::Extension;
use crate::report::{Finding, NodePart, Severity};

/// What can be wrong with an extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ExtensionFinding {
    Misspelt {
        name: String,
        near: &'static str,
    },
    Misplaced {
        name: &'static str,
        carriers: &'static str,
        found: String,
    },
    BesideReference {
        name: &'static str,
    },
    Wrong {
        what: String,
        expected: String,
    },
    UnknownMember {
        what: String,
        member: String,
        known: Vec<&'static str>,
        near: Option<String>,
    },
    MissingMember {
        what: String,
        member: &'static str,
    },
    UnknownValue {
        value: String,
        expected: String,
        known: Vec<String>,
        near: Option<String>,
    },
    Invalid {
        message: String,
        help: Option<String>,
    },
    /// `x-enum-varnames` of another length: no variant can have its name. Real documents have names too many.
    NameCount {
        names: usize,
        values: usize,
    },
    /// `x-enum-varnames`, which other generators know too and take less strictly.
    Varnames {
        message: String,
    },
}

impl ExtensionFinding {
    pub(super) fn wrong(what: &str, expected: &str) -> Self {
        Self::Wrong { what: what.to_owned(), expected: expected.to_owned() }
    }

    pub(super) fn misplaced(extension: &Extension, found: impl Into<String>) -> Self {
        Self::Misplaced { name: extension.name, carriers: extension.carriers(), found: found.into() }
    }
}

impl fmt::Display for ExtensionFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misspelt { name, near } => {
                write!(f, "`{name}` looks like `{near}`, and has no effect")
            }
            Self::Misplaced { name, found, .. } => write!(f, "`{name}` has no meaning on {found}"),
            Self::BesideReference { name } => {
                write!(f, "`{name}` has no effect here: OpenAPI 3.0 ignores members beside a `$ref`")
            }
            Self::Wrong { what, expected } => write!(f, "{what} must be {expected}"),
            Self::UnknownMember { what, member, .. } => write!(f, "{what} has no member `{member}`"),
            Self::MissingMember { what, member } => write!(f, "{what} needs a member `{member}`"),
            Self::UnknownValue { value, expected, .. } => write!(f, "`{value}` is not a {expected}"),
            Self::Invalid { message, .. } => write!(f, "{message}"),
            Self::NameCount { names, values } => {
                let left_out = if names > values { "; they are left out" } else { "" };
                write!(f, "there are {names} names for {values} enum values{left_out}")
            }
            Self::Varnames { message } => write!(f, "{message}; left out"),
        }
    }
}

impl Finding for ExtensionFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Misspelt { .. } => "misspelt-extension",
            Self::Misplaced { .. } | Self::BesideReference { .. } => "misplaced-extension",
            _ => "malformed-extension",
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Misspelt { near, .. } => Some(format!("did you mean `{near}`?")),
            Self::BesideReference { .. } => Some("wrap the reference: `allOf: [{$ref: ...}]`".to_owned()),
            Self::Misplaced { carriers, .. } => Some(format!("it belongs on {carriers}")),
            Self::UnknownMember { near: Some(near), .. } | Self::UnknownValue { near: Some(near), .. } => {
                Some(format!("did you mean `{near}`?"))
            }
            Self::UnknownMember { known, .. } => Some(format!("its members are {}", known.join(", "))),
            Self::UnknownValue { known, .. } if known.len() <= 12 => {
                Some(format!("use one of {}", known.join(", ")))
            }
            Self::NameCount { .. } => Some("name every value, in the order of `enum`".to_owned()),
            Self::Invalid { help, .. } => help.clone(),
            _ => None,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::NameCount { names, values } if names > values => Severity::Warning,
            Self::Varnames { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn reading(&self) -> Option<&'static str> {
        match self {
            Self::Misspelt { .. } | Self::Misplaced { .. } | Self::BesideReference { .. } => {
                Some("it is left out")
            }
            // A name of ours with another form is somebody else's extension.
            Self::Wrong { what, .. } if what.starts_with("`x-") => Some("it is left out"),
            Self::NameCount { .. } => Some("they are left out"),
            _ => None,
        }
    }

    fn part(&self) -> NodePart {
        match self {
            Self::Misspelt { .. }
            | Self::Misplaced { .. }
            | Self::BesideReference { .. }
            | Self::UnknownMember { .. } => NodePart::Key,
            _ => NodePart::Value,
        }
    }
}
