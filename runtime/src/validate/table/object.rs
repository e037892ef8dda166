//! Objects.

use super::{
    field::{Field, field_index},
    name::{self, WINDOW},
    perfect_hash::{MAX_TEXTS, PerfectHash},
    rule::{Rule, RuleKind},
    schema::Schema,
    switch::Switch,
};
use crate::violations::{Code, codes};

/// The table of an object: what its schema asks of it.
// What is read for every object comes first, in one cache line.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Object {
    pub(crate) fields: &'static [Field],
    /// A bit for each of the first 64 fields that is required.
    pub(crate) required: u64,
    /// A bit for each of the first 64 fields whose value a rule needs.
    pub(crate) watched: u64,
    /// A rule asks that values agree.
    pub(crate) agrees: bool,
    /// It has up to 64 fields, and no rule asks that values agree.
    pub(crate) is_fast: bool,
    /// It has up to 64 fields, and nothing is asked but the required ones.
    pub(crate) only_required: bool,
    /// A bit for each of the first 64 fields that is the condition of a rule.
    pub(crate) deciding: u64,
    pub(crate) additional: Additional,
    /// The schema of members that have neither a field nor a schema in `additional`.
    pub(crate) others: Option<&'static Schema>,
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) too_few: Option<&'static Code>,
    pub(crate) too_many: Option<&'static Code>,
    pub(crate) rules: &'static [Rule],
    /// The rules as a switch, if they are one.
    pub(crate) switch: Option<Switch>,
    /// The indexes of the fields, by name.
    field_index: PerfectHash,
}

/// What an object may have beside its fields.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Additional {
    /// Any member.
    Any,
    /// Any member. Each is reported with this code.
    Reported(&'static Code),
    /// Members whose values have this schema.
    Schema(&'static Schema),
}

impl Object {
    /// Creates the table of an object with these fields.
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
            deciding: 0,
            agrees: false,
            is_fast: fields.len() <= 64,
            only_required: fields.len() <= 64,
            field_index: perfect_hash(fields),
        }
    }

    /// Sets what the object may have beside its fields. Without it, each such member is reported with
    /// [`codes::UNKNOWN_PROPERTY`].
    #[must_use]
    pub const fn additional(mut self, additional: Additional) -> Self {
        self.additional = additional;
        self
    }

    /// Sets the schema of members that have neither a field nor a schema of their own. `null` is a value
    /// there: the schema should allow it. If the schema forbids card numbers, the digits of a name that has
    /// one are hidden in data paths too.
    #[must_use]
    pub const fn others(mut self, schema: &'static Schema) -> Self {
        self.others = Some(schema);
        self
    }

    /// Asks for at least `min` members.
    #[must_use]
    pub const fn min_properties(mut self, min: u32, code: &'static Code) -> Self {
        self.min = min;
        self.too_few = Some(code);
        self.only_required = false;
        self
    }

    /// Asks for at most `max` members.
    #[must_use]
    pub const fn max_properties(mut self, max: u32, code: &'static Code) -> Self {
        self.max = max;
        self.too_many = Some(code);
        self.only_required = false;
        self
    }

    /// Sets the rules between the fields.
    ///
    /// # Panics
    ///
    /// A rule names a field that the object does not have. If the table is a static, the build fails.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self.switch = Switch::of(self.fields, rules);
        self.only_required &= rules.is_empty();
        let mut at = 0;
        while at < rules.len() {
            check_names(rules[at].kind, self.fields);
            if let Some(condition) = rules[at].kind.condition() {
                self.deciding |= bit(field_index(self.fields, condition.field));
                self.watched |= self.deciding;
            }
            self.agrees |= matches!(rules[at].kind, RuleKind::SameValue(_));
            at += 1;
        }
        self.is_fast &= !self.agrees;
        self
    }

    /// Returns the field of the lowest bit.
    #[inline]
    pub(crate) fn field_of(&self, bit: u64) -> Option<&'static Field> {
        self.fields.get(bit.trailing_zeros() as usize)
    }

    /// Returns whether nothing is asked but required fields, or what one field decides.
    pub(crate) fn needs_no_frame(&self) -> bool {
        self.only_required || self.switch.is_some() && self.too_few.is_none() && self.too_many.is_none()
    }

    /// Returns the field whose name and colon are at the beginning of the window, its index, and the length
    /// of both. The field at the index `expected` is compared first: if it is the one, nothing is hashed.
    #[inline(always)]
    pub(crate) fn look_up(
        &self,
        window: &[u8; WINDOW],
        expected: usize,
    ) -> Option<(&'static Field, usize, usize)> {
        if let Some(field) = self.fields.get(expected)
            && field.begins(window)
        {
            return Some((field, expected, field.quoted_length.into()));
        }
        // The length is counted in the window: it is known long before the field is found.
        let (hash, length) = name::hash_in_quotes(window)?;
        let index = self.field_index.index_of(hash);
        let field = self.fields.get(index)?;
        field.begins(window).then_some((field, index, length + 3))
    }

    /// Returns whether the field at an index has this name.
    pub(crate) fn is_named(&self, index: usize, name: &str) -> bool {
        self.fields.get(index).is_some_and(|field| field.name == name)
    }

    /// Returns the index of the field of this name.
    #[inline]
    pub(crate) fn index_of(&self, name: &str) -> Option<usize> {
        let hash = name::hash(name.as_bytes());
        if !self.field_index.is_usable() {
            return self.fields.iter().position(|field| field.name_hash == hash && field.name == name);
        }
        let index = self.field_index.index_of(hash);
        self.fields.get(index).filter(|field| field.name == name).map(|_| index)
    }
}

/// Returns a bit for each of the first 64 fields that is required, and for each that has captures.
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

const fn bit(index: usize) -> u64 {
    if index < 64 { 1 << index } else { 0 }
}

/// Checks that the object has the fields that a rule names.
///
/// # Panics
///
/// It does not.
const fn check_names(rule: RuleKind, fields: &[Field]) {
    match rule {
        RuleKind::AtMostOneOf(names) => {
            let mut at = 0;
            while at < names.len() {
                field_index(fields, names[at]);
                at += 1;
            }
        }
        RuleKind::RequiredWhen(name, condition) | RuleKind::ForbiddenWhen(name, condition) => {
            field_index(fields, name);
            field_index(fields, condition.field);
        }
        RuleKind::SameValue(_) => {}
    }
}

/// Creates the perfect hash of the names. For up to 40 fields a factor is nearly always found.
const fn perfect_hash(fields: &[Field]) -> PerfectHash {
    let (mut hashes, mut index) = ([0; MAX_TEXTS], 0);
    while index < fields.len() && index < MAX_TEXTS {
        hashes[index] = fields[index].name_hash;
        index += 1;
    }
    PerfectHash::of_hashes(&hashes, fields.len())
}
