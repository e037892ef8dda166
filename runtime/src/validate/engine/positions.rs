//! Lines and columns of findings.

use crate::violations::Position;

/// A text, and its position in the body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SourceText<'a> {
    pub(crate) bytes: &'a [u8],
    /// The position of its first byte.
    pub(crate) start: Position,
}

impl<'a> SourceText<'a> {
    /// Creates the text of a whole body.
    pub(crate) fn body(bytes: &'a [u8]) -> Self {
        Self { bytes, start: Position::new(0, 1, 1) }
    }
}

/// Counts lines and columns, in one pass over the text.
pub(super) struct PositionCounter<'a> {
    source: SourceText<'a>,
    passed: usize,
    /// The position after what was passed.
    position: Position,
}

impl<'a> PositionCounter<'a> {
    pub(super) fn new(source: SourceText<'a>) -> Self {
        Self { source, passed: 0, position: source.start }
    }

    /// Returns the position of a sort key, which is an offset in the body. Sort keys must come in ascending
    /// order.
    pub(super) fn position_of(&mut self, sort_key: u64) -> Position {
        let offset = usize::try_from(sort_key).unwrap_or(usize::MAX);
        let target = offset.saturating_sub(self.source.start.offset);
        let passed = self.source.bytes.get(self.passed..target).unwrap_or_default();
        self.position = position_after(self.position, passed);
        self.passed = self.passed.max(target);
        Position::new(offset, self.position.line, self.position.column)
    }
}

/// Returns the position after a text that begins at `start`.
pub(crate) fn position_after(start: Position, text: &[u8]) -> Position {
    let (lines, later_bytes) = count(text);
    let column = if lines > 0 {
        let line = text.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        1 + line.len() - count(line).1
    } else {
        start.column + text.len() - later_bytes
    };
    Position::new(start.offset + text.len(), start.line + lines, column)
}

/// Counts the line breaks, and the bytes that are not the first of their character and so have no column.
fn count(bytes: &[u8]) -> (usize, usize) {
    (count_if(bytes, |byte| byte == b'\n'), count_if(bytes, |byte| byte & 0xC0 == 0x80))
}

/// Counts bytes in chunks whose count fits a byte, which a compiler turns into vector instructions.
fn count_if(bytes: &[u8], counts: impl Fn(u8) -> bool) -> usize {
    let chunks = bytes.chunks(usize::from(u8::MAX));
    chunks.map(|chunk| usize::from(chunk.iter().map(|byte| u8::from(counts(*byte))).sum::<u8>())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_a_slow_count() {
        let text = "a\u{e9}\n\n\u{1f600}b\r\n".repeat(700) + &"\u{20ac}x".repeat(5000);
        let bytes = text.as_bytes();
        for step in [1, 15, 16, 17, 255, 4079, 4080, 4081, 9000] {
            let mut positions = PositionCounter::new(SourceText::body(bytes));
            for offset in (0..bytes.len()).step_by(step).filter(|offset| text.is_char_boundary(*offset)) {
                let before = &text[..offset];
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                let expected = Position::new(offset, line, column);
                assert_eq!(positions.position_of(offset as u64), expected, "{step} {offset}");
            }
        }
    }
}
