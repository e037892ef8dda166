//! What is untyped JSON in the crate, and what the document says or leaves out so that it is.

use std::collections::HashMap;

use crate::api::{Additional, Api, Schema, SchemaId, Shape};
use crate::pointer::Pointer;
use crate::rust::{ContentDef, Crate, Item, RuntimeType, Type};

use super::super::page::UntypedRow;

/// Returns a row for each field, variant, alias, parameter and body that holds any JSON.
pub(super) fn rows(api: &Api, krate: &Crate) -> Vec<UntypedRow> {
    let by_pointer: HashMap<&Pointer, SchemaId> =
        api.schemas.iter().map(|(id, schema)| (&schema.at, id)).collect();
    let mut found = Vec::new();
    for item in &krate.models.items {
        of_item(item, &mut found);
    }
    for operation in &krate.operations.operations {
        let id = &operation.id;
        for parameter in &operation.parameters {
            found.push((format!("{id}: parameter {}", parameter.name), &parameter.at, &parameter.ty));
        }
        let contents = operation.request.iter().flat_map(|request| &request.content);
        found.extend(contents.map(|content| of_content(&format!("{id}: request"), content)));
        for response in &operation.responses {
            let contents = response.content.iter();
            found.extend(contents.map(|content| of_content(&format!("{id}: response"), content)));
        }
    }
    let untyped = found.into_iter().filter(|(.., ty)| *ty.innermost() == Type::Runtime(RuntimeType::Json));
    let row = |(rust, at, ty): (String, &Pointer, &Type)| {
        let schema = by_pointer.get(at).or_else(|| by_pointer.get(&at.child("schema")));
        let reason = match schema {
            Some(id) => reason(api, *id, 0),
            None => "the document states no schema",
        };
        UntypedRow { rust: format!("{rust}: {ty}"), place: at.to_string(), reason: reason.to_owned() }
    };
    untyped.map(row).collect()
}

fn of_item<'a>(item: &'a Item, found: &mut Vec<(String, &'a Pointer, &'a Type)>) {
    let name = item.ident().as_str();
    match item {
        Item::Struct(item) => {
            for field in &item.fields {
                found.push((format!("{name}::{}", field.ident.as_str()), &field.at, &field.ty));
            }
            // Members without a name are untyped unless a schema says more: `additionalProperties`.
            let rest = item.rest.iter();
            found.extend(rest.map(|rest| (format!("{name}::{}", rest.ident.as_str()), &item.at, &rest.ty)));
        }
        Item::Union(item) => {
            for variant in &item.variants {
                found.push((format!("{name}::{}", variant.ident.as_str()), &variant.at, &variant.ty));
            }
        }
        Item::Alias(item) => found.push((name.to_owned(), &item.at, &item.target)),
        Item::Enum(_) => {}
    }
}

fn of_content<'a>(name: &str, content: &'a ContentDef) -> (String, &'a Pointer, &'a Type) {
    (format!("{name} {}", content.media_type), &content.at, &content.ty)
}

/// How deep a type is followed to the part that decides.
const MAX_DEPTH: usize = 32;

fn reason(api: &Api, id: SchemaId, depth: usize) -> &'static str {
    let schema = &api.schemas[api.schemas.resolve(id)];
    if depth > MAX_DEPTH {
        return "the schema is made of itself";
    }
    match &schema.shape {
        Shape::Array(array) => match array.items {
            _ if schema.beyond.as_ref().is_some_and(|beyond| !beyond.prefix_items.is_empty()) => {
                "`prefixItems` gives the first items schemas of their own, so that no type fits all items"
            }
            None => "the items of the list have no schema",
            Some(items) => reason(api, items, depth + 1),
        },
        Shape::Object(object) => match object.additional {
            Additional::Schema(values) => reason(api, values, depth + 1),
            Additional::Any => "`additionalProperties` allows members of any name with any value",
            _ if object.properties.is_empty() => "an object of which no property is stated",
            _ => ALTERNATIVES,
        },
        Shape::Any | Shape::Alias(_) => of_any(api, schema, depth),
        Shape::String(_) | Shape::Number(_) if schema.is_implied => {
            "limits alone imply a type, and a value of another type is valid too"
        }
        _ => ALTERNATIVES,
    }
}

const ALTERNATIVES: &str = "alternatives give the member different types";

fn of_any(api: &Api, schema: &Schema, depth: usize) -> &'static str {
    if schema.one_of.is_some() && schema.any_of.is_some() {
        return "a value is one of `oneOf` and one of `anyOf` at once";
    }
    if schema.enumeration.is_some() {
        return "the values of `enum` are of several types";
    }
    if let Some(first) = schema.all_of.first() {
        return if schema.all_of.len() == 1 {
            reason(api, *first, depth + 1)
        } else {
            "no part of `allOf` states a type"
        };
    }
    if schema.one_of.is_some() || schema.any_of.is_some() {
        return "the alternatives state no type";
    }
    if schema.not.is_some() {
        return "`not` says what a value is not, and nothing says what it is";
    }
    "the schema states no type"
}
