//! Keywords beside `$ref`, which apply since OpenAPI 3.1: the reference becomes a member of `allOf`.

use serde_json::{Value, json};

use super::rewriting::Rewriting;
use crate::parse::context::Mapping;
use crate::parse::node_path::NodePath;

/// Keywords that say nothing of values.
const ANNOTATIONS: [&str; 9] = [
    "title",
    "summary",
    "description",
    "$comment",
    "deprecated",
    "example",
    "examples",
    "externalDocs",
    "$anchor",
];

/// Wraps the reference of a schema that has other keywords too.
pub(super) fn rewrite(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, members: &mut Mapping) {
    if !members.get("$ref").is_some_and(Value::is_string) || members.len() == 1 {
        return;
    }
    if members.keys().all(|key| key == "$ref" || ANNOTATIONS.contains(&key.as_str())) {
        // A member of a choice is known by what it refers to, and `summary` is said of no schema.
        if at.is_entry() {
            members.retain(|key, _| key == "$ref");
        } else {
            members.shift_remove("summary");
        }
        if members.len() == 1 {
            return;
        }
    }
    let Some(reference) = members.shift_remove("$ref") else { return };
    let list = members.entry("allOf").or_insert_with(|| json!([]));
    let Value::Array(list) = list else { return };
    let all_of = at.key("allOf");
    let wrapped = all_of.index(list.len());
    list.push(json!({"$ref": reference}));
    rewriting.moved(&wrapped.pointer(), &at.pointer());
}
