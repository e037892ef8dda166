//! Strings: where they end, and what is known of them by then.

use super::{Fault, Reason, fault};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// A string that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scanned {
    /// Where its closing quote stands.
    pub(crate) end: usize,
    /// It has escapes.
    pub(crate) escaped: bool,
    /// It has nothing beyond ASCII, escapes aside.
    pub(crate) ascii: bool,
}

/// Eight bytes as one number, the first one lowest.
#[inline(always)]
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*eight))
}

/// The high bit of each byte that ends a run of plain text: a quote, a backslash, a control character.
///
/// Only the lowest bit that is set is to be trusted: a borrow may set others above it.
#[inline(always)]
const fn specials(eight: u64) -> u64 {
    let quote = eight ^ (ONES * b'"' as u64);
    let backslash = eight ^ (ONES * b'\\' as u64);
    let control = eight.wrapping_sub(ONES * 0x20) & !eight;
    let quote = quote.wrapping_sub(ONES) & !quote;
    let backslash = backslash.wrapping_sub(ONES) & !backslash;
    (control | quote | backslash) & HIGHS
}

/// Passes a string; the place is that behind its opening quote.
#[inline(always)]
pub(crate) fn string(bytes: &[u8], start: usize) -> Result<Scanned, Fault> {
    let mut at = start;
    let mut beyond = 0;
    while let Some(eight) = word(bytes, at) {
        let found = specials(eight);
        if found != 0 {
            let place = found.trailing_zeros();
            beyond |= eight & ((1 << (place & !7)) - 1);
            at += place as usize / 8;
            if bytes.get(at) == Some(&b'"') {
                return Ok(Scanned { end: at, escaped: false, ascii: beyond & HIGHS == 0 });
            }
            return slowly(bytes, at, beyond & HIGHS == 0);
        }
        beyond |= eight;
        at += 8;
    }
    slowly(bytes, at, beyond & HIGHS == 0)
}

/// Goes on byte by byte where the text has escapes or is about to end.
fn slowly(bytes: &[u8], mut at: usize, mut ascii: bool) -> Result<Scanned, Fault> {
    let mut escaped = false;
    loop {
        match bytes.get(at) {
            Some(b'"') => return Ok(Scanned { end: at, escaped, ascii }),
            Some(b'\\') => {
                escaped = true;
                at = escape(bytes, at)?;
            }
            Some(0..0x20) => return Err(fault(bytes, at, Reason::Control)),
            Some(byte) => {
                ascii &= byte.is_ascii();
                at += 1;
                // Long text between escapes is passed quickly again.
                while let Some(eight) = word(bytes, at) {
                    if specials(eight) != 0 {
                        break;
                    }
                    ascii &= eight & HIGHS == 0;
                    at += 8;
                }
            }
            None => return Err(fault(bytes, at, Reason::End)),
        }
    }
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
