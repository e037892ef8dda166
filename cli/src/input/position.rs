//! Where in an input something stands.

/// A position in an input, behind a byte order mark if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// How many bytes stand before it.
    pub(crate) offset: u64,
    /// The line, from 1.
    pub(crate) line: u64,
    /// The column, from 1, in Unicode scalar values.
    pub(crate) column: u64,
}

impl Position {
    /// The beginning of an input.
    pub(crate) const START: Self = Self { offset: 0, line: 1, column: 1 };

    /// Returns the position behind a text that begins here.
    pub(crate) fn behind(self, text: &[u8]) -> Self {
        let offset = self.offset + text.len() as u64;
        let lines: u64 = text.iter().map(|byte| u64::from(*byte == b'\n')).sum();
        let last = text.iter().rposition(|byte| *byte == b'\n').map_or(text, |end| &text[end + 1..]);
        // The later bytes of a character are no column of their own.
        let columns = last.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u64;
        let column = if lines == 0 { self.column + columns } else { 1 + columns };
        Self { offset, line: self.line + lines, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted() {
        let start = Position { offset: 10, line: 2, column: 5 };
        for (text, offset, line, column) in
            [("", 10, 2, 5), ("é,", 13, 2, 7), ("a\n\nbc", 15, 4, 3), ("\r\n", 12, 3, 1)]
        {
            assert_eq!(start.behind(text.as_bytes()), Position { offset, line, column }, "{text:?}");
        }
    }
}
