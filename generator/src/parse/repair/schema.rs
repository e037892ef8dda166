//! Repairs of schemas: `type` in other spellings, and keywords of JSON Schema 2020-12 with an equivalent.

use serde_json::{Value, json};

use super::defect::{Defect, Repair, text};
use crate::parse::context::Mapping;
use crate::parse::grammar::{ALIASES, BOUND, ObjectName, TYPES};
use crate::report::Fix;

const SCHEMA: &[ObjectName] = &[ObjectName::Schema];

pub(super) const REPAIRS: &[Repair] = &[
    Repair { code: "type-list", objects: SCHEMA, apply: type_list },
    Repair { code: "type-null", objects: SCHEMA, apply: type_null },
    Repair { code: "type-alias", objects: SCHEMA, apply: type_alias },
    Repair { code: "required-flag", objects: SCHEMA, apply: required_flag },
    Repair { code: "const-value", objects: SCHEMA, apply: const_value },
    Repair { code: "exclusive-limit-number", objects: SCHEMA, apply: exclusive_limits },
    Repair { code: "items-list", objects: SCHEMA, apply: items_list },
    Repair { code: "items-missing", objects: SCHEMA, apply: items_missing },
    Repair { code: "empty-composition", objects: SCHEMA, apply: empty_composition },
    Repair { code: "ineffective-keyword", objects: SCHEMA, apply: keyword_without_effect },
];

/// `type: [string, "null"]` is OpenAPI 3.1's `nullable: true`.
fn type_list(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(Value::Array(types)) = schema.get("type") else { return };
    let names: Vec<String> = types.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let (nulls, rest): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name == "null");
    let what = "`type` must be one type, found a list (a form of OpenAPI 3.1)";
    let nullable = if nulls.is_empty() { "" } else { " that may be null" };
    if rest.is_empty() && !nulls.is_empty() {
        defect.read_as("type", what, "it is read as `null` and nothing else".to_owned());
        return only_null(schema);
    }
    if let [one] = &rest[..] {
        defect.read_as("type", what, format!("it is read as `{one}`{nullable}"));
        schema.insert("type".to_owned(), one.as_str().into());
    } else {
        defect.read_as("type", what, format!("it is read as any type{nullable}"));
        schema.shift_remove("type");
    }
    if !nulls.is_empty() {
        schema.insert("nullable".to_owned(), true.into());
    }
}

fn type_null(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    match text(schema, "type") {
        Some("null") => {
            let what = "`null` is a type of OpenAPI 3.1";
            defect.read_as("type", what, "it is read as an `enum` of `null` alone");
            return only_null(schema);
        }
        Some(any @ ("any" | "mixed")) => {
            let what = format!("`{any}` is not a type");
            defect.read_as("type", what, "it is read as no `type`, which allows every value");
        }
        _ => return,
    }
    schema.shift_remove("type");
}

/// Makes it a schema of `null` and nothing else, as OpenAPI 3.0 can write it.
fn only_null(schema: &mut Mapping) {
    schema.shift_remove("type");
    schema.insert("nullable".to_owned(), true.into());
    schema.insert("enum".to_owned(), json!([null]));
}

fn type_alias(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(name) = text(schema, "type").filter(|name| !TYPES.contains(name)) else { return };
    let own = TYPES.iter().find(|own| own.eq_ignore_ascii_case(name)).map(|own| (*own, None));
    let alias = ALIASES.iter().find(|(alias, ..)| alias.eq_ignore_ascii_case(name));
    let alias = alias.map(|(_, meant, format)| (*meant, *format));
    let Some((meant, format)) = own.or(alias) else { return };
    let what = format!("`{name}` is not a type");
    let format = format.filter(|_| !schema.contains_key("format"));
    let with_format = format.map_or_else(String::new, |format| format!(" with the format `{format}`"));
    // A format would be another line.
    let fix = format.is_none().then(|| Fix::Text(meant.to_owned()));
    defect.mended("type", what, format!("it is read as `{meant}`{with_format}"), fix);
    schema.insert("type".to_owned(), meant.into());
    if let Some(format) = format {
        schema.insert("format".to_owned(), format.into());
    }
}

/// `required: true` on a property is a habit from JSON Schema draft 3.
fn required_flag(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(flag) = schema.get("required") else { return };
    if flag.is_boolean() || matches!(flag.as_str(), Some("true" | "false")) {
        let what = "`required` of a schema must be a list of its properties, found a boolean";
        defect.ignored("required", what, Some("name the property in `required` of the object around it"));
        schema.shift_remove("required");
    }
}

/// `const: a` is equivalent to `enum: [a]`.
fn const_value(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    if schema.contains_key("enum") || !schema.contains_key("const") {
        return;
    }
    defect.read_as("const", "`const` is a keyword of OpenAPI 3.1", "it is read as an `enum` with one value");
    if let Some(value) = schema.shift_remove("const") {
        schema.insert("enum".to_owned(), json!([value]));
    }
}

/// `exclusiveMinimum: 5` is OpenAPI 3.1's `minimum: 5, exclusiveMinimum: true`.
fn exclusive_limits(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(limit) = schema.get(exclusive).and_then(Value::as_f64) else { continue };
        let other = schema.get(inclusive).and_then(Value::as_f64);
        let other_is_tighter =
            other.is_some_and(|other| if inclusive == "minimum" { other > limit } else { other < limit });
        let what = format!("`{exclusive}` must be `true` or `false`, found a number (a form of OpenAPI 3.1)");
        if other_is_tighter {
            defect.ignored(exclusive, format!("{what}, and `{inclusive}` is stricter"), None);
            schema.shift_remove(exclusive);
            continue;
        }
        defect.read_as(exclusive, what, format!("it is read as an exclusive `{inclusive}`"));
        if let Some(limit) = schema.insert(exclusive.to_owned(), true.into()) {
            schema.insert(inclusive.to_owned(), limit);
        }
    }
}

/// A list of schemas, one for each position, is JSON Schema's; OpenAPI 3.0 has one schema for all items.
fn items_list(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(Value::Array(schemas)) = schema.get("items") else { return };
    let what = "`items` must be one schema, found a list";
    if let [one] = &schemas[..] {
        let one = one.clone();
        defect.read_as("items", what, "its only schema is read as the schema of every item");
        schema.insert("items".to_owned(), one);
    } else {
        defect.read_as("items", what, "the items are read as any values");
        schema.insert("items".to_owned(), json!({}));
    }
}

fn items_missing(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    if text(schema, "type") == Some("array") && !schema.contains_key("items") {
        defect.read_as("type", "an array needs `items`", "the items are read as any values");
        schema.insert("items".to_owned(), json!({}));
    }
}

/// JSON Schema forbids an empty list of members, which could as well mean that nothing fits.
fn empty_composition(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        if schema.get(keyword).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            defect.ignored(keyword, format!("`{keyword}` lists no schema"), None);
            schema.shift_remove(keyword);
        }
    }
}

/// A keyword for other types holds of every value of this one, so that leaving it out changes nothing.
fn keyword_without_effect(schema: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(own) = text(schema, "type").filter(|name| TYPES.contains(name)).map(str::to_owned) else {
        return;
    };
    for (types, keywords) in BOUND {
        if types.contains(&own.as_str()) {
            continue;
        }
        for keyword in *keywords {
            if schema.contains_key(*keyword) {
                let what = format!("`{keyword}` has no effect on values of type `{own}`");
                defect.ignored(keyword, what, instead(keyword, &own));
                schema.shift_remove(*keyword);
            }
        }
    }
}

/// Returns the keyword that was probably meant.
fn instead(keyword: &str, own: &str) -> Option<&'static str> {
    Some(match (own, keyword) {
        ("string", "maximum" | "maxItems") => "did you mean `maxLength`?",
        ("string", "minimum" | "minItems") => "did you mean `minLength`?",
        ("integer" | "number", "maxLength" | "maxItems") => "did you mean `maximum`?",
        ("integer" | "number", "minLength" | "minItems") => "did you mean `minimum`?",
        ("array", "maximum" | "maxLength") => "did you mean `maxItems`?",
        ("array", "minimum" | "minLength") => "did you mean `minItems`?",
        (_, "properties") => "did you mean `type: object`?",
        (_, "items") => "did you mean `type: array`?",
        _ => return None,
    })
}
