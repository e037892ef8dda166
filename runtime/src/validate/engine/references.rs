//! References between the items of an array, some of which must not be referred to.
//!
//! Keys that are barred and keys that are referred to are texts of one set, and of each text is known which it is. So the
//! later of the two finds the other, and what is wrong is told as soon as it is known: that is what a stream needs.

use super::{
    array::Rows,
    core::Core,
    path::Step,
    set::{Inserted, OTHER},
    value::Value,
};
use crate::{
    Code,
    validate::{Capture, Field, table::Role},
};

/// What is known by each rule of the arrays that are open.
#[derive(Debug, Default)]
pub(crate) struct References {
    rules: Vec<Known>,
    /// Something is known of the items at hand.
    touched: bool,
}

/// What is known by one rule of one array.
#[derive(Debug)]
struct Known {
    slot: u16,
    /// What the item at hand has to do with the rule: nothing may refer to it; its key, encoded; the key that it refers to,
    /// and the order key of that value. No value is encoded as nothing.
    barred: bool,
    key: Vec<u8>,
    link: (Vec<u8>, u64),
    set: usize,
    /// By the number of the text in the set.
    texts: Vec<Text>,
    waiting: Vec<Waiting>,
    /// The text that was referred to last, and its number: many items refer to the same one.
    last: (Vec<u8>, usize),
}

/// The key of an item.
#[derive(Debug, Clone, Copy, Default)]
struct Text {
    barred: bool,
    /// One behind the place of the last of those that refer to it, as long as it is not barred.
    waiting: u32,
}

/// A reference to an item that may yet turn out to be barred.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    /// Which item refers, and the order key of the value.
    item: u64,
    key: u64,
    /// The one before it that refers to the same item, as in [`Text::waiting`].
    before: u32,
}

impl References {
    /// How many rules of open arrays there are.
    pub(super) fn open(&self) -> usize {
        self.rules.len()
    }

    /// Takes a value of the item at hand. Nothing of it can be taken back: where that may be asked, the journal takes it.
    pub(super) fn capture(&mut self, capture: Capture, value: Value<'_>, key: u64) {
        if let Role::Barred(values) = capture.role
            && !values.iter().any(|named| value.is(named))
        {
            return;
        }
        self.touched = true;
        let Some(known) = self.rules.iter_mut().rev().find(|known| known.slot == capture.slot) else {
            return;
        };
        match capture.role {
            Role::Key => {
                known.key.clear();
                value.encode(&mut known.key);
            }
            Role::Barred(_) => known.barred = true,
            Role::Link => {
                known.link.0.clear();
                value.encode(&mut known.link.0);
                known.link.1 = key;
            }
            Role::Reference | Role::Follower => {}
        }
    }

    /// Whether something is known of the items at hand.
    #[inline(always)]
    pub(super) fn are_touched(&self) -> bool {
        self.touched
    }

    /// Forgets what is known of the item of the array whose rules are those from here on.
    fn forget_item(&mut self, first: usize) {
        // An array further out may know something of its item.
        self.touched &= first > 0;
        for known in self.rules.iter_mut().skip(first) {
            known.barred = false;
            known.key.clear();
            known.link.0.clear();
        }
    }

    /// Forgets the rules from here on.
    pub(super) fn back_to(&mut self, length: usize) {
        self.rules.truncate(length);
    }
}

impl Known {
    fn new(slot: u16, set: usize) -> Self {
        let (key, link) = (Vec::new(), (Vec::new(), 0));
        let (texts, waiting, last) = (Vec::new(), Vec::new(), (Vec::new(), usize::MAX));
        Self { slot, barred: false, key, link, set, texts, waiting, last }
    }

    fn text(&mut self, number: usize) -> &mut Text {
        if number >= self.texts.len() {
            self.texts.resize(number + 1, Text::default());
        }
        &mut self.texts[number]
    }

    /// Nothing may refer to a text any more: those that do.
    fn bar(&mut self, number: usize) -> Vec<Waiting> {
        let text = self.text(number);
        text.barred = true;
        let mut next = std::mem::take(&mut text.waiting);
        let mut found = Vec::new();
        while let Some(waiting) = next.checked_sub(1).and_then(|place| self.waiting.get(place as usize)) {
            found.push(*waiting);
            next = waiting.before;
        }
        found
    }

    /// An item refers to a text; gives the reference back if that is barred.
    fn refer(&mut self, number: usize, item: u64, key: u64) -> Option<Waiting> {
        let next = u32::try_from(self.waiting.len() + 1).unwrap_or_default();
        let text = self.text(number);
        if text.barred {
            return Some(Waiting { item, key, before: 0 });
        }
        let before = std::mem::replace(&mut text.waiting, next);
        self.waiting.push(Waiting { item, key, before });
        None
    }
}

impl Core {
    /// An array begins that has such rules; `sets` is the number of the first one's set.
    pub(super) fn begin_references(&mut self, rows: &mut Rows, sets: usize) {
        rows.references = self.references.open();
        let rules = rows.array.references.iter().zip(sets..).map(|(rule, set)| Known::new(rule.slot, set));
        self.references.rules.extend(rules);
    }

    /// Whether a rule of an open array is about references.
    #[inline]
    pub(crate) fn asks_for_references(&self) -> bool {
        !self.references.rules.is_empty()
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

    /// Whether the key of an item that is over, the field's value, is of no interest: nothing bars the item.
    #[inline]
    pub(crate) fn needs_no_key(&self, field: &Field) -> bool {
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
                self.report_reference(rows, usize::from(rule.field), rule.code, waiting);
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
        self.journal.end_links(slot, rows.journal);
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
    fn report_reference(&mut self, rows: &Rows, field: usize, code: &'static Code, waiting: Waiting) {
        let Some(items) = rows.array.items else { return };
        let crate::validate::table::Shape::Object(object) = &items.shape else { return };
        let Some(field) = object.fields.get(field) else { return };
        self.path.go(Step::Index(waiting.item));
        self.path.enter();
        self.path.go(Step::Field(field));
        self.report(code, waiting.key);
        self.path.leave();
    }
}
