//! White space between tokens.

/// The first place that holds no white space.
///
/// Compact bodies have none, so that is asked first. Pretty ones have a line break and then a run of blanks, which are
/// passed eight at a time.
#[inline(always)]
pub(crate) fn space(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(byte) if *byte <= b' ' => run(bytes, at),
        _ => at,
    }
}

#[inline]
fn run(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
        while let Some(eight) = word(bytes, at) {
            let others = eight ^ 0x2020_2020_2020_2020;
            let blanks = others.trailing_zeros() as usize / 8;
            at += blanks;
            if blanks < 8 {
                break;
            }
        }
    }
    at
}

/// Eight bytes as one number, the first one lowest.
#[inline(always)]
fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*eight))
}
