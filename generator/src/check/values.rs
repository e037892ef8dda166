//! What no value, or no Rust type, can be: types that exclude each other, limits that the format does not
//! reach, choices that apply at once.

use std::fmt;

use crate::api::{Api, Limit, Number, Schema, SchemaId, Shape};
use crate::report::{Finding, NodePart, Report, Severity};

use super::walk;

/// The members of `allOf` have a type in common.
pub(super) fn check_types(api: &Api, report: &mut Report) {
    for (id, schema) in api.schemas.iter() {
        let Some((first, second)) = two_types(api, id) else { continue };
        // Whoever extends a schema that no value fits has nothing else to say.
        if schema.all_of.iter().all(|member| two_types(api, *member).is_none()) {
            report.push(&schema.at.child("allOf"), &ValueFinding::Types { first, second });
        }
    }
}

/// Returns two types of which a value can't be both.
fn two_types(api: &Api, id: SchemaId) -> Option<(&'static str, &'static str)> {
    if api.schemas[id].all_of.is_empty() {
        return None;
    }
    let parts = walk::closure(api, [id], walk::fixed);
    let mut types = parts.into_iter().filter_map(|part| type_of(&api.schemas[part].shape));
    let first = types.next()?;
    let numbers = ["integer", "number"];
    let second =
        types.find(|other| *other != first && !(numbers.contains(&first) && numbers.contains(other)))?;
    Some((first, second))
}

/// Returns the type that a shape states; an object without members may be no more than `required`.
fn type_of(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Object(object) if object.properties.is_empty() => None,
        Shape::Any | Shape::Alias(_) => None,
        Shape::Boolean => Some("boolean"),
        Shape::Integer(_) => Some("integer"),
        Shape::Number(_) => Some("number"),
        Shape::String(_) => Some("string"),
        Shape::Array(_) => Some("array"),
        Shape::Object(_) => Some("object"),
    }
}

/// The formats of integers with the least and the greatest value of each.
const RANGES: [(&str, i128, i128); 8] = [
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("int64", i64::MIN as i128, i64::MAX as i128),
    ("uint8", 0, u8::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
];

/// The limits of an integer lie within its format.
pub(super) fn check_ranges(api: &Api, report: &mut Report) {
    for (_, schema) in api.schemas.iter() {
        let Shape::Integer(number) = &schema.shape else { continue };
        let Some((format, low, high)) =
            RANGES.iter().find(|(name, ..)| Some(*name) == number.format.as_deref())
        else {
            continue;
        };
        for (keyword, limit) in beyond(number, *low, *high) {
            let value = limit.value.to_string();
            let finding = ValueFinding::Range { keyword, value, format };
            report.push(&schema.at.child(keyword), &finding);
        }
    }
}

fn beyond(number: &Number, low: i128, high: i128) -> Vec<(&'static str, &Limit)> {
    let mut found = Vec::new();
    let least = |limit: &Limit| Some(whole(limit)? + i128::from(limit.exclusive));
    let greatest = |limit: &Limit| Some(whole(limit)? - i128::from(limit.exclusive));
    found.extend(
        number.minimum.iter().filter(|limit| least(limit) < Some(low)).map(|limit| ("minimum", limit)),
    );
    found.extend(
        number.maximum.iter().filter(|limit| greatest(limit) > Some(high)).map(|limit| ("maximum", limit)),
    );
    found
}

/// Returns a limit that is written as a whole number.
fn whole(limit: &Limit) -> Option<i128> {
    limit.value.to_string().parse().ok()
}

/// A value is one of each of several choices, and says no more.
pub(super) fn check_choices(api: &Api, report: &mut Report) {
    for (id, schema) in api.schemas.iter() {
        if let Some(count) = choices_at_once(api, id, schema) {
            report.push(&schema.at, &ValueFinding::Choices { count });
        }
    }
}

/// Returns how many choices apply at once where there is nothing else that a Rust type could be made of.
fn choices_at_once(api: &Api, id: SchemaId, schema: &Schema) -> Option<usize> {
    if schema.all_of.is_empty() && (schema.one_of.is_none() || schema.any_of.is_none()) {
        return None;
    }
    let parts = walk::closure(api, [id], walk::fixed);
    let has_own = |part: &SchemaId| {
        let part = &api.schemas[*part];
        part.enumeration.is_some()
            || !matches!(&part.shape, Shape::Any | Shape::Object(_))
            || has_properties(part)
    };
    if parts.iter().any(has_own) {
        return None;
    }
    let unions = parts.iter().flat_map(|part| {
        let schema = &api.schemas[*part];
        let stated = schema.one_of.iter().chain(&schema.any_of);
        // A parent that lists the schema is not another choice.
        stated.filter(|union| *part == id || !union.members.iter().any(|member| parts.contains(member)))
    });
    let unions: Vec<_> = unions.collect();
    let has_members = unions.iter().flat_map(|union| &union.members).any(|member| says_a_type(api, *member));
    (unions.len() > 1 && has_members).then_some(unions.len())
}

fn has_properties(schema: &Schema) -> bool {
    matches!(&schema.shape, Shape::Object(object) if !object.properties.is_empty())
}

/// Returns whether a member does more than constrain the others, as `{required: [a]}` does.
fn says_a_type(api: &Api, id: SchemaId) -> bool {
    let schema = &api.schemas[api.schemas.resolve(id)];
    schema.enumeration.is_some()
        || !walk::members(schema).is_empty()
        || match &schema.shape {
            Shape::Any => false,
            Shape::Object(object) => has_properties(schema) || object.required_elsewhere.is_empty(),
            _ => true,
        }
}

enum ValueFinding {
    Types { first: &'static str, second: &'static str },
    Range { keyword: &'static str, value: String, format: &'static str },
    Choices { count: usize },
}

impl fmt::Display for ValueFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Types { first, second } => {
                write!(
                    f,
                    "no value can satisfy this `allOf`: one member is of type `{first}`, another of type \
                     `{second}`"
                )
            }
            Self::Range { keyword, value, format } => {
                write!(
                    f,
                    "the `{keyword}` {value} is outside the range of the format `{format}`, which all values \
                     are in"
                )
            }
            Self::Choices { count } => {
                write!(f, "a value is one of each of {count} choices at once, which is read as any value")
            }
        }
    }
}

impl Finding for ValueFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Types { .. } => "contradictory-types",
            Self::Range { .. } => "limit-beyond-format",
            Self::Choices { .. } => "untyped-composition",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::Types { .. } => "if a value may be of either type, write `oneOf`".to_owned(),
            Self::Range { .. } => "leave `format` out, or name a wider one such as `int64`".to_owned(),
            Self::Choices { .. } => "write one choice whose members say all that a value has".to_owned(),
        })
    }

    fn part(&self) -> NodePart {
        match self {
            Self::Types { .. } | Self::Choices { .. } => NodePart::Key,
            Self::Range { .. } => NodePart::Value,
        }
    }
}
