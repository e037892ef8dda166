//! Schema objects: fills the declared schemas.
//!
//! openapiv3 says which schemas are inside a schema; texts, numbers and flags come from the tree, because
//! openapiv3 takes numbers through `f64` and keeps a keyword or not depending on its neighbours.

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, SchemaKind, Type};

use crate::api::{Additional, Array, Composition, Object as ObjectShape, Origin, Property, SchemaId, Shape};
use crate::pointer::Pointer;
use crate::report::Report;

use super::arena::{Arena, SchemaOrRef};
use super::beyond::beyond;
use super::compose::{members, union};
use super::constraint::{number, required, text};
use super::discriminator::discriminator;
use super::docs::docs;
use super::enumeration::enumeration;
use super::extension::{ExtendedObject, check_extensions, schema_extensions};
use super::input::Input;
use super::refs::{resolve_schema, schema_id};
use super::schema_type::SchemaType;
use super::type_inference::schema_type;

/// The schemas inside a schema, whichever of its variants openapiv3 chose.
#[derive(Default)]
pub(super) struct Subschemas<'d> {
    properties: Vec<(&'d str, SchemaOrRef<'d>)>,
    additional: Option<&'d AdditionalProperties>,
    items: Option<SchemaOrRef<'d>>,
    pub(super) all_of: &'d [ReferenceOr<openapiv3::Schema>],
    pub(super) one_of: &'d [ReferenceOr<openapiv3::Schema>],
    pub(super) any_of: &'d [ReferenceOr<openapiv3::Schema>],
    pub(super) not: Option<SchemaOrRef<'d>>,
}

impl<'d> Subschemas<'d> {
    fn of(schema: &'d openapiv3::Schema) -> Self {
        let mut subschemas = Self::default();
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                subschemas.properties =
                    object.properties.iter().map(|(key, node)| (&**key, node.into())).collect();
                subschemas.additional = object.additional_properties.as_ref();
            }
            SchemaKind::Type(Type::Array(array)) => {
                subschemas.items = array.items.as_ref().map(SchemaOrRef::from);
            }
            SchemaKind::Type(_) => {}
            SchemaKind::OneOf { one_of } => subschemas.one_of = one_of,
            SchemaKind::AllOf { all_of } => subschemas.all_of = all_of,
            SchemaKind::AnyOf { any_of } => subschemas.any_of = any_of,
            SchemaKind::Not { not } => subschemas.not = Some((&**not).into()),
            SchemaKind::Any(any) => subschemas.take_any(any),
        }
        subschemas
    }

    fn take_any(&mut self, any: &'d AnySchema) {
        self.properties = any.properties.iter().map(|(key, node)| (&**key, node.into())).collect();
        self.additional = any.additional_properties.as_ref();
        self.items = any.items.as_ref().map(SchemaOrRef::from);
        self.all_of = &any.all_of;
        self.one_of = &any.one_of;
        self.any_of = &any.any_of;
        self.not = any.not.as_deref().map(SchemaOrRef::from);
    }

    pub(super) fn composed(&self) -> bool {
        !(self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty()) || self.not.is_some()
    }
}

/// Fills every declared schema, and those that are declared on the way.
pub(super) fn fill_declared<'d>(input: Input<'d>, arena: &mut Arena<'d>, report: &mut Report) {
    while let Some((id, node)) = arena.next_unfilled() {
        fill(input, arena, report, id, node);
    }
}

/// Fills the schema that was declared as `id`.
fn fill<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    id: SchemaId,
    node: SchemaOrRef<'d>,
) {
    let at = arena.schemas[id].at.clone();
    match node {
        SchemaOrRef::Reference(reference) => {
            if let Some(target) = resolve_schema(input, arena, report, &at, reference) {
                arena.schemas.0[id.0].shape = Shape::Alias(target);
                arena.schemas.0[id.0].docs.description = input.raw(&at).text("description");
            }
        }
        SchemaOrRef::Schema(schema) => fill_schema(input, arena, report, id, &at, schema),
    }
}

fn fill_schema<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    id: SchemaId,
    at: &Pointer,
    schema: &'d openapiv3::Schema,
) {
    check_extensions(input, report, at, ExtendedObject::SCHEMA);
    let raw = input.raw(at);
    let subschemas = Subschemas::of(schema);
    let read = schema_type(input, report, at, raw, subschemas.composed());
    let shape = shape(input, arena, report, id, &subschemas, read.schema_type);
    let further = read.further.into_iter();
    let further =
        further.map(|other| self::shape(input, arena, report, id, &subschemas, Some(other))).collect();
    let of_values = read.schema_type.filter(|_| !read.is_implied);
    let (enumeration, null_listed) = enumeration(input, report, at, of_values);
    let beyond = beyond(input, arena, report, id);
    let docs = docs(input, report, at);
    let discriminator = discriminator(input, arena, report, at, schema.schema_data.discriminator.as_ref());
    let all_of = members(input, arena, report, id, at, Composition::AllOf, subschemas.all_of);
    let one_of = union(input, arena, report, id, at, Composition::OneOf, subschemas.one_of);
    let any_of = union(input, arena, report, id, at, Composition::AnyOf, subschemas.any_of);
    let not = subschemas.not.map(|node| {
        let origin = Origin::Member { of: id, keyword: Composition::Not, index: 0 };
        schema_id(input, arena, report, &at.child("not"), origin, node)
    });

    for keyword in ["example", "default"] {
        if let Some(value) = raw.get(keyword) {
            arena.state(at.child(keyword), id, value);
        }
    }
    let filled = &mut arena.schemas.0[id.0];
    filled.docs = docs;
    filled.nullable = raw.flag("nullable") || null_listed;
    filled.read_only = raw.flag("readOnly");
    filled.write_only = raw.flag("writeOnly");
    filled.default = raw.get("default").cloned();
    filled.shape = shape;
    filled.is_implied = read.is_implied;
    filled.further = further;
    filled.beyond = beyond;
    filled.enumeration = enumeration;
    filled.all_of = all_of;
    filled.one_of = one_of;
    filled.any_of = any_of;
    filled.not = not;
    filled.discriminator = discriminator;
    schema_extensions(report, filled, raw);
}

fn shape<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    id: SchemaId,
    subschemas: &Subschemas<'d>,
    schema_type: Option<SchemaType>,
) -> Shape {
    let at = arena.schemas[id].at.clone();
    let raw = input.raw(&at);
    match schema_type {
        None => Shape::Any,
        Some(SchemaType::Boolean) => Shape::Boolean,
        Some(SchemaType::Integer) => Shape::Integer(number(raw)),
        Some(SchemaType::Number) => Shape::Number(number(raw)),
        Some(SchemaType::String) => Shape::String(text(raw)),
        Some(SchemaType::Array) => Shape::Array(array(input, arena, report, id, &at, subschemas)),
        Some(SchemaType::Object) => Shape::Object(object(input, arena, report, id, &at, subschemas)),
    }
}

fn array<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    id: SchemaId,
    at: &Pointer,
    subschemas: &Subschemas<'d>,
) -> Array {
    let raw = input.raw(at);
    Array {
        items: subschemas
            .items
            .map(|node| schema_id(input, arena, report, &at.child("items"), Origin::Items { of: id }, node)),
        min_items: raw.count("minItems"),
        max_items: raw.count("maxItems"),
        unique_items: raw.flag("uniqueItems"),
    }
}

fn object<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    id: SchemaId,
    at: &Pointer,
    subschemas: &Subschemas<'d>,
) -> ObjectShape {
    let raw = input.raw(at);
    let required = required(report, at, raw);
    let mut properties = Vec::with_capacity(subschemas.properties.len());
    for &(name, node) in &subschemas.properties {
        let origin = Origin::Property { of: id, name: name.to_owned() };
        let spot = at.child("properties").child(name);
        let schema = schema_id(input, arena, report, &spot, origin, node);
        let is_reference = matches!(node, SchemaOrRef::Reference(_));
        properties.push(Property {
            name: name.to_owned(),
            schema,
            description: input.raw(&spot).text("description").filter(|_| is_reference),
            required: required.iter().any(|(_, required)| required == name),
        });
    }
    let is_property = |name: &String| subschemas.properties.iter().any(|(property, _)| property == name);
    let (required_entries, required_elsewhere) =
        required.into_iter().filter(|(_, name)| !is_property(name)).unzip();
    ObjectShape {
        required_elsewhere,
        required_entries,
        properties,
        additional: additional(input, arena, report, id, at, subschemas),
        min_properties: raw.count("minProperties"),
        max_properties: raw.count("maxProperties"),
    }
}

fn additional<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    id: SchemaId,
    at: &Pointer,
    subschemas: &Subschemas<'d>,
) -> Additional {
    let stated = input.raw(at).get("additionalProperties");
    match subschemas.additional {
        None => Additional::Unstated,
        Some(AdditionalProperties::Any(true)) => Additional::Any,
        Some(AdditionalProperties::Any(false)) => Additional::Forbidden,
        Some(_) if stated.and_then(|node| node.as_object()).is_some_and(serde_json::Map::is_empty) => {
            Additional::Any
        }
        Some(AdditionalProperties::Schema(node)) => Additional::Schema(schema_id(
            input,
            arena,
            report,
            &at.child("additionalProperties"),
            Origin::AdditionalProperties { of: id },
            &**node,
        )),
    }
}
