//! References between the items of an array, some of which must not be referred to.
//!
//! Keys that are barred and keys that are referred to are texts of one set, and of each text is known which
//! it is. So the later of the two finds the other, and what is wrong is told as soon as it is known: that is
//! what a stream needs.

use super::value::Value;
use crate::validate::{Capture, table::Role};

/// What is known by each rule of the arrays that are open.
#[derive(Debug, Default)]
pub(crate) struct References {
    pub(super) rules: Vec<Known>,
    /// Something is known of the items at hand.
    touched: bool,
}

/// What is known by one rule of one array.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) slot: u16,
    /// What the item at hand has to do with the rule: nothing may refer to it; its key, encoded; the key that
    /// it refers to, and the order key of that value. No value is encoded as nothing.
    pub(super) barred: bool,
    pub(super) key: Vec<u8>,
    pub(super) link: (Vec<u8>, u64),
    pub(super) set: usize,
    /// By the number of the text in the set.
    texts: Vec<Text>,
    pub(super) waiting: Vec<Waiting>,
    /// The text that was referred to last, and its number: many items refer to the same one.
    pub(super) last: (Vec<u8>, usize),
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
pub(super) struct Waiting {
    /// Which item refers, and the order key of the value.
    pub(super) item: u64,
    pub(super) key: u64,
    /// The one before it that refers to the same item, as in [`Text::waiting`].
    before: u32,
}

impl References {
    /// How many rules of open arrays there are.
    pub(super) fn open(&self) -> usize {
        self.rules.len()
    }

    /// Takes a value of the item at hand. Nothing of it can be taken back: where that may be asked, the
    /// journal takes it.
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
    pub(super) fn forget_item(&mut self, first: usize) {
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
    pub(super) fn new(slot: u16, set: usize) -> Self {
        let (key, link) = (Vec::new(), (Vec::new(), 0));
        let (texts, waiting, last) = (Vec::new(), Vec::new(), (Vec::new(), usize::MAX));
        Self { slot, barred: false, key, link, set, texts, waiting, last }
    }

    fn text(&mut self, number: usize) -> &mut Text {
        if number >= self.texts.len() {
            reserve(&mut self.texts);
            self.texts.resize(number + 1, Text::default());
        }
        &mut self.texts[number]
    }

    /// Nothing may refer to a text any more: those that do.
    pub(super) fn bar(&mut self, number: usize) -> Vec<Waiting> {
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
    pub(super) fn refer(&mut self, number: usize, item: u64, key: u64) -> Option<Waiting> {
        let next = u32::try_from(self.waiting.len() + 1).unwrap_or_default();
        let text = self.text(number);
        if text.barred {
            return Some(Waiting { item, key, before: 0 });
        }
        let before = std::mem::replace(&mut text.waiting, next);
        reserve(&mut self.waiting);
        self.waiting.push(Waiting { item, key, before });
        None
    }
}

/// Makes room for as many as a usual call has, so that a list does not grow in many small steps.
fn reserve<T>(list: &mut Vec<T>) {
    if list.capacity() == 0 {
        list.reserve(256);
    }
}
