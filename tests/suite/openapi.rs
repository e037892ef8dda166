//! Schemas of draft 4 in the words of OpenAPI 3.0.

use serde_json::{Map, Value, json};

/// Keywords that OpenAPI 3.0 does not have, or not within a schema.
const UNKNOWN: [&str; 6] =
    ["$ref", "additionalItems", "definitions", "dependencies", "id", "patternProperties"];

/// Returns the schema as OpenAPI 3.0 writes it; `None` if it can't.
pub(crate) fn schema(draft: &Value) -> Option<Value> {
    let keywords = draft.as_object()?;
    if keywords.keys().any(|keyword| UNKNOWN.contains(&keyword.as_str())) {
        return None;
    }
    let mut written = Map::new();
    for (keyword, value) in keywords {
        match (keyword.as_str(), value) {
            ("$schema", _) => {}
            ("type", Value::String(name)) if name == "null" => {
                written.insert("nullable".to_owned(), true.into());
                written.insert("enum".to_owned(), json!([null]));
            }
            ("type" | "items", Value::Array(_)) => return None,
            ("properties", Value::Object(properties)) => {
                let read = properties.iter().map(|(name, value)| Some((name.clone(), schema(value)?)));
                written.insert(keyword.clone(), Value::Object(read.collect::<Option<_>>()?));
            }
            ("additionalProperties" | "items" | "not", Value::Object(_)) => {
                written.insert(keyword.clone(), schema(value)?);
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(members)) => {
                let read = members.iter().map(schema).collect::<Option<_>>()?;
                written.insert(keyword.clone(), Value::Array(read));
            }
            _ => {
                written.insert(keyword.clone(), value.clone());
            }
        }
    }
    Some(Value::Object(written))
}
