//! How lists are read, by their tables.
//!
//! The items of a list are independent of what is around them, unless a rule or a choice around them needs
//! them.

use crate::validate::table::{Additional, Array, Field, Object, Schema, SchemaType};

/// How a list is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum ListMode {
    /// As a whole.
    Whole,
    /// Item by item.
    Items(ListTables),
    /// Item by item, without validating them: the schema allows no list here, or does not know the member.
    Skip,
}

/// The tables of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListTables {
    /// The field of the list, if it is not the body.
    pub(super) field: Option<&'static Field>,
    pub(super) array: &'static Array,
}

/// Returns the table of an object at the root, if its members can be read one after the other.
pub(super) fn object(schema: &'static Schema) -> Option<&'static Object> {
    match &schema.ty {
        SchemaType::Object(object) if only_type(schema) && !object.agrees => Some(object),
        _ => None,
    }
}

/// Returns how a list at the root is read.
pub(super) fn of_root(schema: &'static Schema) -> ListMode {
    list(schema, None)
}

/// Returns how a list in a member of the root is read.
pub(super) fn of_member(object: &'static Object, name: &str) -> ListMode {
    let Some(index) = object.fields.iter().position(|field| field.name == name) else {
        return match object.additional {
            Additional::Any | Additional::Reported(_) if object.others.is_none() => ListMode::Skip,
            _ => ListMode::Whole,
        };
    };
    let field = &object.fields[index];
    if field.captures.is_empty() && !decides(object, index) {
        list(field.schema, Some(field))
    } else {
        ListMode::Whole
    }
}

fn list(schema: &'static Schema, field: Option<&'static Field>) -> ListMode {
    match &schema.ty {
        SchemaType::Array(array) if only_type(schema) => ListMode::Items(ListTables { field, array }),
        SchemaType::Boolean | SchemaType::Number(_) | SchemaType::Text(_) | SchemaType::Object(_)
            if only_type(schema) =>
        {
            ListMode::Skip
        }
        _ => ListMode::Whole,
    }
}

/// Returns whether the schema asks for nothing beyond its type, except card numbers.
fn only_type(schema: &Schema) -> bool {
    schema.values.is_none()
        && schema.all.is_empty()
        && schema.choices.is_empty()
        && schema.not.is_none()
        && schema.beyond.is_empty()
}

/// Returns whether the field is the condition of a rule.
fn decides(object: &Object, index: usize) -> bool {
    let conditions = object.rules.iter().filter_map(|rule| rule.kind.condition());
    conditions.into_iter().any(|condition| object.is_named(index, condition.field))
}
