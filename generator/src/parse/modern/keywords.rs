//! Keywords that OpenAPI 3.0 writes otherwise than JSON Schema 2020-12.

use serde_json::{Value, json};

use super::finding::ModernFinding;
use super::rewriting::Rewriting;
use crate::decimal;
use crate::parse::context::Mapping;
use crate::parse::node_path::NodePath;

/// `nullable` and the flags beside limits are words of OpenAPI 3.0: they are read as meant there.
pub(super) fn older(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &mut Mapping) {
    if schema.get("nullable").is_some_and(Value::is_boolean) {
        let what = "`nullable` is a keyword of OpenAPI 3.0; OpenAPI 3.1 has the type `null`";
        rewriting.older(&at.key("nullable"), what, "it is read as in OpenAPI 3.0");
    }
    for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if schema.get(flag).is_some_and(Value::is_boolean) {
            let what = format!("`{flag}` is a number in OpenAPI 3.1, found a boolean, as in OpenAPI 3.0");
            rewriting.older(&at.key(flag), &what, &format!("it is read as one for `{limit}`"));
        }
    }
}

/// A schema of another dialect is read like any other.
pub(super) fn dialect(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &Mapping, key: &str) {
    let Some(name) = schema.get(key).and_then(Value::as_str) else { return };
    let is_known = name.trim_end_matches('#') == "https://json-schema.org/draft/2020-12/schema"
        || name.starts_with("https://spec.openapis.org/oas/3.");
    if !is_known {
        rewriting.report(&at.key(key), &ModernFinding::Dialect { name: name.to_owned() });
    }
}

/// `const: a` is equivalent to `enum: [a]`.
pub(super) fn constant(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &mut Mapping) {
    let Some(value) = schema.get("const") else { return };
    let spot = at.key("const");
    rewriting.newer(
        &spot,
        "const-value",
        "`const` is a keyword of OpenAPI 3.1",
        "it is read as an `enum` with one value",
    );
    let is_listed = match schema.get("enum") {
        Some(Value::Array(values)) => values.iter().any(|listed| is_same(listed, value)),
        _ => true,
    };
    let value = schema.shift_remove("const").unwrap_or_default();
    if is_listed {
        schema.insert("enum".to_owned(), json!([value]));
        let list = at.key("enum");
        rewriting.moved(&list.pointer(), &spot.pointer());
        rewriting.moved(&list.index(0).pointer(), &spot.pointer());
    } else {
        rewriting.report(&spot, &ModernFinding::NotListed);
        schema.insert("not".to_owned(), json!({}));
    }
}

/// Returns whether both are the same value: `1` is `1.0`.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            decimal::compare(&one.to_string(), &other.to_string()).is_eq()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has =
                |(name, value): (&String, &Value)| other.get(name).is_some_and(|own| is_same(own, value));
            one.len() == other.len() && one.iter().all(has)
        }
        _ => one == other,
    }
}

/// No value is one of none.
pub(super) fn empty_enum(schema: &mut Mapping) {
    if schema.get("enum").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        schema.insert("not".to_owned(), json!({}));
    }
}

/// `exclusiveMinimum: 5` is `minimum: 5, exclusiveMinimum: true` in OpenAPI 3.0.
pub(super) fn exclusive_limits(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &mut Mapping) {
    for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(limit) = schema.get(exclusive).and_then(Value::as_f64) else { continue };
        let other = schema.get(inclusive).and_then(Value::as_f64);
        let other_is_tighter =
            other.is_some_and(|other| if inclusive == "minimum" { other > limit } else { other < limit });
        let what = format!("`{exclusive}` must be `true` or `false`, found a number (a form of OpenAPI 3.1)");
        let (spot, code) = (at.key(exclusive), "exclusive-limit-number");
        if other_is_tighter {
            let what = format!("{what}, and `{inclusive}` is stricter");
            rewriting.newer(&spot, code, &what, "it is ignored");
            schema.shift_remove(exclusive);
            continue;
        }
        rewriting.newer(&spot, code, &what, &format!("it is read as an exclusive `{inclusive}`"));
        if let Some(limit) = schema.insert(exclusive.to_owned(), true.into()) {
            schema.insert(inclusive.to_owned(), limit);
            rewriting.moved(&at.key(inclusive).pointer(), &spot.pointer());
        }
    }
}

/// The first of the `examples` is the `example`.
pub(super) fn examples(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &mut Mapping) {
    let list = at.key("examples");
    let first = match schema.get("examples") {
        Some(Value::Array(values)) => values.first().map(|value| (list.pointer().child(0), value.clone())),
        Some(Value::Object(named)) => {
            let what =
                "`examples` of a schema must be a list of values, found a mapping, as media types have it";
            rewriting.repaired(&list, "single-value", what, "it is read as a list");
            let first = named.iter().next();
            first.map(|(name, value)| {
                (list.pointer().child(name), value.get("value").unwrap_or(value).clone())
            })
        }
        _ => return,
    };
    schema.shift_remove("examples");
    if let Some((origin, value)) = first.filter(|_| !schema.contains_key("example")) {
        schema.insert("example".to_owned(), value);
        rewriting.moved(&at.key("example").pointer(), &origin);
    }
}

/// Base64 and binary contents have formats in OpenAPI 3.0. Other contents are text all the same.
pub(super) fn content(schema: &mut Mapping) {
    let text = |schema: &Mapping, key: &str| schema.get(key).and_then(Value::as_str).map(str::to_lowercase);
    let format = match (text(schema, "contentEncoding"), text(schema, "contentMediaType")) {
        (Some(encoding), _) if encoding == "base64" => "byte",
        (None, Some(media_type)) if !is_text(&media_type) => "binary",
        _ => return,
    };
    schema.entry("format").or_insert_with(|| format.into());
}

fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/") || ["json", "xml"].iter().any(|form| media_type.contains(form))
}

/// A client's certificate is given to the connection, not to a request: the scheme is one of `http` that adds
/// nothing to it.
pub(super) fn mutual_tls(scheme: &mut Mapping) {
    if scheme.get("type").and_then(Value::as_str) == Some("mutualTLS") {
        scheme.insert("type".to_owned(), "http".into());
        scheme.insert("scheme".to_owned(), "mutualTLS".into());
    }
}
