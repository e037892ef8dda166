//! Values that must agree with one another, kept until the object is over within which they must.
//!
//! As long as all of them agree, none needs to be kept: the first one stands for all. That is how a raw body is read.
//! When one differs, the object is read once more, and this time everything is kept: which of them deviates, and where,
//! may depend on what comes last. A typed value is shown once, so there everything is kept from the start.

use super::{
    path::{Path, Step},
    value::Value,
};
use crate::validate::{Capture, table::Packed};

/// The values of the objects that are open.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: Vec<Entry>,
    bytes: Vec<u8>,
    steps: Vec<Step>,
    names: String,
    /// What all values of a slot agree on, by slot.
    common: Vec<Common>,
    /// Nothing is kept as long as all agree.
    pub(super) quick: bool,
}

/// What all values of a slot have in common so far.
#[derive(Debug)]
struct Common {
    open: bool,
    known: bool,
    bytes: Vec<u8>,
    /// The same, if it is known and a short string.
    packed: Packed,
}

impl Common {
    fn new() -> Self {
        Self { open: false, known: false, bytes: Vec::new(), packed: Packed::NONE }
    }
}

/// Values differ, and nothing was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Differ;

#[derive(Debug, Clone, Copy)]
struct Entry {
    slot: u16,
    reference: bool,
    dropped: bool,
    key: u64,
    bytes: (usize, usize),
    steps: (usize, usize),
    names: usize,
}

impl Journal {
    /// A journal that keeps nothing as long as all values of each of so many slots agree.
    pub(crate) fn quick(slots: usize) -> Self {
        let mut common = Vec::new();
        common.resize_with(slots, Common::new);
        Self { common, quick: true, ..Self::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// An object begins within which the values of a slot must agree.
    pub(crate) fn begin(&mut self, slot: u16) -> Result<(), Differ> {
        if !self.quick {
            return Ok(());
        }
        let Some(common) = self.common.get_mut(usize::from(slot)) else { return Err(Differ) };
        common.known = false;
        common.packed = Packed::NONE;
        // One such object inside another would need two of these.
        if std::mem::replace(&mut common.open, true) { Err(Differ) } else { Ok(()) }
    }

    /// The object is over, or is read again.
    pub(crate) fn end(&mut self, slot: u16) {
        if let Some(common) = self.common.get_mut(usize::from(slot)) {
            common.open = false;
            common.packed = Packed::NONE;
        }
    }

    /// Takes a value.
    #[inline]
    pub(crate) fn capture(
        &mut self,
        capture: Capture,
        value: Value<'_>,
        key: u64,
        path: &Path,
    ) -> Result<(), Differ> {
        if self.quick {
            return self.compare(capture, value);
        }
        self.keep(capture, value, key, path);
        Ok(())
    }

    /// Whether a short string is what all have in common so far. If not, [`Journal::capture`] says what that means.
    #[inline(always)]
    pub(super) fn is_common(&self, slot: u16, text: Packed) -> bool {
        self.quick && self.common.get(usize::from(slot)).is_some_and(|common| common.packed == text)
    }

    fn compare(&mut self, capture: Capture, value: Value<'_>) -> Result<(), Differ> {
        let Some(common) = self.common.get_mut(usize::from(capture.slot)) else { return Ok(()) };
        if !common.open {
            return Ok(());
        }
        if !common.known {
            common.known = true;
            common.bytes.clear();
            value.encode(&mut common.bytes);
            common.packed = match value {
                Value::Text(text) => Packed::whole(text.as_bytes()).unwrap_or(Packed::NONE),
                _ => Packed::NONE,
            };
        }
        if value.is_encoded(&common.bytes) { Ok(()) } else { Err(Differ) }
    }

    fn keep(&mut self, capture: Capture, value: Value<'_>, key: u64, path: &Path) {
        let start = self.bytes.len();
        value.encode(&mut self.bytes);
        let bytes = (start, self.bytes.len());
        let (steps, names) = (self.steps.len(), self.names.len());
        path.keep(&mut self.steps, &mut self.names);
        self.entries.push(Entry {
            slot: capture.slot,
            reference: capture.reference,
            dropped: false,
            key,
            bytes,
            steps: (steps, self.steps.len()),
            names,
        });
    }

    fn value(&self, (start, end): (usize, usize)) -> &[u8] {
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// The object is over that began when the journal had `start` entries: the keys and paths of what differs.
    pub(crate) fn settle(&mut self, slot: u16, start: usize) -> Vec<(u64, String)> {
        self.end(slot);
        let ours = |entry: &&Entry| entry.slot == slot && !entry.dropped;
        let entries = self.entries.get(start..).unwrap_or_default();
        let reference = entries.iter().rev().filter(ours).find(|entry| entry.reference);
        let deviating = reference.map(|reference| {
            let followers = entries.iter().filter(ours).filter(|entry| !entry.reference);
            followers
                .filter(|entry| self.value(entry.bytes) != self.value(reference.bytes))
                .map(|entry| {
                    let steps = self.steps.get(entry.steps.0..entry.steps.1).unwrap_or_default();
                    (entry.key, Path::text_of(steps, &self.names))
                })
                .collect()
        });
        let others = entries.iter().any(|entry| entry.slot != slot);
        let found = deviating.unwrap_or_default();
        if others {
            let mut place = 0;
            self.entries.retain(|entry| {
                place += 1;
                place <= start || entry.slot != slot
            });
        } else {
            self.back_to(start);
        }
        found
    }

    /// Forgets the entries from here on.
    pub(crate) fn back_to(&mut self, length: usize) {
        let Some(first) = self.entries.get(length).copied() else { return };
        self.entries.truncate(length);
        self.bytes.truncate(first.bytes.0);
        self.steps.truncate(first.steps.0);
        self.names.truncate(first.names);
    }

    /// These entries lie in a member that the same name replaced.
    pub(crate) fn drop_range(&mut self, (from, to): (usize, usize)) {
        for entry in self.entries.get_mut(from..to).unwrap_or_default() {
            entry.dropped = true;
        }
    }
}
