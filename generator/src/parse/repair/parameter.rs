//! Parameters and headers.

use serde_json::{Value, json};

use super::defect::{Defect, Repair, text};
use crate::parse::context::Mapping;
use crate::parse::grammar::ObjectName;
use crate::report::Fix;

const BOTH: &[ObjectName] = &[ObjectName::Parameter, ObjectName::Header];
const PARAMETER: &[ObjectName] = &[ObjectName::Parameter];

pub(super) const REPAIRS: &[Repair] = &[
    Repair { code: "schema-keywords-outside", objects: BOTH, apply: schema_keywords_outside },
    Repair { code: "parameter-content", objects: BOTH, apply: schema_and_content },
    Repair { code: "parameter-content", objects: BOTH, apply: schema_missing },
    Repair { code: "misplaced-style", objects: PARAMETER, apply: style_of_parameter },
    Repair { code: "misplaced-style", objects: &[ObjectName::Header], apply: style_of_header },
    Repair { code: "optional-path-parameter", objects: PARAMETER, apply: path_parameter_optional },
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

fn schema_keywords_outside(parameter: &mut Mapping, defect: &mut Defect<'_, '_>) {
    if parameter.contains_key("schema") || parameter.contains_key("content") {
        return;
    }
    let found: Vec<&str> =
        SCHEMA_KEYWORDS.iter().copied().filter(|keyword| parameter.contains_key(*keyword)).collect();
    let [first, ..] = found[..] else { return };
    let what = format!("`{}` belongs into `schema` (this is the form of Swagger 2.0)", found.join("`, `"));
    defect.read_as(first, what, "it is read as if it were there");
    let mut schema = Mapping::new();
    for keyword in found {
        schema.extend(parameter.shift_remove(keyword).map(|value| (keyword.to_owned(), value)));
    }
    parameter.insert("schema".to_owned(), schema.into());
}

fn schema_and_content(parameter: &mut Mapping, defect: &mut Defect<'_, '_>) {
    if is_given(parameter, "schema") && is_given(parameter, "content") {
        defect.ignored("content", "`content` is not allowed beside `schema`", None);
        parameter.shift_remove("content");
    }
}

fn schema_missing(parameter: &mut Mapping, defect: &mut Defect<'_, '_>) {
    if is_given(parameter, "schema") || is_given(parameter, "content") {
        return;
    }
    let what = "this needs a `schema`";
    defect.context.repaired(defect.at, defect.code, what, "it is read as any value");
    parameter.shift_remove("content");
    parameter.insert("schema".to_owned(), json!({}));
}

/// `content: {}` has no effect.
fn is_given(parameter: &Mapping, key: &str) -> bool {
    match parameter.get(key) {
        None | Some(Value::Null) => false,
        Some(Value::Object(members)) => key == "schema" || !members.is_empty(),
        Some(_) => true,
    }
}

fn style_of_parameter(parameter: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let (location, styles): (_, &[&str]) = match text(parameter, "in") {
        Some("path") => ("path", &["simple", "label", "matrix"]),
        Some("query") => ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        Some("cookie") => ("cookie", &["form"]),
        Some("header") => ("header", &["simple"]),
        _ => return,
    };
    style(parameter, defect, location, styles);
}

fn style_of_header(header: &mut Mapping, defect: &mut Defect<'_, '_>) {
    style(header, defect, "header", &["simple"]);
}

fn style(parameter: &mut Mapping, defect: &mut Defect<'_, '_>, location: &str, styles: &[&str]) {
    let Some(style) = text(parameter, "style").filter(|style| !styles.contains(style)) else { return };
    let what = format!("`{style}` is not a style of a {location} parameter");
    defect.read_as("style", what, format!("it is read as the default, `{}`", styles.first().unwrap_or(&"")));
    parameter.shift_remove("style");
}

fn path_parameter_optional(parameter: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let required = parameter.get("required");
    if text(parameter, "in") != Some("path") || required == Some(&Value::Bool(true)) {
        return;
    }
    let key = if required.is_some() { "required" } else { "in" };
    let fix = required.is_some().then(|| Fix::Literal("true".to_owned()));
    defect.mended(key, "a path parameter needs `required: true`", "it is read as required", fix);
    parameter.insert("required".to_owned(), true.into());
}
