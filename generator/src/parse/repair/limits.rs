//! Limits of integers: fractions, and whole numbers that are written with one.

use serde_json::Value;

use super::defect::{Defect, Repair, text};
use crate::decimal::Decimal;
use crate::parse::context::Mapping;
use crate::parse::grammar::ObjectName;
use crate::report::Fix;

pub(super) const REPAIRS: &[Repair] = &[
    Repair { code: "quoted-limit", objects: &[ObjectName::Schema], apply: quoted_limit },
    Repair { code: "multiple-of-zero", objects: &[ObjectName::Schema], apply: multiple_of_zero },
    Repair { code: "integer-limit", objects: &[ObjectName::Schema], apply: integer_limit },
];

/// A limit in quotes is a number all the same.
fn quoted_limit(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    for key in ["minimum", "maximum", "multipleOf"] {
        let Some(text) = text(schema, key) else { continue };
        if let Some(number) = defect.context.number_in(&defect.at.key(key), text) {
            defect.mended(
                key,
                format!("`{key}` must be a number, found a string"),
                format!("it is read as {}", text.trim()),
                Some(Fix::Literal(text.trim().to_owned())),
            );
            schema.insert(key.to_owned(), number);
        }
    }
}

/// JSON Schema asks for a divisor above zero.
fn multiple_of_zero(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(divisor) = schema.get("multipleOf").filter(|divisor| divisor.as_f64() <= Some(0.0)) else {
        return;
    };
    if divisor.is_number() {
        defect.ignored("multipleOf", format!("`multipleOf` must be above 0, found {divisor}"), None);
        schema.shift_remove("multipleOf");
    }
}

fn integer_limit(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    if text(schema, "type") != Some("integer") {
        return;
    }
    for key in ["minimum", "maximum", "multipleOf"] {
        let Some(number) = schema.get(key).and_then(Value::as_number).filter(|number| number.is_f64()) else {
            continue;
        };
        let limit = defect.context.digits(&defect.at.key(key), number);
        let is_whole = limit.floor() == limit.ceil();
        if key == "multipleOf" && limit.divides_one() && !is_whole {
            defect.ignored(key, format!("`{key}` of {limit} holds of every integer"), None);
            schema.shift_remove(key);
        } else if let Some(whole) = rounded(key, &limit) {
            if !is_whole {
                schema.shift_remove(exclusive(key));
                let what = format!("`{key}` of an integer is not an integer");
                defect.read_as(key, what, format!("it is read as {whole}"));
            }
            schema.insert(key.to_owned(), whole);
        }
    }
}

/// Returns the integer limit that allows the same integers; `1.0` is `1`, and what no 64 bits hold stays as
/// it is.
fn rounded(key: &str, limit: &Decimal) -> Option<Value> {
    let (floor, ceil) = (limit.floor()?, limit.ceil()?);
    let whole = match key {
        "minimum" => ceil,
        "maximum" => floor,
        _ if floor == ceil => floor,
        _ => return None,
    };
    i64::try_from(whole).map(Value::from).or_else(|_| u64::try_from(whole).map(Value::from)).ok()
}

fn exclusive(key: &str) -> &'static str {
    match key {
        "minimum" => "exclusiveMinimum",
        _ => "exclusiveMaximum",
    }
}
