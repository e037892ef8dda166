//! What media types mean: which of them are JSON, and what stands in the JSON.

use super::plan;
use crate::api::{Api, MediaType, Operation, SchemaId, Shape};

/// True for `application/json` and every type that is written in it.
pub(super) fn is_json(media_type: &str) -> bool {
    let name = essence(media_type);
    name == "application/json" || name.ends_with("+json")
}

/// The media type without parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The JSON among several media types: plain JSON before what is only written in it.
pub(super) fn json(content: &[MediaType]) -> Option<&MediaType> {
    let plain = content.iter().find(|media| essence(&media.name) == "application/json");
    plain.or_else(|| content.iter().find(|media| is_json(&media.name)))
}

/// How many items the request body of an operation takes at most in its property `items`.
pub(super) fn max_items(api: &Api, operation: &Operation, items: &str) -> Option<u64> {
    let body = json(&operation.request_body.as_ref()?.content)?.schema?;
    let list = property(api, body, items)?;
    let limits = plan::parts_of(api, list).into_iter().filter_map(|part| match &api.schemas[part].shape {
        Shape::Array(array) => array.max_items,
        _ => None,
    });
    // More than any address space of 32 bits holds is no limit.
    limits.min().filter(|limit| u32::try_from(*limit).is_ok())
}

/// The property of an object, those that it takes in through `allOf` included; of several, the last.
fn property(api: &Api, id: SchemaId, name: &str) -> Option<SchemaId> {
    plan::parts_of(api, id).into_iter().rev().find_map(|part| match &api.schemas[part].shape {
        Shape::Object(object) => {
            object.properties.iter().find(|property| property.name == name).map(|property| property.schema)
        }
        _ => None,
    })
}
