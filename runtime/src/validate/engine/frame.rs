//! The state of objects and arrays that are open.

use super::{findings::FindingsMark, flags::Flags};
use crate::validate::table::{Array, Object, Schema, UniqueBy};

/// The state of an open array.
#[derive(Debug)]
pub(crate) struct ArrayFrame {
    pub(super) array: &'static Array,
    pub(super) sort_key: u64,
    /// How many items have begun.
    pub(super) count: u64,
    /// What its items must differ in.
    pub(super) unique: UniqueFields,
    /// The index of the first of its rules about references among those of all open arrays.
    pub(super) first_reference: usize,
    /// How many values were captured when the item began, if there are such rules.
    pub(super) captures_before: usize,
}

/// The state of an open object.
#[derive(Debug)]
pub(crate) struct ObjectFrame {
    pub(super) object: &'static Object,
    pub(super) sort_key: u64,
    pub(super) flags: Flags,
    /// A bit for each of the first 64 fields whose value a rule needs; of the others, every value is needed.
    pub(super) watched: u64,
    pub(super) unique: UniqueFields,
    /// How many values were captured when the object began.
    pub(super) captures_before: usize,
    /// The set of the names that the table does not have, once there is one.
    pub(super) names_set: Option<usize>,
    /// How many members the table does not have.
    pub(super) unknown_count: u32,
    /// Where the members of this object begin in the engine's lists of known and unknown members.
    pub(super) first_members: (usize, usize),
}

/// The fields in which the items of an array must differ, and the set of the first one's values.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct UniqueFields {
    pub(super) fields: &'static [UniqueBy],
    pub(super) first_set: usize,
    /// A bit for each of these fields that is among the first 64 of the items' object.
    pub(super) bits: u64,
}

/// What a member left behind, so that it can be taken back if the name is repeated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MemberRecord {
    pub(super) index: usize,
    /// How many findings there were when it began and when it ended.
    pub(super) findings: (FindingsMark, FindingsMark),
    /// The index range of its captured values.
    pub(super) captures: (usize, usize),
}

/// An open member that the table does not have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UnknownMember {
    /// The schema of its value; without one the value is skipped.
    pub(crate) schema: Option<&'static Schema>,
    pub(super) index: usize,
    pub(super) names_length: usize,
    /// How many findings and captured values there were when it began.
    pub(super) before: (FindingsMark, usize),
}

/// What a member's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `null` where the schema does not allow it, in a definition in which it counts as absent.
    Absent,
    /// `null` otherwise, whether the schema allows it or not.
    Null,
    Value,
}

/// Why the value since the last snapshot must be read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Restart {
    /// A name is repeated, and the engine does not allow that.
    RepeatedName,
    /// Values differ that must agree, and none of them was kept.
    ValuesDiffer,
}

impl ObjectFrame {
    /// Returns a bit for each of the first 64 fields whose value a rule needs.
    #[inline]
    pub(crate) fn watched(&self) -> u64 {
        self.watched
    }

    /// Returns whether a rule needs the value of the field at this index, if it is a scalar of the right
    /// type.
    #[inline]
    pub(crate) fn watches(&self, index: usize) -> bool {
        index >= 64 || self.watched >> index & 1 == 1
    }
}

impl UniqueFields {
    /// Returns a bit for each of these fields that is among the first 64 of the items' object.
    #[inline]
    pub(crate) fn bits(self) -> u64 {
        self.bits
    }
}
