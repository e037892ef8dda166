//! Requests with many items: what a client takes apart and how an item is told from the others.

use super::super::bodies;
use super::values::{Values, outward};
use crate::api::Operation;
use crate::rust::{Bulk, BulkItems, Field, Handed, ItemKey, Struct, Type};

/// What a client splits into requests: the list of a body that needs nothing else.
pub(super) fn items(
    values: &mut Values<'_, '_>,
    operation: &Operation,
    stated: Option<&Bulk>,
) -> Option<BulkItems> {
    let stated = stated?;
    let media = bodies::json(&operation.request_body.as_ref()?.content)?;
    let ty = values.body(media.schema);
    let checked = values.checked(&ty)?;
    let body = values.structure(&ty)?;
    let is_split = |field: &Field| field.wire == stated.items || !field.presence.is_required();
    let list = body.fields.iter().find(|field| field.wire == stated.items)?;
    let Type::Vec(item) = values.resolved(unboxed(&list.ty)) else { return None };
    let key = key(values, values.structure(item)?, &stated.key)?;
    let item = outward(item);
    body.fields.iter().all(is_split).then_some(BulkItems { body: checked, item, key })
}

/// A number as key is written as text.
fn key(values: &Values<'_, '_>, item: &Struct, name: &str) -> Option<ItemKey> {
    let field = item.fields.iter().find(|field| field.wire == *name)?;
    let ty = values.resolved(unboxed(&field.ty));
    let is_text = *ty == Type::String;
    let is_plain = matches!(values.handed(ty), Handed::Copied(_));
    (is_text || is_plain).then(|| ItemKey { ident: field.ident.clone(), presence: field.presence, is_text })
}

fn unboxed(ty: &Type) -> &Type {
    if let Type::Boxed(inner) = ty { inner } else { ty }
}
