//! Numbers: where they end, and how they are written.

use wide::u8x16;

use super::error::{SyntaxError, SyntaxErrorKind, syntax_error};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberForm {
    Whole,
    Fraction,
}

/// Returns the end of a number. The offset is that of its sign or first digit.
pub(crate) fn number(bytes: &[u8], at: usize) -> Result<usize, SyntaxError> {
    let sixteen = bytes.get(at..).and_then(|rest| rest.first_chunk());
    match sixteen.and_then(short_number) {
        Some((length, _)) => Ok(at + length),
        None => by_digits(bytes, at),
    }
}

/// Returns the length of a number and how it is written, if it is short and has neither a sign nor an
/// exponent, as nearly all numbers. There is no branch between its digits and its point: how a number is
/// written differs from one to the next, so that a branch could not be predicted.
#[inline(always)]
pub(crate) fn short_number(sixteen: &[u8; 16]) -> Option<(usize, NumberForm)> {
    let text = u8x16::new(*sixteen);
    let above_zero = text - u8x16::splat(b'0');
    let digits = above_zero.min(u8x16::splat(9)).simd_eq(above_zero).to_bitmask();
    let points = text.simd_eq(u8x16::splat(b'.')).to_bitmask();
    // There are sixteen bits, so that there is always one after them.
    let after = !(digits | points);
    let length = after.trailing_zeros() as usize;
    let points = points & (after - 1);
    // A digit at each end, at most one point between them, and no digit after a leading zero.
    let last = (after & after.wrapping_neg()) >> 1;
    let zeros = digits >> 1 & u32::from(sixteen[0] == b'0');
    let odd = (points & points.wrapping_sub(1)) | (points & (1 | last)) | zeros;
    if odd != 0 || length == 0 || length > 15 || sixteen[length % 16] | 0x20 == b'e' {
        return None;
    }
    Some((length, if points == 0 { NumberForm::Whole } else { NumberForm::Fraction }))
}

#[inline(never)]
fn by_digits(bytes: &[u8], at: usize) -> Result<usize, SyntaxError> {
    let mut at = at + usize::from(bytes.get(at) == Some(&b'-'));
    at = match bytes.get(at) {
        Some(b'0') => at + 1,
        Some(b'1'..=b'9') => digits(bytes, at + 1),
        _ => return Err(syntax_error(bytes, at, SyntaxErrorKind::Number)),
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
fn at_least_one_digit(bytes: &[u8], at: usize) -> Result<usize, SyntaxError> {
    match bytes.get(at) {
        Some(b'0'..=b'9') => Ok(digits(bytes, at + 1)),
        _ => Err(syntax_error(bytes, at, SyntaxErrorKind::Number)),
    }
}

#[inline]
fn digits(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b'0'..=b'9') = bytes.get(at) {
        at += 1;
    }
    at
}
