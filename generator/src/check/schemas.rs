//! What one schema says about values: limits, patterns, defaults, required names, discriminators.

use std::fmt;

use serde_json::{Number as JsonNumber, Value as Json};

use crate::api::{Additional, Api, Origin, SchemaId, Shape};
use crate::pointer::Pointer;
use crate::report::{Finding, Report, Severity, nearest};

use super::groups::SchemaGroups;
use super::{pattern, walk};

/// A lower limit is not above the upper one.
pub(super) fn check_limits(api: &Api, report: &mut Report) {
    for (_, schema) in api.schemas.iter() {
        if let Some((low, high)) = crossed_limits(&schema.shape, &schema.shape) {
            let related = vec![(schema.at.child(high), "the upper limit".to_owned())];
            report.push_related(&schema.at.child(low), &SchemaFinding::Limits { low, high }, related);
        }
    }
}

/// Returns the keywords of a lower limit of one shape that is above the upper limit of another.
pub(super) fn crossed_limits(one: &Shape, other: &Shape) -> Option<(&'static str, &'static str)> {
    let crossed = |low: Option<u64>, high: Option<u64>| low.zip(high).is_some_and(|(low, high)| low > high);
    let (found, names) = match (one, other) {
        (Shape::String(one), Shape::String(other)) => {
            (crossed(one.min_length, other.max_length), ("minLength", "maxLength"))
        }
        (Shape::Array(one), Shape::Array(other)) => {
            (crossed(one.min_items, other.max_items), ("minItems", "maxItems"))
        }
        (Shape::Object(one), Shape::Object(other)) => {
            (crossed(one.min_properties, other.max_properties), ("minProperties", "maxProperties"))
        }
        (Shape::Integer(one) | Shape::Number(one), Shape::Integer(other) | Shape::Number(other)) => {
            let found = one.minimum.as_ref().zip(other.maximum.as_ref()).is_some_and(|(low, high)| {
                let touching = low.exclusive || high.exclusive;
                let order = low.value.cmp(&high.value);
                order.is_gt() || (touching && order.is_eq())
            });
            (found, ("minimum", "maximum"))
        }
        _ => return None,
    };
    found.then_some(names)
}

/// A pattern has the form of a regular expression, and one that validators can check.
pub(super) fn check_patterns(api: &Api, report: &mut Report) {
    for (_, schema) in api.schemas.iter() {
        for shape in std::iter::once(&schema.shape).chain(&schema.further) {
            if let Shape::String(text) = shape
                && let Some(pattern) = &text.pattern
            {
                check_pattern(pattern, &schema.at.child("pattern"), report);
            }
        }
        for (pattern, _) in schema.beyond.iter().flat_map(|beyond| &beyond.pattern_properties) {
            check_pattern(pattern, &schema.at.child("patternProperties").child(pattern), report);
        }
    }
}

fn check_pattern(pattern: &str, at: &Pointer, report: &mut Report) {
    if let Some(problem) = pattern::problem(pattern) {
        report.push(at, &SchemaFinding::Pattern { problem });
    } else if let Some(problem) = pattern::unchecked(pattern) {
        report.push(at, &SchemaFinding::Unchecked { problem });
    }
}

/// A default has the type of the schema, and is one of the values of the enum.
pub(super) fn check_defaults(api: &Api, report: &mut Report) {
    for (_, schema) in api.schemas.iter() {
        let Some(default) = &schema.default else { continue };
        let expected = type_other_than(&schema.shape, default).filter(|_| !schema.is_implied);
        if let Some(expected) = expected {
            let finding = SchemaFinding::DefaultOfAnotherType { value: default.clone(), expected };
            report.push(&schema.at.child("default"), &finding);
            continue;
        }
        let Some(enumeration) = &schema.enumeration else { continue };
        if !enumeration.values.iter().any(|value| value.value == *default) {
            let known = enumeration.values.iter().filter_map(|value| value.value.as_str());
            let near = default.as_str().and_then(|text| nearest(text, known)).map(str::to_owned);
            let finding = SchemaFinding::Default { value: default.clone(), near };
            report.push(&schema.at.child("default"), &finding);
        }
    }
}

/// Returns the type that the schema states, if the value has another one.
fn type_other_than(shape: &Shape, value: &Json) -> Option<&'static str> {
    let (fits, expected) = match shape {
        Shape::Any | Shape::Alias(_) => return None,
        Shape::Boolean => (value.is_boolean(), "boolean"),
        Shape::Integer(_) => {
            let whole = |number: &JsonNumber| {
                !number.is_f64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
            };
            (value.as_number().is_some_and(whole), "integer")
        }
        Shape::Number(_) => (value.is_number(), "number"),
        Shape::String(_) => (value.is_string(), "string"),
        Shape::Array(_) => (value.is_array(), "array"),
        Shape::Object(_) => (value.is_object(), "object"),
    };
    (!fits).then_some(expected)
}

/// A required name is a property: of the schema itself, or of one that it is composed with. Below `not` it is
/// forbidden, which may well be said of a name that nothing describes.
pub(super) fn check_required(api: &Api, report: &mut Report) {
    let groups = SchemaGroups::of(api);
    for (id, schema) in api.schemas.iter() {
        let Shape::Object(object) = &schema.shape else { continue };
        if matches!(schema.origin, Origin::Keyword { .. }) {
            // It is said of a value that another schema describes.
            continue;
        }
        // A pattern may have the name.
        let has_patterns = schema.beyond.as_ref().is_some_and(|beyond| !beyond.pattern_properties.is_empty());
        let open = has_patterns || matches!(object.additional, Additional::Any | Additional::Schema(_));
        if object.required_elsewhere.is_empty() || open {
            continue;
        }
        let known = groups.known(id);
        let required = object.required_elsewhere.iter().zip(&object.required_entries);
        for (name, index) in required.filter(|(name, _)| !known.iter().any(|of| of.contains(name.as_str()))) {
            let near = nearest(name, known.iter().flat_map(|of| of.iter().copied())).map(str::to_owned);
            if near.is_none() && groups.is_below_not(id) {
                continue;
            }
            let is_closed = object.additional == Additional::Forbidden;
            let finding = SchemaFinding::Required { name: name.clone(), near, is_closed };
            let at = schema.at.child("required").child(index);
            // An entry that is no name has been reported as that.
            if !report.diagnostics.iter().any(|known| known.at == at) {
                report.push(&at, &finding);
            }
        }
    }
}

/// No member is both `readOnly` and `writeOnly`: by itself, or by one flag beside a schema with the other.
pub(super) fn check_directions(api: &Api, report: &mut Report) {
    for (id, schema) in api.schemas.iter().filter(|(_, schema)| schema.read_only || schema.write_only) {
        if schema.read_only && schema.write_only {
            report.push(&schema.at.child("writeOnly"), &SchemaFinding::Directions);
            continue;
        }
        let (own, other) =
            if schema.read_only { ("readOnly", "writeOnly") } else { ("writeOnly", "readOnly") };
        let mut parts = walk::closure(api, [id], walk::fixed).into_iter().map(|id| &api.schemas[id]);
        let opposite = parts.find(|part| if schema.read_only { part.write_only } else { part.read_only });
        if let Some(part) = opposite {
            let related = vec![(part.at.child(other), format!("it is `{other}` here"))];
            report.push_related(&schema.at.child(own), &SchemaFinding::Directions, related);
        }
    }
}

/// The property of a discriminator is one of every schema that it chooses from.
pub(super) fn check_discriminators(api: &Api, report: &mut Report) {
    for (id, schema) in api.schemas.iter() {
        let Some(discriminator) = &schema.discriminator else { continue };
        let at = schema.at.child("discriminator").child("propertyName");
        let mut chosen: Vec<SchemaId> = discriminator.mapping.iter().map(|(_, schema)| *schema).collect();
        if chosen.is_empty() {
            chosen.push(id);
        }
        chosen.dedup();
        let lacking =
            chosen.into_iter().filter(|id| walk::property(api, *id, &discriminator.property).is_none());
        let related: Vec<_> =
            lacking.map(|id| (api.schemas[id].at.clone(), "it has no such property".to_owned())).collect();
        if !related.is_empty() {
            let property = discriminator.property.clone();
            report.push_related(&at, &SchemaFinding::Discriminator { property }, related);
        }
    }
}

enum SchemaFinding {
    Limits { low: &'static str, high: &'static str },
    Pattern { problem: String },
    Unchecked { problem: String },
    Default { value: Json, near: Option<String> },
    DefaultOfAnotherType { value: Json, expected: &'static str },
    Required { name: String, near: Option<String>, is_closed: bool },
    Discriminator { property: String },
    Directions,
}

impl fmt::Display for SchemaFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Limits { low, high } => write!(f, "no value can satisfy both `{low}` and `{high}`"),
            Self::Pattern { problem } => write!(f, "the pattern is not a regular expression: {problem}"),
            Self::Unchecked { problem } => {
                write!(f, "validators do not check this pattern: {problem}")
            }
            Self::Default { value, .. } => write!(f, "the default `{value}` is not in the enum"),
            Self::DefaultOfAnotherType { value, expected } => {
                write!(f, "the default `{value}` is not of type `{expected}`")
            }
            Self::Required { name, is_closed, .. } => {
                let closed = if *is_closed { ", which has no others: no value can pass" } else { "" };
                write!(f, "`{name}` is required but is not a property of the schema{closed}")
            }
            Self::Directions => {
                f.write_str("the value is `readOnly` and `writeOnly`, so that nobody may send it")
            }
            Self::Discriminator { property } => {
                write!(
                    f,
                    "the discriminator's property `{property}` is not one of every schema to choose from"
                )
            }
        }
    }
}

impl Finding for SchemaFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Limits { .. } => "contradictory-limits",
            Self::Pattern { .. } => "invalid-pattern",
            Self::Unchecked { .. } => "unchecked-pattern",
            Self::Default { .. } => "default-not-in-enum",
            Self::DefaultOfAnotherType { .. } => "default-of-another-type",
            Self::Required { .. } => "required-not-a-property",
            Self::Discriminator { .. } => "discriminator-not-a-property",
            Self::Directions => "no-direction",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Limits { .. } | Self::Pattern { .. } => Severity::Error,
            _ => Severity::Warning,
        }
    }

    fn reading(&self) -> Option<&'static str> {
        match self {
            Self::Limits { .. } => Some("validators accept none"),
            Self::Pattern { .. } => Some("it is not checked"),
            _ => None,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Default { near, .. } | Self::Required { near, .. } => {
                near.as_ref().map(|near| format!("did you mean `{near}`?"))
            }
            Self::Unchecked { .. } => Some(
                "write it with what every dialect reads; several patterns go into members of `allOf`"
                    .to_owned(),
            ),
            Self::Directions => Some("keep the one that is meant, or neither".to_owned()),
            Self::DefaultOfAnotherType {
                value: value @ (Json::Bool(_) | Json::Number(_)),
                expected: "string",
            } => Some(format!("put it in quotes: \"{value}\"")),
            _ => None,
        }
    }
}
