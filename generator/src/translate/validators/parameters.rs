//! Parameters that have more rules than their Rust type guarantees.

use super::arena::TableArena;
use crate::api::{Api, SchemaId};
use crate::rust::validators::{NumberTable, SchemaTable, TableShape, TextTable};

/// Returns the schemas of parameters that callers set, each once.
pub(super) fn schemas(api: &Api) -> Vec<SchemaId> {
    let mut found = Vec::new();
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let parameters = parameters.filter(|parameter| !parameter.correlation_id);
    for schema in parameters.filter_map(|parameter| parameter.content.schema()) {
        if !found.contains(&schema) {
            found.push(schema);
        }
    }
    found
}

/// Returns true if a table has more rules than the type of the value.
pub(super) fn has_rules(arena: &TableArena, schema: &SchemaTable) -> bool {
    let of_shape = match &schema.shape {
        TableShape::Any | TableShape::Boolean => false,
        TableShape::Number(number) => has_limits(number),
        TableShape::Text(text) => has_text_rules(text),
        TableShape::Array(array) => {
            array.min_items.is_some()
                || array.max_items.is_some()
                || array.unique.is_some()
                || array.items.is_some_and(|items| has_rules(arena, &arena.nodes[items.0].schema))
        }
        TableShape::Object(_) => true,
    };
    of_shape || schema.values.is_some() || schema.is_composed() || schema.card_number.is_some()
}

fn has_limits(number: &NumberTable) -> bool {
    number.minimum.is_some() || number.maximum.is_some() || number.multiple_of.is_some()
}

/// A date or a time has a Rust type of its own.
fn has_text_rules(text: &TextTable) -> bool {
    let has_a_type = |format: &str| matches!(format, "Date" | "DateTime" | "LocalDateTime");
    text.min_length.is_some()
        || text.max_length.is_some()
        || !text.patterns.is_empty()
        || text.values.is_some()
        || text.card_number.is_some()
        || text.format.as_ref().is_some_and(|(format, _)| !has_a_type(format))
}
