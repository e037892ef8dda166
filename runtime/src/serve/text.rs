//! The text of one value, without percent signs.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::{
    validate::codes,
    violations::{Violation, join_name},
};

/// A text is not UTF-8 once its percent signs are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotUtf8;

pub(super) type Decoded<T> = Result<T, NotUtf8>;

/// Why the value of a parameter, or of a member of a form, can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreadable {
    NotUtf8,
    /// There is one value too many at this data path, which is empty for the value itself.
    Repeated(String),
}

pub(super) type Readable<T> = Result<T, Unreadable>;

impl From<NotUtf8> for Unreadable {
    fn from(_: NotUtf8) -> Self {
        Self::NotUtf8
    }
}

impl Unreadable {
    /// Says of which member of a value this is told.
    pub(super) fn within(self, name: &str) -> Self {
        match self {
            Self::NotUtf8 => Self::NotUtf8,
            Self::Repeated(below) => Self::Repeated(join_name(name, &below)),
        }
    }

    /// Says of which item of a list this is told.
    pub(super) fn within_item(self, index: usize) -> Self {
        match self {
            Self::NotUtf8 => Self::NotUtf8,
            Self::Repeated(below) => {
                let dot = if below.is_empty() || below.starts_with('[') { "" } else { "." };
                Self::Repeated(format!("[{index}]{dot}{below}"))
            }
        }
    }

    /// Returns the broken rule.
    pub(super) fn violation(self) -> Violation {
        match self {
            Self::NotUtf8 => Violation::new(&codes::INVALID_UTF8, ""),
            Self::Repeated(path) => Violation::new(&codes::REPEATED, path),
        }
    }
}

/// How the text of a value is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// By percent signs.
    Percent,
    /// By percent signs, and a plus is a space.
    Form,
    /// Not at all.
    Plain,
}

pub(super) fn decoded(text: &str, encoding: Encoding) -> Decoded<Cow<'_, str>> {
    match encoding {
        // Items of a list may have spaces around them (RFC 9110, section 5.6.1).
        Encoding::Plain => Ok(Cow::Borrowed(text.trim())),
        Encoding::Form if text.contains('+') => {
            let spaced = text.replace('+', " ");
            let decoded = percent_decode_str(&spaced).decode_utf8().map_err(|_| NotUtf8)?;
            Ok(Cow::Owned(decoded.into_owned()))
        }
        _ => percent_decode_str(text).decode_utf8().map_err(|_| NotUtf8),
    }
}
