//! Byte offsets to lines and columns, and back.

/// A line and a column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Returns the positions of many offsets, in their order, in one pass over the text.
pub(crate) fn positions(text: &str, offsets: &[usize]) -> Vec<Position> {
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_by_key(|&index| offsets[index]);
    let mut found = vec![Position { line: 1, column: 1 }; offsets.len()];
    let mut at = 0;
    let mut position = Position { line: 1, column: 1 };
    for index in order {
        let offset = offsets[index].min(text.len());
        advance(&mut position, text.get(at..offset).unwrap_or_default());
        at = offset;
        found[index] = position;
    }
    found
}

/// Returns the offset of a position; the end of the line or of the text if the position is beyond it.
pub(crate) fn offset(text: &str, position: Position) -> usize {
    let mut start = 0;
    for _ in 1..position.line {
        match text[start..].find('\n') {
            Some(length) => start += length + 1,
            None => return text.trim_end().len(),
        }
    }
    let line = text[start..].lines().next().unwrap_or_default();
    let column = line.char_indices().nth(position.column.saturating_sub(1));
    start + column.map_or(line.len(), |(offset, _)| offset)
}

fn advance(position: &mut Position, passed: &str) {
    let tail = match passed.rfind('\n') {
        Some(last) => {
            position.line += passed.bytes().filter(|byte| *byte == b'\n').count();
            position.column = 1;
            &passed[last + 1..]
        }
        None => passed,
    };
    position.column += tail.chars().count();
}
