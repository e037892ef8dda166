//! The documentation of items.

use super::super::docs;
use super::super::plan::{Plan, Plans};
use crate::api::{Api, Docs, SchemaId};

/// Returns what the definition says of the schema; `fallback` where it says nothing.
pub(super) fn describe(api: &Api, plans: &Plans, id: SchemaId, fallback: &str) -> Vec<String> {
    let schema = &api.schemas[id];
    let silent = Docs { deprecated: schema.docs.deprecated, ..Docs::default() };
    let stated = if is_true_of_all(api, plans, id) { &schema.docs } else { &silent };
    let mut lines = docs::item(stated, fallback);
    let facts = match plans[id] {
        // The type that it is another name of says what its own schema says.
        Plan::Transparent(_) => docs::facts(schema, !is_enum(plans, id)),
        _ => docs::facts_of_all(api, id, !is_enum(plans, id)),
    };
    if !facts.is_empty() {
        docs::append(&mut lines, &facts.join(" "));
    }
    docs::sourced(lines, stated)
}

/// Returns whether all schemas of the type say the same of it. What is said of one alone need not be true of
/// another.
pub(super) fn is_true_of_all(api: &Api, plans: &Plans, id: SchemaId) -> bool {
    let texts = |id: SchemaId| {
        let docs = &api.schemas[id].docs;
        [&docs.title, &docs.summary, &docs.description, &docs.source]
    };
    plans.sharing(id).iter().all(|other| texts(*other) == texts(id))
}

/// Returns whether the type of the schema is an enum of its values.
pub(super) fn is_enum(plans: &Plans, id: SchemaId) -> bool {
    matches!(plans[plans.resolve(id)], Plan::StringEnum(_) | Plan::IntegerEnum(_))
}
