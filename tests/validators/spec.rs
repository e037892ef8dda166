//! The definition as the tests read it: components, error codes, and what the codes of keywords are.

use std::{fs, path::Path, sync::LazyLock};

use serde_yaml::Value;
use specwright_runtime::{Code, Severity, validate::codes};

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
        other => panic!("a severity that the tests do not know: {other:?}"),
    }
}

impl Spec {
    pub(crate) fn component(&'static self, name: &str) -> &'static Value {
        &self.document["components"]["schemas"][name]
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
            (None, _) => panic!("a format that the tests do not know: {format}"),
        }
    }
}

/// The component that a node stands for, if it is a reference, alone or in an `allOf`.
pub(crate) fn reference(node: &Value) -> Option<&str> {
    let node = match node["allOf"].as_sequence().map(Vec::as_slice) {
        Some([only]) => only,
        Some(_) => panic!("an allOf that the tests do not know: {node:?}"),
        None => node,
    };
    node["$ref"].as_str().map(|target| target.strip_prefix("#/components/schemas/").unwrap())
}

/// The strings of a list; none if there is no list.
pub(crate) fn strings(node: &Value) -> Vec<String> {
    node.as_sequence().map_or_else(Vec::new, |items| items.iter().map(string).collect())
}

pub(crate) fn string(node: &Value) -> String {
    node.as_str().unwrap_or_else(|| panic!("no string: {node:?}")).to_owned()
}
