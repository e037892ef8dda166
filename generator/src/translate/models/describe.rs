//! The documentation of items.

use super::super::docs;
use super::super::plan::{Plan, Plans};
use crate::api::{Api, SchemaId};

/// Returns what the definition says of the schema; `fallback` where it says nothing.
pub(super) fn describe(api: &Api, plans: &Plans, id: SchemaId, fallback: &str) -> Vec<String> {
    let schema = &api.schemas[id];
    let mut lines = docs::item(&schema.docs, fallback);
    let facts = docs::facts(schema, !is_enum(plans, id));
    if !facts.is_empty() {
        docs::append(&mut lines, &facts.join(" "));
    }
    docs::sourced(lines, &schema.docs)
}

/// Returns whether the type of the schema is an enum of its values.
pub(super) fn is_enum(plans: &Plans, id: SchemaId) -> bool {
    matches!(plans[plans.resolve(id)], Plan::StringEnum(_) | Plan::IntegerEnum(_))
}
