//! White space between tokens.

use wide::u8x16;

/// Returns the first offset that has no white space.
///
/// Compact bodies have none, so that is checked first. Pretty ones have a line break and then some spaces,
/// which are passed together.
#[inline(always)]
pub(crate) fn space(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\n') => line(bytes, at + 1),
        Some(byte) if *byte <= b' ' => run(bytes, at),
        _ => at,
    }
}

/// Passes white space after a line break.
#[inline(always)]
fn line(bytes: &[u8], at: usize) -> usize {
    let spaces = bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, spaces);
    match bytes.get(at + spaces) {
        Some(byte) if *byte <= b' ' => run(bytes, at + spaces),
        _ => at + spaces,
    }
}

/// Returns how many spaces there are at the beginning.
#[inline(always)]
fn spaces(sixteen: &[u8; 16]) -> usize {
    let others = !u8x16::new(*sixteen).simd_eq(u8x16::splat(b' ')).to_bitmask();
    // There are sixteen bits, so that there is always one after them.
    others.trailing_zeros() as usize
}

#[inline(never)]
fn run(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
        while let Some(spaces @ 1..) = bytes.get(at..).and_then(|rest| rest.first_chunk()).map(spaces) {
            at += spaces;
        }
    }
    at
}
