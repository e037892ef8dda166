//! The text that is read, and the scalars in it.

use crate::validate::{engine::encoding::ScalarValue, scanner};

/// The text that is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a> {
    pub(super) text: &'a str,
    /// The bytes of the text.
    pub(super) bytes: &'a [u8],
    /// The sort key of the first byte.
    first_sort_key: u64,
}

impl<'a> Input<'a> {
    pub(super) fn new(text: &'a str, first_sort_key: u64) -> Self {
        Self { text, bytes: text.as_bytes(), first_sort_key }
    }

    /// Returns the sort key of an offset.
    #[inline]
    pub(super) fn sort_key(&self, offset: usize) -> u64 {
        self.first_sort_key + offset as u64
    }

    /// Returns the text of a span.
    #[inline]
    pub(super) fn span(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }
}

/// Returns the scalar that a JSON text is. `unescaped` holds a string that has escapes. Containers and `null`
/// are no scalars.
pub(super) fn scalar<'t>(json: &'t str, unescaped: &'t mut String) -> Option<ScalarValue<'t>> {
    match json.as_bytes() {
        [b'"', .., b'"'] => {
            let inner = json.get(1..json.len() - 1)?;
            if !inner.as_bytes().contains(&b'\\') {
                return Some(ScalarValue::Text(inner));
            }
            unescaped.clear();
            scanner::unescape(inner, unescaped);
            Some(ScalarValue::Text(unescaped))
        }
        [b't', ..] => Some(ScalarValue::Boolean(true)),
        [b'f', ..] => Some(ScalarValue::Boolean(false)),
        [b'-' | b'0'..=b'9', ..] => Some(ScalarValue::Number(json)),
        _ => None,
    }
}
