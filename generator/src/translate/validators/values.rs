//! Values of a definition as tables name them.

use serde_json::Value as Json;

use crate::api::EnumValue;
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

/// Returns a value of `enum` as a table names it, with all its digits.
pub(super) fn enum_value(value: &EnumValue) -> Scalar {
    let exact = value.exact.as_ref().map(|number| Scalar::Number(number.to_string()));
    exact.unwrap_or_else(|| scalar(&value.value))
}

/// Returns the strings among the values, each once.
pub(super) fn texts(values: Vec<Scalar>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in values {
        if let Scalar::Text(text) = value
            && !found.contains(&text)
        {
            found.push(text);
        }
    }
    found
}
