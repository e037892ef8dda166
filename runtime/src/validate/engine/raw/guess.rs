//! What name comes next.

use crate::validate::{Definition, Field, Object, table::WINDOW};

/// What followed each field last time, and what came first in its object.
///
/// The next name is nearly always the one that followed last time. To compare that one with all that stands there,
/// quotes, colon and all, costs less than to read a name and look for it.
///
/// Where names come in no order, most guesses fail, and a failed guess costs a mispredicted branch on top. So a guess is
/// made only while there is credit: it shrinks with each failure that comes soon after another, and grows with each that
/// comes late. When it is used up, no guess is made for a while.
#[derive(Debug)]
pub(super) struct Guesses {
    /// The place of a field. An object's first note is at the number of its first field in the definition; the note
    /// of what follows a field is one behind that field's number. So the last field of a table, which nothing follows
    /// as a rule, shares its note with the first of the next table. The second place is what the first one was before: where
    /// a member is there in some items only, one of the two comes next.
    next: Vec<[u16; 2]>,
    credit: i32,
    /// Where in the body the last guess failed.
    failed: usize,
}

/// Failures are close together if so many bytes or fewer lie between them: three members or four.
const CLOSE: usize = 120;
/// No more credit than this, so that a change is noticed soon.
const MOST: i32 = 24;
/// So many names go by without a guess when the credit is used up.
const PAUSE: i32 = 512;

impl Guesses {
    pub(super) fn new(definition: &'static Definition) -> Self {
        Self { next: vec![[0; 2]; definition.fields as usize + 1], credit: MOST, failed: 0 }
    }

    /// The field whose name and colon `window` begins with, its place, and their length, whether guessed or
    /// looked up. `None`: the name has to be read.
    #[inline(always)]
    pub(super) fn at(
        &mut self,
        note: usize,
        object: &'static Object,
        window: &[u8; WINDOW],
        at: usize,
    ) -> Option<(&'static Field, usize, usize)> {
        let place = usize::from(self.next.get(note)?[0]);
        if let Some(field) = object.fields.get(place)
            && field.begins(window)
        {
            return Some((field, place, field.length()));
        }
        self.failed(note, object, window, at)
    }

    /// Whether names come in an order of which nothing can be foretold.
    #[inline(always)]
    pub(super) fn are_paused(&self) -> bool {
        self.credit < 0
    }

    /// So many names went by without a guess.
    #[inline]
    pub(super) fn passed(&mut self, names: u32) {
        self.credit += names.cast_signed();
        if self.credit >= 0 {
            self.credit = MOST / 2;
        }
    }

    #[inline(never)]
    fn failed(
        &mut self,
        note: usize,
        object: &'static Object,
        window: &[u8; WINDOW],
        at: usize,
    ) -> Option<(&'static Field, usize, usize)> {
        let close = at.saturating_sub(self.failed) <= CLOSE;
        self.failed = at;
        self.credit = if close { self.credit - 1 } else { (self.credit + 1).min(MOST) };
        if self.credit < 0 {
            self.credit = -PAUSE;
        }
        let note = self.next.get_mut(note)?;
        let before = usize::from(note[1]);
        let found = match object.fields.get(before) {
            Some(field) if field.begins(window) => (field, before, field.length()),
            _ => object.look_up(window)?,
        };
        *note = [u16::try_from(found.1).unwrap_or_default(), note[0]];
        Some(found)
    }
}
