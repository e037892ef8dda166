//! Tables of parameters: of those of which more is asked than their type can promise.

use std::collections::BTreeMap;

use super::tables::Builder;
use crate::api::SchemaId;
use crate::ident::ConstIdent;
use crate::rust::validators::{Number, Schema, Shape, Table, Text};

/// The schemas whose tables are kept in the builder's list of parameters, in its order.
pub(super) fn roots(builder: &mut Builder<'_>) -> Vec<SchemaId> {
    let mut kept = Vec::new();
    let operations = builder.api.operations.iter();
    let stated = operations.flat_map(|operation| &operation.parameters);
    let stated = stated.filter(|parameter| !parameter.correlation_id);
    for schema in stated.filter_map(|parameter| parameter.content.schema()) {
        if !kept.contains(&schema) {
            let table = builder.root(schema);
            if asks(builder, &builder.nodes[table.0].schema) {
                kept.push(schema);
                builder.parameters.push(table);
            }
        }
    }
    kept
}

/// The names that the tables have got.
pub(super) fn named(
    builder: &Builder<'_>,
    schemas: &[SchemaId],
    tables: &[Table],
) -> BTreeMap<SchemaId, ConstIdent> {
    let named = schemas.iter().zip(&builder.parameters);
    named.filter_map(|(schema, table)| Some((*schema, tables.get(table.0)?.ident.clone()?))).collect()
}

/// Whether a table asks more of a value than that it is of some type.
fn asks(builder: &Builder<'_>, schema: &Schema) -> bool {
    let of_shape = match &schema.shape {
        Shape::Any | Shape::Boolean => false,
        Shape::Number(number) => has_limits(number),
        Shape::Text(text) => asks_of_text(text),
        Shape::Array(array) => {
            array.min_items.is_some()
                || array.max_items.is_some()
                || array.unique.is_some()
                || array.items.is_some_and(|items| asks(builder, &builder.nodes[items.0].schema))
        }
        Shape::Object(_) => true,
    };
    of_shape || schema.values.is_some() || schema.is_composed() || schema.card_number.is_some()
}

fn has_limits(number: &Number) -> bool {
    number.minimum.is_some() || number.maximum.is_some() || number.multiple_of.is_some()
}

/// A date or a time has a type of its own.
fn asks_of_text(text: &Text) -> bool {
    let has_a_type = |format: &str| matches!(format, "Date" | "DateTime" | "LocalDateTime");
    text.min_length.is_some()
        || text.max_length.is_some()
        || !text.patterns.is_empty()
        || text.values.is_some()
        || text.card_number.is_some()
        || text.format.as_ref().is_some_and(|(format, _)| !has_a_type(format))
}
