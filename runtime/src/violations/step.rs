//! Names in a data path, as text; [`pointer`](super::pointer) reads them back.

use std::fmt::Write;

/// Names that would read as something else are written as JSON strings in brackets.
pub(crate) fn push_name(text: &mut String, name: &str) {
    if is_odd(name) {
        let quoted = serde_json::to_string(name).unwrap_or_default();
        write!(text, "[{quoted}]").unwrap_or_default();
    } else {
        push_plain(text, name);
    }
}

/// A name that reads as nothing else.
pub(crate) fn push_plain(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    text.push_str(name);
}

fn is_odd(name: &str) -> bool {
    let odd = |character: char| matches!(character, '.' | '[' | ']' | '"') || character.is_control();
    name.is_empty() || name.contains(odd)
}
