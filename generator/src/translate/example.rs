//! A request body for the documentation of the crate: the smallest value with all required members.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::plan::{Plan, Plans};
use crate::api::{Api, Operation, Schema, SchemaId, Shape};
use crate::ident::TypeIdent;
use crate::rust::{BodyExample, Item, Models};

/// The greatest depth of a sample; a schema that requires itself has no finite value.
const DEPTH: usize = 16;

/// Returns an example for the first operation whose JSON request body is a struct.
pub(super) fn example(
    api: &Api,
    plans: &Plans,
    models: &Models,
    names: &BTreeMap<SchemaId, TypeIdent>,
) -> Option<BodyExample> {
    let body = api.operations.iter().find_map(|operation| json_body(api, plans, operation))?;
    let ident = names.get(&body)?;
    let Item::Struct(item) = models.items.iter().find(|item| item.ident() == ident)? else { return None };
    let missing =
        item.fields.iter().filter(|field| field.missing.is_some()).map(|field| field.wire.clone()).collect();
    let json = sample(api, plans, body, DEPTH)?.to_string();
    Some(BodyExample { ty: ident.clone(), json, missing })
}

fn json_body(api: &Api, plans: &Plans, operation: &Operation) -> Option<SchemaId> {
    let media =
        operation.request_body.as_ref()?.content.iter().find(|media| media.name == "application/json")?;
    let id = api.schemas.resolve(media.schema?);
    (api.schemas[id].origin.is_component() && matches!(plans[id], Plan::Struct(_))).then_some(id)
}

/// Returns a value with the required members alone; `None` if the schema has no finite value.
fn sample(api: &Api, plans: &Plans, id: SchemaId, depth: usize) -> Option<Json> {
    let depth = depth.checked_sub(1)?;
    let id = plans.resolve(id);
    let schema = &api.schemas[id];
    Some(match &plans[id] {
        Plan::Struct(flat) => {
            let mut members = Map::new();
            for property in flat.properties.iter().filter(|property| property.required) {
                members.insert(property.name.clone(), sample(api, plans, property.schema, depth)?);
            }
            Json::Object(members)
        }
        Plan::StringEnum(values) | Plan::IntegerEnum(values) => values.first()?.value.clone(),
        Plan::Union(union) => sample(api, plans, *union.members.first()?, depth)?,
        Plan::Vec(items) => Json::Array(match items {
            Some(items) => vec![sample(api, plans, *items, depth)?],
            None => Vec::new(),
        }),
        Plan::Map(_) | Plan::Any | Plan::Transparent(_) => json!({}),
        Plan::Boolean => json!(true),
        Plan::Integer(_) | Plan::Number(_) => json!(1),
        Plan::String(format) => Json::String(text_of(schema, format.as_deref())),
    })
}

/// Returns a text that the schema allows, apart from its pattern.
pub(super) fn text_of(schema: &Schema, format: Option<&str>) -> String {
    let first = schema.enumeration.as_ref().and_then(|enumeration| enumeration.values.first());
    let stated = schema.docs.example.as_ref().or(first.map(|value| &value.value));
    stated.and_then(Json::as_str).map_or_else(|| text(&schema.shape, format), str::to_owned)
}

fn text(shape: &Shape, format: Option<&str>) -> String {
    let plain = match format {
        Some("date") => "2024-07-24",
        Some("date-time") => "2024-07-24T12:00:00Z",
        Some("local-date-time") => "2024-07-24T12:00:00.000",
        Some("uuid") => "2803b8f8-a42b-43c2-a739-b8768e4759b8",
        Some("email") => "jo@example.com",
        Some("uri") => "https://example.com/",
        Some("country-code") => "US",
        Some("currency-code") => "USD",
        _ => "example",
    };
    let Shape::String(limits) = shape else { return plain.to_owned() };
    let max = limits.max_length.and_then(|max| usize::try_from(max).ok()).unwrap_or(usize::MAX);
    let min = limits.min_length.and_then(|min| usize::try_from(min).ok()).unwrap_or(0).min(64);
    let text: String = plain.chars().take(max).collect();
    let short = min.saturating_sub(text.chars().count());
    format!("{text}{}", "0".repeat(short))
}
