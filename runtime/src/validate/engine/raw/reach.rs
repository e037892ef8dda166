//! What a member is read from: so many bytes that most members end within, and parts of them.

use crate::validate::cursor;

/// A member's name, its value's first byte and the sixteen behind it lie in so many bytes. Of the last ones of a body no
/// member is read quickly.
pub(super) const REACH: usize = 96;

/// The byte at a place; behind the end, one that no token begins with.
#[inline(always)]
pub(super) fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// What a member can be read from; `None` near the end of the text.
#[inline(always)]
pub(super) fn reach(bytes: &[u8], at: usize) -> Option<&[u8; REACH]> {
    bytes.get(at..)?.first_chunk()
}

/// A part of it.
#[inline(always)]
pub(super) fn part<const LENGTH: usize>(reach: &[u8; REACH], at: usize) -> &[u8; LENGTH] {
    reach.get(at..).and_then(|part| part.first_chunk()).unwrap_or(&[0; LENGTH])
}

/// The place of the closing quote of a string without escapes, whose opening quote stands at `value`.
#[inline(always)]
pub(super) fn plain_end(bytes: &[u8], reach: &[u8; REACH], at: usize, value: usize) -> Option<usize> {
    let found = cursor::specials(part(reach, value + 1));
    if found == 0 {
        return cursor::plain_string(bytes, at + value + 17);
    }
    let inner = value + 1 + found.trailing_zeros() as usize % 16;
    (reach.get(inner) == Some(&b'"')).then_some(at + inner)
}

/// How long `true` or `false` is.
#[inline(always)]
pub(super) fn boolean(five: &[u8; 5]) -> Option<usize> {
    match five {
        b"false" => Some(5),
        [b't', b'r', b'u', b'e', _] => Some(4),
        _ => None,
    }
}
