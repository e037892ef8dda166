//! Members of objects.

use super::{
    name::{self, QuotedName, WINDOW},
    reference::CaptureRole,
    scalar::Scalar,
    schema::{Schema, SchemaType},
    text::Text,
};
use crate::violations::Code;

/// A field of an object table: a member that the schema names.
// What is read for every member comes first, in one cache line.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Field {
    /// The name as it is written in a body.
    quoted_name: QuotedName,
    /// The length of `quoted_name` in bytes.
    pub(super) quoted_length: u8,
    /// The slot of the only capture, if it is compared; [`NO_SLOT`] otherwise.
    pub(crate) compared_slot: u16,
    pub(crate) schema: &'static Schema,
    /// The table of the schema, if the field was made by [`Field::text`] and the schema asks for nothing
    /// else.
    pub(crate) text: Option<&'static Text>,
    /// As in that table.
    sure_from: u32,
    sure_span: u32,
    pub(crate) name: &'static str,
    pub(super) name_hash: u64,
    /// The name is written in a data path as it is.
    pub(crate) plain: bool,
    /// A rule compares the value with others.
    pub(crate) compared: bool,
    pub(crate) required: Option<&'static Code>,
    pub(crate) captures: &'static [Capture],
}

/// What a field's value means for a [`Rule::same_value`](super::Rule::same_value) of an object around it, or
/// for a [`NoReference`](super::NoReference) of an array.
#[derive(Debug, Clone, Copy)]
pub struct Capture {
    /// The slot of the rule.
    pub(crate) slot: u16,
    pub(crate) role: CaptureRole,
}

/// No rule has this slot.
const NO_SLOT: u16 = u16::MAX;

impl Field {
    /// Creates a field that may be absent.
    ///
    /// The schema is not read here: it may contain the field itself.
    #[must_use]
    pub const fn new(name: &'static str, schema: &'static Schema) -> Self {
        let (quoted_name, quoted_length) = QuotedName::new(name);
        Self {
            quoted_name,
            quoted_length,
            compared_slot: NO_SLOT,
            schema,
            text: None,
            sure_from: 0,
            sure_span: 0,
            name,
            name_hash: name::hash(name.as_bytes()),
            plain: name::is_plain(name.as_bytes()),
            compared: false,
            required: None,
            captures: &[],
        }
    }

    /// Creates a field whose schema is that of a string. The field then knows which lengths are surely
    /// allowed.
    #[must_use]
    pub const fn text(name: &'static str, schema: &'static Schema) -> Self {
        let mut field = Self::new(name, schema);
        if let SchemaType::Text(table) = &schema.ty
            && schema.only_type
        {
            field.text = Some(table);
            (field.sure_from, field.sure_span) = table.sure_lengths();
        }
        field
    }

    /// Asks that the member is present. `null` counts as absent unless the schema allows it.
    #[must_use]
    pub const fn required(mut self, code: &'static Code) -> Self {
        self.required = Some(code);
        self
    }

    /// Sets what the value means for rules of objects and arrays around it.
    #[must_use]
    pub const fn captures(mut self, captures: &'static [Capture]) -> Self {
        self.captures = captures;
        self.compared_slot = match captures {
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

    /// Returns whether the window begins with the name in quotes and a colon.
    #[inline(always)]
    pub(crate) fn begins(&self, window: &[u8; WINDOW]) -> bool {
        self.quoted_name.begins(window)
    }

    /// Returns whether a string of so many bytes is allowed whatever the bytes are.
    #[inline(always)]
    pub(crate) fn surely_allows(&self, length: usize) -> bool {
        length.wrapping_sub(self.sure_from as usize) < self.sure_span as usize
    }
}

impl Capture {
    /// The value is the one that the followers must agree with.
    #[must_use]
    pub const fn reference(slot: u16) -> Self {
        Self { slot, role: CaptureRole::Reference }
    }

    /// The value must agree with the reference.
    #[must_use]
    pub const fn follower(slot: u16) -> Self {
        Self { slot, role: CaptureRole::Follower }
    }

    /// The value is the item key, by which other items refer to the item.
    #[must_use]
    pub const fn item_key(slot: u16) -> Self {
        Self { slot, role: CaptureRole::ItemKey }
    }

    /// With one of these values, the item is barred: no item may refer to it.
    #[must_use]
    pub const fn barred(slot: u16, values: &'static [Scalar]) -> Self {
        Self { slot, role: CaptureRole::Barred(values) }
    }

    /// The value refers to an item, by its item key.
    #[must_use]
    pub const fn link(slot: u16) -> Self {
        Self { slot, role: CaptureRole::Link }
    }
}

/// Returns the index of the field of a name.
///
/// # Panics
///
/// There is none. Tables are statics, so that the build fails.
pub(super) const fn field_index(fields: &[Field], name: &str) -> usize {
    let mut at = 0;
    while at < fields.len() {
        if is_equal(fields[at].name.as_bytes(), name.as_bytes()) {
            return at;
        }
        at += 1;
    }
    panic!("a rule names a field that its object does not have")
}

const fn is_equal(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}
