//! Sets of texts: names of members, keys of items, whole items.
//!
//! Short lists are compared one by one. Longer ones are hashed with secret keys, so that an attacker can't
//! aim at a slot; and whether two texts are equal is always decided on the texts.

use std::hash::{BuildHasher, RandomState};

use super::value::Value;

/// Up to so many texts are compared one by one.
const SHORT: usize = 16;
const EMPTY: u32 = u32::MAX;
/// The kinds of what is in a set: a string as it is, and anything as bytes that are equal when the values
/// are.
const TEXT: u8 = 0;
pub(crate) const OTHER: u8 = 1;

/// Texts, each once, numbered in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Set {
    entries: Vec<Entry>,
    /// The texts of all entries, one after the other.
    bytes: Vec<u8>,
    /// Numbers of entries by hash, when there are many.
    table: Vec<u32>,
    /// The text that the item at hand will add when it is over, and the order key of its value.
    held: Option<u64>,
    held_text: Vec<u8>,
    held_kind: u8,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    start: usize,
    end: usize,
    hash: u64,
    kind: u8,
}

/// What came of an insertion: the number of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inserted {
    New(usize),
    Old(usize),
}

impl Set {
    /// Adds a text unless it is there as one of the same kind.
    pub(crate) fn insert(&mut self, kind: u8, text: &[u8], keys: &RandomState) -> Inserted {
        if self.entries.len() < SHORT {
            let same = |entry: &Entry| entry.kind == kind && self.text(entry) == text;
            return match self.entries.iter().position(same) {
                Some(old) => Inserted::Old(old),
                None => self.push(kind, text, 0),
            };
        }
        if (self.entries.len() + 1) * 2 > self.table.len() {
            self.grow(keys);
        }
        let hash = keys.hash_one(text);
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

    /// Forgets all texts and keeps the memory; the time it takes has nothing to do with what was in it.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.bytes.clear();
        self.table.clear();
        self.held = None;
    }

    fn push(&mut self, kind: u8, text: &[u8], hash: u64) -> Inserted {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(text);
        self.entries.push(Entry { start, end: self.bytes.len(), hash, kind });
        Inserted::New(self.entries.len() - 1)
    }

    fn text(&self, entry: &Entry) -> &[u8] {
        self.bytes.get(entry.start..entry.end).unwrap_or_default()
    }

    /// The number of the text, or the slot where it belongs.
    fn find(&self, kind: u8, text: &[u8], hash: u64) -> Result<usize, usize> {
        let mut slot = self.first_slot(hash);
        loop {
            let number = self.table.get(slot).copied().unwrap_or(EMPTY) as usize;
            match self.entries.get(number) {
                None => return Err(slot),
                Some(entry) if entry.hash == hash && entry.kind == kind && self.text(entry) == text => {
                    return Ok(number);
                }
                Some(_) => slot = (slot + 1) & (self.table.len() - 1),
            }
        }
    }

    /// The first bits of the hash, as many as the table's length, which is a power of two, has slots.
    fn first_slot(&self, hash: u64) -> usize {
        let bits = self.table.len().trailing_zeros();
        usize::try_from(hash.rotate_left(bits) & (self.table.len() as u64 - 1)).unwrap_or_default()
    }

    fn grow(&mut self, keys: &RandomState) {
        let size = ((self.entries.len() + 1) * 4).next_power_of_two();
        let unhashed = self.table.is_empty();
        if unhashed {
            // Who has more than a few has many: the lists should not grow in many small steps.
            self.entries.reserve(256);
            self.bytes.reserve(8 * 1024);
        }
        self.table.clear();
        self.table.resize(size, EMPTY);
        for number in 0..self.entries.len() {
            let mut entry = self.entries[number];
            if unhashed {
                entry.hash = keys.hash_one(self.text(&entry));
                self.entries[number] = entry;
            }
            let mut slot = self.first_slot(entry.hash);
            while self.table[slot] != EMPTY {
                slot = (slot + 1) & (size - 1);
            }
            self.table[slot] = u32::try_from(number).unwrap_or(EMPTY);
        }
    }
}

/// Sets that are used one inside the other and keep their memory for the next use.
#[derive(Debug, Default)]
pub(crate) struct Sets {
    pool: Vec<Set>,
    used: usize,
    keys: RandomState,
}

impl Sets {
    /// Takes the next `count` sets; gives back the number of the first.
    pub(crate) fn take(&mut self, count: usize) -> usize {
        let first = self.used;
        self.used += count;
        if self.pool.len() < self.used {
            self.pool.resize_with(self.used, Set::default);
        }
        first
    }

    /// Gives back the sets from this number on.
    pub(crate) fn back_to(&mut self, first: usize) {
        for set in self.pool.get_mut(first..self.used).unwrap_or_default() {
            set.clear();
        }
        self.used = self.used.min(first);
    }

    /// Holds the key of the item at hand.
    pub(crate) fn hold_key(&mut self, set: usize, value: Value<'_>, key: u64) {
        if let Some(set) = self.pool.get_mut(set) {
            set.held = Some(key);
            set.held_text.clear();
            set.held_kind = match value {
                Value::Text(text) => {
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

    /// The item at hand has no such key after all.
    pub(crate) fn forget_key(&mut self, set: usize) {
        if let Some(set) = self.pool.get_mut(set) {
            set.held = None;
        }
    }

    /// The item is over: the order key of its key, if an earlier item has the same one.
    pub(crate) fn settle_key(&mut self, set: usize) -> Option<u64> {
        let set = self.pool.get_mut(set)?;
        let key = set.held.take()?;
        let text = std::mem::take(&mut set.held_text);
        let inserted = set.insert(set.held_kind, &text, &self.keys);
        set.held_text = text;
        matches!(inserted, Inserted::Old(_)).then_some(key)
    }

    /// An item is over whose key is this string: whether an earlier item has the same one.
    pub(crate) fn settle_text(&mut self, set: usize, text: &str) -> bool {
        matches!(self.insert(set, TEXT, text.as_bytes()), Inserted::Old(_))
    }

    /// How many are taken.
    pub(crate) fn used(&self) -> usize {
        self.used
    }

    /// Adds a text to a set that was taken.
    pub(crate) fn insert(&mut self, set: usize, kind: u8, text: &[u8]) -> Inserted {
        match self.pool.get_mut(set) {
            Some(set) => set.insert(kind, text, &self.keys),
            None => Inserted::New(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_text_again() {
        let mut sets = Sets::default();
        for count in [0, 1, 15, 16, 17, 40, 1000] {
            let set = sets.take(1);
            for number in 0..count {
                assert_eq!(sets.insert(set, 0, format!("text {number}").as_bytes()), Inserted::New(number));
            }
            for number in 0..count {
                assert_eq!(sets.insert(set, 0, format!("text {number}").as_bytes()), Inserted::Old(number));
            }
            assert_eq!(sets.insert(set, 0, b""), Inserted::New(count));
            assert_eq!(sets.insert(set, 1, b""), Inserted::New(count + 1));
            sets.back_to(set);
        }
        assert_eq!((sets.used(), sets.pool.len()), (0, 1));
    }
}
