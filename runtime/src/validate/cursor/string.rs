//! Strings: where they end, and what is known of them by then.

use wide::u8x16;

use super::{Fault, Reason, fault};

/// A string that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scanned {
    /// Where its closing quote stands.
    pub(crate) end: usize,
    /// It has escapes.
    pub(crate) escaped: bool,
}

/// Sixteen bytes of text.
#[inline(always)]
fn sixteen(bytes: &[u8], at: usize) -> Option<&[u8; 16]> {
    bytes.get(at..)?.first_chunk()
}

/// A bit for each byte that ends a run of plain text: a quote, a backslash, a control character.
#[inline(always)]
pub(crate) fn specials(sixteen: &[u8; 16]) -> u32 {
    let text = u8x16::new(*sixteen);
    // This bit takes the quote to 0x20 and the blank out of the way, and leaves the control characters what
    // they are.
    let moved = text ^ u8x16::splat(b'"' ^ 0x20);
    (moved.min(u8x16::splat(0x20)).simd_eq(moved) | text.simd_eq(u8x16::splat(b'\\'))).to_bitmask()
}

/// The place of the closing quote of a string without escapes; the place is that behind its opening quote.
/// `None` if there are escapes, if something is wrong, or if the text is about to end: [`string`] knows.
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

/// Passes a string; the place is that behind its opening quote.
#[inline]
pub(crate) fn string(bytes: &[u8], start: usize) -> Result<Scanned, Fault> {
    match plain_string(bytes, start) {
        Some(end) => Ok(Scanned { end, escaped: false }),
        None => slowly(bytes, start),
    }
}

/// Goes on byte by byte where the text has escapes or is about to end.
#[inline(never)]
fn slowly(bytes: &[u8], start: usize) -> Result<Scanned, Fault> {
    let mut escaped = false;
    let mut at = plain(bytes, start);
    loop {
        match bytes.get(at) {
            Some(b'"') => return Ok(Scanned { end: at, escaped }),
            Some(b'\\') => {
                escaped = true;
                at = escape(bytes, at)?;
            }
            Some(0..0x20) => return Err(fault(bytes, at, Reason::Control)),
            Some(_) => at = plain(bytes, at + 1),
            None => return Err(fault(bytes, at, Reason::End)),
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

/// The place behind an escape; the place is that of its backslash.
fn escape(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => match hexadecimal(bytes, at + 2)? {
            0xD800..0xDC00 => {
                if bytes.get(at + 6) != Some(&b'\\') || bytes.get(at + 7) != Some(&b'u') {
                    return Err(fault(bytes, at, Reason::Surrogate));
                }
                match hexadecimal(bytes, at + 8)? {
                    0xDC00..0xE000 => Ok(at + 12),
                    _ => Err(fault(bytes, at, Reason::Surrogate)),
                }
            }
            0xDC00..0xE000 => Err(fault(bytes, at, Reason::Surrogate)),
            _ => Ok(at + 6),
        },
        _ => Err(fault(bytes, at + 1, Reason::Escape)),
    }
}

fn hexadecimal(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    let mut value = 0;
    for place in at..at + 4 {
        let digit = bytes.get(place).and_then(|byte| char::from(*byte).to_digit(16));
        value = value * 16 + digit.ok_or_else(|| fault(bytes, place, Reason::Escape))?;
    }
    Ok(value)
}

/// Appends the text of a string that was passed, without its quotes, to `out`.
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

/// What stands behind `\u`, and how long it is.
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
