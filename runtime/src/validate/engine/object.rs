//! Objects: which members are there, and what the rules between them say.

use super::{
    core::Core,
    marks::{Mark, Marks},
    value::Value,
};
use crate::validate::{Object, Schema, UniqueBy};

/// The core can't go on as it is: what was done since the snapshot must be done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// A name is repeated, and the core is not careful.
    Repeated,
    /// Values differ that must agree, and the core keeps none of them.
    Differ,
}

/// What a member turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `null`, where it means nothing.
    Absent,
    /// `null`, where the schema allows it.
    Null,
    Value,
}

/// An open object.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(super) object: &'static Object,
    pub(super) key: u64,
    pub(super) marks: Marks,
    /// The fields whose values something asks for; those beyond the 64th are always asked.
    pub(super) watched: u64,
    pub(super) item: Item,
    /// How long the journal was.
    pub(super) journal: usize,
    /// The set of the names that the table does not know, once there is one.
    pub(super) names: Option<usize>,
    /// How many members the table does not know.
    pub(super) others: u32,
    /// Where the members of this object begin in the core's lists.
    pub(super) members: (usize, usize),
}

/// The fields in which the items of an array must differ, and the number of the first one's set.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Item {
    pub(super) keys: &'static [UniqueBy],
    pub(super) sets: usize,
    /// A bit for each of these fields that is among the first 64 of the items' object.
    pub(super) bits: u64,
}

/// What a member of a careful core left behind, so that it can be taken back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    pub(super) place: usize,
    pub(super) findings: (usize, usize),
    pub(super) journal: (usize, usize),
    pub(super) counted: bool,
}

/// A member that the table does not know.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Other {
    /// What the value is held to; without one it is of no interest.
    pub(crate) schema: Option<&'static Schema>,
    pub(super) number: usize,
    pub(super) path_names: usize,
    pub(super) begun: (usize, usize),
}

impl Frame {
    /// The fields that are watched, of the first 64.
    #[inline]
    pub(crate) fn watched(&self) -> u64 {
        self.watched
    }
}

impl Core {
    /// Begins an object.
    #[inline]
    pub(crate) fn begin_object(&mut self, object: &'static Object, key: u64) -> Frame {
        self.path.enter();
        self.frame(object, key)
    }

    /// Begins an object of which nothing is asked but that fields are there: [`Core::frame`] can wait until
    /// something has to be remembered. `false` if more is asked.
    #[inline(always)]
    pub(crate) fn begin_simply(&mut self, object: &'static Object) -> bool {
        self.path.enter();
        object.simple && self.item.keys.is_empty()
    }

    /// What an item must differ in from others, if that is a single field or none: as far as that goes, it
    /// can do without a frame too.
    #[inline]
    pub(crate) fn single_key(&mut self) -> Option<Item> {
        (self.item.keys.len() <= 1).then(|| std::mem::take(&mut self.item))
    }

    /// Makes the frame of an object that did without one, and whose item is this.
    pub(crate) fn late_frame(&mut self, object: &'static Object, key: u64, item: Item) -> Frame {
        self.item = item;
        self.frame(object, key)
    }

    /// Holds the value of the field in which an item must differ; `key` is the value's.
    pub(crate) fn hold_item(&mut self, item: Item, text: &str, key: u64) {
        for number in 0..item.keys.len() {
            self.sets.hold_key(item.sets + number, Value::Text(text), key);
        }
    }

    /// What is remembered of an object whose path was entered.
    #[inline(always)]
    pub(crate) fn frame(&mut self, object: &'static Object, key: u64) -> Frame {
        let item = std::mem::take(&mut self.item);
        let watched = if item.keys.is_empty() { object.watched } else { object.watched | item.bits() };
        Frame {
            object,
            key,
            marks: Marks::new(object, &mut self.spill),
            watched,
            item,
            journal: self.journal.len(),
            names: None,
            others: 0,
            members: (self.known.len(), self.others.len()),
        }
    }

    /// The object is over, of which nothing is asked and nothing is remembered.
    #[inline(always)]
    pub(crate) fn end_simply(&mut self) {
        self.path.leave();
    }

    /// As [`Core::end_object`] for up to 64 fields, whose marks were kept elsewhere.
    #[inline(always)]
    pub(crate) fn end_quickly(&mut self, frame: &mut Frame, seen: u64, filled: u64, null: u64) {
        if frame.object.simple
            && frame.object.required & !filled == 0
            && frame.names.is_none()
            && frame.item.keys.is_empty()
        {
            self.path.leave();
            return;
        }
        frame.marks.first[Mark::Seen as usize] = seen;
        frame.marks.first[Mark::Filled as usize] = filled;
        frame.marks.first[Mark::Null as usize] = null;
        self.end_object_slowly(frame);
        self.path.leave();
    }

    /// The object is over.
    #[inline]
    #[expect(clippy::needless_pass_by_value, reason = "nothing can be done with the frame any more")]
    pub(crate) fn end_object(&mut self, frame: Frame) {
        let filled = frame.marks.first[Mark::Filled as usize];
        let simple =
            frame.object.simple && frame.names.is_none() && frame.item.keys.is_empty() && !self.careful;
        if !simple || frame.object.required & !filled != 0 {
            self.end_object_slowly(&frame);
        }
        self.path.leave();
    }
}

impl Item {
    /// The keys among the first 64 fields.
    #[inline]
    pub(crate) fn bits(self) -> u64 {
        self.bits
    }
}
