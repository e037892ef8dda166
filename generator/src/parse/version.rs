//! Which specification the document follows. For another one there is one error, and nothing after it.

use serde_json::{Map, Value};

use super::describe::describe;
use super::finding::Problem;
use crate::pointer::Pointer;
use crate::report::nearest;

/// A version of OpenAPI that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V30,
    V31,
    V32,
}

impl Version {
    /// Returns the version that the document states.
    ///
    /// # Errors
    ///
    /// Returns the finding if it states no version that is read.
    pub(super) fn of(tree: &Value) -> Result<Self, Problem> {
        let Value::Object(root) = tree else {
            return Err(Problem::NoDocument { found: describe(tree), near: None });
        };
        match root.get("openapi").map(text) {
            Some(version) => Self::from_text(&version).ok_or_else(|| Problem::Version {
                found: format!("OpenAPI {version}"),
                help: "convert the document, and write `openapi: 3.1.0`",
            }),
            None => Err(other_specification(tree, root)),
        }
    }

    /// `3.0`, `3.0.3`, `3.1.0-rc1`.
    fn from_text(version: &str) -> Option<Self> {
        let of = |start: &str| version.trim().strip_prefix(start);
        let versions = [("3.0", Self::V30), ("3.1", Self::V31), ("3.2", Self::V32)];
        let is_rest = |rest: &str| rest.is_empty() || rest.starts_with(['.', '-']);
        versions.into_iter().find(|(start, _)| of(start).is_some_and(is_rest)).map(|(_, version)| version)
    }
}

/// Returns the finding about a document that states no version of OpenAPI.
fn other_specification(tree: &Value, root: &Map<String, Value>) -> Problem {
    if let Some(version) = root.get("swagger") {
        return Problem::Version {
            found: format!("Swagger {}", text(version)),
            help: "convert the document with swagger2openapi or editor.swagger.io",
        };
    }
    let other =
        [("asyncapi", "AsyncAPI"), ("arazzo", "Arazzo"), ("$schema", "a JSON Schema"), ("raml", "RAML")];
    let other = other.iter().find(|(key, _)| root.contains_key(*key));
    match other {
        Some((_, name)) => {
            Problem::Version { found: (*name).to_owned(), help: "give the path of an OpenAPI definition" }
        }
        None => Problem::NoDocument {
            found: "a mapping without it".to_owned(),
            near: misspelt(tree).map(str::to_owned),
        },
    }
}

/// Returns the pointer to the keyword that names the specification.
pub(super) fn pointer(tree: &Value) -> Pointer {
    let stated = ["openapi", "swagger"].into_iter().find(|key| tree.get(key).is_some());
    let stated = stated.or_else(|| misspelt(tree));
    stated.map_or_else(Pointer::root, |key| Pointer::root().child(key))
}

/// Returns the key that is probably meant to be `openapi`.
fn misspelt(tree: &Value) -> Option<&str> {
    nearest("openapi", tree.as_object()?.keys().map(String::as_str))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        other => describe(other),
    }
}
