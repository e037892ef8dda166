//! A window of the text, long enough for most members, and parts of it.

use crate::validate::scanner;

/// A member's name, its value's first byte and the 48 bytes after it fit in a window of this length. A member
/// whose window would go beyond the end of the text is not read by the fast path.
pub(super) const WINDOW: usize = 128;

/// No offset: the text can't be read further, and the reader knows why. As there is no byte at it, a loop
/// that goes on from it ends without a check.
pub(super) const HALTED: usize = usize::MAX;

/// Returns the byte at an offset; beyond the end, one that no token begins with.
#[inline(always)]
pub(super) fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Returns the window at an offset; `None` near the end of the text.
#[inline(always)]
pub(super) fn window(bytes: &[u8], at: usize) -> Option<&[u8; WINDOW]> {
    bytes.get(at..)?.first_chunk()
}

/// Returns a part of a window.
#[inline(always)]
pub(super) fn part<const LENGTH: usize>(window: &[u8; WINDOW], at: usize) -> &[u8; LENGTH] {
    window.get(at..).and_then(|part| part.first_chunk()).unwrap_or(&[0; LENGTH])
}

/// Returns where the closing quote is of a string that begins at `start`, has no escapes and up to 47 bytes.
#[inline(always)]
pub(super) fn plain_string_end(window: &[u8; WINDOW], start: usize) -> Option<usize> {
    for ahead in [0, 16, 32] {
        let found = scanner::specials(part(window, start + ahead));
        if found != 0 {
            let end = start + ahead + found.trailing_zeros() as usize % 16;
            return (window[end] == b'"').then_some(end);
        }
    }
    None
}

/// Returns the length of `true` or `false`.
#[inline(always)]
pub(super) fn boolean_length(five: &[u8; 5]) -> Option<usize> {
    match five {
        b"false" => Some(5),
        [b't', b'r', b'u', b'e', _] => Some(4),
        _ => None,
    }
}
