//! Which specification the document follows. For another one there is one error, and nothing after it.

use serde_json::Value;

use super::describe::describe;
use super::finding::Problem;
use crate::pointer::Pointer;
use crate::report::nearest;

/// Returns the finding if the document does not follow OpenAPI 3.0.
pub(super) fn refused(tree: &Value) -> Option<Problem> {
    let Value::Object(root) = tree else {
        return Some(Problem::NoDocument { found: describe(tree), near: None });
    };
    if let Some(version) = root.get("openapi") {
        let version = text(version);
        return (!is_supported(&version)).then(|| Problem::Version {
            found: format!("OpenAPI {version}"),
            help: if version.starts_with("3.") {
                "rewrite what is new in it, and write `openapi: 3.0.3`"
            } else {
                "convert the document, and write `openapi: 3.0.3`"
            },
        });
    }
    if let Some(version) = root.get("swagger") {
        return Some(Problem::Version {
            found: format!("Swagger {}", text(version)),
            help: "convert the document with swagger2openapi or editor.swagger.io",
        });
    }
    let other =
        [("asyncapi", "AsyncAPI"), ("arazzo", "Arazzo"), ("$schema", "a JSON Schema"), ("raml", "RAML")];
    let other = other.iter().find(|(key, _)| root.contains_key(*key));
    Some(match other {
        Some((_, name)) => {
            Problem::Version { found: (*name).to_owned(), help: "give the path of an OpenAPI definition" }
        }
        None => Problem::NoDocument {
            found: "a mapping without it".to_owned(),
            near: misspelt(tree).map(str::to_owned),
        },
    })
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

/// `3.0`, `3.0.3`, `3.0.0-rc1`.
fn is_supported(version: &str) -> bool {
    let rest = version.trim().strip_prefix("3.0");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        other => describe(other),
    }
}
