//! The text of one value in JSON.

use serde_json::value::RawValue;

use super::shape::Shape;

/// Returns a text as JSON. One that does not fit the shape becomes a string, which the validator refuses.
pub(crate) fn scalar(shape: &'static Shape, text: &str) -> String {
    let may_be = shape.scalars;
    // What is no integer may still be one of the texts beside them.
    let is_number = || if may_be.number || !may_be.text { is_number(text) } else { is_integer(text) };
    let fits = (may_be.number || may_be.integer) && is_number() || may_be.boolean && is_boolean(text);
    // Where no style goes deeper, a list or an object is JSON.
    let is_deeper = || (shape.items.is_some() || shape.object.is_some()) && is_json(text);
    if fits || text.starts_with(['[', '{']) && is_deeper() { text.to_owned() } else { quoted(text) }
}

fn is_number(text: &str) -> bool {
    let is_begun = text.starts_with(|letter: char| letter == '-' || letter.is_ascii_digit());
    is_begun && text.ends_with(|letter: char| letter.is_ascii_digit()) && is_json(text)
}

fn is_integer(text: &str) -> bool {
    is_number(text) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit())
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
