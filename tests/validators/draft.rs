//! The definition's components as JSON Schema, and what the `jsonschema` crate says of a body by it.
//!
//! What our lists say in another way is put into the same words here: which keyword is broken at which path.

use std::{collections::BTreeSet, fmt::Write, sync::LazyLock};

use jsonschema::{Draft, ValidationError, Validator, error::ValidationErrorKind as Kind};
use serde_json::{Value, json};

use super::{
    formats::{FORMATS, is_of_format},
    spec::SPEC,
};

/// A keyword at a path.
pub(crate) type Broken = (String, &'static str);

static ACCOUNTS: LazyLock<Validator> = LazyLock::new(|| validator("CreateAccountList"));
static TRANSACTIONS: LazyLock<Validator> = LazyLock::new(|| validator("CreateTransactionList"));

/// Every broken keyword of a body.
pub(crate) fn broken(kind: super::check::Kind, body: &Value) -> BTreeSet<Broken> {
    let validator = match kind {
        super::check::Kind::Accounts => &ACCOUNTS,
        super::check::Kind::Transactions => &TRANSACTIONS,
    };
    let mut found: BTreeSet<Broken> = validator.iter_errors(body).map(|error| keyword(&error)).collect();
    let has = |found: &BTreeSet<Broken>, path: &str, keyword| found.contains(&(path.to_owned(), keyword));
    let all = found.clone();
    found.retain(|(path, keyword)| match *keyword {
        // Of an empty string only its size is told; a date that can't be read is not also misspelt.
        "pattern" => !has(&all, path, "empty") && !has(&all, path, "format"),
        "format" => !has(&all, path, "empty"),
        // A value of another type is in no list of strings.
        "enum" => !has(&all, path, "type"),
        "empty" => false,
        _ => true,
    });
    found
        .extend(all.into_iter().filter(|(_, keyword)| *keyword == "empty").map(|(path, _)| (path, "length")));
    found
}

fn keyword(error: &ValidationError<'_>) -> Broken {
    let path = data_path(error.instance_path().as_str());
    match error.kind() {
        Kind::Required { property } => {
            let property = property.as_str().unwrap();
            let path = if path.is_empty() { property.to_owned() } else { format!("{path}.{property}") };
            (path, "required")
        }
        Kind::Type { .. } => (path, "type"),
        Kind::Enum { .. } => (path, "enum"),
        Kind::MinLength { .. } if error.instance().as_str() == Some("") => (path, "empty"),
        Kind::MinLength { .. } | Kind::MaxLength { .. } => (path, "length"),
        Kind::Pattern { .. } => (path, "pattern"),
        Kind::MaxItems { .. } => (path, "maxItems"),
        Kind::Format { .. } => (path, "format"),
        Kind::Minimum { .. } | Kind::Maximum { .. } => (path, "range"),
        // Of a member that `unproved` has found, or a difference.
        _ => (path, "another"),
    }
}

/// `/accounts/0/externalId` as `accounts[0].externalId`.
fn data_path(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            let _ = write!(path, "[{part}]");
        } else {
            path += if path.is_empty() { "" } else { "." };
            path += part;
        }
    }
    path
}

fn validator(component: &str) -> Validator {
    let components = schema(&SPEC.document["components"]["schemas"]);
    let root = json!({
        "$ref": format!("#/components/schemas/{component}"),
        "components": {"schemas": components},
    });
    let options = jsonschema::options();
    let options = FORMATS
        .into_iter()
        .filter(|format| !["uuid", "date"].contains(format))
        .fold(options, |options, format| {
            options.with_format(format, move |text: &str| is_of_format(format, text))
        });
    options.with_draft(Draft::Draft202012).should_validate_formats(true).build(&root).unwrap()
}

/// The node as JSON, without the keywords that JSON Schema does not have.
fn schema(node: &serde_yaml::Value) -> Value {
    match node {
        serde_yaml::Value::Mapping(members) => {
            let mut schema = serde_json::Map::new();
            for (name, value) in members {
                match (name.as_str().unwrap(), value.as_str()) {
                    ("required", None) if !node["properties"].is_null() => {
                        let mut required = super::spec::strings(value);
                        required.retain(|name| {
                            node["properties"][name.as_str()]["readOnly"].as_bool() != Some(true)
                        });
                        schema.insert("required".to_owned(), json!(required));
                    }
                    ("format", Some("int32")) => {
                        schema.insert("minimum".to_owned(), json!(i32::MIN));
                        schema.insert("maximum".to_owned(), json!(i32::MAX));
                    }
                    ("format", Some("decimal")) | ("description", Some(_)) => {}
                    (name, _) if name.starts_with("x-") => {}
                    (name, _) => drop(schema.insert(name.to_owned(), self::schema(value))),
                }
            }
            Value::Object(schema)
        }
        serde_yaml::Value::Sequence(items) => items.iter().map(schema).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}
