//! Arrays: how many items, and whether they differ where they must.

use super::{
    core::Core,
    finding::{Detail, Limits},
    object::Item,
    path::Step,
    set::{Inserted, OTHER},
};
use crate::validate::{Array, Schema, table::Shape};

/// An open array.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(super) array: &'static Array,
    key: u64,
    pub(super) count: u64,
    sets: usize,
    /// A bit for each field in which the items must differ, as in [`Item`].
    bits: u64,
    /// Where what is known by the rules about references begins.
    pub(super) references: usize,
    /// How long the journal was when the item began, if there are such rules.
    pub(super) journal: usize,
}

impl Core {
    /// Begins an array.
    #[inline]
    pub(crate) fn begin_array(&mut self, array: &'static Array, key: u64) -> Rows {
        self.path.enter();
        self.item = Item::default();
        let own = array.unique_by.len() + usize::from(array.unique.is_some());
        let sets = self.sets.take(own + array.references.len());
        let mut rows = Rows { array, key, count: 0, sets, bits: key_bits(array), references: 0, journal: 0 };
        if !array.references.is_empty() {
            self.begin_references(&mut rows, sets + own);
        }
        rows
    }

    /// Goes to the next item.
    #[inline]
    pub(crate) fn begin_item(&mut self, rows: &mut Rows) {
        self.path.go(Step::Index(rows.count));
        rows.count += 1;
        self.item = Item { keys: rows.array.unique_by, sets: rows.sets, bits: rows.bits };
        if !rows.array.references.is_empty() {
            rows.journal = self.journal.len();
        }
    }

    /// The item is over.
    #[inline]
    pub(crate) fn end_item(&mut self, rows: &Rows) {
        if !rows.array.references.is_empty()
            && (self.references.are_touched() || self.journal.len() > rows.journal)
        {
            self.settle_references(rows);
        }
    }

    /// Takes an item as a whole, encoded by [`encode_json`](super::value::encode_json), if all must differ.
    pub(crate) fn item_value(&mut self, rows: &Rows, encoded: &[u8], key: u64) {
        if let Some(code) = rows.array.unique
            && let Inserted::Old(_) = self.sets.insert(rows.sets + rows.array.unique_by.len(), OTHER, encoded)
        {
            self.report(code, key);
        }
    }

    /// The array is over.
    #[inline]
    #[expect(clippy::needless_pass_by_value, reason = "nothing can be done with the rows any more")]
    pub(crate) fn end_array(&mut self, rows: Rows) {
        self.path.leave();
        self.item = Item::default();
        self.sets.back_to(rows.sets);
        if !rows.array.references.is_empty() {
            self.references.back_to(rows.references);
        }
        let array = rows.array;
        if rows.count < u64::from(array.min) || rows.count > u64::from(array.max) {
            self.report_count(&rows);
        }
    }

    #[cold]
    fn report_count(&mut self, rows: &Rows) {
        let array = rows.array;
        let code = if rows.count < u64::from(array.min) { array.too_few } else { array.too_many };
        if let Some(code) = code {
            self.report_with(code, rows.key, Limits::Counts(array.min, array.max), Detail::None);
        }
    }
}

/// The fields of the items' object in which the items must differ.
fn key_bits(array: &Array) -> u64 {
    let Some(Schema { shape: Shape::Object(object), .. }) = array.items else { return 0 };
    let indexes = array.unique_by.iter().filter_map(|unique| object.place(unique.field));
    indexes.filter(|index| *index < 64).fold(0, |bits, index| bits | 1 << index)
}
