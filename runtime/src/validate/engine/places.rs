//! Lines and columns of findings.

use wide::u8x16;

use crate::violation::Place;

/// Where a text begins, for the places of its findings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) bytes: &'a [u8],
    /// The offset, line and column of its first byte.
    pub(crate) offset: usize,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl<'a> Source<'a> {
    /// A text that is a whole body.
    pub(crate) fn whole(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0, line: 1, column: 1 }
    }
}

/// Lines and columns, in one pass over the text.
pub(super) struct Places<'a> {
    source: Source<'a>,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: Source<'a>) -> Self {
        Self { source, at: 0, line: source.line, column: source.column }
    }

    /// Keys come in ascending order.
    pub(super) fn at(&mut self, key: u64) -> Place {
        let offset = usize::try_from(key).unwrap_or(usize::MAX);
        let target = offset.saturating_sub(self.source.offset);
        let passed = self.source.bytes.get(self.at..target).unwrap_or_default();
        let lines = count(passed, |text| text.simd_eq(u8x16::splat(b'\n')));
        let line = if lines > 0 {
            self.line += lines;
            self.column = 1;
            passed.rsplit(|byte| *byte == b'\n').next().unwrap_or_default()
        } else {
            passed
        };
        // The later bytes of a character are no column of their own.
        self.column +=
            line.len() - count(line, |text| (text & u8x16::splat(0xC0)).simd_eq(u8x16::splat(0x80)));
        self.at = self.at.max(target);
        Place::new(offset, self.line, self.column)
    }
}

/// How many bytes are marked, a zero not among them. Sixteen counters of one byte each count as long as none can overflow.
fn count(bytes: &[u8], marks: impl Fn(u8x16) -> u8x16) -> usize {
    let (sixteens, rest) = bytes.as_chunks::<16>();
    let mut last = [0; 16];
    last[..rest.len()].copy_from_slice(rest);
    let all = |counters: u8x16| counters.to_array().map(usize::from).iter().sum::<usize>();
    let mut total = all(u8x16::splat(0) - marks(u8x16::new(last)));
    for part in sixteens.chunks(usize::from(u8::MAX)) {
        let counters =
            part.iter().fold(u8x16::splat(0), |counters, text| counters - marks(u8x16::new(*text)));
        total += all(counters);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_a_slow_count() {
        let text = "a\u{e9}\n\n\u{1f600}b\r\n".repeat(700) + &"\u{20ac}x".repeat(5000);
        let bytes = text.as_bytes();
        for step in [1, 15, 16, 17, 255, 4079, 4080, 4081, 9000] {
            let mut places = Places::new(Source::whole(bytes));
            for offset in (0..bytes.len()).step_by(step).filter(|offset| text.is_char_boundary(*offset)) {
                let before = &text[..offset];
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                assert_eq!(places.at(offset as u64), Place::new(offset, line, column), "{step} {offset}");
            }
        }
    }
}
