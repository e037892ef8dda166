//! Sets of texts: names of members, values of unique fields, whole items.
//!
//! Short lists are compared one by one. Longer ones are hashed with a random state, so that an attacker can't
//! choose the slot; whether two texts are equal is always decided on the texts.

use std::hash::{BuildHasher, RandomState};

use super::encoding::ScalarValue;

/// Up to this many texts are compared one by one.
const MAX_UNHASHED: usize = 16;
const EMPTY: u32 = u32::MAX;
/// The kinds of texts in a set: a string as it is, and anything else as bytes that are equal when the values
/// are.
const TEXT: u8 = 0;
pub(crate) const OTHER: u8 = 1;

/// Texts, each once, with indexes in the order in which they were added.
#[derive(Debug, Default)]
struct TextSet {
    entries: Vec<SetEntry>,
    /// The texts of all entries, one after the other.
    bytes: Vec<u8>,
    /// Indexes of entries by hash, when there are many.
    table: Vec<u32>,
    /// The sort key of the value that the item at hand adds when it ends.
    held: Option<u64>,
    held_text: Vec<u8>,
    held_kind: u8,
}

#[derive(Debug, Clone, Copy)]
struct SetEntry {
    start: usize,
    end: usize,
    hash: u64,
    kind: u8,
}

/// The index of a text, and whether it was added just now or before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inserted {
    New(usize),
    Old(usize),
}

impl TextSet {
    /// Adds a text, unless the set has it as one of the same kind.
    fn insert(&mut self, kind: u8, text: &[u8], hasher: &RandomState) -> Inserted {
        if self.entries.len() < MAX_UNHASHED {
            let same = |entry: &SetEntry| entry.kind == kind && self.text(entry) == text;
            return match self.entries.iter().position(same) {
                Some(old) => Inserted::Old(old),
                None => self.push(kind, text, 0),
            };
        }
        if (self.entries.len() + 1) * 2 > self.table.len() {
            self.grow(hasher);
        }
        let hash = hasher.hash_one(text);
        match self.find(kind, text, hash) {
            Ok(old) => Inserted::Old(old),
            Err(slot) => {
                if let Some(slot) = self.table.get_mut(slot) {
                    *slot = u32::try_from(self.entries.len()).unwrap_or(EMPTY);
                }
                self.push(kind, text, hash)
            }
        }
    }

    /// Removes all texts in constant time, and keeps the memory.
    fn clear(&mut self) {
        self.entries.clear();
        self.bytes.clear();
        self.table.clear();
        self.held = None;
    }

    fn push(&mut self, kind: u8, text: &[u8], hash: u64) -> Inserted {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(text);
        self.entries.push(SetEntry { start, end: self.bytes.len(), hash, kind });
        Inserted::New(self.entries.len() - 1)
    }

    fn text(&self, entry: &SetEntry) -> &[u8] {
        self.bytes.get(entry.start..entry.end).unwrap_or_default()
    }

    /// Returns the index of the text, or the slot where it belongs.
    fn find(&self, kind: u8, text: &[u8], hash: u64) -> Result<usize, usize> {
        let mut slot = self.first_slot(hash);
        loop {
            let index = self.table.get(slot).copied().unwrap_or(EMPTY) as usize;
            match self.entries.get(index) {
                None => return Err(slot),
                Some(entry) if entry.hash == hash && entry.kind == kind && self.text(entry) == text => {
                    return Ok(index);
                }
                Some(_) => slot = (slot + 1) & (self.table.len() - 1),
            }
        }
    }

    /// Returns the upper bits of the hash as a slot. The length of the table is a power of two.
    fn first_slot(&self, hash: u64) -> usize {
        let bits = self.table.len().trailing_zeros();
        usize::try_from(hash.rotate_left(bits) & (self.table.len() as u64 - 1)).unwrap_or_default()
    }

    fn grow(&mut self, hasher: &RandomState) {
        let size = ((self.entries.len() + 1) * 4).next_power_of_two();
        let unhashed = self.table.is_empty();
        if unhashed {
            // Where there are more than a few, there are many: the lists should not grow in many small steps.
            self.entries.reserve(256);
            self.bytes.reserve(8 * 1024);
        }
        self.table.clear();
        self.table.resize(size, EMPTY);
        for index in 0..self.entries.len() {
            let mut entry = self.entries[index];
            if unhashed {
                entry.hash = hasher.hash_one(self.text(&entry));
                self.entries[index] = entry;
            }
            let mut slot = self.first_slot(entry.hash);
            while self.table[slot] != EMPTY {
                slot = (slot + 1) & (size - 1);
            }
            self.table[slot] = u32::try_from(index).unwrap_or(EMPTY);
        }
    }
}

/// Sets that are taken and released like a stack, and keep their memory for the next use.
#[derive(Debug, Default)]
pub(crate) struct TextSets {
    pool: Vec<TextSet>,
    used: usize,
    hasher: RandomState,
}

impl TextSets {
    /// Takes the next `count` sets and returns the index of the first.
    pub(crate) fn take(&mut self, count: usize) -> usize {
        let first = self.used;
        self.used += count;
        if self.pool.len() < self.used {
            self.pool.resize_with(self.used, TextSet::default);
        }
        first
    }

    /// Releases the sets from this index on.
    pub(crate) fn release(&mut self, first: usize) {
        for set in self.pool.get_mut(first..self.used).unwrap_or_default() {
            set.clear();
        }
        self.used = self.used.min(first);
    }

    /// Holds the value of the item at hand until it ends.
    pub(crate) fn hold(&mut self, set: usize, value: ScalarValue<'_>, sort_key: u64) {
        if let Some(set) = self.pool.get_mut(set) {
            set.held = Some(sort_key);
            set.held_text.clear();
            set.held_kind = match value {
                ScalarValue::Text(text) => {
                    set.held_text.extend_from_slice(text.as_bytes());
                    TEXT
                }
                other => {
                    other.encode(&mut set.held_text);
                    OTHER
                }
            };
        }
    }

    /// Drops the value of the item at hand.
    pub(crate) fn forget_held(&mut self, set: usize) {
        if let Some(set) = self.pool.get_mut(set) {
            set.held = None;
        }
    }

    /// Adds the value that is held, and returns its sort key if an earlier item has the same value.
    pub(crate) fn insert_held(&mut self, set: usize) -> Option<u64> {
        let set = self.pool.get_mut(set)?;
        let sort_key = set.held.take()?;
        let text = std::mem::take(&mut set.held_text);
        let inserted = set.insert(set.held_kind, &text, &self.hasher);
        set.held_text = text;
        matches!(inserted, Inserted::Old(_)).then_some(sort_key)
    }

    /// Adds the string, and returns whether an earlier item has the same value.
    pub(crate) fn contains_or_insert(&mut self, set: usize, text: &str) -> bool {
        matches!(self.insert(set, TEXT, text.as_bytes()), Inserted::Old(_))
    }

    /// Returns how many sets are taken.
    pub(crate) fn used(&self) -> usize {
        self.used
    }

    /// Adds a text to a set that was taken.
    pub(crate) fn insert(&mut self, set: usize, kind: u8, text: &[u8]) -> Inserted {
        match self.pool.get_mut(set) {
            Some(set) => set.insert(kind, text, &self.hasher),
            None => Inserted::New(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_text_again() {
        let mut sets = TextSets::default();
        for count in [0, 1, 15, 16, 17, 40, 1000] {
            let set = sets.take(1);
            for index in 0..count {
                assert_eq!(sets.insert(set, 0, format!("text {index}").as_bytes()), Inserted::New(index));
            }
            for index in 0..count {
                assert_eq!(sets.insert(set, 0, format!("text {index}").as_bytes()), Inserted::Old(index));
            }
            assert_eq!(sets.insert(set, 0, b""), Inserted::New(count));
            assert_eq!(sets.insert(set, 1, b""), Inserted::New(count + 1));
            sets.release(set);
        }
        assert_eq!((sets.used(), sets.pool.len()), (0, 1));
    }
}
