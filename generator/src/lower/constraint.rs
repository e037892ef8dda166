//! The keywords of each type: reads limits, and reports the keywords without effect.

use std::fmt;

use serde_json::Value as Json;

use crate::api::{Limit, Number, Text};
use crate::decimal::Decimal;
use crate::pointer::Pointer;
use crate::report::{Finding, NodePart, Report, Severity};

use super::input::RawObject;
use super::schema_type::{OF_ARRAYS, OF_NUMBERS, OF_OBJECTS, OF_STRINGS, SchemaType};

/// Returns the limits of `integer` or `number`.
pub(super) fn number(raw: RawObject<'_>) -> Number {
    let number = |name: &str| raw.get(name)?.as_number().map(Decimal::from);
    let limit =
        |value: &str, exclusive: &str| Some(Limit { value: number(value)?, exclusive: raw.flag(exclusive) });
    Number {
        format: raw.text("format"),
        minimum: limit("minimum", "exclusiveMinimum"),
        maximum: limit("maximum", "exclusiveMaximum"),
        multiple_of: number("multipleOf"),
    }
}

/// Returns the limits of `string`.
pub(super) fn text(raw: RawObject<'_>) -> Text {
    Text {
        format: raw.text("format"),
        min_length: raw.count("minLength"),
        max_length: raw.count("maxLength"),
        pattern: raw.text("pattern"),
    }
}

/// Reports the keywords that have no effect on the type that the others imply. Where the type is stated,
/// `parse` has done so.
pub(super) fn check_foreign_keywords(
    report: &mut Report,
    at: &Pointer,
    raw: RawObject<'_>,
    schema_type: Option<SchemaType>,
) {
    let foreign = [OF_STRINGS, OF_NUMBERS, OF_ARRAYS, OF_OBJECTS].concat();
    for keyword in foreign {
        let own = schema_type.is_some_and(|own| own.keywords().contains(&keyword));
        if raw.has(keyword) && !own {
            let finding = KeywordFinding::Foreign { keyword, schema_type };
            report.push(&at.child(keyword), &finding);
        }
    }
    if raw.has("format") && !schema_type.is_some_and(SchemaType::has_format) {
        report.push(&at.child("format"), &KeywordFinding::Foreign { keyword: "format", schema_type });
    }
}

/// Reports `exclusiveMinimum` without `minimum`, and `exclusiveMaximum` without `maximum`.
pub(super) fn check_lone_flags(report: &mut Report, at: &Pointer, raw: RawObject<'_>) {
    for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if raw.flag(flag) && !raw.has(limit) {
            report.push(&at.child(flag), &KeywordFinding::Alone { flag, limit });
        }
    }
}

/// Returns the names in `required` with their indexes, each once.
pub(super) fn required(report: &mut Report, at: &Pointer, raw: RawObject<'_>) -> Vec<(usize, String)> {
    let mut names: Vec<(usize, String)> = Vec::new();
    let listed = raw.get("required").and_then(Json::as_array).into_iter().flatten();
    for (index, name) in listed.enumerate().filter_map(|(index, name)| Some((index, name.as_str()?))) {
        if names.iter().any(|(_, known)| known == name) {
            let finding = KeywordFinding::RequiredTwice { name: name.to_owned() };
            report.push(&at.child("required").child(index), &finding);
        } else {
            names.push((index, name.to_owned()));
        }
    }
    names
}

enum KeywordFinding {
    Foreign { keyword: &'static str, schema_type: Option<SchemaType> },
    Alone { flag: &'static str, limit: &'static str },
    RequiredTwice { name: String },
}

impl fmt::Display for KeywordFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign { keyword, schema_type: Some(schema_type) } => {
                write!(f, "`{keyword}` has no effect on values of type `{}`", schema_type.name())
            }
            Self::Foreign { keyword, schema_type: None } => {
                write!(f, "`{keyword}` has no effect on a schema without a type")
            }
            Self::Alone { flag, limit } => write!(f, "`{flag}` has no effect without `{limit}`"),
            Self::RequiredTwice { name } => write!(f, "`{name}` is listed as required twice"),
        }
    }
}

impl Finding for KeywordFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Foreign { .. } | Self::Alone { .. } => "ineffective-keyword",
            Self::RequiredTwice { .. } => "duplicate-required",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn part(&self) -> NodePart {
        match self {
            Self::Foreign { .. } | Self::Alone { .. } => NodePart::Key,
            Self::RequiredTwice { .. } => NodePart::Value,
        }
    }
}
