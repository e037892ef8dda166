//! The definition as the tests read it: components, error codes, and what the codes of keywords are.

use std::{fs, path::Path, sync::LazyLock};

use serde_yaml::Value;
use specwright_runtime::{Code, Severity, validate::codes};

use super::{formats::FORMATS, leaf::PATTERNS};

/// The definition.
pub(crate) static SPEC: LazyLock<Spec> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/cards-v4.yaml");
    Spec { document: serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap() }
});

pub(crate) struct Spec {
    pub(crate) document: Value,
}

/// What is said of a value: `error invalidEnum`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Said {
    pub(crate) severity: Severity,
    pub(crate) code: String,
}

impl Said {
    pub(crate) fn error(code: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code: code.into() }
    }

    /// A code of our own.
    pub(crate) fn own(code: &Code) -> Self {
        Self { severity: code.severity, code: code.name.to_owned() }
    }

    /// What a rule of its own says: `{code: ..., severity: ...}`.
    pub(crate) fn of_rule(rule: &Value) -> Self {
        Self { severity: severity(&rule["severity"]), code: string(&rule["code"]) }
    }

    /// `error invalidEnum accounts[0].accountType`
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{} {} {path}", self.severity, self.code).trim_end().to_owned()
    }
}

fn severity(node: &Value) -> Severity {
    match node.as_str() {
        Some("warning") => Severity::Warning,
        Some("error") | None => Severity::Error,
        Some(other) => panic!("{other} is no severity"),
    }
}

impl Spec {
    pub(crate) fn component(&'static self, name: &str) -> &'static Value {
        &self.document["components"]["schemas"][name]
    }

    pub(crate) fn components(&self) -> impl Iterator<Item = (&str, &Value)> {
        let components = self.document["components"]["schemas"].as_mapping().unwrap();
        components.iter().filter_map(|(name, node)| Some((name.as_str()?, node)))
    }

    /// Every code of the API by name, with its message; those that the server alone raises have `true`.
    pub(crate) fn codes(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        let codes = self.document["x-error-codes"]["codes"].as_mapping().unwrap();
        codes.iter().map(|(name, code)| {
            (
                name.as_str().unwrap(),
                code["message"].as_str().unwrap(),
                code["raised-by"].as_str() == Some("server"),
            )
        })
    }

    /// The keyword or format of JSON Schema that a code stands for; none for what JSON Schema can't say.
    pub(crate) fn keyword_of(&self, code: &str) -> Option<&'static str> {
        let own = [
            (&codes::INVALID_TYPE, "type"),
            (&codes::INVALID_INTEGER, "type"),
            (&codes::INVALID_PATTERN, "pattern"),
            (&codes::OUT_OF_RANGE, "range"),
            (&codes::INVALID_DATE, "format"),
            (&codes::INVALID_LOCAL_DATE_TIME, "format"),
        ];
        let own = own.into_iter().find(|(own, _)| own.name == code).map(|(_, keyword)| keyword);
        let general = &self.document["x-error-codes"];
        let of_format = has_value(&general["formats"], code).map(|_| "format");
        own.or(of_format).or_else(|| {
            let named = has_value(&general["keywords"], code).or_else(|| named_by(&self.document, code))?;
            ["required", "type", "enum", "pattern", "maxItems"]
                .into_iter()
                .find(|keyword| *keyword == named)
                .or(["minLength", "maxLength"].contains(&named).then_some("length"))
        })
    }

    /// What a broken keyword of a schema means.
    pub(crate) fn keyword(&self, node: &Value, keyword: &str, own: &Code) -> Said {
        let named = node["x-error-code"][keyword].as_str();
        let general = self.document["x-error-codes"]["keywords"][keyword].as_str();
        let code = named.or(general).unwrap_or(own.name).to_owned();
        Said { severity: severity(&node["x-severity"][keyword]), code }
    }

    /// What a broken format means.
    pub(crate) fn format(&self, format: &str) -> Said {
        match (self.document["x-error-codes"]["formats"][format].as_str(), format) {
            (Some(code), _) => Said::error(code),
            (None, "date") => Said::own(&codes::INVALID_DATE),
            (None, "local-date-time") => Said::own(&codes::INVALID_LOCAL_DATE_TIME),
            (None, _) => panic!("{format} is in no table of the tests"),
        }
    }
}

/// What a node says of the value itself: the schema that it refers to, unless that one is an object.
pub(crate) fn resolved(node: &'static Value) -> &'static Value {
    match reference(node) {
        Some(name) if SPEC.component(name)["type"].as_str() != Some("object") => {
            resolved(SPEC.component(name))
        }
        _ => node,
    }
}

/// The component that a node stands for, if it is a reference, alone or in an `allOf`.
pub(crate) fn reference(node: &Value) -> Option<&str> {
    let node = match node["allOf"].as_sequence().map(Vec::as_slice) {
        Some([only]) => only,
        _ => node,
    };
    node["$ref"].as_str().map(|target| {
        let name = target.strip_prefix("#/components/schemas/");
        name.unwrap_or_else(|| panic!("{target} refers to no component schema"))
    })
}

/// Keywords that ask nothing of a request's value.
const SAY_NOTHING: [&str; 13] = [
    "title",
    "description",
    "deprecated",
    "example",
    "default",
    "externalDocs",
    "x-enum-varnames",
    "x-enum-labels",
    "x-sensitive",
    "x-source",
    "x-preferred-values",
    "x-severity",
    "x-error-code",
];

/// What a member says that these tests can't prove, if anything: `minimum`, `format: time`. Such a member is
/// in no sample, and `spec/COVERAGE.md` lists it.
pub(crate) fn unproved(node: &'static Value, is_required: bool) -> Option<String> {
    if node["readOnly"].as_bool() == Some(true) {
        return Some("readOnly".to_owned());
    }
    // Where a member may be absent, null says that it is.
    if is_required && node["nullable"].as_bool() == Some(true) {
        return Some("nullable".to_owned());
    }
    let node = resolved(node);
    if let Some(component) = reference(node) {
        let known = ["type", "properties", "required", "x-at-most-one-of", "x-required-when"];
        let rules = ["x-forbidden-when", "x-no-card-number", "x-same-value", "x-unique-by"];
        return keyword_besides(SPEC.component(component), &[&known[..], &rules].concat());
    }
    let known: &[&str] = match (node["type"].as_str(), node["format"].as_str()) {
        (Some("array"), _) => {
            if let Some(unproved) = unproved(&node["items"], true) {
                return Some(unproved);
            }
            &["items", "maxItems", "x-unique-by", "x-no-reference-to"]
        }
        (Some("string"), format) => {
            if let Some(format) = format.filter(|format| !FORMATS.contains(format)) {
                return Some(format!("format: {format}"));
            }
            let mut patterns =
                node["pattern"].as_str().into_iter().chain(node["allOf"][0]["pattern"].as_str());
            if let Some(pattern) = patterns.find(|pattern| !PATTERNS.contains(pattern)) {
                return Some(format!("pattern: {pattern}"));
            }
            if node["enum"].as_sequence().is_some_and(|values| values.contains(&Value::Null)) {
                return Some("enum with null".to_owned());
            }
            &["format", "enum", "minLength", "maxLength", "pattern", "allOf", "x-no-card-number"]
        }
        (Some("integer"), Some("int32")) | (Some("number"), Some("decimal")) => &["format"],
        (Some("boolean"), None) => &[],
        (Some(other), format) => return Some(format!("type: {other}, format: {}", format.unwrap_or("none"))),
        (None, _) => return Some("no type".to_owned()),
    };
    keyword_besides(node, &[&["type", "nullable"], known].concat())
}

fn keyword_besides(node: &Value, known: &[&str]) -> Option<String> {
    let names = node.as_mapping().into_iter().flatten().filter_map(|(name, _)| name.as_str());
    let unknown = names.filter(|name| !known.contains(name) && !SAY_NOTHING.contains(name));
    unknown.map(str::to_owned).next()
}

/// The keyword that a schema anywhere gives a code of its own.
fn named_by<'a>(node: &'a Value, code: &str) -> Option<&'a str> {
    match node {
        Value::Mapping(members) => has_value(&node["x-error-code"], code)
            .or_else(|| members.values().find_map(|node| named_by(node, code))),
        Value::Sequence(items) => items.iter().find_map(|node| named_by(node, code)),
        _ => None,
    }
}

/// The member of a mapping that has this text.
fn has_value<'a>(node: &'a Value, text: &str) -> Option<&'a str> {
    let members = node.as_mapping().into_iter().flatten();
    members.filter(|(_, value)| value.as_str() == Some(text)).find_map(|(name, _)| name.as_str())
}

/// The strings of a list; none if there is no list.
pub(crate) fn strings(node: &Value) -> Vec<String> {
    node.as_sequence().map_or_else(Vec::new, |items| items.iter().map(string).collect())
}

pub(crate) fn string(node: &Value) -> String {
    node.as_str().unwrap_or_else(|| panic!("no string: {node:?}")).to_owned()
}

#[test]
fn what_can_not_be_proved_is_seen() {
    let unproved = |text: &str| {
        let node: &'static Value = Box::leak(Box::new(serde_yaml::from_str(text).unwrap()));
        unproved(node, false)
    };
    for (text, expected) in [
        ("{type: string, maxLength: 3, nullable: true, title: Short}", None),
        ("{type: array, items: {type: boolean}}", None),
        ("{type: string, readOnly: true}", Some("readOnly")),
        ("{type: integer, format: int32, minimum: 1}", Some("minimum")),
        ("{type: integer}", Some("type: integer, format: none")),
        ("{type: string, format: time}", Some("format: time")),
        ("{type: string, pattern: '^x$'}", Some("pattern: ^x$")),
        ("{type: array, items: {}}", Some("no type")),
        ("{type: array, items: {type: string, nullable: true}}", Some("nullable")),
        ("{oneOf: [{type: string}]}", Some("no type")),
    ] {
        assert_eq!(unproved(text).as_deref(), expected, "{text}");
    }
}
