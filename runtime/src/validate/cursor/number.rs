//! Numbers, by form alone.

use super::{Fault, Reason, fault};

/// The place behind a number; the place is that of its sign or first digit.
#[inline]
pub(crate) fn number(bytes: &[u8], at: usize) -> Result<usize, Fault> {
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
