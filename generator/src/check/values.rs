//! What no value, or no Rust type, can be: members of `allOf` that exclude each other, choices that apply at
//! once.

use std::fmt;

use crate::api::{Api, EnumValue, Schema, SchemaId, Shape};
use crate::report::{Finding, NodePart, Report, Severity};

use super::schemas::crossed_limits;
use super::walk;

/// The members of `allOf` have a value in common, as far as types, limits and listed values say so.
pub(super) fn check_members(api: &Api, report: &mut Report) {
    for (id, schema) in api.schemas.iter() {
        let Some(found) = contradiction(api, id) else { continue };
        // Whoever extends a schema that no value fits has nothing else to say.
        if schema.all_of.iter().all(|member| contradiction(api, *member).is_none()) {
            report.push(&schema.at.child("allOf"), &found);
        }
    }
}

/// Returns why no value can fit all members of `allOf`.
fn contradiction(api: &Api, id: SchemaId) -> Option<ValueFinding> {
    if api.schemas[id].all_of.is_empty() {
        return None;
    }
    let parts: Vec<&Schema> =
        walk::closure(api, [id], walk::fixed).into_iter().map(|part| &api.schemas[part]).collect();
    // `null` fits, and so does a value of another type where the type is only implied.
    let states_type = |part: &&&Schema| !matches!(part.shape, Shape::Any | Shape::Alias(_));
    if parts.iter().filter(states_type).all(|part| part.nullable) || parts.iter().any(|part| part.is_implied)
    {
        return None;
    }
    if let Some((first, second)) = two_types(&parts) {
        return Some(ValueFinding::Types { first, second });
    }
    for one in &parts {
        for other in parts.iter().filter(|other| other.at != one.at) {
            if let Some((low, high)) = crossed_limits(&one.shape, &other.shape) {
                return Some(ValueFinding::Limits { low, high });
            }
            if let (Some(listed), Some(others)) = (&one.enumeration, &other.enumeration)
                && !listed.values.iter().any(|value| others.values.iter().any(|other| is_same(value, other)))
            {
                return Some(ValueFinding::Enums);
            }
        }
    }
    None
}

/// Returns whether two values are equal, or are numbers that may be.
fn is_same(one: &EnumValue, other: &EnumValue) -> bool {
    let (one, other) = (&one.value, &other.value);
    one == other || (one.is_number() && other.is_number() && one.as_f64() == other.as_f64())
}

/// Returns two types of which a value can't be both.
fn two_types(parts: &[&Schema]) -> Option<(&'static str, &'static str)> {
    let mut types = parts.iter().filter_map(|part| type_of(&part.shape));
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
    Limits { low: &'static str, high: &'static str },
    Enums,
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
            Self::Limits { low, high } => {
                write!(
                    f,
                    "no value can satisfy this `allOf`: `{low}` of one member is above `{high}` of another"
                )
            }
            Self::Enums => {
                f.write_str("no value can satisfy this `allOf`: two members list values, and share none")
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
            Self::Limits { .. } | Self::Enums => "contradictory-members",
            Self::Choices { .. } => "untyped-composition",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::Types { .. } => "if a value may be of either type, write `oneOf`".to_owned(),
            Self::Limits { .. } | Self::Enums => {
                "a member narrows what the others allow; it can't allow more than they do".to_owned()
            }
            Self::Choices { .. } => "write one choice whose members say all that a value has".to_owned(),
        })
    }

    fn part(&self) -> NodePart {
        NodePart::Key
    }
}
