//! Numbers, by form alone.

use wide::u8x16;

use super::{Fault, Reason, fault};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Whole,
    Fraction,
}

/// The place behind a number; the place is that of its sign or first digit.
pub(crate) fn number(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    let sixteen = bytes.get(at..).and_then(|rest| rest.first_chunk());
    match sixteen.and_then(short_number) {
        Some((length, _)) => Ok(at + length),
        None => by_digits(bytes, at),
    }
}

/// How long a number is, and how it is written, if that is seen at once: nearly all numbers are short and
/// have neither a sign nor an exponent. What is asked of its digits and its point is asked together: how a
/// number is written differs from one to the next, so that no branch on it could be foretold.
#[inline(always)]
pub(crate) fn short_number(sixteen: &[u8; 16]) -> Option<(usize, Form)> {
    let text = u8x16::new(*sixteen);
    let above_zero = text - u8x16::splat(b'0');
    let digits = above_zero.min(u8x16::splat(9)).simd_eq(above_zero).to_bitmask();
    let points = text.simd_eq(u8x16::splat(b'.')).to_bitmask();
    // Sixteen bits, so that there is always one behind them.
    let behind = !(digits | points);
    let length = behind.trailing_zeros() as usize;
    let points = points & (behind - 1);
    // A digit at each end, at most one point between them, and no digit behind a first zero.
    let last = (behind & behind.wrapping_neg()) >> 1;
    let zeros = digits >> 1 & u32::from(sixteen[0] == b'0');
    let odd = (points & points.wrapping_sub(1)) | (points & (1 | last)) | zeros;
    if odd != 0 || length == 0 || length > 15 || sixteen[length % 16] | 0x20 == b'e' {
        return None;
    }
    Some((length, if points == 0 { Form::Whole } else { Form::Fraction }))
}

#[inline(never)]
fn by_digits(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    let mut at = at + usize::from(bytes.get(at) == Some(&b'-'));
    at = match bytes.get(at) {
        Some(b'0') => at + 1,
        Some(b'1'..=b'9') => digits(bytes, at + 1),
        _ => return Err(fault(bytes, at, Reason::Number)),
    };
    if bytes.get(at) == Some(&b'.') {
        at = at_least_one_digit(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let signed = matches!(bytes.get(at + 1), Some(b'+' | b'-'));
        at = at_least_one_digit(bytes, at + 1 + usize::from(signed))?;
    }
    Ok(at)
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
