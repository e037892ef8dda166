//! Numbers with more digits than the binary floats of the tree: their text in the document.

use std::collections::BTreeMap;

use super::reader::Note;
use crate::decimal::Decimal;
use crate::pointer::Pointer;
use crate::source::Source;

/// Takes the notes on floats. Returns the numbers that the text has with further digits.
pub(super) fn numbers(notes: &mut Vec<Note>, source: &Source) -> BTreeMap<Pointer, Decimal> {
    let floats = notes.extract_if(.., |note| matches!(note, Note::Float { .. }));
    let mut outline = None;
    let mut exact = BTreeMap::new();
    for note in floats {
        let Note::Float { at, value } = note else { continue };
        let found = outline.get_or_insert_with(|| source.outline()).find(&at);
        let text = source.text[found.value].trim();
        let number = Decimal::parse(text).filter(|number| found.exact && *number != Decimal::from(&value));
        exact.extend(number.map(|number| (at, number)));
    }
    exact
}
