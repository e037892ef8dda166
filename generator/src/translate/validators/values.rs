//! Values of a definition as tables name them.

use serde_json::Value as Json;

use crate::rust::validators::Scalar;

/// Returns a value as a table names it.
pub(super) fn scalar(value: &Json) -> Scalar {
    match value {
        Json::Null => Scalar::Null,
        Json::Bool(value) => Scalar::Boolean(*value),
        Json::Number(value) => Scalar::Number(value.to_string()),
        Json::String(text) => Scalar::Text(text.clone()),
        Json::Array(_) | Json::Object(_) => Scalar::Json(value.to_string()),
    }
}

/// Returns the strings among the values, each once.
pub(super) fn texts(values: &[Json]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in values.iter().filter_map(Json::as_str) {
        if found.iter().all(|known| known != text) {
            found.push(text.to_owned());
        }
    }
    found
}
