//! Keywords of earlier drafts of JSON Schema, which 2020-12 writes otherwise.

use serde_json::{Value, json};

use super::rewriting::Rewriting;
use crate::parse::context::Mapping;
use crate::parse::node_path::NodePath;

/// Reads them as they are meant.
pub(super) fn rewrite(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &mut Mapping) {
    tuples(rewriting, at, schema);
    dependencies(rewriting, at, schema);
}

/// A list of schemas in `items` is now `prefixItems`, and `additionalItems` beside it is now `items`.
fn tuples(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &mut Mapping) {
    if !schema.get("items").is_some_and(Value::is_array) || schema.contains_key("prefixItems") {
        return;
    }
    rename(rewriting, at, schema, "items", "prefixItems");
    let what = "`items` must be one schema, found a list (a form of earlier drafts of JSON Schema)";
    rewriting.older(&at.key("prefixItems"), what, "it is read as `prefixItems`");
    if schema.contains_key("additionalItems") {
        let what = "`additionalItems` is a keyword of earlier drafts of JSON Schema";
        rewriting.older(&at.key("additionalItems"), what, "it is read as `items`");
        rename(rewriting, at, schema, "additionalItems", "items");
    }
}

/// What `dependencies` says with lists of names is now `dependentRequired`, and what it says with schemas is
/// now `dependentSchemas`.
fn dependencies(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &mut Mapping) {
    if !schema.get("dependencies").is_some_and(Value::is_object) {
        return;
    }
    let from = at.key("dependencies");
    let what = "`dependencies` is a keyword of earlier drafts of JSON Schema";
    rewriting.older(&from, what, "it is read as `dependentRequired` and `dependentSchemas`");
    let Some(Value::Object(stated)) = schema.shift_remove("dependencies") else { return };
    for (name, dependency) in stated {
        let keyword = if dependency.is_array() { "dependentRequired" } else { "dependentSchemas" };
        let to = at.key(keyword).pointer().child(&name);
        if let Value::Object(members) = schema.entry(keyword).or_insert_with(|| json!({})) {
            rewriting.moved(&to, &from.pointer().child(&name));
            members.insert(name, dependency);
        }
    }
}

fn rename(rewriting: &mut Rewriting<'_>, at: &NodePath<'_>, schema: &mut Mapping, from: &str, to: &str) {
    let value = schema.shift_remove(from).unwrap_or_default();
    schema.insert(to.to_owned(), value);
    rewriting.moved(&at.key(to).pointer(), &at.key(from).pointer());
}
