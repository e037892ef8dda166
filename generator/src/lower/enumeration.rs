//! `enum`: the values that the type allows, each once.

use std::fmt;

use serde_json::Value as Json;

use crate::api::{EnumValue, Enumeration};
use crate::pointer::Pointer;
use crate::report::{Finding, Report, Severity};

use super::input::Input;
use super::schema_type::SchemaType;

/// Returns the values of `enum`, and whether `null` is one of them (it makes the schema nullable, no more).
/// There are no values where `null` is the only one, and where JSON Schema lets nothing fit.
///
/// Labels and names of the values come with the extensions.
pub(super) fn enumeration(
    input: Input<'_>,
    report: &mut Report,
    at: &Pointer,
    schema_type: Option<SchemaType>,
) -> (Option<Enumeration>, bool) {
    let raw = input.raw(at);
    let Some(listed) = raw.get("enum").and_then(Json::as_array) else { return (None, false) };
    let at = at.child("enum");
    let mut values: Vec<EnumValue> = Vec::with_capacity(listed.len());
    for (index, value) in listed.iter().enumerate().filter(|(_, value)| !value.is_null()) {
        let spot = at.child(index);
        let (value, exact) = (value.clone(), input.document.exact_number(&spot).cloned());
        if let Some(expected) = schema_type.filter(|expected| !has_type(&value, *expected)) {
            report.push(&spot, &EnumFinding::OfOtherType { value, expected: expected.name() });
        } else if values.iter().any(|known| known.value == value && known.exact == exact) {
            report.push(&spot, &EnumFinding::Twice { value });
        } else {
            values.push(EnumValue { value, exact, label: None, name: None });
        }
    }
    // Without a type, `null` is a value like others.
    let is_refused = raw.has("type") && !raw.flag("nullable");
    let null = listed.iter().position(Json::is_null).filter(|_| is_refused);
    if input.document.follows_json_schema()
        && let (Some(index), Some(expected)) = (null, schema_type)
    {
        let finding = EnumFinding::OfOtherType { value: Json::Null, expected: expected.name() };
        report.push(&at.child(index), &finding);
        if values.is_empty() {
            report.push(&at, &EnumFinding::Empty { admits_nothing: true });
        }
        return (Some(Enumeration { values }), false);
    }
    if let Some(index) = null {
        report.push(&at.child(index), &EnumFinding::Null);
    }
    let only_null = !listed.is_empty() && listed.iter().all(Json::is_null);
    if values.is_empty() && !only_null {
        report.push(&at, &EnumFinding::Empty { admits_nothing: input.document.follows_json_schema() });
    }
    let admits_nothing = !listed.is_empty() && input.document.follows_json_schema();
    let enumeration = (!values.is_empty() || only_null || admits_nothing).then_some(Enumeration { values });
    (enumeration, listed.iter().any(Json::is_null))
}

fn has_type(value: &Json, expected: SchemaType) -> bool {
    match expected {
        SchemaType::Boolean => value.is_boolean(),
        SchemaType::Integer => value.as_number().is_some_and(|number| !number.is_f64()),
        SchemaType::Number => value.is_number(),
        SchemaType::String => value.is_string(),
        SchemaType::Array => value.is_array(),
        SchemaType::Object => value.is_object(),
    }
}

enum EnumFinding {
    Twice { value: Json },
    OfOtherType { value: Json, expected: &'static str },
    Empty { admits_nothing: bool },
    Null,
}

impl fmt::Display for EnumFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice { value } => write!(f, "the enum lists `{value}` twice"),
            Self::OfOtherType { value, expected } => {
                write!(f, "the enum value `{value}` is not of type `{expected}`; it is left out")
            }
            Self::Empty { admits_nothing: true } => {
                write!(f, "the enum lists no value; no value is valid")
            }
            Self::Empty { admits_nothing: false } => {
                write!(f, "the enum lists no value; it has no effect")
            }
            Self::Null => {
                write!(f, "the enum lists `null` without `nullable: true`; the schema is read as nullable")
            }
        }
    }
}

impl Finding for EnumFinding {
    fn is_of_defect(&self) -> bool {
        true
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Twice { .. } => "duplicate-enum-value",
            Self::OfOtherType { .. } => "enum-type-mismatch",
            Self::Empty { .. } => "empty-enum",
            Self::Null => "null-without-nullable",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::OfOtherType { value: value @ (Json::Bool(_) | Json::Number(_)), expected: "string" } => {
                Some(format!("put it in quotes: \"{value}\""))
            }
            Self::Null => Some("add `nullable: true`".to_owned()),
            _ => None,
        }
    }
}
