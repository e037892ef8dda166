//! `enum` values whose type is not the schema's.

use serde_json::Value;

use super::defect::{Defect, Repair, text};
use crate::parse::context::{Mapping, RepairContext};
use crate::parse::describe::describe;
use crate::parse::grammar::ObjectName;
use crate::parse::node_path::NodePath;
use crate::report::Fix;

pub(super) const REPAIRS: &[Repair] = &[
    Repair { code: "enum-single", objects: &[ObjectName::Schema], apply: single },
    Repair { code: "enum-type-mismatch", objects: &[ObjectName::Schema], apply: value_type },
];

/// `enum: a` for `enum: [a]`.
fn single(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(value) = schema.get("enum") else { return };
    if value.is_string() || value.is_number() || value.is_boolean() {
        let list = Value::Array(vec![value.clone()]);
        let fix = Fix::Literal(list.to_string());
        defect.mended("enum", "`enum` must be a list", "it is read as a list of one", Some(fix));
        schema.insert("enum".to_owned(), list);
    }
}

/// Values that YAML takes for numbers or booleans, and numbers in quotes. Values keep their position: the
/// lists beside `enum` count on it.
fn value_type(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(kind) = text(schema, "type").map(str::to_owned) else { return };
    let Some(Value::Array(values)) = schema.get_mut("enum") else { return };
    let list = defect.at.key("enum");
    for (index, value) in values.iter_mut().enumerate() {
        let at = list.index(index);
        if kind == "integer" {
            whole(&at, value, defect.context);
        }
        if value.is_null() || fits(&kind, value) {
            continue;
        }
        let what = format!("a value of `enum` must fit the type `{kind}`, found {}", describe(value));
        let read = match (kind.as_str(), &*value) {
            ("string", Value::Number(_) | Value::Bool(_)) => {
                Some(Value::from(defect.context.text_of(&at, value)))
            }
            ("integer" | "number", Value::String(text)) => {
                defect.context.number_in(&at, text).map(|mut read| {
                    whole(&at, &mut read, defect.context);
                    read
                })
            }
            ("boolean", Value::String(text)) => serde_json::from_str(text).ok(),
            _ => None,
        };
        // Values that can't be converted stay, and `lower` reports them.
        if let Some(read) = read.filter(|read| fits(&kind, read)) {
            let fix = match &read {
                Value::String(text) => Fix::Text(text.clone()),
                other => Fix::Literal(other.to_string()),
            };
            defect.context.mended(&at, defect.code, what, format!("it is read as {read}"), Some(fix));
            *value = read;
        }
    }
}

/// Reads `1.0` as the integer `1`.
fn whole(at: &NodePath<'_>, value: &mut Value, context: &RepairContext<'_>) {
    let Some(float) = value.as_number().filter(|number| number.is_f64()) else { return };
    let number = context.digits(at, float);
    let whole = number.floor().filter(|whole| Some(*whole) == number.ceil());
    if let Some(whole) = whole.and_then(|whole| i64::try_from(whole).ok()) {
        *value = Value::from(whole);
    }
}

fn fits(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}
