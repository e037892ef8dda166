//! References between the items of an array, some of which must not be referred to.
//!
//! Item keys that are barred and item keys that are referred to are texts of one set, and each text is known
//! as one or the other. So the later of the two finds the other, and a forbidden reference is reported as
//! soon as it is known: that is what a stream needs.

use super::{
    captures::CapturedValues,
    data_path::PathSegment,
    encoding::ScalarValue,
    findings::Findings,
    frame::ArrayFrame,
    text_set::{Inserted, OTHER, TextSets},
};
use crate::{
    validate::table::{Capture, CaptureRole, NoReference, SchemaType},
    violations::Code,
};

/// What is known by each rule about references of the arrays that are open.
#[derive(Debug, Default)]
pub(crate) struct References {
    rules: Vec<ReferenceRule>,
    /// Something is known of the items at hand.
    touched: bool,
}

/// What is known by one rule of one array.
#[derive(Debug)]
struct ReferenceRule {
    slot: u16,
    /// No item may refer to the item at hand.
    barred: bool,
    /// The item key of the item at hand, encoded; empty if it has none. No value is encoded as nothing.
    item_key: Vec<u8>,
    /// The item key that the item at hand refers to, encoded, and the sort key of that value.
    link: (Vec<u8>, u64),
    /// The set of the item keys.
    set: usize,
    /// The state of each item key, by its index in the set.
    item_keys: Vec<ItemKeyState>,
    pending: Vec<PendingReference>,
    /// The item key that was referred to last, and its index: many items refer to the same one.
    last_link: (Vec<u8>, usize),
}

#[derive(Debug, Clone, Copy, Default)]
struct ItemKeyState {
    barred: bool,
    /// 1 plus the index of the last pending reference to it; 0 if there is none.
    pending: u32,
}

/// A reference to an item that may yet turn out to be barred.
#[derive(Debug, Clone, Copy)]
struct PendingReference {
    /// The ordinal of the item that refers, and the sort key of the value.
    item: u64,
    sort_key: u64,
    /// The pending reference to the same item before it, as in [`ItemKeyState::pending`].
    before: u32,
}

impl References {
    /// Returns how many rules of open arrays there are.
    pub(super) fn len(&self) -> usize {
        self.rules.len()
    }

    /// Begins an array that has such rules, and returns the index of the first of them. The sets of their
    /// item keys have the indexes from `first_set` on.
    pub(super) fn begin_array(&mut self, rules: &[NoReference], first_set: usize) -> usize {
        let first = self.rules.len();
        self.rules
            .extend(rules.iter().zip(first_set..).map(|(rule, set)| ReferenceRule::new(rule.slot, set)));
        first
    }

    /// Takes a value of the item at hand. It can't be taken back: where that may be necessary, it is captured
    /// instead.
    pub(super) fn capture(&mut self, capture: Capture, value: ScalarValue<'_>, sort_key: u64) {
        if let CaptureRole::Barred(values) = capture.role
            && !values.iter().any(|named| value.is(named))
        {
            return;
        }
        self.touched = true;
        let Some(rule) = self.rules.iter_mut().rev().find(|rule| rule.slot == capture.slot) else {
            return;
        };
        match capture.role {
            CaptureRole::ItemKey => {
                rule.item_key.clear();
                value.encode(&mut rule.item_key);
            }
            CaptureRole::Barred(_) => rule.barred = true,
            CaptureRole::Link => {
                rule.link.0.clear();
                value.encode(&mut rule.link.0);
                rule.link.1 = sort_key;
            }
            CaptureRole::Reference | CaptureRole::Follower => {}
        }
    }

    /// Returns whether something is known of the items at hand.
    #[inline(always)]
    pub(super) fn are_touched(&self) -> bool {
        self.touched
    }

    /// Returns whether an item at hand is barred.
    pub(super) fn have_barred_item(&self) -> bool {
        self.rules.iter().any(|rule| rule.barred)
    }

    /// Forgets what is known of the item at hand, of the array whose rules begin at this index.
    pub(crate) fn forget_item(&mut self, first: usize) {
        // Rules of an array further out may know something of its item.
        self.touched &= first > 0;
        for rule in self.rules.iter_mut().skip(first) {
            rule.barred = false;
            rule.item_key.clear();
            rule.link.0.clear();
        }
    }

    /// Forgets the rules from this index on.
    pub(super) fn truncate(&mut self, length: usize) {
        self.rules.truncate(length);
    }

    /// Returns the sort keys of the references of the item that just ended which may yet turn out to be
    /// forbidden.
    pub(crate) fn pending_of_item(&self, frame: &ArrayFrame) -> impl Iterator<Item = u64> {
        let item = frame.count.saturating_sub(1);
        let rules = self.rules.get(frame.first_reference..).unwrap_or_default();
        let last = rules.iter().filter_map(|rule| rule.pending.last());
        last.filter(move |pending| pending.item == item).map(|pending| pending.sort_key)
    }
}

/// Ends the item at hand, and reports what it refers to and which earlier items refer to it.
pub(super) fn end_item(
    frame: &ArrayFrame,
    references: &mut References,
    captures: &mut CapturedValues,
    sets: &mut TextSets,
    findings: &mut Findings,
) {
    let item = frame.count.saturating_sub(1);
    let known = references.rules.get_mut(frame.first_reference..).unwrap_or_default();
    for (rule, table) in known.iter_mut().zip(frame.array.references) {
        if captures.len() > frame.captures_before {
            rule.take_captured(captures, frame.captures_before);
        }
        for reference in rule.forbidden_references(item, sets) {
            report(frame, table.field, table.code, reference, findings);
            findings.path.go_to(PathSegment::Index(item));
        }
    }
    references.forget_item(frame.first_reference);
}

#[cold]
fn report(
    frame: &ArrayFrame,
    field: &str,
    code: &'static Code,
    reference: PendingReference,
    findings: &mut Findings,
) {
    let Some(items) = frame.array.items else { return };
    let SchemaType::Object(object) = &items.ty else { return };
    let Some(field) = object.index_of(field).and_then(|index| object.fields.get(index)) else { return };
    findings.path.go_to(PathSegment::Index(reference.item));
    findings.path.enter();
    findings.report_at(PathSegment::Field(field), code, reference.sort_key);
    findings.path.leave();
}

impl ReferenceRule {
    fn new(slot: u16, set: usize) -> Self {
        Self {
            slot,
            barred: false,
            item_key: Vec::new(),
            link: (Vec::new(), 0),
            set,
            item_keys: Vec::new(),
            pending: Vec::new(),
            last_link: (Vec::new(), usize::MAX),
        }
    }

    /// Takes over the values of the item at hand that were captured. They count more than what was taken
    /// before.
    #[cold]
    fn take_captured(&mut self, captures: &mut CapturedValues, start: usize) {
        let links = captures.item_links(self.slot, start);
        self.barred |= links.barred;
        if let Some(item_key) = links.item_key {
            self.item_key.clear();
            self.item_key.extend_from_slice(item_key);
        }
        if let Some((link, sort_key)) = links.link {
            self.link.0.clear();
            self.link.0.extend_from_slice(link);
            self.link.1 = sort_key;
        }
        captures.forget(self.slot, start);
    }

    /// Returns the forbidden references that the end of an item makes known.
    fn forbidden_references(&mut self, item: u64, sets: &mut TextSets) -> Vec<PendingReference> {
        let mut forbidden = Vec::new();
        if self.barred && !self.item_key.is_empty() {
            let (Inserted::New(index) | Inserted::Old(index)) = sets.insert(self.set, OTHER, &self.item_key);
            forbidden = self.bar(index);
        }
        if !self.link.0.is_empty() {
            if self.last_link.0 != self.link.0 || self.last_link.1 == usize::MAX {
                let (Inserted::New(index) | Inserted::Old(index)) =
                    sets.insert(self.set, OTHER, &self.link.0);
                self.last_link.0.clone_from(&self.link.0);
                self.last_link.1 = index;
            }
            forbidden.extend(self.refer(self.last_link.1, item, self.link.1));
        }
        forbidden
    }

    fn item_key_state(&mut self, index: usize) -> &mut ItemKeyState {
        if index >= self.item_keys.len() {
            reserve(&mut self.item_keys);
            self.item_keys.resize(index + 1, ItemKeyState::default());
        }
        &mut self.item_keys[index]
    }

    /// Bars an item key, and returns the references to it.
    fn bar(&mut self, index: usize) -> Vec<PendingReference> {
        let state = self.item_key_state(index);
        state.barred = true;
        let mut next = std::mem::take(&mut state.pending);
        let mut found = Vec::new();
        while let Some(pending) = next.checked_sub(1).and_then(|index| self.pending.get(index as usize)) {
            found.push(*pending);
            next = pending.before;
        }
        found
    }

    /// Refers to an item key, and returns the reference if that key is barred.
    fn refer(&mut self, index: usize, item: u64, sort_key: u64) -> Option<PendingReference> {
        let next = u32::try_from(self.pending.len() + 1).unwrap_or_default();
        let state = self.item_key_state(index);
        if state.barred {
            return Some(PendingReference { item, sort_key, before: 0 });
        }
        let before = std::mem::replace(&mut state.pending, next);
        reserve(&mut self.pending);
        self.pending.push(PendingReference { item, sort_key, before });
        None
    }
}

/// Reserves memory for as many elements as a usual call has, so that a list does not grow in many small
/// steps.
fn reserve<T>(list: &mut Vec<T>) {
    if list.capacity() == 0 {
        list.reserve(256);
    }
}
