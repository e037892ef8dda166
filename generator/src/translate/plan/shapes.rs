//! Schemas without a choice: which of their parts decides the type, and how wide an integer must be.

use serde_json::Value as Json;

use super::flat::{self, Flat};
use super::parts;
use super::plans::Plan;
use crate::api::{Additional, Api, Schema, SchemaId, Shape};
use crate::decimal::Decimal;

/// Returns the plan of a schema that is neither enum nor union: that of its most specific part.
///
/// A member of `allOf` that only adds a limit has a shape too, inferred from the limit; it is less specific
/// than one with a format or with items, and than those before it.
pub(super) fn plain(api: &Api, parts: &[SchemaId], flat: Flat) -> Plan {
    let mut deciding: Option<&Shape> = None;
    for part in parts {
        let schema = &api.schemas[*part];
        let shape = &schema.shape;
        if says_nothing_of_type(schema) {
            continue;
        }
        if weight(shape) > deciding.map_or(0, weight) {
            deciding = Some(shape);
        }
    }
    match deciding {
        None | Some(Shape::Any | Shape::Alias(_)) => {
            parts.iter().rev().find_map(|part| guessed(&api.schemas[*part])).unwrap_or(Plan::Any)
        }
        Some(Shape::Object(_)) => object(api, parts, flat),
        Some(Shape::Array(_)) => list(api, parts, flat.items),
        Some(Shape::Boolean) => Plan::Boolean,
        Some(Shape::Integer(number)) => integer(api, parts, number.format.as_ref()),
        Some(Shape::Number(number)) => Plan::Number(number.format.clone()),
        Some(Shape::String(text)) => Plan::String(text.format.clone()),
    }
}

/// Returns whether limits of strings or numbers are all that implies a type: a value of another type is
/// valid.
fn says_nothing_of_type(schema: &Schema) -> bool {
    schema.is_implied && matches!(schema.shape, Shape::String(_) | Shape::Number(_))
}

/// Most traits of Rust are implemented for tuples of up to so many items.
const LONGEST_TUPLE: usize = 12;

/// Returns the plan of an array. Where the first items have schemas of their own, it is a tuple if every
/// valid value has these items and no others, or else a list of values of any type.
fn list(api: &Api, parts: &[SchemaId], items: Option<SchemaId>) -> Plan {
    let first_items = |part: &SchemaId| {
        let beyond = api.schemas[*part].beyond.as_deref()?;
        (!beyond.prefix_items.is_empty()).then_some(&beyond.prefix_items)
    };
    let mut stated = parts.iter().filter_map(first_items);
    let (first, others) = (stated.next(), stated.next());
    let Some(first) = first else { return Plan::Vec(items) };
    let length = first.len() as u64;
    let arrays = || {
        parts.iter().filter_map(|part| match &api.schemas[*part].shape {
            Shape::Array(array) => Some(array),
            _ => None,
        })
    };
    let has_all = arrays().any(|array| array.min_items.is_some_and(|least| least >= length));
    let ends = |further: Option<SchemaId>| further.is_some_and(|further| parts::is_nothing(api, further));
    let has_no_others = arrays()
        .any(|array| array.max_items.is_some_and(|most| most <= length) || ends(array.items))
        || parts
            .iter()
            .any(|part| ends(api.schemas[*part].beyond.as_ref().and_then(|beyond| beyond.unevaluated_items)));
    if others.is_none() && has_all && has_no_others && first.len() <= LONGEST_TUPLE {
        Plan::Tuple(first.clone())
    } else {
        Plan::Vec(None)
    }
}

/// Returns how specific a shape is.
fn weight(shape: &Shape) -> usize {
    match shape {
        Shape::Any | Shape::Alias(_) => 0,
        Shape::Integer(number) | Shape::Number(number) if number.format.is_some() => 3,
        Shape::String(text) if text.format.is_some() => 3,
        Shape::Array(array) if array.items.is_some() => 3,
        Shape::Object(object) if !object.properties.is_empty() => 3,
        Shape::Integer(_) => 2,
        Shape::Boolean | Shape::Number(_) | Shape::String(_) | Shape::Array(_) | Shape::Object(_) => 1,
    }
}

/// Returns the type of all values of an `enum` without a type.
fn guessed(schema: &Schema) -> Option<Plan> {
    let values = &schema.enumeration.as_ref()?.values;
    let all = |test: fn(&Json) -> bool| !values.is_empty() && values.iter().all(|value| test(&value.value));
    if all(Json::is_boolean) {
        Some(Plan::Boolean)
    } else if all(Json::is_number) {
        Some(Plan::Number(None))
    } else {
        None
    }
}

fn object(api: &Api, parts: &[SchemaId], mut flat: Flat) -> Plan {
    if !flat.properties.is_empty() {
        flat::keep_named(api, parts, &mut flat);
        return Plan::Struct(flat);
    }
    let forbids = |part: &SchemaId| match &api.schemas[*part].shape {
        Shape::Object(own) => own.additional == Additional::Forbidden,
        _ => false,
    };
    match flat.additional {
        Additional::Schema(id) => Plan::Map(Some(id)),
        Additional::Forbidden => Plan::Struct(flat),
        Additional::Unstated if parts.iter().any(forbids) => Plan::Struct(flat),
        Additional::Unstated | Additional::Any => Plan::Map(None),
    }
}

/// An integer without a format is as wide as its stated limits and values.
fn integer(api: &Api, parts: &[SchemaId], format: Option<&String>) -> Plan {
    let stated: Vec<Decimal> = parts.iter().flat_map(|part| stated(&api.schemas[*part])).collect();
    let listed: Vec<Decimal> = parts.iter().flat_map(|part| listed(&api.schemas[*part])).collect();
    let fits_format = listed.iter().all(Decimal::is_i64);
    if stated.iter().chain(&listed).all(Decimal::is_i64) || (format.is_some() && fits_format) {
        return Plan::Integer(format.cloned());
    }
    let may_be_negative = if listed.is_empty() {
        !parts.iter().any(|part| starts_at_zero(&api.schemas[*part].shape))
    } else {
        !listed.iter().all(Decimal::is_u64)
    };
    let within = stated.iter().chain(&listed).all(Decimal::is_u64);
    if within && !may_be_negative {
        return Plan::Integer(Some("uint64".to_owned()));
    }
    Plan::Number(None)
}

/// Returns the limits of an integer.
fn stated(schema: &Schema) -> Vec<Decimal> {
    let (Shape::Integer(number) | Shape::Number(number)) = &schema.shape else { return Vec::new() };
    number.minimum.iter().chain(&number.maximum).map(|limit| limit.value.clone()).collect()
}

/// Returns the numbers in `enum`.
fn listed(schema: &Schema) -> Vec<Decimal> {
    let values = schema.enumeration.iter().flat_map(|enumeration| &enumeration.values);
    values.filter_map(|value| value.value.as_number()).map(Decimal::from).collect()
}

fn starts_at_zero(shape: &Shape) -> bool {
    let (Shape::Integer(number) | Shape::Number(number)) = shape else { return false };
    number.minimum.as_ref().is_some_and(|minimum| minimum.value.is_u64())
}
