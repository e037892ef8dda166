//! Patterns that can be held to sixteen bytes at a time.

use wide::u8x16;

use super::Run;

/// So many bytes are compared at once.
const BYTES: usize = 16;
/// The longest text of one length that is compared like that.
const LONGEST: usize = 2 * BYTES;
/// The most ranges of one class.
const RANGES: usize = 6;

/// The low end of a range, and how far it reaches.
type Range = ([u8; BYTES], [u8; BYTES]);

/// Ranges of bytes, which a few instructions compare with a whole text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Windows {
    /// The pattern is of another kind.
    None,
    /// One range for each byte of texts of this length. With `more`, longer texts may match too.
    Places { low: [u8; LONGEST], span: [u8; LONGEST], length: usize, more: bool },
    /// Every byte is in one of these ranges: the low end, and how far it reaches, each as often as bytes are compared.
    Ranges { ranges: [Range; RANGES], count: usize },
}

impl Windows {
    /// The ranges of a row of runs.
    pub(crate) const fn new(runs: &[Run]) -> Self {
        if let [run] = runs
            && run.min != run.max
        {
            return match ranges(&run.class.bytes) {
                Some((ranges, count)) => Self::Ranges { ranges, count },
                None => Self::None,
            };
        }
        Self::places(runs)
    }

    const fn places(runs: &[Run]) -> Self {
        let (mut low, mut span) = ([0; LONGEST], [u8::MAX; LONGEST]);
        let (mut length, mut number, mut more) = (0, 0, false);
        while number < runs.len() {
            let run = &runs[number];
            // What may follow need not: texts without it are those of the runs before.
            if run.min == 0 && number + 1 == runs.len() {
                more = true;
                break;
            }
            let Some((ranges, 1)) = ranges(&run.class.bytes) else { return Self::None };
            if run.class.others || run.min != run.max || run.max as usize > LONGEST - length {
                return Self::None;
            }
            let end = length + run.max as usize;
            while length < end {
                (low[length], span[length]) = (ranges[0].0[0], ranges[0].1[0]);
                length += 1;
            }
            number += 1;
        }
        if length < BYTES { Self::None } else { Self::Places { low, span, length, more } }
    }

    /// Whether the text has the bytes that the pattern asks for, and for [`Windows::Places`] the length too. `None`:
    /// that is not to be told from here.
    #[inline(always)]
    pub(crate) fn hold(&self, text: &[u8]) -> Option<bool> {
        let (first, last) = (text.first_chunk::<BYTES>()?, text.last_chunk::<BYTES>()?);
        match self {
            Self::None => None,
            Self::Places { length, more: true, .. } if text.len() != *length => None,
            Self::Places { low, span, length, .. } => {
                let behind = length - BYTES;
                let begins = within(*first, low.first_chunk()?, span.first_chunk()?);
                let ends =
                    within(*last, low.get(behind..)?.first_chunk()?, span.get(behind..)?.first_chunk()?);
                Some(text.len() == *length && (begins & ends).to_bitmask() == 0xFFFF)
            }
            Self::Ranges { ranges, count } => {
                // These three overlap, and are all there is.
                let middle = text.get(BYTES.min(text.len() - BYTES)..)?.first_chunk()?;
                let text = if text.len() <= 3 * BYTES { [*first, *middle, *last] } else { return None };
                Some(are_among(text, ranges.get(..*count)?))
            }
        }
    }
}

/// All bits of each byte that is in the range of its place.
#[inline(always)]
fn within(text: [u8; BYTES], low: &[u8; BYTES], span: &[u8; BYTES]) -> u8x16 {
    let above = u8x16::new(text) - u8x16::new(*low);
    above.min(u8x16::new(*span)).simd_eq(above)
}

/// Whether each byte is in one of the ranges.
#[inline(always)]
fn are_among(text: [[u8; BYTES]; 3], ranges: &[Range]) -> bool {
    let mut found = [u8x16::splat(0); 3];
    for (low, span) in ranges {
        for (found, text) in found.iter_mut().zip(&text) {
            *found |= within(*text, low, span);
        }
    }
    (found[0] & found[1] & found[2]).to_bitmask() == 0xFFFF
}

/// The ranges of a class, and how many there are; `None` if there are too many, or none.
const fn ranges(bytes: &[bool; 256]) -> Option<([Range; RANGES], usize)> {
    let (mut ranges, mut count, mut byte) = ([([0; BYTES], [0; BYTES]); RANGES], 0, 0);
    while byte < 256 {
        if bytes[byte] {
            let low = byte;
            while byte < 255 && bytes[byte + 1] {
                byte += 1;
            }
            if count == RANGES {
                return None;
            }
            #[expect(clippy::cast_possible_truncation, reason = "both are below 256")]
            let range = ([low as u8; BYTES], [(byte - low) as u8; BYTES]);
            ranges[count] = range;
            count += 1;
        }
        byte += 1;
    }
    if count == 0 { None } else { Some((ranges, count)) }
}
