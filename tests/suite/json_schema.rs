//! Schemas of draft 2020-12 as components of OpenAPI 3.1.

use serde_json::{Value, json};

/// Returns the schema as a resource of its own, in which `#` is the schema and not the document.
pub(crate) fn resource(mut schema: Value, description: &str) -> Value {
    if let Value::Object(keywords) = &mut schema {
        keywords.shift_remove("$schema");
        keywords.entry("$id").or_insert_with(|| json!(format!("urn:{}", description.replace('#', ""))));
    }
    schema
}

/// Returns whether a schema needs nothing but itself: no other document, and no other vocabulary.
pub(crate) fn is_local(file: &str, schema: &Value) -> bool {
    let needs_meta_schema =
        schema.to_string().contains("\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"");
    !matches!(file, "refRemote" | "vocabulary") && !needs_meta_schema
}
