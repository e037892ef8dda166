//! White space between tokens.

use wide::u8x16;

/// The first place that holds no white space.
///
/// Compact bodies have none, so that is asked first. Pretty ones have a line break and then some blanks,
/// which are passed together.
#[inline(always)]
pub(crate) fn space(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\n') => line(bytes, at + 1),
        Some(byte) if *byte <= b' ' => run(bytes, at),
        _ => at,
    }
}

/// Passes white space behind a line break.
#[inline(always)]
fn line(bytes: &[u8], at: usize) -> usize {
    let blanks = bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, blanks);
    match bytes.get(at + blanks) {
        Some(byte) if *byte <= b' ' => run(bytes, at + blanks),
        _ => at + blanks,
    }
}

/// How many blanks stand at the beginning.
#[inline(always)]
fn blanks(sixteen: &[u8; 16]) -> usize {
    let others = !u8x16::new(*sixteen).simd_eq(u8x16::splat(b' ')).to_bitmask();
    // Sixteen bits, so that there is always one behind them.
    others.trailing_zeros() as usize
}

#[inline(never)]
fn run(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
        while let Some(blanks @ 1..) = bytes.get(at..).and_then(|rest| rest.first_chunk()).map(blanks) {
            at += blanks;
        }
    }
    at
}
