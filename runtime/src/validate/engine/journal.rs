//! Values that must agree with one another, kept until the object is over within which they must.
//!
//! As long as all of them agree, none needs to be kept: the first one stands for all. That is how a raw body
//! is read. When one differs, the object is read once more, and this time everything is kept: which of them
//! deviates, and where, may depend on what comes last.
//!
//! What [references](super::references) are made of is kept here too until its item is over, unless the
//! journal is quick.

use super::{
    path::{Path, Step},
    value::Value,
};
use crate::validate::{
    Capture,
    table::{Packed, Role},
};

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

/// What an item has to do with references.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Links<'a> {
    /// That by which others refer to it.
    pub(crate) key: Option<&'a [u8]>,
    /// Nothing may refer to it.
    pub(crate) barred: bool,
    /// The key of the item that it refers to, and the order key of that value.
    pub(crate) link: Option<(&'a [u8], u64)>,
}

/// Values differ, and nothing was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Differ;

#[derive(Debug, Clone, Copy)]
struct Entry {
    slot: u16,
    role: Role,
    dropped: bool,
    key: u64,
    bytes: (usize, usize),
    steps: (usize, usize),
    names: usize,
}

impl Journal {
    /// A journal that keeps nothing as long as all values of each slot agree.
    pub(crate) fn quick() -> Self {
        Self { quick: true, ..Self::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// An object begins within which the values of a slot must agree.
    pub(crate) fn begin(&mut self, slot: u16) -> Result<(), Differ> {
        if !self.quick {
            return Ok(());
        }
        let slot = usize::from(slot);
        if self.common.len() <= slot {
            self.common.resize_with(slot + 1, Common::new);
        }
        let common = &mut self.common[slot];
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
        match capture.role {
            Role::Reference | Role::Follower if self.quick => return self.compare(capture, value),
            Role::Barred(values) if !values.iter().any(|named| value.is(named)) => {}
            _ => self.keep(capture, value, key, path),
        }
        Ok(())
    }

    /// Whether a short string is what all have in common so far. If not, [`Journal::capture`] says what that
    /// means.
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
        if capture.role.is_compared() {
            path.keep(&mut self.steps, &mut self.names);
        }
        self.entries.push(Entry {
            slot: capture.slot,
            role: capture.role,
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

    /// The object is over that began when the journal had `start` entries: the keys and paths of what
    /// differs.
    pub(crate) fn settle(&mut self, slot: u16, start: usize) -> Vec<(u64, String)> {
        self.end(slot);
        let ours = |entry: &&Entry| entry.slot == slot && !entry.dropped;
        let entries = self.entries.get(start..).unwrap_or_default();
        let is_reference = |entry: &&Entry| matches!(entry.role, Role::Reference);
        let reference = entries.iter().rev().filter(ours).find(is_reference);
        let deviating = reference.map(|reference| {
            let followers = entries.iter().filter(ours).filter(|entry| !is_reference(entry));
            followers
                .filter(|entry| self.value(entry.bytes) != self.value(reference.bytes))
                .map(|entry| {
                    let steps = self.steps.get(entry.steps.0..entry.steps.1).unwrap_or_default();
                    (entry.key, Path::text_of(steps, &self.names))
                })
                .collect()
        });
        let found = deviating.unwrap_or_default();
        self.forget(slot, start);
        found
    }

    /// Forgets the entries of a slot from here on.
    pub(super) fn forget(&mut self, slot: u16, start: usize) {
        let entries = self.entries.get(start..).unwrap_or_default();
        if entries.iter().all(|entry| entry.slot == slot) {
            return self.back_to(start);
        }
        let mut place = 0;
        self.entries.retain(|entry| {
            place += 1;
            place <= start || entry.slot != slot
        });
    }

    /// An item is over that began when the journal had `start` entries: what was kept of it for a rule. Of
    /// each role the last one counts.
    pub(crate) fn links(&mut self, slot: u16, start: usize) -> Links<'_> {
        let mut links = Links::default();
        for entry in self.entries.get(start..).unwrap_or_default() {
            if entry.slot != slot || entry.dropped {
                continue;
            }
            let value = self.bytes.get(entry.bytes.0..entry.bytes.1).unwrap_or_default();
            match entry.role {
                Role::Key => links.key = Some(value),
                Role::Barred(_) => links.barred = true,
                Role::Link => links.link = Some((value, entry.key)),
                Role::Reference | Role::Follower => {}
            }
        }
        links
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
