//! Parameters and headers.

use serde_json::{Value, json};

use super::{Bench, Repair, text};
use crate::parse::desk::Members;
use crate::parse::grammar::Kind;

const BOTH: &[Kind] = &[Kind::Parameter, Kind::Header];
const PARAMETER: &[Kind] = &[Kind::Parameter];

pub(super) const REPAIRS: &[Repair] = &[
    Repair { name: "schema-keywords-outside", kinds: BOTH, apply: schema_keywords_outside },
    Repair { name: "schema-and-content", kinds: BOTH, apply: schema_and_content },
    Repair { name: "schema-missing", kinds: BOTH, apply: schema_missing },
    Repair { name: "style-out-of-place", kinds: PARAMETER, apply: style_of_parameter },
    Repair { name: "style-out-of-place", kinds: &[Kind::Header], apply: style_of_header },
    Repair { name: "path-parameter-optional", kinds: PARAMETER, apply: path_parameter_optional },
];

/// Keywords that Swagger 2.0 writes beside `name` and `in`.
const SCHEMA_KEYWORDS: &[&str] = &[
    "type",
    "format",
    "enum",
    "items",
    "default",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "multipleOf",
];

fn schema_keywords_outside(parameter: &mut Members, bench: &mut Bench<'_, '_>) {
    if parameter.contains_key("schema") || parameter.contains_key("content") {
        return;
    }
    let found: Vec<&str> =
        SCHEMA_KEYWORDS.iter().copied().filter(|keyword| parameter.contains_key(*keyword)).collect();
    let [first, ..] = found[..] else { return };
    let what = format!("`{}` belongs into `schema` (this is the form of Swagger 2.0)", found.join("`, `"));
    bench.took(first, what, "it is read as if it stood there");
    let mut schema = Members::new();
    for keyword in found {
        schema.extend(parameter.shift_remove(keyword).map(|value| (keyword.to_owned(), value)));
    }
    parameter.insert("schema".to_owned(), schema.into());
}

fn schema_and_content(parameter: &mut Members, bench: &mut Bench<'_, '_>) {
    if is_given(parameter, "schema") && is_given(parameter, "content") {
        bench.ignored("content", "`content` can't stand beside `schema`", None);
        parameter.shift_remove("content");
    }
}

fn schema_missing(parameter: &mut Members, bench: &mut Bench<'_, '_>) {
    if is_given(parameter, "schema") || is_given(parameter, "content") {
        return;
    }
    let what = "this needs a `schema`";
    bench.desk.repaired(bench.at, bench.name, what, "it is read as any value");
    parameter.shift_remove("content");
    parameter.insert("schema".to_owned(), json!({}));
}

/// `content: {}` says nothing.
fn is_given(parameter: &Members, key: &str) -> bool {
    match parameter.get(key) {
        None | Some(Value::Null) => false,
        Some(Value::Object(members)) => key == "schema" || !members.is_empty(),
        Some(_) => true,
    }
}

fn style_of_parameter(parameter: &mut Members, bench: &mut Bench<'_, '_>) {
    let (location, styles): (_, &[&str]) = match text(parameter, "in") {
        Some("path") => ("path", &["simple", "label", "matrix"]),
        Some("query") => ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        Some("cookie") => ("cookie", &["form"]),
        Some("header") => ("header", &["simple"]),
        _ => return,
    };
    style(parameter, bench, location, styles);
}

fn style_of_header(header: &mut Members, bench: &mut Bench<'_, '_>) {
    style(header, bench, "header", &["simple"]);
}

fn style(parameter: &mut Members, bench: &mut Bench<'_, '_>, location: &str, styles: &[&str]) {
    let Some(style) = text(parameter, "style").filter(|style| !styles.contains(style)) else { return };
    let what = format!("`{style}` is no style of a {location} parameter");
    bench.took("style", what, format!("it is read as the default, `{}`", styles.first().unwrap_or(&"")));
    parameter.shift_remove("style");
}

fn path_parameter_optional(parameter: &mut Members, bench: &mut Bench<'_, '_>) {
    let required = parameter.get("required");
    if text(parameter, "in") != Some("path") || required == Some(&Value::Bool(true)) {
        return;
    }
    let key = if required.is_some() { "required" } else { "in" };
    bench.took(key, "a path parameter must say `required: true`", "it is read as required");
    parameter.insert("required".to_owned(), true.into());
}
