//! What a `$ref` can name: pointers go in, nodes read as components of the wanted kind come out.

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
    /// Finds every text in the document that may be such a reference.
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
        Self(targets)
    }

    /// The node at `target` as openapiv3 reads it, if it can.
    pub(super) fn node<'d, T: Referable>(
        &'d self,
        document: &'d Document,
        target: &Pointer,
    ) -> Option<&'d ReferenceOr<T>> {
        match component_key(target) {
            Some((group, key)) if group == T::GROUP => {
                T::component(document.openapi.components.as_ref()?, key)
            }
            // Nearly everything could be read as a schema that allows any value, and what a request carries must not
            // be guessed.
            Some((group, _)) if !group.starts_with("x-") && !may_be_another(T::GROUP) => None,
            _ if T::GROUP == Schema::GROUP && !may_be_schema(target) => None,
            _ => T::slot(self.0.get(target)?).get_or_init(|| T::read(document, target)).as_ref(),
        }
    }
}

/// Where a pointer leads when it may pass through a `$ref` on its way, as pointers in the wild do.
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

/// Whether a component of another kind may be read as one of the group: real documents name request bodies as responses.
fn may_be_another(group: &str) -> bool {
    !matches!(group, "schemas" | "parameters" | "requestBodies")
}

/// Whether a place is one for schemas, or one that OpenAPI says nothing about.
fn may_be_schema(target: &Pointer) -> bool {
    /// What stands at a place.
    #[derive(Clone, Copy, PartialEq)]
    enum Place {
        Schema,
        Schemas,
        Other,
        Free,
    }
    let step = |place: Place, token: &String| match (place, token.as_str()) {
        (Place::Schemas, _) => Place::Schema,
        (Place::Free, _)
        | (Place::Schema, "example" | "default" | "enum")
        | (Place::Other, "example" | "value") => Place::Free,
        (_, token) if token.starts_with("x-") => Place::Free,
        (Place::Schema, "items" | "not" | "additionalProperties") | (Place::Other, "schema") => Place::Schema,
        (Place::Schema, "properties" | "allOf" | "oneOf" | "anyOf") | (Place::Other, "schemas") => {
            Place::Schemas
        }
        _ => Place::Other,
    };
    matches!(target.tokens().iter().fold(Place::Other, step), Place::Schema | Place::Free)
}

/// How many references a pointer may pass through.
const MAX_JUMPS: usize = 32;

/// The group and the key of a pointer to a component.
pub(super) fn component_key(at: &Pointer) -> Option<(&str, &str)> {
    match at.tokens() {
        [components, group, key] if components == "components" => Some((group, key)),
        _ => None,
    }
}

/// Something that a `$ref` can name.
pub(super) trait Referable: Sized {
    /// What people call it.
    const KIND: &'static str;
    /// Its key below `components`.
    const GROUP: &'static str;

    fn component<'d>(components: &'d Components, key: &str) -> Option<&'d ReferenceOr<Self>>;
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

            fn component<'d>(components: &'d Components, key: &str) -> Option<&'d ReferenceOr<Self>> {
                let find: fn(&'d Components, &str) -> Option<&'d ReferenceOr<Self>> = $component;
                find(components, key)
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
    Schema, schema, "schema", "schemas", |components, key| components.schemas.get(key);
    Response, response, "response", "responses", |components, key| components.responses.get(key);
    Parameter, parameter, "parameter", "parameters", |components, key| components.parameters.get(key);
    Example, example, "example", "examples", |components, key| components.examples.get(key);
    RequestBody, body, "request body", "requestBodies", |components, key| components.request_bodies.get(key);
    Header, header, "header", "headers", |components, key| components.headers.get(key);
    SecurityScheme, scheme, "security scheme", "securitySchemes",
        |components, key| components.security_schemes.get(key);
    Link, link, "link", "links", |components, key| components.links.get(key);
    Callback, callback, "callback", "callbacks", |components, key| components.callbacks.get(key);
    PathItem, item, "path item", "pathItems", |_, _| None;
}
