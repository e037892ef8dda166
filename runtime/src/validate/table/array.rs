//! Arrays.

use super::{reference::NoReference, schema::Schema};
use crate::violations::Code;

/// The table of an array: what its schema asks of it.
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
    /// Creates a table that allows any array.
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

    /// Asks for items of this schema.
    #[must_use]
    pub const fn items(mut self, schema: &'static Schema) -> Self {
        self.items = Some(schema);
        self
    }

    /// Asks for at least `min` items. If there are fewer, that is one violation, at the array.
    #[must_use]
    pub const fn min_items(mut self, min: u32, code: &'static Code) -> Self {
        self.min = min;
        self.too_few = Some(code);
        self
    }

    /// Asks for at most `max` items. If there are more, that is one violation, at the array.
    #[must_use]
    pub const fn max_items(mut self, max: u32, code: &'static Code) -> Self {
        self.max = max;
        self.too_many = Some(code);
        self
    }

    /// Forbids equal items.
    #[must_use]
    pub const fn unique_items(mut self, code: &'static Code) -> Self {
        self.unique = Some(code);
        self
    }

    /// Forbids items with the same value of a field.
    #[must_use]
    pub const fn unique_by(mut self, fields: &'static [UniqueBy]) -> Self {
        self.unique_by = fields;
        self
    }

    /// Forbids references to items that are barred.
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

/// A field in which the items of an array must differ. The violation is at the second and every later item of
/// the same value.
#[derive(Debug, Clone, Copy)]
pub struct UniqueBy {
    /// The name of the field in the table of the items' object.
    pub(crate) field: &'static str,
    pub(crate) code: &'static Code,
}

impl UniqueBy {
    /// Creates the rule. `field` is the name of a field of the items' object. Scalars are compared, by value.
    #[must_use]
    pub const fn new(field: &'static str, code: &'static Code) -> Self {
        Self { field, code }
    }
}
