//! Limits of integers: fractions, and whole numbers that are written with one.

use serde_json::Value;

use super::defect::{Defect, Repair, text};
use crate::parse::context::Mapping;
use crate::parse::grammar::ObjectName;

pub(super) const REPAIRS: &[Repair] = &[
    Repair { code: "quoted-limit", objects: &[ObjectName::Schema], apply: quoted_limit },
    Repair { code: "multiple-of-zero", objects: &[ObjectName::Schema], apply: multiple_of_zero },
    Repair { code: "integer-limit", objects: &[ObjectName::Schema], apply: integer_limit },
];

/// Whole floats up to here are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A limit in quotes is a number all the same.
fn quoted_limit(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    for key in ["minimum", "maximum", "multipleOf"] {
        let Some(text) = text(schema, key) else { continue };
        if let Ok(number @ Value::Number(_)) = serde_json::from_str::<Value>(text.trim()) {
            defect.read_as(
                key,
                format!("`{key}` must be a number, found a string"),
                format!("it is read as {number}"),
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
        let Some(number) = schema.get(key).filter(|number| number.is_f64()) else { continue };
        let Some(limit) = number.as_f64() else { continue };
        if key == "multipleOf" && limit > 0.0 && limit < 1.0 && (1.0 / limit).fract() == 0.0 {
            defect.ignored(key, format!("`{key}` of {number} holds of every integer"), None);
            schema.shift_remove(key);
        } else if let Some(whole) = rounded(key, limit) {
            if limit.fract() != 0.0 {
                schema.shift_remove(exclusive(key));
                let what = format!("`{key}` of an integer is not an integer");
                defect.read_as(key, what, format!("it is read as {whole}"));
            }
            schema.insert(key.to_owned(), whole.into());
        }
    }
}

/// Returns the integer limit that allows the same integers; `1.0` is `1`, and what is not exact stays as it
/// is.
fn rounded(key: &str, limit: f64) -> Option<i64> {
    let whole = match key {
        "minimum" => limit.ceil(),
        "maximum" => limit.floor(),
        _ if limit.fract() == 0.0 => limit,
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    (whole.abs() <= EXACT).then_some(whole as i64)
}

fn exclusive(key: &str) -> &'static str {
    match key {
        "minimum" => "exclusiveMinimum",
        _ => "exclusiveMaximum",
    }
}
