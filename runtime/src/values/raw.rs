//! Decoding what was set aside as `RawValue`, within limits that hold across nested decodings.
//!
//! `serde_json` refuses to go deeper than 128 levels, but each decoding of a `RawValue` starts counting anew, and setting
//! one aside counts no levels at all. A recursive type that decodes its members this way could be driven through the
//! stack by a hostile body. And a recursive union that tries one candidate after the other could be driven through
//! exponentially many readings. So the outermost decoding looks at the nesting of the whole text first, and hands out
//! an allowance of bytes that it and the decodings inside it may read.

use std::cell::Cell;

use serde::{
    Deserialize,
    de::{self, DeserializeOwned},
};
use serde_json::value::RawValue;

/// As in `serde_json`.
const MAX_DEPTH: usize = 128;
/// Every level of nesting may read a byte once, and every level may be tried as a second kind of thing.
const READINGS_PER_BYTE: usize = 2 * MAX_DEPTH;
/// Short texts may be tried as very many kinds of things.
const LEAST_ALLOWANCE: usize = 64 * 1024;

thread_local! {
    /// Bytes that decodings on this thread may still read; `None` outside of any. Decoding is synchronous, so what
    /// begins on a thread ends on it.
    static ALLOWANCE: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Decodes a value that was set aside.
pub(crate) fn decode<T: DeserializeOwned>(raw: &RawValue) -> Result<T, serde_json::Error> {
    let _reading = Reading::begin(raw.get()).map_err(de::Error::custom)?;
    serde_json::from_str(raw.get())
}

/// The message of an error without its line and column, which count from the beginning of the value that was set aside
/// and would mislead.
pub(crate) fn message_of(error: &serde_json::Error) -> String {
    let mut message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    if let Some(length) = message.strip_suffix(&place).map(str::len) {
        message.truncate(length);
    }
    message
}

/// A string as text, borrowed where nothing is escaped.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) std::borrow::Cow<'a, str>);

struct Reading {
    outermost: bool,
}

impl Reading {
    fn begin(text: &str) -> Result<Self, &'static str> {
        let (outermost, allowance) = match ALLOWANCE.get() {
            Some(left) => (false, left),
            None if is_deeper_than(MAX_DEPTH, text) => {
                return Err("nested deeper than 128 levels");
            }
            None => {
                let whole = text.len().saturating_mul(READINGS_PER_BYTE);
                (true, whole.max(LEAST_ALLOWANCE))
            }
        };
        let left =
            allowance.checked_sub(text.len()).ok_or("too many ways to read it, one inside the other")?;
        ALLOWANCE.set(Some(left));
        Ok(Self { outermost })
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        if self.outermost {
            ALLOWANCE.set(None);
        }
    }
}

/// Whether arrays and objects of a JSON text nest deeper than `limit`.
fn is_deeper_than(limit: usize, json: &str) -> bool {
    // What opens must close.
    if json.len() <= 2 * limit {
        return false;
    }
    let mut depth: usize = 0;
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => skip_string(&mut bytes),
            _ => {}
        }
        if depth > limit {
            return true;
        }
    }
    false
}

/// Moves behind the closing quotation mark.
fn skip_string(bytes: &mut std::str::Bytes<'_>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_that_of_brackets_outside_strings() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(!is_deeper_than(128, &nested(128)));
        assert!(is_deeper_than(128, &nested(129)));
        assert!(!is_deeper_than(128, &format!("\"\\\"{}\"", "[".repeat(500))));
        assert!(!is_deeper_than(128, &format!("[{}[]]", "[],".repeat(500))));
    }

    #[test]
    fn messages_lose_their_place() {
        let error = serde_json::from_str::<u8>("\n  true").unwrap_err();
        assert!(error.to_string().ends_with("at line 2 column 6"));
        assert_eq!(message_of(&error), "invalid type: boolean `true`, expected u8");
    }

    #[test]
    fn the_allowance_ends_with_the_outermost_decoding() {
        let raw = RawValue::from_string("[1]".to_owned()).unwrap();
        for _ in 0..100_000 {
            decode::<Vec<u8>>(&raw).unwrap();
        }
        decode::<String>(&raw).unwrap_err();
        assert_eq!(ALLOWANCE.get(), None);
    }
}
