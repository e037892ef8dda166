//! Requests with many items: limits, the operation that reports on them, and how a client splits items.

use super::super::resolve::Resolver;
use super::super::{media_types, plan};
use crate::api::{Api, Bulk, Operation, SchemaId, Shape};
use crate::rust::{BulkDef, BulkSplit, Field, ItemKey, RequestDef, StatusReport, Struct, Type};

pub(super) fn bulk(
    api: &Api,
    resolver: &Resolver<'_>,
    operation: &Operation,
    request: Option<&RequestDef>,
    stated: &Bulk,
) -> BulkDef {
    let json = operation.request_body.as_ref().and_then(|body| {
        let index = media_types::json(&body.content)?;
        Some((index, body.content[index].schema))
    });
    let schema = json.and_then(|(_, schema)| schema);
    BulkDef {
        at: stated.at.clone(),
        items: stated.items.clone(),
        item_key: stated.key.clone(),
        max_items: schema.and_then(|body| max_items(api, body, &stated.items)),
        request_id: stated.request_id.clone(),
        status: stated.status_operation.as_ref().and_then(|id| status(api, operation, id)),
        split: json.and_then(|(content, _)| split(resolver, request?, content, stated)),
    }
}

/// Returns how many items the list in the body takes at most.
fn max_items(api: &Api, body: SchemaId, items: &str) -> Option<u64> {
    let list = property(api, body, items)?;
    let limits = plan::parts_of(api, list).into_iter().filter_map(|part| match &api.schemas[part].shape {
        Shape::Array(array) => array.max_items,
        _ => None,
    });
    // More than an address space of 32 bits holds is no limit.
    limits.min().filter(|limit| u32::try_from(*limit).is_ok())
}

/// Returns the property of an object or of its `allOf` members; of several, the last.
fn property(api: &Api, id: SchemaId, name: &str) -> Option<SchemaId> {
    plan::parts_of(api, id).into_iter().rev().find_map(|part| match &api.schemas[part].shape {
        Shape::Object(object) => {
            object.properties.iter().find(|property| property.name == name).map(|property| property.schema)
        }
        _ => None,
    })
}

/// Returns the operation that reports on an accepted request, if there is exactly one way to call it. One
/// that takes many items itself could lead back to the operation that it reports on.
fn status(api: &Api, operation: &Operation, id: &str) -> Option<StatusReport> {
    let index = api.operations.iter().position(|known| known.id.as_deref() == Some(id))?;
    let status = api.operations.get(index).filter(|status| status.bulk.is_none())?;
    let [parameter] = *status.path_parameters_beyond(operation) else { return None };
    Some(StatusReport { operation: index, parameter: parameter.to_owned() })
}

/// A client makes a body from items where the body needs nothing but the list.
fn split(resolver: &Resolver<'_>, request: &RequestDef, content: usize, stated: &Bulk) -> Option<BulkSplit> {
    let sent = request.content.get(content).filter(|content| content.check.is_some())?;
    let body = resolver.structure(&sent.ty)?;
    let list = body.fields.iter().find(|field| field.wire == stated.items)?;
    let Type::Vec(item) = resolver.resolved(list.ty.unboxed()) else { return None };
    let key = key(resolver, resolver.structure(item)?, &stated.key)?;
    let is_split = |field: &Field| field.wire == stated.items || !field.presence.is_required();
    let item = (**item).clone();
    body.fields.iter().all(is_split).then_some(BulkSplit { content, item, key })
}

/// A number is written as text.
fn key(resolver: &Resolver<'_>, item: &Struct, name: &str) -> Option<ItemKey> {
    let field = item.fields.iter().find(|field| field.wire == *name)?;
    let ty = resolver.resolved(field.ty.unboxed());
    let is_text = *ty == Type::String;
    (is_text || ty.is_copy()).then(|| ItemKey {
        ident: field.ident.clone(),
        presence: field.presence,
        is_text,
    })
}
