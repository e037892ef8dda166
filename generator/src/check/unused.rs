//! Component schemas that nothing uses.

use std::collections::BTreeSet;
use std::fmt;

use crate::api::{Api, Origin, Schema, SchemaId, Shape};
use crate::report::{Finding, NodePart, Report, Severity};

use super::walk;

/// Every component is reached from an operation, or from another component's object.
pub(super) fn check_unused(api: &Api, report: &mut Report) {
    let operations = walk::operations(api);
    // What has schemas alone is used by other documents.
    if operations.is_empty() {
        return;
    }
    let mut open: Vec<SchemaId> = operations.into_iter().flat_map(walk::schemas_of).collect();
    let in_component = |schema: &Schema| matches!(schema.origin, Origin::InComponent { .. });
    open.extend(api.schemas.iter().filter(|(_, schema)| in_component(schema)).map(|(id, _)| id));
    let mut used = BTreeSet::new();
    while let Some(id) = open.pop() {
        if used.insert(id) {
            open.extend(neighbours(&api.schemas[id]));
        }
    }
    for (id, schema) in api.schemas.iter() {
        if let (Origin::Component(name), false) = (&schema.origin, used.contains(&id)) {
            report.push(&schema.at, &Unused { name: name.clone() });
        }
    }
}

/// Everything that a schema names.
fn neighbours(schema: &Schema) -> Vec<SchemaId> {
    let mut next = walk::members(schema);
    next.extend(schema.not);
    if let Some(discriminator) = &schema.discriminator {
        next.extend(discriminator.mapping.iter().map(|(_, id)| *id));
    }
    if let Shape::Alias(id) = &schema.shape {
        next.push(*id);
    }
    next.extend(schema.inner());
    next
}

struct Unused {
    name: String,
}

impl fmt::Display for Unused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nothing uses the schema `{}`", self.name)
    }
}

impl Finding for Unused {
    fn code(&self) -> &'static str {
        "unused-schema"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn part(&self) -> NodePart {
        NodePart::Key
    }
}
