//! Walks over an [`Api`]: the parts of a schema, what is inside it, and what operations name.

use std::collections::BTreeSet;

use crate::api::{
    Api, Enumeration, Header, MediaType, Operation, ParameterContent, Response, Schema, SchemaId, Shape,
    Status,
};
use crate::pointer::Pointer;

/// Returns the schemas that apply to the same value as `id`: itself and, aliases followed, every member of
/// `allOf`, `oneOf` and `anyOf`.
pub(super) fn family(api: &Api, id: SchemaId) -> Vec<SchemaId> {
    closure(api, [id], members)
}

/// Returns the schemas of the values that `ids` describe, and of all values inside them; a schema consists of
/// its `parts`.
pub(super) fn below(
    api: &Api,
    ids: impl IntoIterator<Item = SchemaId>,
    parts: fn(&Schema) -> Vec<SchemaId>,
) -> Vec<SchemaId> {
    closure(api, ids, |schema| {
        let mut next = parts(schema);
        next.extend(schema.inner());
        next
    })
}

/// Returns the members of `allOf`, `oneOf` and `anyOf`, in this order.
pub(super) fn members(schema: &Schema) -> Vec<SchemaId> {
    let unions = [&schema.one_of, &schema.any_of];
    let unions = unions.into_iter().flatten().flat_map(|union| &union.members);
    schema.all_of.iter().chain(unions).copied().collect()
}

/// Returns the members of `allOf`, which apply to every value of the schema.
pub(super) fn fixed(schema: &Schema) -> Vec<SchemaId> {
    schema.all_of.clone()
}

/// Returns every schema that can be reached, each once, in breadth-first order.
pub(super) fn closure(
    api: &Api,
    start: impl IntoIterator<Item = SchemaId>,
    next: impl Fn(&Schema) -> Vec<SchemaId>,
) -> Vec<SchemaId> {
    let mut found: Vec<SchemaId> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |found: &mut Vec<SchemaId>, id| {
        let id = api.schemas.resolve(id);
        if seen.insert(id) {
            found.push(id);
        }
    };
    for id in start {
        add(&mut found, id);
    }
    let mut at = 0;
    while let Some(&id) = found.get(at) {
        at += 1;
        for id in next(&api.schemas[id]) {
            add(&mut found, id);
        }
    }
    found
}

/// Returns the properties of an object, those of its composition included.
pub(super) fn properties(api: &Api, id: SchemaId) -> Vec<(&str, SchemaId)> {
    properties_of(api, id, members)
}

/// Returns the properties of an object, those of its `parts` included.
pub(super) fn properties_of(
    api: &Api,
    id: SchemaId,
    parts: fn(&Schema) -> Vec<SchemaId>,
) -> Vec<(&str, SchemaId)> {
    let mut found = Vec::new();
    for id in closure(api, [id], parts) {
        if let Shape::Object(object) = &api.schemas[id].shape {
            found.extend(object.properties.iter().map(|property| (&*property.name, property.schema)));
        }
    }
    found
}

/// Returns the names of a schema's own properties.
pub(super) fn own_properties(api: &Api, id: SchemaId) -> impl Iterator<Item = &str> {
    let properties = match &api.schemas[id].shape {
        Shape::Object(object) => &object.properties[..],
        _ => &[],
    };
    properties.iter().map(|property| &*property.name)
}

pub(super) fn property(api: &Api, id: SchemaId, name: &str) -> Option<SchemaId> {
    properties(api, id).into_iter().find(|(known, _)| *known == name).map(|(_, schema)| schema)
}

/// Returns the schema of an array's items.
pub(super) fn items(api: &Api, id: SchemaId) -> Option<SchemaId> {
    items_of(api, id, members)
}

/// Returns the schema of the items, from the array itself or one of its `parts`.
pub(super) fn items_of(api: &Api, id: SchemaId, parts: fn(&Schema) -> Vec<SchemaId>) -> Option<SchemaId> {
    closure(api, [id], parts).into_iter().find_map(|id| match &api.schemas[id].shape {
        Shape::Array(array) => array.items,
        _ => None,
    })
}

pub(super) fn enumeration(api: &Api, id: SchemaId) -> Option<&Enumeration> {
    family(api, id).into_iter().find_map(|id| api.schemas[id].enumeration.as_ref())
}

/// Returns the schema of the JSON among several media types.
pub(super) fn json(content: &[MediaType]) -> Option<SchemaId> {
    let is_json = |media: &&MediaType| {
        let name = media.name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        name == "application/json" || name.ends_with("+json")
    };
    content.iter().find(is_json)?.schema
}

/// Returns the schema of the JSON of a success.
pub(super) fn success(operation: &Operation) -> Option<SchemaId> {
    let is_success =
        |response: &&Response| matches!(response.status, Status::Code(200..=299) | Status::Range(2));
    operation.responses.iter().filter(is_success).find_map(|response| json(&response.content))
}

/// Returns every operation, those of callbacks and webhooks included.
pub(super) fn operations(api: &Api) -> Vec<&Operation> {
    let mut found: Vec<&Operation> = api.operations.iter().chain(&api.webhooks).collect();
    let mut at = 0;
    while let Some(operation) = found.get(at).copied() {
        at += 1;
        found.extend(&operation.callbacks);
    }
    found
}

/// Returns every list of media types of an operation, with its pointer.
pub(super) fn contents(operation: &Operation) -> Vec<(Pointer, &[MediaType])> {
    let body = operation.request_body.iter().map(|body| (body.at.child("content"), &*body.content));
    let responses = operation.responses.iter();
    body.chain(responses.map(|response| (response.at.child("content"), &*response.content))).collect()
}

/// Returns every schema that an operation itself names.
pub(super) fn schemas_of(operation: &Operation) -> Vec<SchemaId> {
    let mut found = Vec::new();
    for parameter in &operation.parameters {
        found.extend(of_content(&parameter.content));
    }
    for (_, content) in contents(operation) {
        found.extend(content.iter().flat_map(of_media));
    }
    for header in operation.responses.iter().flat_map(|response| &response.headers) {
        found.extend(of_content(&header.content));
    }
    found
}

fn of_content(content: &ParameterContent) -> Vec<SchemaId> {
    match content {
        ParameterContent::Schema(id) => vec![*id],
        ParameterContent::Media(media) => of_media(media),
        ParameterContent::Nothing => Vec::new(),
    }
}

fn of_media(media: &MediaType) -> Vec<SchemaId> {
    let headers = media.encoding.iter().flat_map(|encoding| &encoding.headers);
    let schemas = |header: &Header| match &header.content {
        ParameterContent::Schema(id) => Some(*id),
        ParameterContent::Media(media) => media.schema,
        ParameterContent::Nothing => None,
    };
    media.schema.into_iter().chain(headers.filter_map(schemas)).collect()
}
