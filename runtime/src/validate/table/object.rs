//! Objects.

use super::{
    Role, Rule, Scalar, Schema, Shape,
    name::{self, Index, Name, WINDOW},
    switch::Switch,
};
use crate::{Code, validate::codes};

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
    /// The number of this object's first field among all fields of the definition's tables, so that an engine can keep
    /// notes about each.
    pub(crate) first: u32,
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

/// One member of an object.
///
/// What a reader asks of every member comes first, in one line of the processor's cache.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Field {
    /// The name as it stands in a body.
    key: Name,
    /// How many bytes `key` has.
    length: u8,
    /// The number of the only capture, if it is compared; [`NO_SLOT`] if there is none such, or more than one.
    pub(crate) slot: u16,
    pub(crate) schema: &'static Schema,
    /// As [`Text`](super::Text) has them, if the field was made by [`Field::text`].
    sure_from: u32,
    sure_span: u32,
    pub(crate) name: &'static str,
    pub(super) hash: u64,
    /// The name stands in a path as it is.
    pub(crate) plain: bool,
    /// A rule asks for the same value.
    pub(crate) compared: bool,
    pub(crate) required: Option<&'static Code>,
    pub(crate) captures: &'static [Capture],
}

/// The value is kept for a [`Rule::same_value`] of an object around it, or for a [`NoReference`](super::NoReference) of an
/// array.
#[derive(Debug, Clone, Copy)]
pub struct Capture {
    /// The number of the rule.
    pub(crate) slot: u16,
    pub(crate) role: Role,
}

impl Object {
    /// An object with these fields. `first` counts the fields of all tables before it in the same definition.
    #[must_use]
    pub const fn new(first: u32, fields: &'static [Field]) -> Self {
        let (required, watched) = bits(fields);
        Self {
            fields,
            first,
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

    /// What the values of members are held to that have neither a field nor a schema of their own. A `null` is a value
    /// there: the schema should allow it. If it allows no card number, no name that holds one is shown either.
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
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self.switch = Switch::of(self.fields, rules);
        self.simple &= rules.is_empty();
        let mut at = 0;
        while at < rules.len() {
            if let Some(condition) = rules[at].kind.condition() {
                self.asked |= bit(condition.field as usize);
                self.watched |= self.asked;
            }
            self.agrees |= matches!(rules[at].kind, super::RuleKind::SameValue(_));
            at += 1;
        }
        self.swift &= !self.agrees;
        self
    }

    /// Whether all that is asked is that fields are there, or what one of them decides.
    pub(crate) fn needs_no_frame(&self) -> bool {
        self.simple || self.switch.is_some() && self.too_few.is_none() && self.too_many.is_none()
    }

    /// The field whose name and colon the bytes begin with, its place, and how many bytes those are. The length is that of
    /// what stands there: a processor knows it long before it has found the field.
    #[inline(always)]
    pub(crate) fn look_up(&self, window: &[u8; WINDOW]) -> Option<(&'static Field, usize, usize)> {
        let (hash, length) = name::hash_in_quotes(window)?;
        let place = self.index.place(hash);
        let field = self.fields.get(place)?;
        field.begins(window).then_some((field, place, length + 3))
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

/// No rule has this number.
const NO_SLOT: u16 = u16::MAX;

impl Field {
    /// A member that may be absent.
    ///
    /// The schema is not looked into: it may have the field in itself.
    #[must_use]
    pub const fn new(name: &'static str, schema: &'static Schema) -> Self {
        let (key, length) = Name::new(name);
        Self {
            key,
            length,
            slot: NO_SLOT,
            schema,
            sure_from: 0,
            sure_span: 0,
            name,
            hash: name::hash(name.as_bytes()),
            plain: name::is_plain(name.as_bytes()),
            compared: false,
            required: None,
            captures: &[],
        }
    }

    /// The same, of a schema of strings: which lengths surely keep to it is known by the field then.
    #[must_use]
    pub const fn text(name: &'static str, schema: &'static Schema) -> Self {
        let mut field = Self::new(name, schema);
        if let Shape::Text(table) = &schema.shape
            && schema.plain
        {
            (field.sure_from, field.sure_span) = table.sure_lengths();
        }
        field
    }

    /// The member must be present; `null` counts as absent unless the schema allows it.
    #[must_use]
    pub const fn required(mut self, code: &'static Code) -> Self {
        self.required = Some(code);
        self
    }

    /// The member's value is kept for rules of objects around it.
    #[must_use]
    pub const fn captures(mut self, captures: &'static [Capture]) -> Self {
        self.captures = captures;
        self.slot = match captures {
            [capture] if capture.role.is_compared() => capture.slot,
            _ => NO_SLOT,
        };
        let mut at = 0;
        while at < captures.len() {
            self.compared |= captures[at].role.is_compared();
            at += 1;
        }
        self
    }

    /// Whether the bytes begin with the name in quotes and a colon.
    #[inline(always)]
    pub(crate) fn begins(&self, window: &[u8; WINDOW]) -> bool {
        self.key.begins(window)
    }

    /// Whether a string keeps to the field's table by its length alone, in bytes.
    #[inline(always)]
    pub(crate) fn surely_allows(&self, length: usize) -> bool {
        length.wrapping_sub(self.sure_from as usize) < self.sure_span as usize
    }

    /// How many bytes the name has with its quotes and a colon.
    #[inline(always)]
    pub(crate) fn length(&self) -> usize {
        usize::from(self.length)
    }
}

impl Capture {
    /// The value that the others must agree with, for the rule of this number.
    #[must_use]
    pub const fn reference(slot: u16) -> Self {
        Self { slot, role: Role::Reference }
    }

    /// A value that must agree with the reference, for the rule of this number.
    #[must_use]
    pub const fn follower(slot: u16) -> Self {
        Self { slot, role: Role::Follower }
    }

    /// The value by which others refer to the item, for the [`NoReference`](super::NoReference) of this number.
    #[must_use]
    pub const fn key(slot: u16) -> Self {
        Self { slot, role: Role::Key }
    }

    /// With one of these values nothing may refer to the item, for the [`NoReference`](super::NoReference) of this number.
    #[must_use]
    pub const fn barred(slot: u16, values: &'static [Scalar]) -> Self {
        Self { slot, role: Role::Barred(values) }
    }

    /// The value refers to an item by its key, for the [`NoReference`](super::NoReference) of this number.
    #[must_use]
    pub const fn link(slot: u16) -> Self {
        Self { slot, role: Role::Link }
    }
}
