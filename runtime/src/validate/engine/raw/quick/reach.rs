//! What a member is read from: so many bytes that most members end within, and parts of them.

use crate::validate::cursor;

/// A member's name, its value's first byte and the 48 behind it lie in so many bytes. Of the last ones of a
/// body no member is read quickly.
pub(super) const REACH: usize = 128;

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

/// A part of what a member is read from.
#[inline(always)]
pub(super) fn part<const LENGTH: usize>(reach: &[u8; REACH], at: usize) -> &[u8; LENGTH] {
    reach.get(at..).and_then(|part| part.first_chunk()).unwrap_or(&[0; LENGTH])
}

/// Where the closing quote stands of a string without escapes, of up to 47 bytes, whose first byte stands at
/// `begin`.
#[inline(always)]
pub(super) fn plain_end(reach: &[u8; REACH], begin: usize) -> Option<usize> {
    for ahead in [0, 16, 32] {
        let found = cursor::specials(part(reach, begin + ahead));
        if found != 0 {
            let end = begin + ahead + found.trailing_zeros() as usize % 16;
            return (reach[end] == b'"').then_some(end);
        }
    }
    None
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
