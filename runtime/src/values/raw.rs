//! Decoding of `RawValue`, within limits that hold across nested decodings.
//!
//! `serde_json` does not go deeper than 128 levels, but each decoding of a `RawValue` counts from 0, and
//! reading one counts no levels at all. A recursive type that decodes its members this way could overflow the
//! stack on a hostile body, and a recursive union that tries one candidate after the other could take
//! exponential time. So the outermost decoding checks the nesting of the whole text first, and sets an
//! allowance of bytes that it and the decodings inside it may read.

use std::cell::Cell;

use serde::{
    Deserialize,
    de::{self, DeserializeOwned},
};
use serde_json::value::RawValue;

/// As in `serde_json`.
const MAX_DEPTH: usize = 128;
/// Every level of nesting may read a byte once, and every level may be tried as a second candidate.
const READINGS_PER_BYTE: usize = 2 * MAX_DEPTH;
/// Short texts may be tried as many candidates.
const MIN_ALLOWANCE: usize = 64 * 1024;

thread_local! {
    /// The bytes that decodings on this thread may still read; `None` outside of decodings. Decoding is
    /// synchronous, so that it ends on the thread on which it begins.
    static ALLOWANCE: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Decodes a value.
pub(super) fn decode<T: DeserializeOwned>(raw: &RawValue) -> Result<T, serde_json::Error> {
    let _guard = AllowanceGuard::begin(raw.get()).map_err(de::Error::custom)?;
    serde_json::from_str(raw.get())
}

/// Returns the message of an error without its line and column, which count from the beginning of the value
/// instead of the body.
pub(super) fn message_of(error: &serde_json::Error) -> String {
    let mut message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    if let Some(length) = message.strip_suffix(&position).map(str::len) {
        message.truncate(length);
    }
    message
}

/// A string, borrowed if it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct BorrowedStr<'a>(#[serde(borrow)] pub(super) std::borrow::Cow<'a, str>);

/// Restores the allowance when a decoding ends.
struct AllowanceGuard {
    outermost: bool,
}

impl AllowanceGuard {
    fn begin(text: &str) -> Result<Self, &'static str> {
        let (outermost, allowance) = match ALLOWANCE.get() {
            Some(left) => (false, left),
            None if is_deeper_than(MAX_DEPTH, text) => {
                return Err("nested deeper than 128 levels");
            }
            None => {
                let whole = text.len().saturating_mul(READINGS_PER_BYTE);
                (true, whole.max(MIN_ALLOWANCE))
            }
        };
        let left = allowance.checked_sub(text.len()).ok_or("too many nested ways to read it")?;
        ALLOWANCE.set(Some(left));
        Ok(Self { outermost })
    }
}

impl Drop for AllowanceGuard {
    fn drop(&mut self) {
        if self.outermost {
            ALLOWANCE.set(None);
        }
    }
}

/// Returns whether arrays and objects of a JSON text are nested deeper than `limit`.
fn is_deeper_than(limit: usize, json: &str) -> bool {
    // Every level takes an opening and a closing bracket.
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

/// Skips to the end of a string.
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
    fn messages_lose_their_position() {
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
