//! The findings of `parse`.

use std::fmt;

use super::grammar::{Hint, ROOT};
use super::reader::DEPTH_LIMIT;
use crate::report::{Finding, Fix, NodePart, Severity};

/// The reading of what is not read at all.
pub(super) const LEFT_OUT: &str = "it is left out";

/// One finding of `parse`.
#[derive(Debug)]
pub(super) enum Problem {
    /// The text is not valid YAML or JSON.
    Syntax {
        message: String,
        help: Option<String>,
    },
    SeveralDocuments,
    TooDeep,
    TooManyNodes,
    NoDocument {
        found: String,
        /// A key of the mapping that is similar to `openapi`.
        near: Option<String>,
    },
    Version {
        found: String,
        help: &'static str,
    },
    RepeatedKey {
        name: String,
        same: bool,
    },
    Tag {
        tag: String,
    },
    Merge,
    BeyondNumbers {
        text: String,
    },
    WrongType {
        subject: String,
        wanted: String,
        found: String,
        reading: &'static str,
    },
    UnknownValue {
        subject: String,
        wanted: String,
        found: String,
        nearest: Option<String>,
        reading: &'static str,
    },
    UnknownKeyword {
        owner: &'static str,
        name: String,
        nearest: Option<String>,
    },
    /// A keyword of OpenAPI 3.1 that is read in a document of 3.0.
    NewerKeyword {
        owner: &'static str,
        name: String,
    },
    /// What looks like a keyword that holds a part of the API.
    MisspeltKeyword {
        owner: &'static str,
        name: String,
        meant: &'static str,
    },
    ForeignKeyword {
        owner: &'static str,
        name: String,
        hint: Hint,
    },
    BadName {
        code: &'static str,
        name: String,
        wanted: &'static str,
    },
    Missing {
        owner: String,
        name: String,
        reading: &'static str,
    },
    /// What an object needs can't be read.
    Incomplete {
        owner: &'static str,
        name: &'static str,
    },
    MisplacedReference {
        owner: &'static str,
    },
    UnresolvedCallback {
        target: String,
    },
    ReferenceSiblings {
        names: Vec<String>,
    },
    /// A known defect, read in the way that is given.
    Repaired {
        code: &'static str,
        part: NodePart,
        what: String,
        reading: String,
        help: Option<String>,
        fix: Option<Fix>,
    },
    /// The message of openapiv3.
    Refused {
        owner: &'static str,
        reason: String,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { message, .. } => f.write_str(message),
            Self::SeveralDocuments => {
                f.write_str("this file contains several YAML documents; a definition is one document")
            }
            Self::TooDeep => write!(f, "this is nested more than {DEPTH_LIMIT} levels deep"),
            Self::TooManyNodes => f.write_str("the aliases of this document expand to too many nodes"),
            Self::NoDocument { found, .. } => {
                write!(f, "an OpenAPI document is a mapping with the key `openapi`, found {found}")
            }
            Self::Version { found, .. } => {
                write!(f, "this is {found}; only OpenAPI 3.0, 3.1 and 3.2 are supported")
            }
            Self::RepeatedKey { name, same: true } => write!(f, "the key `{name}` is given twice"),
            Self::RepeatedKey { name, same: false } => {
                write!(f, "the key `{name}` is given twice with different values")
            }
            Self::Tag { tag } => write!(f, "the YAML tag `!{tag}` has no meaning here and is ignored"),
            Self::Merge => f.write_str("the merge key `<<` must be a mapping or a list of mappings"),
            Self::BeyondNumbers { text } => {
                write!(f, "`{text}` is a number that JSON can't represent; it is read as `null`")
            }
            Self::WrongType { subject, wanted, found, .. }
            | Self::UnknownValue { subject, wanted, found, .. } => {
                write!(f, "{subject} must be {wanted}, found {found}")
            }
            Self::UnknownKeyword { owner, name, .. } => {
                write!(f, "`{name}` is not a keyword of {owner}; it is ignored")
            }
            Self::MisspeltKeyword { owner, name, .. } => write!(f, "`{name}` is not a keyword of {owner}"),
            Self::NewerKeyword { owner, name } => {
                write!(
                    f,
                    "`{name}` is a keyword of OpenAPI 3.1; {owner} of OpenAPI 3.0 does not have it; it is read as \
                     in OpenAPI 3.1"
                )
            }
            Self::ForeignKeyword { owner, name, hint } if hint.newer => {
                write!(
                    f,
                    "`{name}` is a keyword of OpenAPI 3.1; {owner} of OpenAPI 3.0 does not have it; it is ignored"
                )
            }
            Self::ForeignKeyword { owner, name, .. } => {
                write!(
                    f,
                    "`{name}` is a keyword of Swagger 2.0; {owner} of OpenAPI 3.0 does not have it; it is ignored"
                )
            }
            Self::BadName { name, wanted, .. } => write!(f, "{wanted}, found `{name}`"),
            Self::Missing { owner, name, .. } => write!(f, "{owner} needs `{name}`"),
            Self::Incomplete { owner, name } => {
                write!(f, "{owner} is left out here, because its `{name}` can't be read")
            }
            Self::MisplacedReference { owner } => write!(f, "{owner} can't be a `$ref` here"),
            Self::UnresolvedCallback { target } => write!(f, "there is no callback at `{target}`"),
            Self::ReferenceSiblings { names } => {
                let verb = if names.len() == 1 { "is" } else { "are" };
                write!(f, "`{}` beside `$ref` {verb} ignored, as OpenAPI 3.0 requires", names.join("`, `"))
            }
            Self::Repaired { what, reading, .. } => write!(f, "{what}; {reading}"),
            Self::Refused { owner, reason } => write!(f, "{owner} can't be read: {reason}"),
        }
    }
}

impl Finding for Problem {
    fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "syntax-error",
            Self::SeveralDocuments => "several-documents",
            Self::TooDeep => "too-deep",
            Self::TooManyNodes => "too-large",
            Self::NoDocument { .. } => "no-document",
            Self::Version { .. } => "unsupported-version",
            Self::RepeatedKey { .. } => "repeated-key",
            Self::Tag { .. } => "yaml-tag",
            Self::Merge => "bad-merge-key",
            Self::BeyondNumbers { .. } => "number-out-of-range",
            Self::WrongType { .. } => "wrong-type",
            Self::UnknownValue { .. } => "unknown-value",
            Self::UnknownKeyword { .. } => "unknown-keyword",
            Self::MisspeltKeyword { .. } => "misspelt-keyword",
            Self::NewerKeyword { .. } => "newer-keyword",
            Self::ForeignKeyword { hint, .. } if hint.newer => "newer-keyword",
            Self::ForeignKeyword { .. } => "older-keyword",
            Self::Missing { .. } => "missing-field",
            Self::Incomplete { .. } => "left-out",
            Self::MisplacedReference { .. } => "misplaced-reference",
            Self::UnresolvedCallback { .. } => "unresolved-reference",
            Self::ReferenceSiblings { .. } => "reference-sibling",
            Self::BadName { code, .. } | Self::Repaired { code, .. } => code,
            Self::Refused { .. } => "refused",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::RepeatedKey { same: true, .. }
            | Self::Tag { .. }
            | Self::BeyondNumbers { .. }
            | Self::UnknownKeyword { .. }
            | Self::ForeignKeyword { .. }
            | Self::NewerKeyword { .. }
            | Self::ReferenceSiblings { .. }
            | Self::Incomplete { .. }
            | Self::Repaired { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn is_of_defect(&self) -> bool {
        !matches!(self, Self::Incomplete { .. })
    }

    fn reading(&self) -> Option<&'static str> {
        match self {
            Self::WrongType { reading, .. }
            | Self::UnknownValue { reading, .. }
            | Self::Missing { reading, .. } => Some(reading),
            Self::RepeatedKey { .. } => Some("the first one is used"),
            Self::Merge
            | Self::BadName { .. }
            | Self::MisspeltKeyword { .. }
            | Self::MisplacedReference { .. }
            | Self::UnresolvedCallback { .. } => Some(LEFT_OUT),
            Self::Refused { owner, .. } if *owner != ROOT.title => Some(LEFT_OUT),
            _ => None,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Syntax { help, .. } | Self::Repaired { help, .. } => help.clone(),
            Self::SeveralDocuments => Some("keep one document, and remove the `---` between them".to_owned()),
            Self::Version { help, .. } => Some((*help).to_owned()),
            Self::NoDocument { near, .. } => near.as_ref().map(|_| "did you mean `openapi`?".to_owned()),
            Self::RepeatedKey { .. } => {
                Some("remove one of them; until then the first one is used".to_owned())
            }
            Self::UnknownValue { nearest, .. } => {
                nearest.as_ref().map(|name| format!("did you mean `{name}`?"))
            }
            Self::MisspeltKeyword { meant, .. } => {
                Some(format!("did you mean `{meant}`? An extension needs a name that begins with `x-`"))
            }
            Self::UnknownKeyword { nearest: Some(name), .. } => Some(format!("did you mean `{name}`?")),
            Self::UnknownKeyword { .. } => {
                Some("an extension needs a name that begins with `x-`; otherwise remove it".to_owned())
            }
            Self::NewerKeyword { .. } => Some("write `openapi: 3.1.0`".to_owned()),
            Self::ForeignKeyword { hint, .. } => Some(hint.instead.to_owned()),
            Self::MisplacedReference { .. } => Some("write it out, or refer to a part of it".to_owned()),
            Self::ReferenceSiblings { .. } => {
                Some("remove it, or wrap the `$ref` in `allOf` to add to it".to_owned())
            }
            _ => None,
        }
    }

    fn fix(&self) -> Option<Fix> {
        match self {
            Self::Repaired { fix, .. } => fix.clone(),
            _ => None,
        }
    }

    fn part(&self) -> NodePart {
        match self {
            Self::Repaired { part, .. } => *part,
            Self::NoDocument { near: Some(_), .. }
            | Self::UnknownKeyword { .. }
            | Self::MisspeltKeyword { .. }
            | Self::ReferenceSiblings { .. }
            | Self::ForeignKeyword { .. }
            | Self::NewerKeyword { .. }
            | Self::BadName { .. }
            | Self::Missing { .. }
            | Self::RepeatedKey { .. } => NodePart::Key,
            _ => NodePart::Value,
        }
    }
}
