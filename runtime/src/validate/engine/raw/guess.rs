//! What name comes next.

use crate::validate::{Definition, Object};

/// What followed each field last time, and what came first in its object.
///
/// The next name is nearly always the one that followed last time. To compare that one with all that stands there,
/// quotes, colon and all, costs less than to read a name and look for it.
#[derive(Debug)]
pub(super) struct Guesses {
    /// The place of a field. An object's first note is at the number of its first field in the definition; the note
    /// of what follows a field is one behind that field's number. So the last field of a table, which nothing follows
    /// as a rule, shares its note with the first of the next table.
    next: Vec<u16>,
}

impl Guesses {
    pub(super) fn new(definition: &'static Definition) -> Self {
        Self { next: vec![0; definition.fields as usize + 1] }
    }

    /// The place of the field whose name stands at `at`, if it was guessed, and the place behind the colon.
    #[inline(always)]
    pub(super) fn at(
        &self,
        note: usize,
        object: &'static Object,
        bytes: &[u8],
        at: usize,
    ) -> Option<(usize, usize)> {
        let place = usize::from(*self.next.get(note)?);
        let key = &object.fields.get(place)?.key;
        let window = bytes.get(at..)?.first_chunk()?;
        key.begins(window).then_some((place, at + usize::from(key.length)))
    }

    /// What came instead.
    #[inline]
    pub(super) fn learn(&mut self, note: usize, place: usize) {
        if let (Some(note), Ok(place)) = (self.next.get_mut(note), u16::try_from(place)) {
            *note = place;
        }
    }
}
