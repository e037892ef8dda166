//! The outline of a body: its text without the items that were read one by one, and its positions.

use super::window::within;
use crate::validate::engine::position_after;
use crate::violations::Position;

/// The text that is kept, in pieces.
#[derive(Debug, Default)]
pub(super) struct Outline {
    text: Vec<u8>,
    /// The offset of each piece in the outline, and its position in the body.
    pieces: Vec<(usize, Position)>,
    /// The position in the body after the last piece.
    end: Option<Position>,
}

impl Outline {
    /// Adds a text of the body, which begins at this position.
    pub(super) fn push(&mut self, text: &[u8], position: Position) {
        if self.end != Some(position) {
            self.pieces.push((self.text.len(), position));
        }
        self.text.extend_from_slice(text);
        self.end = Some(position_after(position, text));
    }

    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Returns the position in the body of an offset in the outline.
    pub(super) fn position_of(&self, offset: usize) -> Option<Position> {
        let piece = self.pieces.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
        let (start, position) = self.pieces.get(piece)?;
        let before = self.text.get(*start..offset)?;
        Some(within(*position, position_after(Position::new(0, 1, 1), before)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_found_again() {
        let mut outline = Outline::default();
        let start = Position::new(3, 2, 1);
        outline.push(b"{\"a\":[", start);
        outline.push(b"],", Position::new(100, 9, 4));
        outline.push(b"\n\"b\":1}", Position::new(102, 9, 6));
        assert_eq!(outline.text(), b"{\"a\":[],\n\"b\":1}");
        for (offset, position) in [
            (0, start),
            (5, Position::new(8, 2, 6)),
            (6, Position::new(100, 9, 4)),
            (9, Position::new(103, 10, 1)),
            (13, Position::new(107, 10, 5)),
        ] {
            assert_eq!(outline.position_of(offset), Some(position));
        }
        assert_eq!(outline.position_of(1000), None);
    }
}
