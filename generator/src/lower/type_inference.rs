//! The type of a schema: the one that it states, or else the one that its keywords imply.
//!
//! The keywords of objects or arrays imply these types, and so do the values of `enum`; `pattern`, lengths or
//! a string's format imply a string, numeric limits a number (these two with a warning, as JSON Schema would
//! let other types pass).

use std::fmt;

use serde_json::Value as Json;

use crate::pointer::Pointer;
use crate::report::{Finding, Report, Severity};

use super::constraint::{check_foreign_keywords, check_lone_flags};
use super::input::{Input, RawObject};
use super::referable::through_references;
use super::schema_type::{
    OF_ARRAYS, OF_ARRAYS_BEYOND, OF_NUMBERS, OF_OBJECTS, OF_OBJECTS_BEYOND, OF_STRINGS, SchemaType,
};

/// Formats that imply a type where nothing else does.
const FORMATS: [(&str, SchemaType); 19] = [
    ("int32", SchemaType::Integer),
    ("int64", SchemaType::Integer),
    ("float", SchemaType::Number),
    ("double", SchemaType::Number),
    ("byte", SchemaType::String),
    ("binary", SchemaType::String),
    ("date", SchemaType::String),
    ("date-time", SchemaType::String),
    ("password", SchemaType::String),
    ("uuid", SchemaType::String),
    ("email", SchemaType::String),
    ("uri", SchemaType::String),
    ("country-code", SchemaType::String),
    ("currency-code", SchemaType::String),
    ("local-date-time", SchemaType::String),
    ("uri-reference", SchemaType::String),
    ("hostname", SchemaType::String),
    ("ipv4", SchemaType::String),
    ("ipv6", SchemaType::String),
];

/// What a schema says of the types of values.
pub(super) struct ReadType {
    /// The type of models; `None`: any value.
    pub(super) schema_type: Option<SchemaType>,
    /// Keywords imply the type, and values of other types are valid too.
    pub(super) is_implied: bool,
    /// Other types that keywords speak of.
    pub(super) further: Vec<SchemaType>,
}

/// Returns what a schema of JSON Schema 2020-12 says of types: there a keyword speaks only of values of its own
/// type.
fn spoken_of(raw: RawObject<'_>) -> ReadType {
    let stated = |schema_type| ReadType { schema_type, is_implied: false, further: Vec::new() };
    if let Some(text) = raw.text("type") {
        return stated(SchemaType::from_name(&text));
    }
    let has_any = |keywords: &[&str]| keywords.iter().any(|keyword| raw.has(keyword));
    let of_format = || {
        let format = raw.text("format")?;
        FORMATS.iter().find(|(name, _)| *name == format).map(|(_, of)| *of)
    };
    let mut types = Vec::new();
    if has_any(OF_OBJECTS) || has_any(OF_OBJECTS_BEYOND) {
        types.push(SchemaType::Object);
    }
    if has_any(OF_ARRAYS) || has_any(OF_ARRAYS_BEYOND) {
        types.push(SchemaType::Array);
    }
    let of_values = raw.get("enum").and_then(Json::as_array).and_then(|values| type_of_all(values));
    if types.is_empty() && of_values.is_some() {
        return stated(of_values);
    }
    let of_format = of_format();
    if has_any(OF_STRINGS) || of_format == Some(SchemaType::String) {
        types.push(SchemaType::String);
    }
    let is_number = matches!(of_format, Some(SchemaType::Number | SchemaType::Integer));
    if has_any(OF_NUMBERS) || is_number {
        types.push(SchemaType::Number);
    }
    let mut types = types.into_iter();
    let schema_type = types.next();
    ReadType { schema_type, is_implied: schema_type.is_some(), further: types.collect() }
}

/// Returns the type that a schema states, or that its keywords imply.
pub(super) fn schema_type<'d>(
    input: Input<'d>,
    report: &mut Report,
    at: &Pointer,
    raw: RawObject<'d>,
    composed: bool,
) -> ReadType {
    if input.document.follows_json_schema() {
        return spoken_of(raw);
    }
    check_lone_flags(report, at, raw);
    let schema_type = if let Some(text) = raw.text("type") {
        SchemaType::from_name(&text)
    } else {
        let schema_type = inferred(input, report, at, raw, composed);
        check_foreign_keywords(report, at, raw, schema_type);
        schema_type
    };
    ReadType { schema_type, is_implied: false, further: Vec::new() }
}

fn inferred<'d>(
    input: Input<'d>,
    report: &mut Report,
    at: &Pointer,
    raw: RawObject<'d>,
    composed: bool,
) -> Option<SchemaType> {
    let first = |keywords: &[&'static str]| keywords.iter().copied().find(|keyword| raw.has(keyword));
    if first(OF_OBJECTS).or(first(OF_OBJECTS_BEYOND)).is_some() {
        return Some(SchemaType::Object);
    }
    if first(OF_ARRAYS).or(first(OF_ARRAYS_BEYOND)).is_some() {
        return Some(SchemaType::Array);
    }
    if let Some(schema_type) = raw.get("enum").and_then(Json::as_array).and_then(|values| type_of_all(values))
    {
        return Some(schema_type);
    }
    let format = raw.text("format");
    let of_format = FORMATS.iter().find(|(name, _)| Some(*name) == format.as_deref());
    let (keyword, schema_type) = if let Some(keyword) = first(OF_STRINGS) {
        (keyword, SchemaType::String)
    } else if let Some(keyword) = first(OF_NUMBERS) {
        (keyword, SchemaType::Number)
    } else {
        ("format", of_format?.1)
    };
    if !composed && !is_typed_around(input, at) {
        report.push(at, &MissingType { keyword, read_as: schema_type.name() });
    }
    Some(schema_type)
}

/// Returns whether the schema is a member of one that states the type itself, or through another member of
/// `allOf`.
fn is_typed_around(input: Input<'_>, at: &Pointer) -> bool {
    let mut budget = BUDGET;
    let mut at = at.clone();
    while let [.., keyword, index] = at.tokens()
        && index.parse::<usize>().is_ok()
        && COMPOSING.contains(&keyword.as_str())
        && let Some(whole) = at.parent().and_then(|list| list.parent())
    {
        if states_type(input, &whole, &mut budget) {
            return true;
        }
        at = whole;
    }
    false
}

/// Returns whether a schema states its type: itself, through a reference, or through a member of `allOf`.
fn states_type(input: Input<'_>, at: &Pointer, budget: &mut usize) -> bool {
    let Some(rest) = budget.checked_sub(1) else { return false };
    *budget = rest;
    let raw = input.raw(at);
    if let Some(reference) = raw.text("$ref") {
        let target = Pointer::parse(&reference);
        let target = target.and_then(|target| through_references(input.document, &target));
        return target.is_some_and(|target| states_type(input, &target, budget));
    }
    let members = raw.get("allOf").and_then(Json::as_array).map_or(0, Vec::len);
    let list = at.child("allOf");
    raw.has("type") || (0..members).any(|index| states_type(input, &list.child(index), budget))
}

/// The keywords whose members say something about the same value as the schema around them.
const COMPOSING: [&str; 3] = ["allOf", "oneOf", "anyOf"];
/// How many schemas are visited before one is taken for a schema without a type.
const BUDGET: usize = 64;

/// Returns the type that all values have in common.
fn type_of_all(values: &[Json]) -> Option<SchemaType> {
    let mut types = values.iter().filter(|value| !value.is_null()).map(|value| match value {
        Json::Bool(_) => Some(SchemaType::Boolean),
        Json::Number(number) if number.is_f64() => Some(SchemaType::Number),
        Json::Number(_) => Some(SchemaType::Integer),
        Json::String(_) => Some(SchemaType::String),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    });
    let first = types.next()??;
    types.all(|other| other == Some(first)).then_some(first)
}

/// A type that is read into a schema.
struct MissingType {
    keyword: &'static str,
    read_as: &'static str,
}

impl fmt::Display for MissingType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the schema has `{}` but no `type`; read as `{}`", self.keyword, self.read_as)
    }
}

impl Finding for MissingType {
    fn is_of_defect(&self) -> bool {
        true
    }

    fn code(&self) -> &'static str {
        "missing-type"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some(format!("add `type: {}`", self.read_as))
    }
}
