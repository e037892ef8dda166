//! The size of a definition, for the line that a run prints and for the README of the crate.

use crate::api::{Api, Schema, Shape};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Component schemas.
    pub(crate) schemas: usize,
    pub(crate) operations: usize,
    pub(crate) rules: usize,
}

impl Counts {
    pub(crate) fn of(api: &Api) -> Self {
        let components = api.schemas.iter().filter(|(_, schema)| schema.origin.is_component());
        Self { schemas: components.count(), operations: api.operations.len(), rules: rules(api) }
    }
}

/// Returns the number of rules for validators: one for each constraining keyword and each rule of an
/// extension.
fn rules(api: &Api) -> usize {
    api.schemas.iter().map(|(_, schema)| schema.rules.len() + keywords(schema)).sum()
}

fn keywords(schema: &Schema) -> usize {
    let own = match &schema.shape {
        Shape::Integer(number) | Shape::Number(number) => {
            set(number.minimum.as_ref())
                + set(number.maximum.as_ref())
                + set(number.multiple_of.as_ref())
                + set(number.format.as_ref())
        }
        Shape::String(text) => {
            usize::from(text.min_length.is_some() || text.max_length.is_some())
                + set(text.pattern.as_ref())
                + set(text.format.as_ref())
        }
        Shape::Array(array) => {
            usize::from(array.min_items.is_some() || array.max_items.is_some())
                + usize::from(array.unique_items)
        }
        Shape::Object(object) => {
            object.properties.iter().filter(|property| property.required).count()
                + object.required_elsewhere.len()
                + usize::from(object.min_properties.is_some() || object.max_properties.is_some())
        }
        Shape::Any | Shape::Alias(_) | Shape::Boolean => 0,
    };
    own + set(schema.enumeration.as_ref())
}

fn set<T>(keyword: Option<&T>) -> usize {
    usize::from(keyword.is_some())
}
