//! Members of objects.

use super::{
    Role, Scalar, Schema, Shape, Text,
    name::{self, Name, WINDOW},
};
use crate::violations::Code;

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
    /// The number of the only capture, if it is compared; [`NO_SLOT`] if there is none such, or more than
    /// one.
    pub(crate) slot: u16,
    pub(crate) schema: &'static Schema,
    /// The schema's table, if the field was made by [`Field::text`] and nothing else is asked.
    pub(crate) text: Option<&'static Text>,
    /// As it has them.
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

/// The value is kept for a [`Rule::same_value`](super::Rule::same_value) of an object around it, or for a
/// [`NoReference`](super::NoReference) of an array.
#[derive(Debug, Clone, Copy)]
pub struct Capture {
    /// The number of the rule.
    pub(crate) slot: u16,
    pub(crate) role: Role,
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
            text: None,
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
            field.text = Some(table);
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

    /// The value by which others refer to the item, for the [`NoReference`](super::NoReference) of this
    /// number.
    #[must_use]
    pub const fn key(slot: u16) -> Self {
        Self { slot, role: Role::Key }
    }

    /// With one of these values nothing may refer to the item, for the [`NoReference`](super::NoReference) of
    /// this number.
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
