//! Positions in a JSON body.

use std::fmt;

/// A position in a JSON body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Position {
    /// The offset in bytes, from 0.
    pub offset: usize,
    /// The line, from 1. A line ends with a line feed.
    pub line: usize,
    /// The column, from 1, in Unicode scalar values.
    pub column: usize,
}

#[cfg(feature = "validators")]
impl Position {
    pub(crate) const fn new(offset: usize, line: usize, column: usize) -> Self {
        Self { offset, line, column }
    }

    /// Returns the position of a byte of a line, both counted from 1. A position beyond the body is its end.
    pub(crate) fn of_line_and_byte(body: &[u8], line: usize, byte: usize) -> Self {
        let lines = body.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::len);
        let start: usize = lines.take(line.saturating_sub(1)).sum();
        let end = start.saturating_add(byte.saturating_sub(1)).min(body.len());
        let continues = |byte: &u8| byte & 0xC0 == 0x80;
        let column = body[start..end].iter().filter(|byte| !continues(byte)).count() + 1;
        Self { offset: end, line: line.max(1), column }
    }
}

/// `line 3, column 14`
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}
