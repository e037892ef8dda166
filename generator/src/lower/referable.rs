//! What a `$ref` can name: reads the node at a pointer as a component of the wanted kind.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use openapiv3::{
    Callback, Components, Example, Header, Link, Parameter, PathItem, ReferenceOr, RequestBody, Response,
    Schema, SecurityScheme,
};
use serde_json::Value as Json;

use crate::document::Document;
use crate::pointer::Pointer;

/// The targets of references that no group of components holds: each is read when first asked for.
#[derive(Default)]
pub(super) struct Targets(BTreeMap<Pointer, Slots>);

impl Targets {
    /// Collects every text in the document that may be such a reference.
    pub(super) fn collect(document: &Document) -> Self {
        let mut targets = BTreeMap::new();
        let mut open: Vec<&Json> = document.node(&Pointer::root()).into_iter().collect();
        while let Some(node) = open.pop() {
            match node {
                Json::Array(entries) => open.extend(entries),
                Json::Object(members) => open.extend(members.values()),
                Json::String(text) if text.starts_with("#/") => {
                    let target =
                        Pointer::parse(text).and_then(|target| through_references(document, &target));
                    targets.extend(target.map(|target| (target, Slots::default())));
                }
                _ => {}
            }
        }
        targets.extend(document.subschemas().map(|at| (at.clone(), Slots::default())));
        Self(targets)
    }

    /// Returns the schema at `at`, of a keyword that openapiv3 does not have.
    pub(super) fn subschema<'d>(
        &'d self,
        document: &'d Document,
        at: &Pointer,
    ) -> Option<&'d ReferenceOr<Schema>> {
        Schema::slot(self.0.get(at)?).get_or_init(|| Schema::read(document, at)).as_ref()
    }

    /// Returns the node at `target` as openapiv3 reads it, if it can.
    pub(super) fn node<'d, T: Referable>(
        &'d self,
        document: &'d Document,
        target: &Pointer,
    ) -> Option<&'d ReferenceOr<T>> {
        match component_name(target) {
            Some((group, name)) if group == T::GROUP => {
                T::component(document.openapi.components.as_ref()?, name)
            }
            // Nearly everything could be read as a schema that allows any value, and what a request carries
            // must not be guessed.
            Some((group, _)) if !group.starts_with("x-") && !may_be_another(T::GROUP) => None,
            _ if T::GROUP == Schema::GROUP && !may_be_schema(target) => None,
            _ => T::slot(self.0.get(target)?).get_or_init(|| T::read(document, target)).as_ref(),
        }
    }
}

/// Returns the pointer that `target` means when it may pass through a `$ref`, as pointers in real documents
/// do.
pub(super) fn through_references(document: &Document, target: &Pointer) -> Option<Pointer> {
    let mut tokens = target.tokens().to_vec();
    for _ in 0..MAX_JUMPS {
        let mut here = Pointer::root();
        let mut jump = None;
        for (index, token) in tokens.iter().enumerate() {
            let next = here.child(token);
            if document.node(&next).is_none() {
                let reference = document.node(&here.child("$ref"))?.as_str()?;
                let rest = tokens[index..].iter().cloned();
                jump = Some(Pointer::parse(reference)?.tokens().iter().cloned().chain(rest).collect());
                break;
            }
            here = next;
        }
        match jump {
            Some(jump) => tokens = jump,
            None => return Some(here),
        }
    }
    None
}

/// Returns whether a component of another kind may be read as one of the group: real documents name request
/// bodies as responses.
fn may_be_another(group: &str) -> bool {
    !matches!(group, "schemas" | "parameters" | "requestBodies")
}

/// Returns whether OpenAPI has a schema at this pointer, or does not define what is there.
fn may_be_schema(target: &Pointer) -> bool {
    /// What OpenAPI has at a pointer.
    #[derive(Clone, Copy, PartialEq)]
    enum Expected {
        Schema,
        Schemas,
        Other,
        Free,
    }
    let step = |expected: Expected, token: &String| match (expected, token.as_str()) {
        (Expected::Schemas, _) => Expected::Schema,
        (Expected::Free, _)
        | (Expected::Schema, "example" | "default" | "enum")
        | (Expected::Other, "example" | "value") => Expected::Free,
        (_, token) if token.starts_with("x-") => Expected::Free,
        (
            Expected::Schema,
            "items"
            | "not"
            | "additionalProperties"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "contentSchema",
        )
        | (Expected::Other, "schema") => Expected::Schema,
        (
            Expected::Schema,
            "properties" | "allOf" | "oneOf" | "anyOf" | "prefixItems" | "patternProperties"
            | "dependentSchemas" | "$defs" | "definitions",
        )
        | (Expected::Other, "schemas") => Expected::Schemas,
        _ => Expected::Other,
    };
    matches!(target.tokens().iter().fold(Expected::Other, step), Expected::Schema | Expected::Free)
}

/// How many references a pointer may pass through.
const MAX_JUMPS: usize = 32;

/// Returns the group and the name in a pointer to a component.
pub(super) fn component_name(at: &Pointer) -> Option<(&str, &str)> {
    match at.tokens() {
        [components, group, name] if components == "components" => Some((group, name)),
        _ => None,
    }
}

/// Something that a `$ref` can name.
pub(super) trait Referable: Sized {
    /// What findings call it.
    const KIND: &'static str;
    /// Its member of `components`.
    const GROUP: &'static str;

    fn component<'d>(components: &'d Components, name: &str) -> Option<&'d ReferenceOr<Self>>;
    fn slot(slots: &Slots) -> &OnceCell<Option<ReferenceOr<Self>>>;
    fn read(document: &Document, at: &Pointer) -> Option<ReferenceOr<Self>>;
}

macro_rules! referable {
    ($($type:ident, $field:ident, $kind:literal, $group:literal, $component:expr;)*) => {
        /// One node of the document, read as whatever it is asked to be.
        #[derive(Default)]
        pub(super) struct Slots {
            $($field: OnceCell<Option<ReferenceOr<$type>>>,)*
        }

        $(impl Referable for $type {
            const KIND: &'static str = $kind;
            const GROUP: &'static str = $group;

            fn component<'d>(components: &'d Components, name: &str) -> Option<&'d ReferenceOr<Self>> {
                let find: fn(&'d Components, &str) -> Option<&'d ReferenceOr<Self>> = $component;
                find(components, name)
            }

            fn slot(slots: &Slots) -> &OnceCell<Option<ReferenceOr<Self>>> {
                &slots.$field
            }

            fn read(document: &Document, at: &Pointer) -> Option<ReferenceOr<Self>> {
                document.read_at(at)?.ok()
            }
        })*
    };
}

referable! {
    Schema, schema, "a schema", "schemas", |components, name| components.schemas.get(name);
    Response, response, "a response", "responses", |components, name| components.responses.get(name);
    Parameter, parameter, "a parameter", "parameters", |components, name| components.parameters.get(name);
    Example, example, "an example", "examples", |components, name| components.examples.get(name);
    RequestBody, body, "a request body", "requestBodies", |components, name| components.request_bodies.get(name);
    Header, header, "a header", "headers", |components, name| components.headers.get(name);
    SecurityScheme, scheme, "a security scheme", "securitySchemes",
        |components, name| components.security_schemes.get(name);
    Link, link, "a link", "links", |components, name| components.links.get(name);
    Callback, callback, "a callback", "callbacks", |components, name| components.callbacks.get(name);
    PathItem, item, "a path item", "pathItems", |_, _| None;
}
