//! Values of the wrong type that have only one sensible reading.

use serde_json::{Value, json};

use super::context::RepairContext;
use super::describe::{describe, quoted};
use super::finding::{LEFT_OUT, Problem};
use super::grammar::{ObjectDef, ObjectName, TYPES, ValueType};
use super::node_path::NodePath;
use crate::report::{Fix, nearest};

/// Converts a value to the expected type, with a warning if that changes it. Returns false, after an error,
/// if it can't be converted.
pub(super) fn coerce(
    at: &NodePath<'_>,
    wanted: ValueType,
    value: &mut Value,
    context: &mut RepairContext<'_>,
) -> bool {
    if fits(wanted, value) {
        return true;
    }
    if let Some((code, reading, read)) = reading(at, wanted, value, context) {
        let what = format!("{} must be {}, found {}", at.subject(), wanted.wanted(), describe(value));
        context.mended(at, code, what, reading, fix(&read));
        *value = read;
        return true;
    }
    let (subject, found, reading) = (at.subject(), describe(value), reading_without(wanted));
    let problem = match (wanted, &*value) {
        (ValueType::OneOf(known), Value::String(text)) => {
            let nearest = nearest(text, known.iter().copied()).map(str::to_owned);
            Problem::UnknownValue { subject, wanted: wanted.wanted(), found, nearest, reading }
        }
        _ => Problem::WrongType { subject, wanted: wanted.wanted(), found, reading },
    };
    context.push(at, &problem);
    false
}

/// Returns how to write what was read; `None` where it is more than a scalar or a list of one.
fn fix(read: &Value) -> Option<Fix> {
    match read {
        Value::String(text) => Some(Fix::Text(text.clone())),
        Value::Array(entries) if matches!(&entries[..], [Value::String(_)]) => {
            Some(Fix::Literal(read.to_string()))
        }
        Value::Bool(_) | Value::Number(_) => Some(Fix::Literal(read.to_string())),
        _ => None,
    }
}

fn fits(wanted: ValueType, value: &Value) -> bool {
    match wanted {
        ValueType::Any => true,
        ValueType::Text => value.is_string(),
        ValueType::Flag => value.is_boolean(),
        ValueType::Number => value.is_number(),
        ValueType::Count => value.is_u64(),
        ValueType::OneOf(known) => value.as_str().is_some_and(|text| known.contains(&text)),
        ValueType::List(_) => value.is_array(),
        ValueType::Map(_) | ValueType::Object(_) | ValueType::OrRef(_) => value.is_object(),
        ValueType::SchemaOrFlag(_) => value.is_object() || value.is_boolean(),
    }
}

/// Returns how a value that can't be read is read when the run goes on.
fn reading_without(wanted: ValueType) -> &'static str {
    match wanted {
        ValueType::OneOf(names) if names == TYPES => "the schema is read as any value",
        _ if wanted.is_schema() => "it is read as any value",
        _ => LEFT_OUT,
    }
}

type Reading = (&'static str, String, Value);

fn reading(
    at: &NodePath<'_>,
    wanted: ValueType,
    value: &Value,
    context: &RepairContext<'_>,
) -> Option<Reading> {
    match wanted {
        ValueType::Text if value.is_number() || value.is_boolean() => {
            let text = context.text_of(at, value);
            Some(("unquoted-text", format!("it is read as the string {}", quoted(&text)), text.into()))
        }
        ValueType::Flag | ValueType::SchemaOrFlag(_) if !value.is_object() => {
            let flag = flag(value)?;
            Some(("flag-as-text", format!("it is read as `{flag}`"), flag.into()))
        }
        ValueType::Number | ValueType::Count => number(wanted, value),
        ValueType::OneOf(known) => {
            let text = value.as_str()?.trim();
            let meant = known.iter().find(|known| known.eq_ignore_ascii_case(text))?;
            Some(("letter-case", format!("it is read as `{meant}`"), (*meant).into()))
        }
        ValueType::List(ValueType::Text) if value.is_string() => {
            Some(("single-value", "it is read as a list of one".to_owned(), json!([value])))
        }
        ValueType::List(ValueType::Map(_)) if value.is_object() => {
            Some(("single-value", "it is read as a list of one".to_owned(), json!([value])))
        }
        ValueType::List(_) if value.is_null() => Some(empty(json!([]))),
        ValueType::Map(_) if is_void(value) => Some(empty(json!({}))),
        ValueType::Object(object) | ValueType::OrRef(object) => shorthand(object, value),
        _ => None,
    }
}

fn flag(value: &Value) -> Option<bool> {
    let text = value.as_str().map(|text| text.trim().to_ascii_lowercase());
    match text.as_deref() {
        Some("true" | "yes" | "on" | "y" | "required") => Some(true),
        Some("false" | "no" | "off" | "n" | "optional") => Some(false),
        Some(_) => None,
        None => value.as_u64().filter(|number| *number < 2).map(|number| number == 1),
    }
}

fn empty(value: Value) -> Reading {
    ("null-value", "it is read as empty".to_owned(), value)
}

/// Nothing, or PHP's way to write an empty mapping.
fn is_void(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// Reads a number in quotes, or a whole number with a fraction.
fn number(wanted: ValueType, value: &Value) -> Option<Reading> {
    let parsed: Value = match value {
        Value::String(text) => serde_json::from_str(text.trim()).ok()?,
        other => other.clone(),
    };
    let float = parsed.as_f64()?;
    let read = if matches!(wanted, ValueType::Number) || parsed.is_u64() {
        parsed
    } else if float.fract() == 0.0 && (0.0..1e15).contains(&float) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was checked")]
        Value::from(float as u64)
    } else if float >= 1e15 {
        // No length and no count comes near: the keyword allows everything, or nothing, just as before.
        Value::from(u64::MAX)
    } else {
        return None;
    };
    let code = if value.is_string() { "quoted-number" } else { "fractional-count" };
    Some((code, format!("it is read as {read}"), read))
}

/// Short forms that other versions allow, and nodes without a value.
fn shorthand(object: &'static ObjectDef, value: &Value) -> Option<Reading> {
    let (reading, read) = match (object.name, value) {
        (ObjectName::Schema, Value::Bool(true)) => ("it is read as the empty schema", json!({})),
        (ObjectName::Schema, Value::Bool(false)) => {
            ("it is read as a schema that nothing fits", json!({"not": {}}))
        }
        (ObjectName::Tag | ObjectName::License, Value::String(name)) => {
            ("it is read as its name", json!({"name": name}))
        }
        (ObjectName::Server | ObjectName::ExternalDocs, Value::String(url)) => {
            ("it is read as its URL", json!({"url": url}))
        }
        (ObjectName::Discriminator, Value::String(name)) => {
            ("it is read as its `propertyName`", json!({"propertyName": name}))
        }
        (ObjectName::Example, _) => ("it is read as its `value`", json!({"value": value})),
        (ObjectName::Response, Value::Null) => ("it is read as empty", json!({"description": ""})),
        _ if value.is_null() && object.stub == "{}" => ("it is read as empty", json!({})),
        _ => return None,
    };
    let code = if value.is_null() { "null-value" } else { "shorthand" };
    Some((code, reading.to_owned(), read))
}
