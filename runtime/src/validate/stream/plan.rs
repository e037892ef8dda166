//! What can be taken apart: tables in, the way to read a value out.
//!
//! The items of a list are independent of what is around them, unless a rule or a choice around them looks
//! in.

use crate::validate::table::Shape;
use crate::validate::{Additional, Array, Field, Object, Schema};

/// How a list is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Plan {
    /// As a whole.
    Whole,
    /// Item by item.
    Items(List),
    /// Item by item, and nothing is asked of them: a list is out of place here, or unknown.
    Pass,
}

/// The tables of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    /// The member that it is, if it is not the body.
    pub(super) field: Option<&'static Field>,
    pub(super) array: &'static Array,
}

/// The table of an object at the root whose members can be read one after the other.
pub(super) fn object(schema: &'static Schema) -> Option<&'static Object> {
    match &schema.shape {
        Shape::Object(object) if is_plain(schema) && !object.agrees => Some(object),
        _ => None,
    }
}

/// How a list at the root is read.
pub(super) fn root(schema: &'static Schema) -> Plan {
    list(schema, None)
}

/// How a list in a member of the root is read.
pub(super) fn member(object: &'static Object, name: &str) -> Plan {
    let Some(place) = object.fields.iter().position(|field| field.name == name) else {
        return match object.additional {
            Additional::Any | Additional::Reported(_) if object.others.is_none() => Plan::Pass,
            _ => Plan::Whole,
        };
    };
    let field = &object.fields[place];
    if field.captures.is_empty() && !is_asked_for(object, place) {
        list(field.schema, Some(field))
    } else {
        Plan::Whole
    }
}

fn list(schema: &'static Schema, field: Option<&'static Field>) -> Plan {
    match &schema.shape {
        Shape::Array(array) if is_plain(schema) => Plan::Items(List { field, array }),
        Shape::Boolean | Shape::Number(_) | Shape::Text(_) | Shape::Object(_) if is_plain(schema) => {
            Plan::Pass
        }
        _ => Plan::Whole,
    }
}

/// Whether the schema asks for nothing but what its shape says.
fn is_plain(schema: &Schema) -> bool {
    schema.values.is_none() && schema.all.is_empty() && schema.choices.is_empty() && schema.not.is_none()
}

/// Whether a rule depends on the value of the field.
fn is_asked_for(object: &Object, place: usize) -> bool {
    let conditions = object.rules.iter().filter_map(|rule| rule.kind.condition());
    conditions.into_iter().any(|condition| object.is_named(place, condition.field))
}
