//! What the definition says of schemas, in the terms of a page: type, format, values, reference, limits.

use serde_json::Value as Json;

use crate::api::{Api, Composition, Origin, Schema, SchemaId, Shape};
use crate::pointer::Pointer;

use super::facts::LimitKind;

/// A property of a component schema, its own or one of a member of `allOf`.
pub(super) struct SurfaceProperty {
    pub(super) name: String,
    pub(super) schema: SchemaId,
    pub(super) required: bool,
    /// Where the property stands.
    pub(super) at: Pointer,
}

/// Returns every property of a schema; those of `allOf`, `oneOf` and `anyOf` members too.
pub(super) fn properties(api: &Api, id: SchemaId) -> Vec<SurfaceProperty> {
    let mut found = Vec::new();
    let mut required = Vec::new();
    collect(api, id, 0, &mut found, &mut required);
    for property in &mut found {
        property.required |= required.contains(&property.name);
    }
    found
}

/// How deep compositions are followed.
const MAX_DEPTH: usize = 16;

fn collect(
    api: &Api,
    id: SchemaId,
    depth: usize,
    found: &mut Vec<SurfaceProperty>,
    required: &mut Vec<String>,
) {
    if depth > MAX_DEPTH {
        return;
    }
    let schema = &api.schemas[api.schemas.resolve(id)];
    if let Shape::Object(object) = &schema.shape {
        required.extend(object.required_elsewhere.iter().cloned());
        for property in &object.properties {
            if found.iter().all(|known: &SurfaceProperty| known.name != property.name) {
                found.push(SurfaceProperty {
                    name: property.name.clone(),
                    schema: property.schema,
                    required: property.required,
                    at: schema.at.child("properties").child(&property.name),
                });
            }
        }
    }
    let unions = schema.one_of.iter().chain(&schema.any_of).flat_map(|union| &union.members);
    for member in schema.all_of.iter().chain(unions) {
        collect(api, *member, depth + 1, found, required);
    }
}

/// What a schema allows, as a row of a table would say it.
#[derive(Debug, Default)]
pub(super) struct Surface {
    /// `string`, `integer`, `number`, `boolean`, `array` or `object`; `None`: any value.
    pub(super) type_name: Option<&'static str>,
    pub(super) format: Option<String>,
    /// Values of an enum with their labels.
    pub(super) values: Vec<(String, Option<String>)>,
    pub(super) preferred: Vec<(String, String)>,
    /// The component that an object, or the items of an array, are an instance of.
    pub(super) reference: Option<SchemaId>,
    pub(super) limits: Vec<(LimitKind, u64)>,
    pub(super) default: Option<String>,
    pub(super) read_only: bool,
    pub(super) deprecated: bool,
    /// The schema that states the type.
    pub(super) typed_by: Option<SchemaId>,
    /// The schema that states the values.
    pub(super) listed_by: Option<SchemaId>,
}

/// Reads a schema through references and through `allOf` with one member.
pub(super) fn surface(api: &Api, id: SchemaId) -> Surface {
    let mut found = Surface::default();
    read(api, id, 0, &mut found);
    found
}

fn read(api: &Api, id: SchemaId, depth: usize, found: &mut Surface) {
    if depth > MAX_DEPTH {
        return;
    }
    let id = api.schemas.resolve(id);
    let schema = &api.schemas[id];
    found.read_only |= schema.read_only;
    found.deprecated |= schema.docs.deprecated;
    found.default = found.default.take().or_else(|| schema.default.as_ref().map(plain));
    if found.preferred.is_empty() {
        found.preferred.clone_from(&schema.preferred_values);
    }
    if let Some(enumeration) = &schema.enumeration {
        found.listed_by = Some(id);
        let listed = enumeration.values.iter().filter(|value| !value.value.is_null());
        found.values = listed.map(|value| (plain(&value.value), value.label.clone())).collect();
    }
    match &schema.shape {
        Shape::Boolean => found.type_name = Some("boolean"),
        Shape::Integer(number) | Shape::Number(number) => {
            let whole = matches!(schema.shape, Shape::Integer(_));
            found.type_name = Some(if whole { "integer" } else { "number" });
            let limits = [(LimitKind::Minimum, &number.minimum), (LimitKind::Maximum, &number.maximum)];
            for (kind, limit) in limits {
                let value = limit.as_ref().and_then(|limit| limit.value.to_string().parse::<u64>().ok());
                found.limits.extend(value.map(|value| (kind, value)));
            }
        }
        Shape::String(text) => {
            found.type_name = Some("string");
            found.format = found.format.take().or_else(|| text.format.clone());
            found.limits.extend(text.min_length.map(|value| (LimitKind::MinLength, value)));
            found.limits.extend(text.max_length.map(|value| (LimitKind::MaxLength, value)));
        }
        Shape::Array(array) => {
            found.type_name = Some("array");
            found.limits.extend(array.min_items.map(|value| (LimitKind::MinItems, value)));
            found.limits.extend(array.max_items.map(|value| (LimitKind::MaxItems, value)));
            let items = array.items.map(|items| component(api, items));
            found.reference = items.flatten();
        }
        Shape::Object(_) => found.type_name = Some("object"),
        Shape::Any | Shape::Alias(_) => {
            if schema.one_of.is_some() || schema.any_of.is_some() {
                found.type_name = Some("object");
            }
        }
    }
    if found.typed_by.is_none() && found.type_name.is_some() {
        found.typed_by = Some(id);
    }
    for member in &schema.all_of {
        read(api, *member, depth + 1, found);
    }
    if found.type_name == Some("object") && found.reference.is_none() {
        found.reference = component(api, id);
    }
}

/// Returns the component that a schema is, or is nothing but a wrapping of.
pub(super) fn component(api: &Api, id: SchemaId) -> Option<SchemaId> {
    let id = api.schemas.resolve(id);
    let schema = &api.schemas[id];
    match (&schema.origin, schema.all_of.as_slice()) {
        (Origin::Component(_), _) => Some(id),
        (Origin::Member { keyword: Composition::Not, .. }, _) => None,
        (_, [only]) => component(api, *only),
        _ => None,
    }
}

/// Returns the name of a component.
pub(super) fn name(schema: &Schema) -> &str {
    match &schema.origin {
        Origin::Component(name) => name,
        _ => "",
    }
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
