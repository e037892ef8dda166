//! Findings about references to other files.

use std::fmt;

use crate::report::Finding;

#[derive(Debug)]
pub(super) enum FileFinding {
    /// The reference names no file that could be on disk; a later stage reports it.
    NoFileName,
    Missing {
        name: String,
    },
    Outside {
        name: String,
    },
    Unreadable {
        name: String,
        reason: String,
    },
    /// The findings about the file say why it was not read.
    NoTree,
    Unresolved {
        name: String,
        near: Option<String>,
    },
    Cycle {
        name: String,
    },
    /// A path item has a callback with the same path item.
    InItself {
        name: String,
    },
}

impl fmt::Display for FileFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFileName => write!(f, "this is not the name of a file"),
            Self::Missing { name } => write!(f, "there is no file `{name}`"),
            Self::Outside { name } => {
                write!(f, "`{name}` is outside the folder of the definition, so it is not read")
            }
            Self::Unreadable { name, reason } => write!(f, "`{name}` can't be read: {reason}"),
            Self::NoTree => write!(f, "the file is not valid YAML or JSON"),
            Self::Unresolved { name, .. } => write!(f, "`{name}` does not exist"),
            Self::Cycle { name } => write!(f, "`{name}` refers to itself through references alone"),
            Self::InItself { name } => write!(f, "the path item `{name}` has itself among its callbacks"),
        }
    }
}

/// A reference that is not replaced by what it names.
pub(super) struct BrokenReference {
    pub(super) finding: FileFinding,
    /// How it is read when the run goes on.
    pub(super) reading: &'static str,
}

impl fmt::Display for BrokenReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.finding.fmt(f)
    }
}

impl Finding for BrokenReference {
    fn code(&self) -> &'static str {
        match self.finding {
            FileFinding::NoFileName => "external-reference",
            FileFinding::Missing { .. } | FileFinding::Unreadable { .. } | FileFinding::NoTree => {
                "unreadable-file"
            }
            FileFinding::Outside { .. } => "file-outside",
            FileFinding::Unresolved { .. } => "unresolved-reference",
            FileFinding::Cycle { .. } | FileFinding::InItself { .. } => "reference-cycle",
        }
    }

    fn reading(&self) -> Option<&'static str> {
        Some(self.reading)
    }

    fn help(&self) -> Option<String> {
        match &self.finding {
            FileFinding::Missing { .. } => {
                Some("the path begins at the folder of the file that the reference is in".to_owned())
            }
            FileFinding::Outside { .. } => Some(
                "move it into the folder, or allow it with `--allow-outside` or `allow-outside: true`"
                    .to_owned(),
            ),
            FileFinding::Unresolved { near, .. } => {
                near.as_ref().map(|near| format!("did you mean `{near}`?"))
            }
            _ => None,
        }
    }
}
