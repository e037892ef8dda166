//! Values that must agree with one another, kept until the object is over within which they must.
//!
//! A value that equals the reference, if that is known already, needs no entry. Where names are repeated that would be
//! rash: the reference may be replaced. Then everything is kept.

use super::{
    path::{Path, Step},
    value::Value,
};
use crate::validate::Capture;

const NONE: u32 = u32::MAX;

/// The values of the objects that are open.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: Vec<Entry>,
    bytes: Vec<u8>,
    steps: Vec<Step>,
    names: String,
    /// The entry of the reference by slot, as far as it is known.
    references: Vec<u32>,
}

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
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// An object begins within which the values of a slot must agree; gives back what [`Journal::settle`] wants.
    pub(crate) fn begin(&mut self, slot: u16) -> u32 {
        let slot = usize::from(slot);
        if self.references.len() <= slot {
            self.references.resize(slot + 1, NONE);
        }
        self.references.get_mut(slot).map_or(NONE, |known| std::mem::replace(known, NONE))
    }

    /// Takes a value.
    pub(crate) fn capture(&mut self, capture: Capture, value: Value<'_>, key: u64, path: &Path, keep: bool) {
        let start = self.bytes.len();
        value.encode(&mut self.bytes);
        let bytes = (start, self.bytes.len());
        if !capture.reference && !keep && self.agrees(capture.slot, bytes) {
            self.bytes.truncate(start);
            return;
        }
        let (steps, names) = (self.steps.len(), self.names.len());
        if capture.reference {
            let entry = u32::try_from(self.entries.len()).unwrap_or(NONE);
            if let Some(known) = self.references.get_mut(usize::from(capture.slot)) {
                *known = entry;
            }
        } else {
            path.keep(&mut self.steps, &mut self.names);
        }
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

    fn agrees(&self, slot: u16, bytes: (usize, usize)) -> bool {
        let Some(known) = self.references.get(usize::from(slot)) else { return false };
        self.entries.get(*known as usize).is_some_and(|entry| {
            entry.reference
                && entry.slot == slot
                && !entry.dropped
                && self.value(entry.bytes) == self.value(bytes)
        })
    }

    fn value(&self, (start, end): (usize, usize)) -> &[u8] {
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// The object is over that began when the journal had `start` entries: the keys and paths of what differs.
    pub(crate) fn settle(&mut self, slot: u16, start: usize, outer: u32, path: &Path) -> Vec<(u64, String)> {
        let ours = |entry: &&Entry| entry.slot == slot && !entry.dropped;
        let entries = self.entries.get(start..).unwrap_or_default();
        let reference = entries.iter().rev().filter(ours).find(|entry| entry.reference);
        let deviating = reference.map(|reference| {
            let followers = entries.iter().filter(ours).filter(|entry| !entry.reference);
            followers
                .filter(|entry| self.value(entry.bytes) != self.value(reference.bytes))
                .map(|entry| {
                    let steps = self.steps.get(entry.steps.0..entry.steps.1).unwrap_or_default();
                    (entry.key, path.text_of(steps, &self.names))
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
        if let Some(known) = self.references.get_mut(usize::from(slot)) {
            *known = outer;
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
