//! Numbers, by form alone.

use wide::u8x16;

use super::{Fault, Reason, fault};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Whole,
    Fraction,
    /// With an exponent, or as `-0`.
    Unusual,
}

/// The place behind a number; the place is that of its sign or first digit.
pub(crate) fn number(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    number_and_form(bytes, at).map(|(end, _)| end)
}

/// As [`number`], and how it is written.
///
/// Nearly all numbers are short and have no exponent. Those are told by which of sixteen bytes are digits.
#[inline(always)]
pub(crate) fn number_and_form(bytes: &[u8], at: usize) -> Result<(usize, Form), Fault> {
    let Some(sixteen) = bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) else {
        return by_digits(bytes, at);
    };
    let above_zero = u8x16::new(*sixteen) - u8x16::splat(b'0');
    let others = !above_zero.min(u8x16::splat(9)).simd_eq(above_zero).to_bitmask();
    let whole = others.trailing_zeros() as usize;
    if sixteen[0] == b'0' || whole == 0 || whole > 14 {
        return by_digits(bytes, at);
    }
    match sixteen[whole] {
        b'.' => {
            let fraction = (others >> (whole + 1)).trailing_zeros() as usize;
            let end = whole + 1 + fraction;
            if fraction == 0 || end > 15 || sixteen[end] | 0x20 == b'e' {
                return by_digits(bytes, at);
            }
            Ok((at + end, Form::Fraction))
        }
        b'e' | b'E' => by_digits(bytes, at),
        _ => Ok((at + whole, Form::Whole)),
    }
}

#[inline(never)]
fn by_digits(bytes: &[u8], at: usize) -> Result<(usize, Form), Fault> {
    let mut form = Form::Whole;
    let start = at;
    let mut at = at + usize::from(bytes.get(at) == Some(&b'-'));
    at = match bytes.get(at) {
        Some(b'0') => {
            if at > start {
                form = Form::Unusual;
            }
            at + 1
        }
        Some(b'1'..=b'9') => digits(bytes, at + 1),
        _ => return Err(fault(bytes, at, Reason::Number)),
    };
    if bytes.get(at) == Some(&b'.') {
        form = Form::Fraction;
        at = at_least_one_digit(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let signed = matches!(bytes.get(at + 1), Some(b'+' | b'-'));
        form = Form::Unusual;
        at = at_least_one_digit(bytes, at + 1 + usize::from(signed))?;
    }
    Ok((at, form))
}

#[inline]
fn at_least_one_digit(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    match bytes.get(at) {
        Some(b'0'..=b'9') => Ok(digits(bytes, at + 1)),
        _ => Err(fault(bytes, at, Reason::Number)),
    }
}

#[inline]
fn digits(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b'0'..=b'9') = bytes.get(at) {
        at += 1;
    }
    at
}
