//! The text of one value: percent signs, and what it is in JSON.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::value::RawValue;

use super::shape::{ScalarKind, Shape};

/// A text is not UTF-8 once its percent signs are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotUtf8;

pub(super) type Decoded<T> = Result<T, NotUtf8>;

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

/// Returns a text as JSON. One that does not fit the shape becomes a string, which the validator refuses.
pub(super) fn scalar(shape: &'static Shape, text: &str) -> String {
    let fits = match shape.scalar {
        Some(ScalarKind::Number) => is_number(text),
        Some(ScalarKind::Boolean) => is_boolean(text),
        Some(ScalarKind::Any) => is_number(text) || is_boolean(text),
        Some(ScalarKind::Text) | None => false,
    };
    // Where no style goes deeper, a list or an object is JSON.
    let is_deeper = || (shape.items.is_some() || shape.object.is_some()) && is_json(text);
    if fits || text.starts_with(['[', '{']) && is_deeper() { text.to_owned() } else { quoted(text) }
}

fn is_number(text: &str) -> bool {
    let is_begun = text.starts_with(|letter: char| letter == '-' || letter.is_ascii_digit());
    is_begun && text.ends_with(|letter: char| letter.is_ascii_digit()) && is_json(text)
}

fn is_boolean(text: &str) -> bool {
    matches!(text, "true" | "false")
}

pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text).is_ok()
}

pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
