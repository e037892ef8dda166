//! The text of one value in JSON.

use serde_json::value::RawValue;

use super::shape::{ScalarKind, Shape};

/// Returns a text as JSON. One that does not fit the shape becomes a string, which the validator refuses.
pub(crate) fn scalar(shape: &'static Shape, text: &str) -> String {
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

pub(crate) fn is_json(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text).is_ok()
}

pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
