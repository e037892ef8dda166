//! Our `x-` extensions: their names and places as data, and the findings about them.
//!
//! `EXTENSIONS.md` documents the same table; a test holds the two together.

mod body;
mod codes;
mod documentation;
mod operation;
mod path;
mod place;
mod read;
mod rule;
mod schema;
mod token;

use std::fmt;

pub(super) use self::place::Object;
use crate::report::{Finding, Part, Severity};

/// The kind of object that an extension belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any object.
    Any,
    Root,
    Schema,
    Operation,
    Parameter,
    SecurityScheme,
    /// A schema or an operation.
    Documented,
    /// Everything that has no extension of its own.
    Other,
}

/// The shape that a schema must have to carry an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    Anything,
    Enum,
    /// A string without `enum`.
    OpenString,
    Array,
    Object,
    /// A string, or what may hold strings.
    Strings,
}

/// One of our extensions.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Extension {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) on: On,
}

const fn row(name: &'static str, kind: Kind, on: On) -> Extension {
    Extension { name, kind, on }
}

/// All of them.
pub(crate) const EXTENSIONS: &[Extension] = &[
    row("x-source", Kind::Any, On::Anything),
    row("x-error-codes", Kind::Root, On::Anything),
    row("x-error-code", Kind::Schema, On::Anything),
    row("x-severity", Kind::Schema, On::Anything),
    row("x-sensitive", Kind::Schema, On::Anything),
    row("x-enum-labels", Kind::Schema, On::Enum),
    row("x-enum-varnames", Kind::Schema, On::Enum),
    row("x-preferred-values", Kind::Schema, On::OpenString),
    row("x-no-card-number", Kind::Schema, On::Strings),
    row("x-unique-by", Kind::Schema, On::Array),
    row("x-no-reference-to", Kind::Schema, On::Array),
    row("x-at-most-one-of", Kind::Schema, On::Object),
    row("x-required-when", Kind::Schema, On::Object),
    row("x-forbidden-when", Kind::Schema, On::Object),
    row("x-same-value", Kind::Schema, On::Object),
    row("x-bulk", Kind::Operation, On::Anything),
    row("x-poll", Kind::Operation, On::Anything),
    row("x-correlation-id", Kind::Parameter, On::Anything),
    row("x-token", Kind::SecurityScheme, On::Anything),
    row("x-documented-as", Kind::Documented, On::Anything),
    row("x-deviations", Kind::Root, On::Anything),
];

impl Extension {
    /// Where it goes, as a sentence says it.
    pub(crate) fn place(&self) -> &'static str {
        match (self.kind, self.on) {
            (Kind::Any | Kind::Other, _) => "any object",
            (Kind::Root, _) => "the document's root",
            (Kind::Operation, _) => "an operation",
            (Kind::Documented, _) => "a schema or an operation",
            (Kind::Parameter, _) => "a header parameter",
            (Kind::SecurityScheme, _) => "an `oauth2` security scheme",
            (Kind::Schema, On::Anything) => "a schema",
            (Kind::Schema, On::Enum) => "a schema with `enum`",
            (Kind::Schema, On::OpenString) => "a string schema without `enum`",
            (Kind::Schema, On::Array) => "an array schema",
            (Kind::Schema, On::Object) => "an object schema",
            (Kind::Schema, On::Strings) => "a string, array or object schema",
        }
    }
}

/// Our extension of this name.
pub(super) fn named(name: &str) -> Option<&'static Extension> {
    EXTENSIONS.iter().find(|extension| extension.name == name)
}

/// Our extension that a name nearly spells.
///
/// Names of other vendors are legal, so this is careful: one typing error in names of up to eight letters
/// after `x-`, two in longer ones.
pub(super) fn misspelt(name: &str) -> Option<&'static str> {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let near = |extension: &&Extension| {
        let own: Vec<char> = extension.name.chars().collect();
        within(&name, &own, if own.len() > 10 { 2 } else { 1 })
    };
    EXTENSIONS.iter().find(near).map(|extension| extension.name)
}

/// Whether at most `errors` typing errors lie between two words: a letter more, less, changed or swapped.
fn within(left: &[char], right: &[char], errors: usize) -> bool {
    let same = left.iter().zip(right).take_while(|(one, other)| one == other).count();
    let (left, right) = (&left[same..], &right[same..]);
    if left.is_empty() || right.is_empty() {
        return left.len().max(right.len()) <= errors;
    }
    if errors == 0 {
        return false;
    }
    let swapped = left.len() > 1 && right.len() > 1 && left[0] == right[1] && left[1] == right[0];
    (swapped && within(&left[2..], &right[2..], errors - 1))
        || within(&left[1..], &right[1..], errors - 1)
        || within(&left[1..], right, errors - 1)
        || within(left, &right[1..], errors - 1)
}

/// What can be wrong with an extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ExtensionFinding {
    Misspelt {
        name: String,
        near: &'static str,
    },
    Misplaced {
        name: &'static str,
        place: &'static str,
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
    UnknownWord {
        word: String,
        expected: String,
        known: Vec<String>,
        near: Option<String>,
    },
    Invalid {
        message: String,
        help: Option<String>,
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
        Self::Misplaced { name: extension.name, place: extension.place(), found: found.into() }
    }
}

impl fmt::Display for ExtensionFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misspelt { name, near } => {
                write!(f, "`{name}` is nearly `{near}`, and would have no effect")
            }
            Self::Misplaced { name, found, .. } => write!(f, "`{name}` has no meaning on {found}"),
            Self::BesideReference { name } => {
                write!(f, "`{name}` has no effect here: OpenAPI 3.0 ignores what stands beside a `$ref`")
            }
            Self::Wrong { what, expected } => write!(f, "{what} must be {expected}"),
            Self::UnknownMember { what, member, .. } => write!(f, "{what} has no member `{member}`"),
            Self::MissingMember { what, member } => write!(f, "{what} needs a member `{member}`"),
            Self::UnknownWord { word, expected, .. } => write!(f, "`{word}` is no {expected}"),
            Self::Invalid { message, .. } => write!(f, "{message}"),
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
            Self::Misplaced { place, .. } => Some(format!("it goes on {place}")),
            Self::UnknownMember { near: Some(near), .. } | Self::UnknownWord { near: Some(near), .. } => {
                Some(format!("did you mean `{near}`?"))
            }
            Self::UnknownMember { known, .. } => Some(format!("its members are {}", known.join(", "))),
            Self::UnknownWord { known, .. } if known.len() <= 12 => {
                Some(format!("known are {}", known.join(", ")))
            }
            Self::Invalid { help, .. } => help.clone(),
            _ => None,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Varnames { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn part(&self) -> Part {
        match self {
            Self::Misspelt { .. }
            | Self::Misplaced { .. }
            | Self::BesideReference { .. }
            | Self::UnknownMember { .. } => Part::Key,
            _ => Part::Value,
        }
    }
}

#[cfg(test)]
mod tests;
