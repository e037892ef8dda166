//! `$ref`: comes in as text, goes out as the id of a schema or as the component it names.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt;

use openapiv3::{
    Callback, Components, Example, Header, Link, Parameter, PathItem, ReferenceOr, RequestBody, Response,
    Schema, SecurityScheme,
};
use serde_json::Value as Json;

use crate::api::{Origin, SchemaId};
use crate::document::Document;
use crate::pointer::Pointer;
use crate::report::{Finding, Severity, nearest};

use super::Lowering;
use super::extension::EXTENSIONS;

/// A schema, or a reference to one: openapiv3 boxes them in some places and not in others.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'d> {
    Reference(&'d str),
    Schema(&'d Schema),
}

impl<'d> From<&'d ReferenceOr<Schema>> for Node<'d> {
    fn from(node: &'d ReferenceOr<Schema>) -> Self {
        match node {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

impl<'d> From<&'d ReferenceOr<Box<Schema>>> for Node<'d> {
    fn from(node: &'d ReferenceOr<Box<Schema>>) -> Self {
        match node {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

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
}

/// Where a pointer leads when it may pass through a `$ref` on its way, as pointers in the wild do.
fn through_references(document: &Document, target: &Pointer) -> Option<Pointer> {
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

impl<'d> Lowering<'d> {
    /// The component that stands at `at`, or that a `$ref` there names, with its own place.
    pub(super) fn resolve<T: Referable>(
        &mut self,
        at: &Pointer,
        node: &'d ReferenceOr<T>,
    ) -> Option<(Pointer, &'d T)> {
        let mut here = at.clone();
        let mut node = node;
        let mut seen = Vec::new();
        loop {
            match node {
                ReferenceOr::Item(item) => return Some((here, item)),
                ReferenceOr::Reference { reference } => {
                    let (target, next) = self.follow(&here, reference, &seen)?;
                    seen.push(target.clone());
                    (here, node) = (target, next);
                }
            }
        }
    }

    /// The id of the schema that a `$ref` at `at` names.
    pub(super) fn resolve_schema(&mut self, at: &Pointer, reference: &'d str) -> Option<SchemaId> {
        let mut here = at.clone();
        let mut reference = reference;
        let mut seen = Vec::new();
        loop {
            let (target, node) = self.follow::<Schema>(&here, reference, &seen)?;
            if let Some(&id) = self.by_place.get(&target) {
                return Some(id);
            }
            match node {
                ReferenceOr::Item(schema) => {
                    return Some(self.declare(&target, Origin::Referenced, Node::Schema(schema)));
                }
                ReferenceOr::Reference { reference: next } => {
                    seen.push(target.clone());
                    (here, reference) = (target, next);
                }
            }
        }
    }

    /// One step along a reference that stands at `at`.
    fn follow<T: Referable>(
        &mut self,
        at: &Pointer,
        reference: &'d str,
        seen: &[Pointer],
    ) -> Option<(Pointer, &'d ReferenceOr<T>)> {
        self.check_siblings(at);
        let spot = at.child("$ref");
        match self.target::<T>(reference, seen) {
            Ok((target, node)) => {
                if component_key(&target).is_some_and(|(group, _)| group != T::GROUP) {
                    let name = reference.to_owned();
                    self.say(&spot, &RefFinding::Mismatched { name, expected: T::KIND, read: true });
                }
                Some((target, node))
            }
            Err(finding) => {
                self.say(&spot, &finding);
                None
            }
        }
    }

    /// The node that a reference names; `seen` are the places that it came through.
    pub(super) fn target<T: Referable>(
        &self,
        reference: &'d str,
        seen: &[Pointer],
    ) -> Result<(Pointer, &'d ReferenceOr<T>), RefFinding> {
        let name = reference.to_owned();
        if !reference.starts_with('#') {
            let help = self.component_named::<T>(reference);
            return Err(RefFinding::External { name, help });
        }
        let Some(stated) = Pointer::parse(reference) else {
            return Err(RefFinding::Unresolved { name, help: None });
        };
        let Some(target) = through_references(self.document, &stated) else {
            return Err(RefFinding::Unresolved { name, help: self.near_target(&stated) });
        };
        if seen.contains(&target) {
            return Err(RefFinding::Cycle { name });
        }
        match self.node::<T>(&target) {
            Some(node) => Ok((target, node)),
            None => Err(RefFinding::Mismatched { name, expected: T::KIND, read: false }),
        }
    }

    /// The node at `target` as openapiv3 reads it.
    fn node<T: Referable>(&self, target: &Pointer) -> Option<&'d ReferenceOr<T>> {
        match component_key(target) {
            Some((group, key)) if group == T::GROUP => {
                T::component(self.document.openapi.components.as_ref()?, key)
            }
            // Nearly everything could be read as a schema that allows any value.
            Some(_) if T::GROUP == Schema::GROUP => None,
            _ => {
                let slot = T::slot(self.targets.0.get(target)?);
                slot.get_or_init(|| T::read(self.document, target)).as_ref()
            }
        }
    }

    /// The reference that was probably meant: the same place with the nearest name that exists.
    fn near_target(&self, target: &Pointer) -> Option<String> {
        let mut missing = target.clone();
        let mut parent = missing.parent()?;
        while self.document.node(&parent).is_none() {
            (missing, parent) = (parent.clone(), parent.parent()?);
        }
        let name = nearest(missing.last()?, self.document.keys_at(&parent))?;
        let rest = &target.tokens()[missing.tokens().len()..];
        let meant = rest.iter().fold(parent.child(name), |meant, token| meant.child(token));
        self.document.node(&meant).map(|_| format!("#{meant}"))
    }

    /// The reference to the component that a bare name such as `Pet` probably means.
    fn component_named<T: Referable>(&self, name: &str) -> Option<String> {
        let group = Pointer::root().child("components").child(T::GROUP);
        let keys = self.document.keys_at(&group);
        keys.contains(&name).then(|| format!("#{}", group.child(name)))
    }

    /// What stands beside a `$ref` has no effect; one of our extensions there is a mistake.
    fn check_siblings(&mut self, at: &Pointer) {
        for (key, _) in self.raw(at).members().filter(|(key, _)| *key != "$ref") {
            let finding = RefFinding::Sibling {
                name: key.to_owned(),
                ours: EXTENSIONS.iter().any(|extension| extension.name == key),
            };
            self.say(&at.child(key), &finding);
        }
    }
}

pub(super) enum RefFinding {
    Unresolved {
        name: String,
        help: Option<String>,
    },
    External {
        name: String,
        help: Option<String>,
    },
    /// Something else stands there; `read`: it could be read as what is needed all the same.
    Mismatched {
        name: String,
        expected: &'static str,
        read: bool,
    },
    Cycle {
        name: String,
    },
    Sibling {
        name: String,
        ours: bool,
    },
}

impl fmt::Display for RefFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unresolved { name, .. } => write!(f, "nothing stands at `{name}`"),
            Self::External { name, .. } => {
                write!(f, "`{name}` leads out of this document, and only references inside it are supported")
            }
            Self::Mismatched { name, expected: "schema", read: false } => {
                write!(f, "what stands at `{name}` is no schema; read as any value")
            }
            Self::Mismatched { name, expected, read: false } => {
                write!(f, "what stands at `{name}` is no {expected}; it is left out")
            }
            Self::Mismatched { name, expected, read: true } => {
                write!(f, "what stands at `{name}` is meant as no {expected}, but can be read as one")
            }
            Self::Cycle { name } => write!(f, "`{name}` leads back to itself through references alone"),
            Self::Sibling { name, .. } => {
                write!(f, "`{name}` has no effect here: OpenAPI 3.0 ignores what stands beside a `$ref`")
            }
        }
    }
}

impl Finding for RefFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Unresolved { .. } => "unresolved-reference",
            Self::External { .. } => "external-reference",
            Self::Mismatched { .. } => "mismatched-reference",
            Self::Cycle { .. } => "reference-cycle",
            Self::Sibling { ours: true, .. } => "misplaced-extension",
            Self::Sibling { ours: false, .. } => "reference-sibling",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Mismatched { .. } | Self::Sibling { ours: false, .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Unresolved { help, .. } => help.as_ref().map(|meant| format!("did you mean `{meant}`?")),
            Self::External { help: Some(meant), .. } => Some(format!("did you mean `{meant}`?")),
            Self::External { .. } => Some("bundle the files into one document first".to_owned()),
            Self::Sibling { .. } => Some("wrap the reference: `allOf: [{$ref: ...}]`".to_owned()),
            Self::Mismatched { .. } | Self::Cycle { .. } => None,
        }
    }

    fn part(&self) -> crate::report::Part {
        match self {
            Self::Sibling { .. } => crate::report::Part::Key,
            _ => crate::report::Part::Value,
        }
    }
}
