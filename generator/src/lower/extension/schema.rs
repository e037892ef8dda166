//! The extensions of schemas.

use serde_json::Value as Json;

use crate::api::{EnumValue, Schema, Shape};
use crate::lower::input::RawObject;
use crate::pointer::Pointer;
use crate::report::{Report, nearest};

use super::documentation::documented_as;
use super::finding::ExtensionFinding;
use super::read::{by_keyword, flag, open_mapping, severity, text, texts};
use super::rule::rules;
use super::table::{ExtensionScope, SchemaForm, named};

/// Reads every extension of the schema at `at`, which is filled in otherwise.
pub(in crate::lower) fn schema_extensions(report: &mut Report, schema: &mut Schema, raw: RawObject<'_>) {
    let at = schema.at.clone();
    schema.documented_as = documented_as(report, &at, raw);
    for (key, value) in raw.members().filter(|(key, _)| key.starts_with("x-")) {
        let Some(extension) = named(key).filter(|known| known.scope == ExtensionScope::Schema) else {
            continue;
        };
        let at = at.child(key);
        if let Some(found) = unfit(schema, extension.form) {
            report.push(&at, &ExtensionFinding::misplaced(extension, found));
            continue;
        }
        match key {
            "x-sensitive" => schema.sensitive = flag(report, &at, value).unwrap_or(false),
            "x-error-code" => keyword_codes(report, schema, &at, value),
            "x-severity" => keyword_severities(report, schema, &at, value),
            "x-enum-labels" => enum_labels(report, schema, &at, value),
            "x-enum-varnames" => enum_names(report, schema, &at, value, raw),
            "x-preferred-values" => preferred_values(report, schema, &at, value),
            _ => {
                let rules = rules(report, key, &at, value);
                schema.rules.extend(rules);
            }
        }
    }
}

/// What the schema is, if that is not what the extension needs.
fn unfit(schema: &Schema, form: SchemaForm) -> Option<String> {
    let composed = !schema.all_of.is_empty() || schema.one_of.is_some() || schema.any_of.is_some();
    let (found, open) = match &schema.shape {
        Shape::Any | Shape::Alias(_) => ("a schema without a type", composed),
        Shape::Boolean => ("a boolean", false),
        Shape::Integer(_) => ("an integer", false),
        Shape::Number(_) => ("a number", false),
        Shape::String(_) => ("a string", false),
        Shape::Array(_) => ("an array", false),
        Shape::Object(_) => ("an object", false),
    };
    let fits = match form {
        SchemaForm::Anything => true,
        SchemaForm::Enum => schema.enumeration.is_some(),
        SchemaForm::OpenString => found == "a string" && schema.enumeration.is_none(),
        SchemaForm::Array => found == "an array",
        SchemaForm::Object => open || found == "an object",
        SchemaForm::Strings => open || matches!(found, "a string" | "an array" | "an object"),
    };
    match form {
        _ if fits => None,
        SchemaForm::Enum => Some("a schema without `enum`".to_owned()),
        SchemaForm::OpenString if found == "a string" => Some("a string with `enum`".to_owned()),
        _ => Some(found.to_owned()),
    }
}

fn keyword_codes(report: &mut Report, schema: &mut Schema, at: &Pointer, value: &Json) {
    for (keyword, at, value) in by_keyword(report, at, value, true) {
        if let Some(code) = text(report, &at, value) {
            schema.codes.insert(keyword, code);
        }
    }
}

fn keyword_severities(report: &mut Report, schema: &mut Schema, at: &Pointer, value: &Json) {
    for (keyword, at, value) in by_keyword(report, at, value, true) {
        if let Some(severity) = severity(report, &at, value) {
            schema.severities.insert(keyword, severity);
        }
    }
}

fn enum_values(schema: &mut Schema) -> &mut [EnumValue] {
    schema.enumeration.as_mut().map_or(&mut [], |enumeration| &mut enumeration.values)
}

/// Labels for exactly the values of the enum.
fn enum_labels(report: &mut Report, schema: &mut Schema, at: &Pointer, value: &Json) {
    let Some(labels) = open_mapping(report, at, value) else { return };
    let values: Vec<String> = enum_values(schema).iter().map(|value| plain(&value.value)).collect();
    for (key, label) in labels {
        let label = text(report, &at.child(key), label);
        if let Some(index) = values.iter().position(|value| value == key) {
            enum_values(schema)[index].label = label;
        } else {
            let near = nearest(key, values.iter().map(String::as_str)).map(str::to_owned);
            let expected = "value of the enum".to_owned();
            let finding =
                ExtensionFinding::UnknownValue { value: key.clone(), expected, known: values.clone(), near };
            report.push(&at.child(key), &finding);
        }
    }
    for value in values.iter().filter(|value| !labels.contains_key(*value)) {
        let message = format!("the enum value `{value}` has no label");
        report.push(at, &ExtensionFinding::Invalid { message, help: Some("label every value".to_owned()) });
    }
}

/// Names for code, parallel to `enum` as the document writes it.
fn enum_names(report: &mut Report, schema: &mut Schema, at: &Pointer, value: &Json, raw: RawObject<'_>) {
    let Some(names) = texts(report, at, value) else { return };
    let listed = raw.get("enum").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    if names.len() != listed.len() {
        report.push(at, &ExtensionFinding::NameCount { names: names.len(), values: listed.len() });
        return;
    }
    for (index, name) in names.iter().enumerate() {
        let at = at.child(index);
        if !is_upper_camel(name) {
            let message = format!("`{name}` is not in UpperCamelCase");
            report.push(&at, &ExtensionFinding::Varnames { message });
        } else if names[..index].contains(name) {
            let message = format!("`{name}` names two enum values");
            report.push(&at, &ExtensionFinding::Varnames { message });
        } else if let Some(value) =
            enum_values(schema).iter_mut().find(|value| plain(&value.value) == plain(&listed[index]))
        {
            value.name = Some(name.clone());
        }
    }
}

fn preferred_values(report: &mut Report, schema: &mut Schema, at: &Pointer, value: &Json) {
    for (value, meaning) in open_mapping(report, at, value).into_iter().flatten() {
        if let Some(meaning) = text(report, &at.child(value), meaning) {
            schema.preferred_values.push((value.clone(), meaning));
        }
    }
}

/// Returns a value as the key of a mapping would spell it.
fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn is_upper_camel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}
