//! What a call sends and no type of its own validates: parameters, parts of `multipart/form-data`, and bodies
//! that are lists, maps, texts or numbers.

use super::super::media_types;
use super::super::plan::{Plan, Plans};
use super::arena::TableArena;
use crate::api::{Api, Operation, SchemaId};
use crate::rust::validators::{NumberTable, SchemaTable, TableShape, TextTable};

/// A schema of what is sent.
#[derive(Clone, Copy)]
pub(super) struct Sent {
    pub(super) schema: SchemaId,
    pub(super) kind: SentKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SentKind {
    Parameter,
    /// Of `multipart/form-data`.
    Part,
    /// It may be passed as JSON text, of which no type guarantees anything.
    Json,
    Form,
    /// It is passed as a string, whatever its schema.
    Text,
}

/// Returns the schemas of parameters, of bodies that may be validated, and of parts of bodies.
pub(super) fn schemas(api: &Api, plans: &Plans) -> Vec<Sent> {
    let of_operation =
        |operation| parameters(operation).chain(bodies(plans, operation)).chain(parts(api, plans, operation));
    let of_webhooks = api.webhooks.iter().flat_map(|webhook| bodies(plans, webhook));
    api.operations.iter().flat_map(of_operation).chain(of_webhooks).collect()
}

fn parameters(operation: &Operation) -> impl Iterator<Item = Sent> {
    let schemas = operation.parameters.iter().filter_map(|parameter| parameter.content.schema());
    schemas.map(|schema| Sent { schema, kind: SentKind::Parameter })
}

fn parts(api: &Api, plans: &Plans, operation: &Operation) -> impl Iterator<Item = Sent> {
    let contents = operation.request_body.iter().flat_map(|body| &body.content);
    let contents = contents.filter(|media| media_types::essence(&media.name) == "multipart/form-data");
    let properties =
        contents.filter_map(|media| media.schema).flat_map(|body| plans.sure_properties(api, body));
    properties.map(|property| Sent { schema: property.schema, kind: SentKind::Part })
}

fn bodies(plans: &Plans, operation: &Operation) -> impl Iterator<Item = Sent> {
    let contents = operation.request_body.iter().flat_map(|body| &body.content);
    contents.filter_map(|media| {
        let schema = media.schema?;
        let plan = &plans[plans.resolve(schema)];
        let is_text = matches!(plan, Plan::String(_));
        let kind = match &*media_types::essence(&media.name) {
            name if media_types::is_json(name) => SentKind::Json,
            "application/x-www-form-urlencoded" => SentKind::Form,
            name if media_types::is_text(name) && (is_text || matches!(plan, Plan::StringEnum(_))) => {
                SentKind::Text
            }
            "*/*" | "application/*" if !is_text => SentKind::Json,
            _ => return None,
        };
        Some(Sent { schema, kind })
    })
}

/// Returns whether something is to be checked before it is sent.
pub(super) fn is_checked(arena: &TableArena, sent: Sent, schema: &SchemaTable) -> bool {
    let needs_type_check = match sent.kind {
        SentKind::Json => !matches!(schema.shape, TableShape::Any),
        // A part is not decoded: of its table alone a number is a number.
        SentKind::Part => !matches!(schema.shape, TableShape::Any | TableShape::Text(_)),
        SentKind::Parameter | SentKind::Form | SentKind::Text => false,
    };
    needs_type_check || has_rules(arena, schema)
}

/// Returns true if a table has more rules than the type of the value.
fn has_rules(arena: &TableArena, schema: &SchemaTable) -> bool {
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

/// A server reads a format from text, even where the type of the value promises it, and settings may replace
/// the type.
fn has_text_rules(text: &TextTable) -> bool {
    text.min_length.is_some()
        || text.max_length.is_some()
        || !text.patterns.is_empty()
        || text.values.is_some()
        || text.card_number.is_some()
        || text.format.is_some()
}
