//! The outline of a body: its text without the items that were handed out one by one, and where what is left
//! stood.

use super::window::{moved, within};
use crate::violations::Place;

/// Text that was kept, in pieces.
#[derive(Debug, Default)]
pub(super) struct Outline {
    text: Vec<u8>,
    /// Where each piece begins, here and in the body.
    pieces: Vec<(usize, Place)>,
    /// Where the next piece would go on, if nothing is left out before it.
    end: Option<Place>,
}

impl Outline {
    /// Keeps a text that stands at a place of the body.
    pub(super) fn keep(&mut self, text: &[u8], place: Place) {
        if self.end != Some(place) {
            self.pieces.push((self.text.len(), place));
        }
        self.text.extend_from_slice(text);
        self.end = Some(moved(place, text));
    }

    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// The place in the body of a byte of the outline.
    pub(super) fn place(&self, offset: usize) -> Option<Place> {
        let piece = self.pieces.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
        let (start, place) = self.pieces.get(piece)?;
        let before = self.text.get(*start..offset)?;
        Some(within(*place, moved(Place::new(0, 1, 1), before)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_again() {
        let mut outline = Outline::default();
        let start = Place::new(3, 2, 1);
        outline.keep(b"{\"a\":[", start);
        outline.keep(b"],", Place::new(100, 9, 4));
        outline.keep(b"\n\"b\":1}", Place::new(102, 9, 6));
        assert_eq!(outline.text(), b"{\"a\":[],\n\"b\":1}");
        for (offset, place) in [
            (0, start),
            (5, Place::new(8, 2, 6)),
            (6, Place::new(100, 9, 4)),
            (9, Place::new(103, 10, 1)),
            (13, Place::new(107, 10, 5)),
        ] {
            assert_eq!(outline.place(offset), Some(place));
        }
        assert_eq!(outline.place(1000), None);
    }
}
