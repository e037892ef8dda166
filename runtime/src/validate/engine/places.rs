//! Lines and columns of findings.

use crate::violations::Place;

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
        let (lines, later_bytes) = count(passed);
        if lines > 0 {
            let line = passed.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
            self.line += lines;
            self.column = 1 + line.len() - count(line).1;
        } else {
            self.column += passed.len() - later_bytes;
        }
        self.at = self.at.max(target);
        Place::new(offset, self.line, self.column)
    }
}

/// How many line breaks there are, and how many bytes that are not the first of their character, which have
/// no column of their own.
fn count(bytes: &[u8]) -> (usize, usize) {
    (count_if(bytes, |byte| byte == b'\n'), count_if(bytes, |byte| byte & 0xC0 == 0x80))
}

/// Counts in counters of one byte, of which a compiler makes vectors, as long as none can overflow.
fn count_if(bytes: &[u8], counts: impl Fn(u8) -> bool) -> usize {
    let chunks = bytes.chunks(usize::from(u8::MAX));
    chunks.map(|chunk| usize::from(chunk.iter().map(|byte| u8::from(counts(*byte))).sum::<u8>())).sum()
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
