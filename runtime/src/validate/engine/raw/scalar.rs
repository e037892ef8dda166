//! Strings and numbers of a JSON text.

use super::{Place, Raw};
use crate::validate::{
    Number, Text,
    cursor::{self, Scanned},
    engine::value::Value,
};

impl Raw<'_, '_> {
    #[inline]
    pub(super) fn string(&mut self, table: &'static Text, at: usize) -> Place {
        let scanned = cursor::string(self.bytes, at + 1).map_err(|fault| self.stop(fault))?;
        if scanned.escaped {
            self.escaped_string(table, at, scanned);
            return Ok(scanned.end + 1);
        }
        let text = self.text.get(at + 1..scanned.end).unwrap_or_default();
        let key = self.key(at);
        self.core.text(table, text, key);
        Ok(scanned.end + 1)
    }

    fn escaped_string(&mut self, table: &'static Text, at: usize, scanned: Scanned) {
        let raw = self.text.get(at + 1..scanned.end).unwrap_or_default();
        self.buffer.clear();
        cursor::unescape(raw, &mut self.buffer);
        let key = self.key(at);
        self.core.text(table, &self.buffer, key);
    }

    #[inline]
    pub(super) fn number(&mut self, table: &'static Number, at: usize) -> Place {
        let end = cursor::number(self.bytes, at).map_err(|fault| self.stop(fault))?;
        let text = self.text.get(at..end).unwrap_or_default();
        let key = self.key(at);
        self.core.number(table, text, key);
        Ok(end)
    }
}

/// The scalar that a value's text is; `buffer` holds a string with escapes. Containers and `null` are none.
pub(super) fn scalar<'t>(raw: &'t str, buffer: &'t mut String) -> Option<Value<'t>> {
    match raw.as_bytes() {
        [b'"', .., b'"'] => {
            let inner = raw.get(1..raw.len() - 1)?;
            if !inner.as_bytes().contains(&b'\\') {
                return Some(Value::Text(inner));
            }
            buffer.clear();
            cursor::unescape(inner, buffer);
            Some(Value::Text(buffer))
        }
        [b't', ..] => Some(Value::Boolean(true)),
        [b'f', ..] => Some(Value::Boolean(false)),
        [b'-' | b'0'..=b'9', ..] => Some(Value::Number(raw)),
        _ => None,
    }
}
