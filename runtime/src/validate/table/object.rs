//! Objects.

use super::{
    Field, Rule, Schema,
    index::Index,
    name::{self, WINDOW},
    switch::Switch,
};
use crate::violations::{Code, codes};

/// What is asked of an object.
///
/// What is asked of every object comes first, in one line of the processor's cache.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Object {
    pub(crate) fields: &'static [Field],
    /// A bit for each of the first 64 fields that is required.
    pub(crate) required: u64,
    /// A bit for each of the first 64 fields whose value a rule asks for.
    pub(crate) watched: u64,
    /// A rule asks for the same value.
    pub(crate) agrees: bool,
    /// It has up to 64 fields, and no rule asks for the same value.
    pub(crate) swift: bool,
    /// Nothing is asked but that the first 64 fields are there.
    pub(crate) simple: bool,
    /// A bit for each of the first 64 fields that is the condition of a rule.
    pub(crate) asked: u64,
    pub(crate) additional: Additional,
    /// What the values of the members are held to that have neither a field nor a schema in `additional`.
    pub(crate) others: Option<&'static Schema>,
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) too_few: Option<&'static Code>,
    pub(crate) too_many: Option<&'static Code>,
    pub(crate) rules: &'static [Rule],
    /// The same, if they are one.
    pub(crate) switch: Option<Switch>,
    /// Where to look for a name.
    index: Index,
}

/// What may stand beside the fields.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Additional {
    /// Anything.
    Any,
    /// Anything, and this is said of each such member.
    Reported(&'static Code),
    /// Values of this schema.
    Schema(&'static Schema),
}

impl Object {
    /// An object with these fields.
    #[must_use]
    pub const fn new(fields: &'static [Field]) -> Self {
        let (required, watched) = bits(fields);
        Self {
            fields,
            additional: Additional::Reported(&codes::UNKNOWN_PROPERTY),
            others: None,
            min: 0,
            max: u32::MAX,
            too_few: None,
            too_many: None,
            rules: &[],
            switch: None,
            required,
            watched,
            asked: 0,
            agrees: false,
            swift: fields.len() <= 64,
            simple: fields.len() <= 64,
            index: Index::of_fields(fields),
        }
    }

    /// What may stand beside the fields; unless stated, each such member is a [`codes::UNKNOWN_PROPERTY`].
    #[must_use]
    pub const fn additional(mut self, additional: Additional) -> Self {
        self.additional = additional;
        self
    }

    /// What the values of members are held to that have neither a field nor a schema of their own. A `null`
    /// is a value there: the schema should allow it. If it allows no card number, no name that holds one is
    /// shown either.
    #[must_use]
    pub const fn others(mut self, schema: &'static Schema) -> Self {
        self.others = Some(schema);
        self
    }

    /// At least this many members.
    #[must_use]
    pub const fn min_properties(mut self, min: u32, code: &'static Code) -> Self {
        self.min = min;
        self.too_few = Some(code);
        self.simple = false;
        self
    }

    /// At most this many members.
    #[must_use]
    pub const fn max_properties(mut self, max: u32, code: &'static Code) -> Self {
        self.max = max;
        self.too_many = Some(code);
        self.simple = false;
        self
    }

    /// Rules between the fields.
    ///
    /// # Panics
    ///
    /// A rule names a field that the object does not have: the build of a table that is a static fails then.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self.switch = Switch::of(self.fields, rules);
        self.simple &= rules.is_empty();
        let mut at = 0;
        while at < rules.len() {
            rules[at].kind.check_names(self.fields);
            if let Some(condition) = rules[at].kind.condition() {
                self.asked |= bit(name::position(self.fields, condition.field));
                self.watched |= self.asked;
            }
            self.agrees |= matches!(rules[at].kind, super::RuleKind::SameValue(_));
            at += 1;
        }
        self.swift &= !self.agrees;
        self
    }

    /// The field of a bit.
    #[inline]
    pub(crate) fn field_of(&self, bit: u64) -> Option<&'static Field> {
        self.fields.get(bit.trailing_zeros() as usize)
    }

    /// Whether all that is asked is that fields are there, or what one of them decides.
    pub(crate) fn needs_no_frame(&self) -> bool {
        self.simple || self.switch.is_some() && self.too_few.is_none() && self.too_many.is_none()
    }

    /// The field whose name and colon the bytes begin with, its place, and how many bytes those are. The
    /// length is that of what stands there: a processor knows it long before it has found the field.
    #[inline(always)]
    pub(crate) fn look_up(&self, window: &[u8; WINDOW]) -> Option<(&'static Field, usize, usize)> {
        let (hash, length) = name::hash_in_quotes(window)?;
        let place = self.index.place(hash);
        let field = self.fields.get(place)?;
        field.begins(window).then_some((field, place, length + 3))
    }

    /// Whether the field at a place has this name.
    pub(crate) fn is_named(&self, place: usize, name: &str) -> bool {
        self.fields.get(place).is_some_and(|field| field.name == name)
    }

    /// The place of the field of this name.
    #[inline]
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        let hash = name::hash(name.as_bytes());
        if !self.index.is_usable() {
            return self.fields.iter().position(|field| field.hash == hash && field.name == name);
        }
        let place = self.index.place(hash);
        self.fields.get(place).filter(|field| field.name == name).map(|_| place)
    }
}

/// Which of the first 64 fields are required, and which have captures.
const fn bits(fields: &[Field]) -> (u64, u64) {
    let (mut required, mut watched, mut at) = (0, 0, 0);
    while at < fields.len() {
        if fields[at].required.is_some() {
            required |= bit(at);
        }
        if !fields[at].captures.is_empty() {
            watched |= bit(at);
        }
        at += 1;
    }
    (required, watched)
}

const fn bit(place: usize) -> u64 {
    if place < 64 { 1 << place } else { 0 }
}
