//! What is known of an object while it is read quickly.

use crate::validate::{Object, engine::object::Item};

/// An object that is read.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) object: &'static Object,
    pub(super) start: usize,
    /// The fields whose values something asks for.
    pub(super) watched: u64,
    /// Those of which more than objects further out ask for the value.
    pub(super) loud: u64,
    /// The fields that have no value.
    pub(super) absent: u64,
    /// The fields that have a `null` that is one.
    pub(super) null: u64,
    /// Where the value begins and ends of the field in which the item must differ, once it is met: never at
    /// the beginning of a text.
    pub(super) held: (usize, usize),
    /// The same of the value that decides what the object's switch asks for.
    pub(super) decisive: (usize, usize),
    /// The fields of these two, a bit each.
    pub(super) key: u64,
    pub(super) decider: u64,
    /// What the object must differ in from other items.
    pub(super) item: Option<Item>,
    /// There is more to say at the end than that a field is missing.
    pub(super) marked: bool,
    /// There is more to remember: the last frame is its own.
    pub(super) framed: bool,
}

impl Open {
    #[inline(always)]
    pub(super) fn new(object: &'static Object, start: usize) -> Self {
        Self {
            object,
            start,
            watched: object.watched,
            loud: 0,
            absent: 0,
            null: 0,
            held: (0, 0),
            decisive: (0, 0),
            key: 0,
            decider: 0,
            item: None,
            marked: false,
            framed: false,
        }
    }
}

impl Open {
    /// Keeps the place of a value that is looked at when the object is over.
    #[inline(always)]
    pub(super) fn keep(&mut self, bit: u64, place: (usize, usize)) {
        if self.key & bit != 0 {
            self.held = place;
        }
        if self.decider & bit != 0 {
            self.decisive = place;
        }
        self.marked = true;
    }
}
