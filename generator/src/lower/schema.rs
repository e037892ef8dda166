//! One schema object: comes in as openapiv3 reads it, goes out filled in under its id.
//!
//! openapiv3 says what is below a schema; texts, numbers and flags come from the tree, because openapiv3
//! takes numbers through `f64` and keeps a keyword or not depending on its neighbours.

use std::fmt;

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, SchemaKind, Type};

use crate::api::{
    Additional, Array, Composition, Docs, ExternalDocs, Object as ObjectShape, Origin, Property, SchemaId,
    Shape,
};
use crate::pointer::Pointer;
use crate::report::{Finding, Part, Severity};

use super::constraint::{number, text};
use super::extension::Object;
use super::refs::Node;
use super::type_word::TypeWord;
use super::{Lowering, Raw};

type Schemas<'d> = &'d [ReferenceOr<openapiv3::Schema>];

/// What is below a schema, whichever of its variants openapiv3 chose.
#[derive(Default)]
pub(super) struct Below<'d> {
    properties: Vec<(&'d str, Node<'d>)>,
    additional: Option<&'d AdditionalProperties>,
    items: Option<Node<'d>>,
    pub(super) all_of: Schemas<'d>,
    pub(super) one_of: Schemas<'d>,
    pub(super) any_of: Schemas<'d>,
    pub(super) not: Option<Node<'d>>,
}

impl<'d> Below<'d> {
    fn of(schema: &'d openapiv3::Schema) -> Self {
        let mut below = Self::default();
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                below.properties =
                    object.properties.iter().map(|(key, node)| (&**key, node.into())).collect();
                below.additional = object.additional_properties.as_ref();
            }
            SchemaKind::Type(Type::Array(array)) => below.items = array.items.as_ref().map(Node::from),
            SchemaKind::Type(_) => {}
            SchemaKind::OneOf { one_of } => below.one_of = one_of,
            SchemaKind::AllOf { all_of } => below.all_of = all_of,
            SchemaKind::AnyOf { any_of } => below.any_of = any_of,
            SchemaKind::Not { not } => below.not = Some((&**not).into()),
            SchemaKind::Any(any) => below.take_any(any),
        }
        below
    }

    fn take_any(&mut self, any: &'d AnySchema) {
        self.properties = any.properties.iter().map(|(key, node)| (&**key, node.into())).collect();
        self.additional = any.additional_properties.as_ref();
        self.items = any.items.as_ref().map(Node::from);
        self.all_of = &any.all_of;
        self.one_of = &any.one_of;
        self.any_of = &any.any_of;
        self.not = any.not.as_deref().map(Node::from);
    }

    pub(super) fn composed(&self) -> bool {
        !(self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty()) || self.not.is_some()
    }
}

impl<'d> Lowering<'d> {
    /// Fills in the schema that was declared as `id`.
    pub(super) fn fill(&mut self, id: SchemaId, node: Node<'d>) {
        let at = self.schemas[id].at.clone();
        match node {
            Node::Reference(reference) => {
                if let Some(target) = self.resolve_schema(&at, reference) {
                    self.schemas.0[id.0].shape = Shape::Alias(target);
                }
            }
            Node::Schema(schema) => self.fill_schema(id, &at, schema),
        }
    }

    fn fill_schema(&mut self, id: SchemaId, at: &Pointer, schema: &'d openapiv3::Schema) {
        self.check_extensions(at, Object::Schema);
        let raw = self.raw(at);
        if raw.has("xml") {
            self.say(&at.child("xml"), &NoXml);
        }
        let below = Below::of(schema);
        let word = self.type_word(at, raw, below.composed());
        let shape = self.shape(id, at, raw, &below, word);
        let (enumeration, null_listed) = self.enumeration(at, raw, word);
        let docs = self.schema_docs(at, raw);
        let discriminator = self.discriminator(at, schema.schema_data.discriminator.as_ref());
        let all_of = self.members(id, at, Composition::AllOf, below.all_of);
        let one_of = self.union(id, at, Composition::OneOf, below.one_of);
        let any_of = self.union(id, at, Composition::AnyOf, below.any_of);
        let not = below.not.map(|node| {
            let origin = Origin::Member { of: id, keyword: Composition::Not, index: 0 };
            self.schema(&at.child("not"), origin, node)
        });

        let filled = &mut self.schemas.0[id.0];
        filled.docs = docs;
        filled.nullable = raw.flag("nullable") || null_listed;
        filled.read_only = raw.flag("readOnly");
        filled.write_only = raw.flag("writeOnly");
        filled.default = raw.get("default").cloned();
        filled.shape = shape;
        filled.enumeration = enumeration;
        filled.all_of = all_of;
        filled.one_of = one_of;
        filled.any_of = any_of;
        filled.not = not;
        filled.discriminator = discriminator;
        self.schema_extensions(id, at, raw);
    }

    fn shape(
        &mut self,
        id: SchemaId,
        at: &Pointer,
        raw: Raw<'d>,
        below: &Below<'d>,
        word: Option<TypeWord>,
    ) -> Shape {
        match word {
            None => Shape::Any,
            Some(TypeWord::Boolean) => Shape::Boolean,
            Some(TypeWord::Integer) => Shape::Integer(number(raw)),
            Some(TypeWord::Number) => Shape::Number(number(raw)),
            Some(TypeWord::String) => Shape::String(text(raw)),
            Some(TypeWord::Array) => Shape::Array(self.array(id, at, raw, below)),
            Some(TypeWord::Object) => Shape::Object(self.object(id, at, raw, below)),
        }
    }

    fn array(&mut self, id: SchemaId, at: &Pointer, raw: Raw<'d>, below: &Below<'d>) -> Array {
        Array {
            items: below.items.map(|node| self.schema(&at.child("items"), Origin::Items { of: id }, node)),
            min_items: raw.count("minItems"),
            max_items: raw.count("maxItems"),
            unique_items: raw.flag("uniqueItems"),
        }
    }

    fn object(&mut self, id: SchemaId, at: &Pointer, raw: Raw<'d>, below: &Below<'d>) -> ObjectShape {
        let required = self.required(at, raw);
        let mut properties = Vec::with_capacity(below.properties.len());
        for &(name, node) in &below.properties {
            let origin = Origin::Property { of: id, name: name.to_owned() };
            let schema = self.schema(&at.child("properties").child(name), origin, node);
            properties.push(Property {
                name: name.to_owned(),
                schema,
                required: required.iter().any(|(_, required)| required == name),
            });
        }
        let is_property = |name: &String| below.properties.iter().any(|(property, _)| property == name);
        let (required_entries, required_elsewhere) =
            required.into_iter().filter(|(_, name)| !is_property(name)).unzip();
        ObjectShape {
            required_elsewhere,
            required_entries,
            properties,
            additional: self.additional(id, at, raw, below),
            min_properties: raw.count("minProperties"),
            max_properties: raw.count("maxProperties"),
        }
    }

    fn additional(&mut self, id: SchemaId, at: &Pointer, raw: Raw<'d>, below: &Below<'d>) -> Additional {
        let stated = raw.get("additionalProperties");
        match below.additional {
            None => Additional::Unstated,
            Some(AdditionalProperties::Any(true)) => Additional::Any,
            Some(AdditionalProperties::Any(false)) => Additional::Forbidden,
            Some(_) if stated.and_then(|node| node.as_object()).is_some_and(serde_json::Map::is_empty) => {
                Additional::Any
            }
            Some(AdditionalProperties::Schema(node)) => Additional::Schema(self.schema(
                &at.child("additionalProperties"),
                Origin::AdditionalProperties { of: id },
                &**node,
            )),
        }
    }

    fn schema_docs(&mut self, at: &Pointer, raw: Raw<'d>) -> Docs {
        Docs {
            title: raw.text("title"),
            summary: None,
            description: raw.text("description"),
            deprecated: raw.flag("deprecated"),
            example: raw.get("example").cloned(),
            external: self.external_docs(at, raw),
            source: raw.text("x-source"),
        }
    }

    /// `externalDocs` of the object at `at`.
    pub(super) fn external_docs(&mut self, at: &Pointer, raw: Raw<'d>) -> Option<ExternalDocs> {
        let docs = Raw(Some(raw.get("externalDocs")?));
        self.check_extensions(&at.child("externalDocs"), Object::ExternalDocs);
        Some(ExternalDocs { url: docs.text("url")?, description: docs.text("description") })
    }
}

/// `xml`, a keyword that the dictionary has no word for.
struct NoXml;

impl fmt::Display for NoXml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`xml` is not supported; it has no effect")
    }
}

impl Finding for NoXml {
    fn code(&self) -> &'static str {
        "unsupported-keyword"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn part(&self) -> Part {
        Part::Key
    }
}
