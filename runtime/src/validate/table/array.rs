//! Arrays.

use super::{NoReference, Schema};
use crate::violations::Code;

/// What is asked of an array.
#[derive(Debug, Clone, Copy)]
pub struct Array {
    pub(crate) items: Option<&'static Schema>,
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) too_few: Option<&'static Code>,
    pub(crate) too_many: Option<&'static Code>,
    pub(crate) unique: Option<&'static Code>,
    pub(crate) unique_by: &'static [UniqueBy],
    pub(crate) references: &'static [NoReference],
}

impl Array {
    /// Any array.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            items: None,
            min: 0,
            max: u32::MAX,
            too_few: None,
            too_many: None,
            unique: None,
            unique_by: &[],
            references: &[],
        }
    }

    /// Items of this schema.
    #[must_use]
    pub const fn items(mut self, schema: &'static Schema) -> Self {
        self.items = Some(schema);
        self
    }

    /// At least this many items.
    #[must_use]
    pub const fn min_items(mut self, min: u32, code: &'static Code) -> Self {
        self.min = min;
        self.too_few = Some(code);
        self
    }

    /// At most this many items; more are one violation, at the array.
    #[must_use]
    pub const fn max_items(mut self, max: u32, code: &'static Code) -> Self {
        self.max = max;
        self.too_many = Some(code);
        self
    }

    /// No two items are equal.
    #[must_use]
    pub const fn unique_items(mut self, code: &'static Code) -> Self {
        self.unique = Some(code);
        self
    }

    /// No two items agree in a member.
    #[must_use]
    pub const fn unique_by(mut self, keys: &'static [UniqueBy]) -> Self {
        self.unique_by = keys;
        self
    }

    /// No item refers to one that is barred.
    #[must_use]
    pub const fn no_references(mut self, references: &'static [NoReference]) -> Self {
        self.references = references;
        self
    }
}

impl Default for Array {
    fn default() -> Self {
        Self::new()
    }
}

/// No two items have the same value of a field. It is reported at the second and every later one.
#[derive(Debug, Clone, Copy)]
pub struct UniqueBy {
    /// The name of the field in the table of the items' object.
    pub(crate) field: &'static str,
    pub(crate) code: &'static Code,
}

impl UniqueBy {
    /// `field` is the name of a field of the items' object. Scalars are compared, by value.
    #[must_use]
    pub const fn new(field: &'static str, code: &'static Code) -> Self {
        Self { field, code }
    }
}
