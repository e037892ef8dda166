//! Values of the wrong type that have only one sensible reading.

use serde_json::{Value, json};

use super::desk::{At, Desk};
use super::finding::Problem;
use super::grammar::{Kind, Object, Type};
use super::words::{in_words, quoted};
use crate::report::nearest;

/// Makes a value fit the type, with a warning where it did not. False: it can't be made to, and an error says so.
pub(super) fn coerce(at: &At<'_>, wanted: Type, value: &mut Value, desk: &mut Desk<'_>) -> bool {
    if fits(wanted, value) {
        return true;
    }
    if let Some((code, reading, read)) = reading(at, wanted, value, desk) {
        let what = format!("{} must be {}, found {}", at.subject(), wanted.wanted(), in_words(value));
        desk.repaired(at, code, what, reading);
        *value = read;
        return true;
    }
    let (subject, found) = (at.subject(), in_words(value));
    let problem = match (wanted, &*value) {
        (Type::OneOf(known), Value::String(text)) => {
            let nearest = nearest(text, known.iter().copied()).map(str::to_owned);
            Problem::UnknownValue { subject, wanted: wanted.wanted(), found, nearest }
        }
        _ => Problem::WrongType { subject, wanted: wanted.wanted(), found },
    };
    desk.push(at, &problem);
    false
}

fn fits(wanted: Type, value: &Value) -> bool {
    match wanted {
        Type::Any => true,
        Type::Text => value.is_string(),
        Type::Flag => value.is_boolean(),
        Type::Number => value.is_number(),
        Type::Count => value.is_u64(),
        Type::OneOf(known) => value.as_str().is_some_and(|text| known.contains(&text)),
        Type::List(_) => value.is_array(),
        Type::Map(_) | Type::Object(_) | Type::OrRef(_) => value.is_object(),
        Type::SchemaOrFlag(_) => value.is_object() || value.is_boolean(),
    }
}

type Reading = (&'static str, String, Value);

fn reading(at: &At<'_>, wanted: Type, value: &Value, desk: &Desk<'_>) -> Option<Reading> {
    match wanted {
        Type::Text if value.is_number() || value.is_boolean() => {
            let text = desk.text_of(at, value);
            Some(("unquoted-text", format!("it is read as the string {}", quoted(&text)), text.into()))
        }
        Type::Flag | Type::SchemaOrFlag(_) if !value.is_object() => {
            let flag = flag(value)?;
            Some(("flag-in-words", format!("it is read as `{flag}`"), flag.into()))
        }
        Type::Number | Type::Count => number(wanted, value),
        Type::OneOf(known) => {
            let text = value.as_str()?.trim();
            let meant = known.iter().find(|known| known.eq_ignore_ascii_case(text))?;
            Some(("letter-case", format!("it is read as `{meant}`"), (*meant).into()))
        }
        Type::List(Type::Text) if value.is_string() => {
            Some(("single-value", "it is read as a list of one".to_owned(), json!([value])))
        }
        Type::List(Type::Map(_)) if value.is_object() => {
            Some(("single-value", "it is read as a list of one".to_owned(), json!([value])))
        }
        Type::List(_) if value.is_null() => Some(empty(json!([]))),
        Type::Map(_) if is_void(value) => Some(empty(json!({}))),
        Type::Object(object) | Type::OrRef(object) => shorthand(object, value),
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

/// A number in quotes, or a whole number with a fraction.
fn number(wanted: Type, value: &Value) -> Option<Reading> {
    let parsed: Value = match value {
        Value::String(text) => serde_json::from_str(text.trim()).ok()?,
        other => other.clone(),
    };
    let float = parsed.as_f64()?;
    let read = if matches!(wanted, Type::Number) || parsed.is_u64() {
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
fn shorthand(object: &'static Object, value: &Value) -> Option<Reading> {
    let (reading, read) = match (object.kind, value) {
        (Kind::Schema, Value::Bool(true)) => ("it is read as the empty schema", json!({})),
        (Kind::Schema, Value::Bool(false)) => {
            ("it is read as a schema that nothing fits", json!({"not": {}}))
        }
        (Kind::Tag | Kind::License, Value::String(name)) => ("it is read as its name", json!({"name": name})),
        (Kind::Server | Kind::ExternalDocs, Value::String(url)) => {
            ("it is read as its URL", json!({"url": url}))
        }
        (Kind::Discriminator, Value::String(name)) => {
            ("it is read as its `propertyName`", json!({"propertyName": name}))
        }
        (Kind::Example, _) => ("it is read as its `value`", json!({"value": value})),
        (Kind::Response, Value::Null) => ("it is read as empty", json!({"description": ""})),
        _ if value.is_null() && object.stub == "{}" => ("it is read as empty", json!({})),
        _ => return None,
    };
    let code = if value.is_null() { "null-value" } else { "shorthand" };
    Some((code, reading.to_owned(), read))
}
