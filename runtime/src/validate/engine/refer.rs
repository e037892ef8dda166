//! Items that refer to one another, from what is captured of an item to what is found when it is over.

use super::{
    array::Rows,
    core::Core,
    path::Step,
    references::{Known, Waiting},
    set::{Inserted, OTHER},
    value::Value,
};
use crate::{
    validate::{Field, table::Role},
    violations::Code,
};

impl Core {
    /// An array begins that has such rules; `sets` is the number of the first one's set.
    pub(super) fn begin_references(&mut self, rows: &mut Rows, sets: usize) {
        rows.references = self.references.open();
        let rules = rows.array.references.iter().zip(sets..).map(|(rule, set)| Known::new(rule.slot, set));
        self.references.rules.extend(rules);
    }

    /// The item at hand is read once more.
    pub(crate) fn forget_links(&mut self) {
        self.references.forget_item(0);
    }

    /// As [`Core::try_capture`] for references alone.
    pub(crate) fn capture_kept(&mut self, field: &Field, value: Value<'_>, key: u64) {
        for capture in field.captures.iter().filter(|capture| !capture.role.is_compared()) {
            if self.journal.quick {
                self.references.capture(*capture, value, key);
            } else {
                // Nothing can differ here: what is compared is taken elsewhere.
                self.journal.capture(*capture, value, key, &self.path).unwrap_or_default();
            }
        }
    }

    /// Whether a rule of an open array asks for what was kept of an item that is over: it may be barred
    /// (`bars`), or its key, the value of this field, is of interest even if it is not.
    #[inline]
    pub(crate) fn asks_for_kept(&self, key: Option<&Field>, bars: bool) -> bool {
        !self.references.rules.is_empty() && (bars || key.is_some_and(|key| !self.needs_no_key(key)))
    }

    /// Whether a key is of no interest as long as nothing bars its item.
    fn needs_no_key(&self, field: &Field) -> bool {
        self.journal.quick
            && field.captures.iter().all(|capture| matches!(capture.role, Role::Key))
            && !self.references.rules.iter().any(|known| known.barred)
    }

    /// The item at hand is over: tells what it refers to, and what before it refers to it.
    pub(super) fn settle_references(&mut self, rows: &Rows) {
        let here = rows.count.saturating_sub(1);
        for (number, rule) in rows.array.references.iter().enumerate() {
            if self.journal.len() > rows.journal {
                self.recall_links(rows, number, rule.slot);
            }
            let broken = self.broken_references(rows, number, here);
            for waiting in broken {
                self.report_reference(rows, rule.field, rule.code, waiting);
                self.path.go(Step::Index(here));
            }
        }
        self.references.forget_item(rows.references);
    }

    /// What the journal took of the item counts too, and more than what was taken before it.
    #[cold]
    fn recall_links(&mut self, rows: &Rows, number: usize, slot: u16) {
        let links = self.journal.links(slot, rows.journal);
        if let Some(known) = self.references.rules.get_mut(rows.references + number) {
            known.barred |= links.barred;
            if let Some(key) = links.key {
                known.key.clear();
                known.key.extend_from_slice(key);
            }
            if let Some((link, key)) = links.link {
                known.link.0.clear();
                known.link.0.extend_from_slice(link);
                known.link.1 = key;
            }
        }
        self.journal.forget(slot, rows.journal);
    }

    fn broken_references(&mut self, rows: &Rows, number: usize, here: u64) -> Vec<Waiting> {
        let Some(known) = self.references.rules.get_mut(rows.references + number) else { return Vec::new() };
        let mut broken = Vec::new();
        if known.barred && !known.key.is_empty() {
            let (Inserted::New(number) | Inserted::Old(number)) =
                self.sets.insert(known.set, OTHER, &known.key);
            broken = known.bar(number);
        }
        if !known.link.0.is_empty() {
            if known.last.0 != known.link.0 || known.last.1 == usize::MAX {
                let (Inserted::New(number) | Inserted::Old(number)) =
                    self.sets.insert(known.set, OTHER, &known.link.0);
                known.last.0.clone_from(&known.link.0);
                known.last.1 = number;
            }
            broken.extend(known.refer(known.last.1, here, known.link.1));
        }
        broken
    }

    /// The order keys of what the item at hand refers to and is not barred so far: a rule may yet tell of it.
    pub(crate) fn waiting_references(&self, rows: &Rows) -> impl Iterator<Item = u64> {
        let here = rows.count.saturating_sub(1);
        let rules = self.references.rules.get(rows.references..).unwrap_or_default();
        let last = rules.iter().filter_map(|known| known.waiting.last());
        last.filter(move |waiting| waiting.item == here).map(|waiting| waiting.key)
    }

    #[cold]
    fn report_reference(&mut self, rows: &Rows, field: &str, code: &'static Code, waiting: Waiting) {
        let Some(items) = rows.array.items else { return };
        let crate::validate::table::Shape::Object(object) = &items.shape else { return };
        let Some(field) = object.place(field).and_then(|index| object.fields.get(index)) else { return };
        self.path.go(Step::Index(waiting.item));
        self.path.enter();
        self.path.go(Step::Field(field));
        self.report(code, waiting.key);
        self.path.leave();
    }
}
