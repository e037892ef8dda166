//! Values that must agree with one another, kept until the object ends within which they must.
//!
//! As long as all of them agree, none needs to be kept: the first one stands for all. That is how a body is
//! read at first. When one differs, the object is read once more, and this time every value is kept: which of
//! them deviates, and at which path, may depend on what comes last.
//!
//! The values of [references](super::references) are kept here too until their item ends, unless values are
//! only compared.

use super::{
    data_path::{DataPath, PathSegment},
    encoding::ScalarValue,
};
use crate::validate::table::{Capture, CaptureRole, Object, RuleKind, ShortText};

/// The captured values of the objects that are open.
#[derive(Debug, Default)]
pub(crate) struct CapturedValues {
    entries: Vec<CapturedValue>,
    /// The encoded values of all entries, one after the other.
    bytes: Vec<u8>,
    /// The paths of all entries, one after the other.
    segments: Vec<PathSegment>,
    /// The names in those paths that no table has.
    names: String,
    /// What all values of a slot agree on, by slot.
    common: Vec<CommonValue>,
    /// No value is kept as long as all of them agree.
    pub(super) compare_only: bool,
}

/// What all values of a slot have in common so far.
#[derive(Debug)]
struct CommonValue {
    open: bool,
    known: bool,
    bytes: Vec<u8>,
    /// The same value, if it is known and a short string.
    short: ShortText,
}

/// What an item has to do with references.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ItemLinks<'a> {
    /// The item key, by which others refer to it.
    pub(crate) item_key: Option<&'a [u8]>,
    /// No item may refer to it.
    pub(crate) barred: bool,
    /// The item key that it refers to, and the sort key of that value.
    pub(crate) link: Option<(&'a [u8], u64)>,
}

/// Values differ, and none of them was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ValuesDiffer;

#[derive(Debug, Clone, Copy)]
struct CapturedValue {
    slot: u16,
    role: CaptureRole,
    /// It lies in a member that a later member of the same name replaced.
    replaced: bool,
    sort_key: u64,
    bytes: (usize, usize),
    segments: (usize, usize),
    names: usize,
}

impl CapturedValues {
    /// Creates a list that keeps no value as long as all values of each slot agree.
    pub(crate) fn comparing_only() -> Self {
        Self { compare_only: true, ..Self::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Begins an object within which values must agree, as [`Object::agrees`] says.
    pub(crate) fn begin_object(&mut self, object: &'static Object) -> Result<(), ValuesDiffer> {
        slots_of(object).try_for_each(|slot| self.begin(slot))
    }

    /// Ends such an object, or stops before it is read again.
    pub(crate) fn end_object(&mut self, object: &'static Object) {
        slots_of(object).for_each(|slot| self.end(slot));
    }

    fn begin(&mut self, slot: u16) -> Result<(), ValuesDiffer> {
        if !self.compare_only {
            return Ok(());
        }
        let slot = usize::from(slot);
        if self.common.len() <= slot {
            self.common.resize_with(slot + 1, CommonValue::new);
        }
        let common = &mut self.common[slot];
        common.known = false;
        common.short = ShortText::NONE;
        // One such object inside another would need two common values.
        if std::mem::replace(&mut common.open, true) { Err(ValuesDiffer) } else { Ok(()) }
    }

    fn end(&mut self, slot: u16) {
        if let Some(common) = self.common.get_mut(usize::from(slot)) {
            common.open = false;
            common.short = ShortText::NONE;
        }
    }

    /// Takes a value.
    #[inline]
    pub(crate) fn capture(
        &mut self,
        capture: Capture,
        value: ScalarValue<'_>,
        sort_key: u64,
        path: &DataPath,
    ) -> Result<(), ValuesDiffer> {
        match capture.role {
            CaptureRole::Reference | CaptureRole::Follower if self.compare_only => {
                return self.compare(capture, value);
            }
            CaptureRole::Barred(values) if !values.iter().any(|named| value.is(named)) => {}
            _ => self.keep(capture, value, sort_key, path),
        }
        Ok(())
    }

    /// Returns whether a short string is what all values of the slot have in common so far. If not,
    /// [`CapturedValues::capture`] decides.
    #[inline(always)]
    pub(super) fn is_common(&self, slot: u16, text: ShortText) -> bool {
        self.compare_only && self.common.get(usize::from(slot)).is_some_and(|common| common.short == text)
    }

    fn compare(&mut self, capture: Capture, value: ScalarValue<'_>) -> Result<(), ValuesDiffer> {
        let Some(common) = self.common.get_mut(usize::from(capture.slot)) else { return Ok(()) };
        if !common.open {
            return Ok(());
        }
        if !common.known {
            common.known = true;
            common.bytes.clear();
            value.encode(&mut common.bytes);
            common.short = match value {
                ScalarValue::Text(text) => ShortText::of_bytes(text.as_bytes()).unwrap_or(ShortText::NONE),
                _ => ShortText::NONE,
            };
        }
        if value.is_encoded(&common.bytes) { Ok(()) } else { Err(ValuesDiffer) }
    }

    fn keep(&mut self, capture: Capture, value: ScalarValue<'_>, sort_key: u64, path: &DataPath) {
        let start = self.bytes.len();
        value.encode(&mut self.bytes);
        let bytes = (start, self.bytes.len());
        let (segments, names) = (self.segments.len(), self.names.len());
        if capture.role.is_compared() {
            path.keep(&mut self.segments, &mut self.names);
        }
        self.entries.push(CapturedValue {
            slot: capture.slot,
            role: capture.role,
            replaced: false,
            sort_key,
            bytes,
            segments: (segments, self.segments.len()),
            names,
        });
    }

    fn value(&self, (start, end): (usize, usize)) -> &[u8] {
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Ends a slot whose object began when there were `start` entries, and returns the sort keys and paths of
    /// the values that deviate.
    pub(crate) fn take_deviating(&mut self, slot: u16, start: usize) -> Vec<(u64, String)> {
        self.end(slot);
        let of_slot = |entry: &&CapturedValue| entry.slot == slot && !entry.replaced;
        let entries = self.entries.get(start..).unwrap_or_default();
        let is_reference = |entry: &&CapturedValue| matches!(entry.role, CaptureRole::Reference);
        let reference = entries.iter().rev().filter(of_slot).find(is_reference);
        let deviating = reference.map(|reference| {
            let followers = entries.iter().filter(of_slot).filter(|entry| !is_reference(entry));
            followers
                .filter(|entry| self.value(entry.bytes) != self.value(reference.bytes))
                .map(|entry| {
                    let segments = self.segments.get(entry.segments.0..entry.segments.1).unwrap_or_default();
                    (entry.sort_key, DataPath::text_of(segments, &self.names))
                })
                .collect()
        });
        let found = deviating.unwrap_or_default();
        self.forget(slot, start);
        found
    }

    /// Forgets the entries of a slot from this index on.
    pub(super) fn forget(&mut self, slot: u16, start: usize) {
        let entries = self.entries.get(start..).unwrap_or_default();
        if entries.iter().all(|entry| entry.slot == slot) {
            return self.truncate(start);
        }
        let mut index = 0;
        self.entries.retain(|entry| {
            index += 1;
            index <= start || entry.slot != slot
        });
    }

    /// Returns what was kept for a slot of an item that began when there were `start` entries. Of each role
    /// the last value counts.
    pub(crate) fn item_links(&self, slot: u16, start: usize) -> ItemLinks<'_> {
        let mut links = ItemLinks::default();
        for entry in self.entries.get(start..).unwrap_or_default() {
            if entry.slot != slot || entry.replaced {
                continue;
            }
            let value = self.value(entry.bytes);
            match entry.role {
                CaptureRole::ItemKey => links.item_key = Some(value),
                CaptureRole::Barred(_) => links.barred = true,
                CaptureRole::Link => links.link = Some((value, entry.sort_key)),
                CaptureRole::Reference | CaptureRole::Follower => {}
            }
        }
        links
    }

    /// Forgets the entries from this index on.
    pub(crate) fn truncate(&mut self, length: usize) {
        let Some(first) = self.entries.get(length).copied() else { return };
        self.entries.truncate(length);
        self.bytes.truncate(first.bytes.0);
        self.segments.truncate(first.segments.0);
        self.names.truncate(first.names);
    }

    /// Marks the entries of this index range as those of a member that was replaced.
    pub(crate) fn mark_replaced(&mut self, (start, end): (usize, usize)) {
        for entry in self.entries.get_mut(start..end).unwrap_or_default() {
            entry.replaced = true;
        }
    }
}

impl CommonValue {
    fn new() -> Self {
        Self { open: false, known: false, bytes: Vec::new(), short: ShortText::NONE }
    }
}

/// Returns the slots whose values must agree within an object.
fn slots_of(object: &'static Object) -> impl Iterator<Item = u16> {
    object.rules.iter().filter_map(|rule| match rule.kind {
        RuleKind::SameValue(slot) => Some(slot),
        _ => None,
    })
}
