//! Values for documentation, as requests have them: the definition's own examples, or the smallest values
//! that have all required members.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::plan::{OneWay, Plan, Plans};
use crate::api::{Additional, Api, MediaType, Operation, Property, Schema, SchemaId, Shape};
use crate::ident::TypeIdent;
use crate::rust::{BodyExample, Item, ModelExample, Models};

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
    let reported = item.fields.iter().filter(|field| item.builder.is_some() && field.missing.is_some());
    let missing = reported.map(|field| field.wire.clone()).collect();
    let json = format!("{:#}", sample(api, plans, body, DEPTH)?);
    Some(BodyExample { ty: ident.clone(), json, missing })
}

/// An example for each struct that is the JSON body of a request, and for the items of bulk requests.
pub(super) fn examples(api: &Api, plans: &Plans, names: &BTreeMap<SchemaId, TypeIdent>) -> Vec<ModelExample> {
    let mut found: BTreeMap<SchemaId, Json> = BTreeMap::new();
    for operation in &api.operations {
        let Some(media) = json_media(operation) else { continue };
        let Some(id) = json_body(api, plans, operation) else { continue };
        let Some(value) = stated(api, plans, id, Some(media)) else { continue };
        if let Some(bulk) = &operation.bulk
            && let Some(item) = item(plans, id, &bulk.items)
        {
            let of_list = value.get(&bulk.items).and_then(|list| list.get(0)).cloned();
            if let Some(value) = of_list.or_else(|| stated(api, plans, item, None)) {
                found.entry(item).or_insert(value);
            }
        }
        found.entry(id).or_insert(value);
    }
    let example = |(id, value): (SchemaId, Json)| {
        Some(ModelExample { ty: names.get(&id)?.clone(), json: format!("{value:#}") })
    };
    found.into_iter().filter_map(example).collect()
}

/// The struct of one item in the list of a body.
fn item(plans: &Plans, body: SchemaId, list: &str) -> Option<SchemaId> {
    let Plan::Struct(flat) = &plans[body] else { return None };
    let property = flat.properties.iter().find(|property| property.name == list)?;
    let Plan::Vec(Some(item)) = plans[plans.resolve(property.schema)] else { return None };
    let item = plans.type_of(plans.resolve(item));
    matches!(plans[item], Plan::Struct(_)).then_some(item)
}

/// The example of the definition, if the type can hold it, or else a sample.
fn stated(api: &Api, plans: &Plans, id: SchemaId, media: Option<&MediaType>) -> Option<Json> {
    let of_media = media.and_then(|media| media.example.as_ref());
    let stated = of_media.into_iter().chain(&api.schemas[id].docs.example);
    let found = stated.map(|value| as_sent(api, plans, id, value)).find(|value| fits(api, plans, id, value));
    found.or_else(|| sample(api, plans, id, DEPTH))
}

/// Returns an example without the members that requests do not have.
fn as_sent(api: &Api, plans: &Plans, id: SchemaId, value: &Json) -> Json {
    let id = plans.resolve(id);
    let entry = |schema: Option<SchemaId>, value: &Json| {
        schema.map_or_else(|| value.clone(), |schema| as_sent(api, plans, schema, value))
    };
    match (&plans[id], value) {
        (Plan::Struct(flat), Json::Object(members)) => {
            let others = match flat.additional {
                Additional::Schema(id) => Some(id),
                _ => None,
            };
            let sent = members.iter().filter_map(|(name, value)| {
                let property = flat.properties.iter().find(|property| property.name == *name);
                let goes = property.is_none_or(|property| is_sent(api, plans, id, property));
                let schema = property.map_or(others, |property| Some(property.schema));
                goes.then(|| (name.clone(), entry(schema, value)))
            });
            Json::Object(sent.collect())
        }
        (Plan::Map(values), Json::Object(members)) => {
            let sent = members.iter().map(|(name, value)| (name.clone(), entry(*values, value)));
            Json::Object(sent.collect())
        }
        (Plan::Vec(items), Json::Array(values)) => {
            Json::Array(values.iter().map(|value| entry(*items, value)).collect())
        }
        (Plan::Tuple(items), Json::Array(values)) => {
            let items = items.iter().copied().map(Some).chain(std::iter::repeat(None));
            Json::Array(items.zip(values).map(|(item, value)| entry(item, value)).collect())
        }
        _ => value.clone(),
    }
}

/// Whether a type can hold the value. Unions and texts with a format of their own count as if it could not,
/// unless that is plain to see.
fn fits(api: &Api, plans: &Plans, id: SchemaId, value: &Json) -> bool {
    let id = plans.resolve(id);
    if value.is_null() {
        return plans.is_nullable(id);
    }
    match (&plans[id], value) {
        (Plan::Struct(flat), Json::Object(members)) => flat.properties.iter().all(|property| {
            let member = members.get(&property.name);
            let may_lack = || !property.required || !is_sent(api, plans, id, property);
            member.map_or_else(may_lack, |value| fits(api, plans, property.schema, value))
        }),
        (Plan::Vec(items), Json::Array(values)) => {
            items.is_none_or(|items| values.iter().all(|value| fits(api, plans, items, value)))
        }
        (Plan::Tuple(items), Json::Array(values)) => {
            items.len() == values.len()
                && items.iter().zip(values).all(|(item, value)| fits(api, plans, *item, value))
        }
        (Plan::Map(values), Json::Object(members)) => {
            values.is_none_or(|values| members.values().all(|value| fits(api, plans, values, value)))
        }
        (Plan::String(Some(format)), Json::String(text)) => !format.contains("date") || is_date(text),
        (Plan::Boolean, Json::Bool(_))
        | (Plan::Number(_), Json::Number(_))
        | (Plan::StringEnum(_) | Plan::String(None), Json::String(_))
        | (Plan::Any, _) => true,
        (Plan::Integer(_) | Plan::IntegerEnum(_), value) => value.is_i64(),
        _ => false,
    }
}

/// Whether the text begins with a day, and whatever follows could be a time.
fn is_date(text: &str) -> bool {
    let shape = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>();
    shape == "0000-00-00" || shape.starts_with("0000-00-00T00:00:00")
}

fn json_media(operation: &Operation) -> Option<&MediaType> {
    operation.request_body.as_ref()?.content.iter().find(|media| media.name == "application/json")
}

fn json_body(api: &Api, plans: &Plans, operation: &Operation) -> Option<SchemaId> {
    let id = api.schemas.resolve(json_media(operation)?.schema?);
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
            let asked = flat.properties.iter().filter(|property| property.required);
            for property in asked.filter(|property| is_sent(api, plans, id, property)) {
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
        Plan::Tuple(items) => {
            let samples = items.iter().map(|item| sample(api, plans, *item, depth));
            Json::Array(samples.collect::<Option<_>>()?)
        }
        Plan::Map(_) | Plan::Any | Plan::Transparent(_) => json!({}),
        Plan::Boolean => json!(true),
        Plan::Integer(_) | Plan::Number(_) => json!(1),
        Plan::String(format) => Json::String(text_of(schema, format.as_deref())),
    })
}

/// Returns whether what is sent may have a property.
fn is_sent(api: &Api, plans: &Plans, object: SchemaId, property: &Property) -> bool {
    let schemas = [property.schema, plans.resolve(property.schema)].map(|id| &api.schemas[id]);
    plans.directions.is_asked_for(plans.type_of(object), OneWay::of(schemas))
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
        Some("uri" | "uri-reference") => "https://example.com/",
        Some("hostname") => "example.com",
        Some("ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("byte") => "ZXhhbXBsZQ==",
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
