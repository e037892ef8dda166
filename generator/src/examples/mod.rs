//! Examples and defaults against their schemas: the tables that validators run, run by the same engine.
//!
//! Tables are static data, so those of a check are never freed. It belongs to `lint` of the command, whose
//! process ends soon after.

mod beyond;
mod names;
mod scalars;
mod tables;

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value as Json;
use specwright_runtime::Validation;
use specwright_runtime::validate::{Definition, Schema};

use self::tables::RuntimeTables;
use crate::api::{Api, SchemaId, StatedValue};
use crate::pointer::Pointer;
use crate::report::{Finding, Report, Severity};
use crate::rust::validators::{TableId, Validators};

/// Reports what validators would reject of the values that the document states, each at its place.
pub(crate) fn check(
    api: &Api,
    validators: &Validators,
    tables: &BTreeMap<SchemaId, TableId>,
    report: &mut Report,
) {
    let mut made = RuntimeTables::new(validators);
    let definition = definition(api);
    for stated in &api.stated_values {
        let Some(table) = tables.get(&stated.schema) else { continue };
        // What is said of it already is said once.
        if report.diagnostics.iter().any(|known| known.at == stated.at) {
            continue;
        }
        for (at, message) in rejected(&mut made, *table, definition, stated) {
            report.push(&at, &Rejected { message });
        }
    }
}

/// What validators report of a part of a value.
#[cfg(feature = "docs")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ExampleViolation {
    pub(crate) code: String,
    pub(crate) data_path: String,
    pub(crate) message: String,
    pub(crate) is_error: bool,
    /// The line of the text, from 1.
    pub(crate) line: usize,
}

/// Returns what the validators report of each text of JSON.
#[cfg(feature = "docs")]
pub(crate) fn validate(
    api: &Api,
    validators: &Validators,
    tables: &BTreeMap<SchemaId, TableId>,
    texts: &[(SchemaId, &str)],
) -> Vec<Vec<ExampleViolation>> {
    let mut made = RuntimeTables::new(validators);
    let definition = definition(api);
    let violations = texts.iter().map(|(schema, text)| {
        let (Some(table), Ok(value)) = (tables.get(schema), serde_json::from_str(text)) else {
            return Vec::new();
        };
        let found = Validation::new().body(made.schema(*table, &[&value]), definition, text.as_bytes());
        let violation = |violation: &specwright_runtime::Violation| ExampleViolation {
            code: violation.code().to_owned(),
            data_path: violation.data_path().to_owned(),
            message: violation.message().to_owned(),
            is_error: violation.severity() == specwright_runtime::Severity::Error,
            line: violation.position().map_or(1, |position| position.line),
        };
        found.iter().map(violation).collect()
    });
    violations.collect()
}

fn definition(api: &Api) -> &'static Definition {
    let definition = Definition::new();
    Box::leak(Box::new(if api.null_is_absent { definition.null_is_absent() } else { definition }))
}

/// Returns the place of each part of a value that its schema rejects, and why.
fn rejected(
    made: &mut RuntimeTables<'_>,
    table: TableId,
    definition: &'static Definition,
    stated: &StatedValue,
) -> Vec<(Pointer, String)> {
    let found = violations(made.schema(table, &[&stated.value]), definition, &stated.value);
    let found = found.into_iter().map(|(path, message)| (below(&stated.at, &path), message)).collect();
    // An object may be given as a text of JSON, and then has no places of its own.
    let Some(inner) = json_in_text(&stated.value) else { return found };
    let inner = violations(made.schema(table, &[&inner]), definition, &inner);
    let at_text = |(path, message): (String, String)| match path.as_str() {
        "" => (stated.at.clone(), message),
        path => (stated.at.clone(), format!("{message} (at {path} of this text)")),
    };
    if found.is_empty() { found } else { inner.into_iter().map(at_text).collect() }
}

fn json_in_text(value: &Json) -> Option<Json> {
    let text = value.as_str()?;
    serde_json::from_str(text).ok().filter(|inner: &Json| inner.is_object() || inner.is_array())
}

/// Returns the JSON pointer and the message of each error. A warning is no mistake of an example.
fn violations(
    schema: &'static Schema,
    definition: &'static Definition,
    value: &Json,
) -> Vec<(String, String)> {
    let found = Validation::new().body(schema, definition, value.to_string().as_bytes());
    let message = |detail: Option<&str>, message: &str| match detail {
        Some(detail) => format!("{message} ({detail})"),
        None => message.to_owned(),
    };
    let errors = found.errors();
    errors.map(|error| (error.to_json_pointer(), message(error.detail(), error.message()))).collect()
}

fn below(at: &Pointer, path: &str) -> Pointer {
    let path = Pointer::parse(path).unwrap_or_default();
    Pointer::from_tokens(at.tokens().iter().chain(path.tokens()).cloned().collect())
}

struct Rejected {
    message: String,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the schema rejects this value: {}", self.message)
    }
}

impl Finding for Rejected {
    fn code(&self) -> &'static str {
        "rejected-example"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some("correct the value, or what the schema says of it".to_owned())
    }
}

#[cfg(test)]
mod tests;
