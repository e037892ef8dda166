//! References between the items of an array, some of which must not be referred to.
//!
//! Keys that are barred and keys that are referred to are texts of one set, and of each text is known which it is. So the
//! later of the two finds the other, and what is wrong is told as soon as it is known: that is what a stream needs.

use super::{
    array::Rows,
    core::Core,
    path::Step,
    set::{Inserted, OTHER},
};
use crate::Code;

/// What is known by each rule of the arrays that are open.
#[derive(Debug, Default)]
pub(crate) struct References {
    rules: Vec<Known>,
}

/// What is known by one rule of one array.
#[derive(Debug)]
struct Known {
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

    /// Forgets the rules from here on.
    pub(super) fn back_to(&mut self, length: usize) {
        self.rules.truncate(length);
    }
}

impl Known {
    fn new(set: usize) -> Self {
        Self { set, texts: Vec::new(), waiting: Vec::new(), last: (Vec::new(), usize::MAX) }
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
        let sets = (0..rows.array.references.len()).map(|number| Known::new(sets + number));
        self.references.rules.extend(sets);
    }

    /// The item at hand is over: tells what it refers to, and what before it refers to it.
    pub(super) fn settle_references(&mut self, rows: &Rows) {
        let here = rows.count.saturating_sub(1);
        for (number, rule) in rows.array.references.iter().enumerate() {
            let broken = self.broken_references(rows, number, rule.slot, here);
            self.journal.end_links(rule.slot, rows.journal);
            for waiting in broken {
                self.report_reference(rows, usize::from(rule.field), rule.code, waiting);
            }
        }
        self.path.go(Step::Index(here));
    }

    fn broken_references(&mut self, rows: &Rows, number: usize, slot: u16, here: u64) -> Vec<Waiting> {
        let links = self.journal.links(slot, rows.journal);
        let Some(known) = self.references.rules.get_mut(rows.references + number) else { return Vec::new() };
        let mut broken = Vec::new();
        if links.barred
            && let Some(key) = links.key
        {
            let (Inserted::New(number) | Inserted::Old(number)) = self.sets.insert(known.set, OTHER, key);
            broken = known.bar(number);
        }
        if let Some((link, key)) = links.link {
            if known.last.0 != link || known.last.1 == usize::MAX {
                let (Inserted::New(number) | Inserted::Old(number)) =
                    self.sets.insert(known.set, OTHER, link);
                known.last.0.clear();
                known.last.0.extend_from_slice(link);
                known.last.1 = number;
            }
            broken.extend(known.refer(known.last.1, here, key));
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
