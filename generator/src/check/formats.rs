//! Formats: any name is legal, so one that is only a typing error away from a known one would go by unseen.

use std::fmt;

use crate::api::{Api, CheckedFormat, Schema, Shape};
use crate::report::{Finding, Report, Severity, nearest};

/// The names of OpenAPI, of JSON Schema and its registry, and those with a meaning to the generator. Names
/// that are in wide use and near one of these are here too, so that nobody is asked to change them.
const KNOWN: &[&str] = &[
    "int8",
    "int16",
    "int32",
    "int64",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float",
    "double",
    "decimal",
    "byte",
    "binary",
    "base64",
    "base64url",
    "password",
    "date",
    "date-time",
    "local-date-time",
    "time",
    "local-time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ip",
    "ipv4",
    "ipv6",
    "uri",
    "url",
    "uri-reference",
    "uri-template",
    "iri",
    "iri-reference",
    "uuid",
    "ulid",
    "json-pointer",
    "relative-json-pointer",
    "regex",
    "html",
    "country-code",
    "currency-code",
    "phone",
    "char",
    "string",
    "number",
    "integer",
    "currency",
    "country",
    "unixtime",
    "unix-time",
];

/// A format is not a misspelt one.
pub(super) fn check_formats(api: &Api, report: &mut Report) {
    let own: Vec<&str> = api.error_codes.formats.keys().map(String::as_str).collect();
    for (_, schema) in api.schemas.iter() {
        let Some(format) = format(schema) else { continue };
        if KNOWN.contains(&format) || own.contains(&format) {
            continue;
        }
        if let Some(near) = nearest(format, KNOWN.iter().copied().chain(own.iter().copied())) {
            let finding = UnknownFormat { format: format.to_owned(), near: near.to_owned() };
            report.push(&schema.at.child("format"), &finding);
        }
    }
}

/// Formats that every text fits.
const OPEN: &[&str] = &["binary", "password"];

/// The format of a string is one that validators check.
pub(crate) fn lint_formats(api: &Api, report: &mut Report) {
    for (_, schema) in api.schemas.iter() {
        let Shape::String(text) = &schema.shape else { continue };
        let Some(format) = text.format.as_deref() else { continue };
        if CheckedFormat::of(format).is_none() && !OPEN.contains(&format) {
            report.push(&schema.at.child("format"), &UncheckedFormat { format: format.to_owned() });
        }
    }
}

fn format(schema: &Schema) -> Option<&str> {
    match &schema.shape {
        Shape::String(text) => text.format.as_deref(),
        Shape::Integer(number) | Shape::Number(number) => number.format.as_deref(),
        Shape::Any | Shape::Alias(_) | Shape::Boolean | Shape::Array(_) | Shape::Object(_) => None,
    }
}

struct UnknownFormat {
    format: String,
    near: String,
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the format `{}` is not known; it has no effect", self.format)
    }
}

impl Finding for UnknownFormat {
    fn code(&self) -> &'static str {
        "unknown-format"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some(format!("did you mean `{}`?", self.near))
    }
}

/// Names of formats that are in use elsewhere, without case and punctuation, and the format that is checked.
const ELSEWHERE: &[(&str, &str)] = &[
    ("currency", "currency-code"),
    ("iso4217", "currency-code"),
    ("country", "country-code"),
    ("iso3166", "country-code"),
    ("iso31661alpha2", "country-code"),
    ("datetime", "date-time"),
    ("timestamp", "date-time"),
    ("iso8601", "date-time"),
    ("rfc3339", "date-time"),
    ("guid", "uuid"),
    ("url", "uri"),
    ("mail", "email"),
    ("base64", "byte"),
];

fn meant(format: &str) -> Option<&'static str> {
    let plain = format.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase());
    let plain: String = plain.collect();
    ELSEWHERE.iter().find(|(name, _)| *name == plain).map(|(_, known)| *known)
}

struct UncheckedFormat {
    format: String,
}

impl fmt::Display for UncheckedFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "validators do not check the format `{}`", self.format)
    }
}

impl Finding for UncheckedFormat {
    fn code(&self) -> &'static str {
        "unchecked-format"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some(match meant(&self.format) {
            Some(known) => format!("did you mean `{known}`, which they check?"),
            None => "state what matters of it as `pattern` or `maxLength`".to_owned(),
        })
    }
}
