//! Strings: where they end, and whether they have escapes.

use wide::u8x16;

use super::error::{SyntaxError, SyntaxErrorKind, syntax_error};

/// A string that was scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ScannedString {
    /// The offset of its closing quote.
    pub(crate) end: usize,
    /// Whether it has escapes.
    pub(crate) escaped: bool,
}

/// Returns sixteen bytes of text.
#[inline(always)]
fn sixteen(bytes: &[u8], at: usize) -> Option<&[u8; 16]> {
    bytes.get(at..)?.first_chunk()
}

/// Returns a bit for each byte that ends a run of plain text: a quote, a backslash, a control character.
#[inline(always)]
pub(crate) fn specials(sixteen: &[u8; 16]) -> u32 {
    let text = u8x16::new(*sixteen);
    // This makes a quote 0x20, moves the space away from it, and keeps control characters below 0x20.
    let moved = text ^ u8x16::splat(b'"' ^ 0x20);
    (moved.min(u8x16::splat(0x20)).simd_eq(moved) | text.simd_eq(u8x16::splat(b'\\'))).to_bitmask()
}

/// Returns the offset of the closing quote of a string without escapes. The offset is that after its opening
/// quote. `None` if there are escapes, if something is wrong, or near the end of the text: then [`string`]
/// decides.
#[inline(always)]
pub(crate) fn plain_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        let text = sixteen(bytes, at)?;
        let found = specials(text);
        if found != 0 {
            at += found.trailing_zeros() as usize;
            return (bytes.get(at) == Some(&b'"')).then_some(at);
        }
        at += 16;
    }
}

/// Scans a string. The offset is that after its opening quote.
#[inline]
pub(crate) fn string(bytes: &[u8], start: usize) -> Result<ScannedString, SyntaxError> {
    match plain_string(bytes, start) {
        Some(end) => Ok(ScannedString { end, escaped: false }),
        None => slowly(bytes, start),
    }
}

/// Scans byte by byte where the text has escapes or is near its end.
#[inline(never)]
fn slowly(bytes: &[u8], start: usize) -> Result<ScannedString, SyntaxError> {
    let mut escaped = false;
    let mut at = plain(bytes, start);
    loop {
        match bytes.get(at) {
            Some(b'"') => return Ok(ScannedString { end: at, escaped }),
            Some(b'\\') => {
                escaped = true;
                at = escape(bytes, at)?;
            }
            Some(0..0x20) => return Err(syntax_error(bytes, at, SyntaxErrorKind::Control)),
            Some(_) => at = plain(bytes, at + 1),
            None => return Err(syntax_error(bytes, at, SyntaxErrorKind::End)),
        }
    }
}

/// Passes plain text between escapes.
fn plain(bytes: &[u8], mut at: usize) -> usize {
    while let Some(text) = sixteen(bytes, at) {
        let found = specials(text);
        if found != 0 {
            return at + found.trailing_zeros() as usize;
        }
        at += 16;
    }
    at
}

/// Returns the end of an escape. The offset is that of its backslash.
fn escape(bytes: &[u8], at: usize) -> Result<usize, SyntaxError> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => match hexadecimal(bytes, at + 2)? {
            0xD800..0xDC00 => {
                if bytes.get(at + 6) != Some(&b'\\') || bytes.get(at + 7) != Some(&b'u') {
                    return Err(syntax_error(bytes, at, SyntaxErrorKind::Surrogate));
                }
                match hexadecimal(bytes, at + 8)? {
                    0xDC00..0xE000 => Ok(at + 12),
                    _ => Err(syntax_error(bytes, at, SyntaxErrorKind::Surrogate)),
                }
            }
            0xDC00..0xE000 => Err(syntax_error(bytes, at, SyntaxErrorKind::Surrogate)),
            _ => Ok(at + 6),
        },
        _ => Err(syntax_error(bytes, at + 1, SyntaxErrorKind::Escape)),
    }
}

fn hexadecimal(bytes: &[u8], at: usize) -> Result<u32, SyntaxError> {
    let mut value = 0;
    for digit_at in at..at + 4 {
        let digit = bytes.get(digit_at).and_then(|byte| char::from(*byte).to_digit(16));
        value = value * 16 + digit.ok_or_else(|| syntax_error(bytes, digit_at, SyntaxErrorKind::Escape))?;
    }
    Ok(value)
}

/// Appends the text of a string that was scanned, without its quotes, to `out`.
pub(crate) fn unescape(raw: &str, out: &mut String) {
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        let mut after = escape.chars();
        let letter = after.next().unwrap_or('\\');
        rest = after.as_str();
        match letter {
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'u' => {
                let (character, length) = scalar(rest);
                out.push(character);
                rest = rest.get(length..).unwrap_or_default();
            }
            other => out.push(other),
        }
    }
    out.push_str(rest);
}

/// Returns the character after `\u`, and the length of its digits.
fn scalar(rest: &str) -> (char, usize) {
    let first = unit(rest.get(..4));
    if let 0xD800..0xDC00 = first {
        let second = unit(rest.get(6..10));
        let joined = 0x1_0000 + ((first - 0xD800) << 10) + (second & 0x3FF);
        return (char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER), 10);
    }
    (char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), 4)
}

fn unit(digits: Option<&str>) -> u32 {
    digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or_default()
}
