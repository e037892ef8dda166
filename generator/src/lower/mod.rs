//! [`Document`] to [`Api`]: ids instead of `$ref`, typed rules instead of extensions.
//!
//! Every schema is declared first (it gets its id and its origin) and filled later from a queue, so that
//! references may point forwards, and so that nesting costs no stack. What the dictionary has no word for
//! is reported, never dropped in silence.

mod callback;
mod compose;
mod constraint;
mod content;
mod cycle;
mod enumeration;
mod extension;
mod operation;
mod origin;
mod parameter;
mod referable;
mod refs;
mod schema;
mod service;
mod template;
mod type_word;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use serde_json::Value as Json;

use crate::api::{Api, Docs, Origin, Schema, SchemaId, Schemas, Shape};
use crate::document::Document;
use crate::pointer::Pointer;
use crate::report::{Finding, Report, Severity};

use referable::Targets;
use refs::Node;

/// Writes the first dictionary. Reports whatever it does not understand and goes on.
pub(crate) fn lower(document: &Document, report: &mut Report) -> Api {
    let targets = Targets::collect(document);
    let mut lowering = Lowering {
        document,
        targets: &targets,
        report,
        said: BTreeSet::new(),
        schemas: Schemas::default(),
        by_place: BTreeMap::new(),
        queue: VecDeque::new(),
        components: BTreeMap::new(),
        depth: 0,
    };
    let mut api = Api::default();
    lowering.component_schemas();
    lowering.service(&mut api);
    lowering.other_components();
    lowering.operations(&mut api);
    lowering.break_cycles();
    lowering.complete_discriminators();
    api.schemas = lowering.schemas;
    api
}

/// The state of one run.
struct Lowering<'d> {
    document: &'d Document,
    targets: &'d Targets,
    report: &'d mut Report,
    /// What has been reported: a shared component is read once for each use, and faulted once.
    said: BTreeSet<(Pointer, String)>,
    schemas: Schemas,
    by_place: BTreeMap<Pointer, SchemaId>,
    /// Declared, but not yet filled.
    queue: VecDeque<(SchemaId, Node<'d>)>,
    /// The keys of `components.schemas`.
    components: BTreeMap<&'d str, SchemaId>,
    /// How many objects that may hold themselves through references are being read.
    depth: usize,
}

impl<'d> Lowering<'d> {
    /// Reports a finding, once for each place.
    fn say(&mut self, at: &Pointer, finding: &impl Finding) {
        if self.said.insert((at.clone(), finding.to_string())) {
            self.report.push(at, finding);
        }
    }

    /// The members of the mapping at `at`.
    fn raw(&self, at: &Pointer) -> Raw<'d> {
        Raw(self.document.node(at))
    }

    /// Gives the schema at `at` its id, the same one however often it is asked.
    fn declare(&mut self, at: &Pointer, origin: Origin, node: Node<'d>) -> SchemaId {
        if let Some(&id) = self.by_place.get(at) {
            // A `$ref` into the middle of the document came first; now we know what the place is.
            if self.schemas.0[id.0].origin == Origin::Referenced {
                self.schemas.0[id.0].origin = origin;
            }
            return id;
        }
        let id = self.blank(at, origin);
        self.by_place.insert(at.clone(), id);
        self.queue.push_back((id, node));
        id
    }

    /// A schema that allows any value, for a place whose own schema can't be read.
    fn blank(&mut self, at: &Pointer, origin: Origin) -> SchemaId {
        let id = SchemaId(self.schemas.0.len());
        self.schemas.0.push(Schema {
            at: at.clone(),
            origin,
            docs: Docs::default(),
            nullable: false,
            read_only: false,
            write_only: false,
            sensitive: false,
            default: None,
            shape: Shape::Any,
            enumeration: None,
            preferred_values: Vec::new(),
            all_of: Vec::new(),
            one_of: None,
            any_of: None,
            not: None,
            discriminator: None,
            rules: Vec::new(),
            codes: BTreeMap::new(),
            severities: BTreeMap::new(),
            documented_as: None,
        });
        id
    }

    /// The id of a schema that stands at `at`, or of the one that a `$ref` there names.
    fn schema(&mut self, at: &Pointer, origin: Origin, node: impl Into<Node<'d>>) -> SchemaId {
        match node.into() {
            Node::Reference(reference) => match self.resolve_schema(at, reference) {
                Some(id) => id,
                None => self.blank(at, origin),
            },
            node @ Node::Schema(_) => self.declare(at, origin, node),
        }
    }

    /// Fills every declared schema, and those that come up on the way.
    fn fill_declared(&mut self) {
        while let Some((id, node)) = self.queue.pop_front() {
            self.fill(id, node);
        }
    }

    /// Declares and fills `components.schemas`, so that their ids come first and in document order.
    fn component_schemas(&mut self) {
        let Some(components) = &self.document.openapi.components else { return };
        let group = Pointer::root().child("components").child("schemas");
        for (key, node) in &components.schemas {
            let id = self.declare(&group.child(key), Origin::Component(key.clone()), node.into());
            self.components.insert(key, id);
        }
        self.fill_declared();
    }

    /// Reads what may hold itself through references, such as a callback, unless it is too deep inside others.
    fn nested<T: Default>(&mut self, at: &Pointer, read: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth == MAX_DEPTH {
            self.say(at, &TooDeep);
            return T::default();
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }
}

/// How deep callbacks may stand in callbacks, and headers of forms in headers.
const MAX_DEPTH: usize = 4;

struct TooDeep;

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this stands in others of its kind more than {MAX_DEPTH} deep; it is left out")
    }
}

impl Finding for TooDeep {
    fn code(&self) -> &'static str {
        "nested-too-deep"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}

/// The members of a mapping of the document; `null` members count as absent, as openapiv3 reads them.
#[derive(Clone, Copy)]
struct Raw<'d>(Option<&'d Json>);

impl<'d> Raw<'d> {
    fn get(self, key: &str) -> Option<&'d Json> {
        self.stated(key).filter(|value| !value.is_null())
    }

    /// Like `get`, but a stated `null` counts.
    fn stated(self, key: &str) -> Option<&'d Json> {
        self.0?.as_object()?.get(key)
    }

    fn has(self, key: &str) -> bool {
        self.get(key).is_some()
    }

    fn text(self, key: &str) -> Option<String> {
        self.get(key)?.as_str().map(str::to_owned)
    }

    fn count(self, key: &str) -> Option<u64> {
        self.get(key)?.as_u64()
    }

    fn flag(self, key: &str) -> bool {
        self.get(key).and_then(Json::as_bool).unwrap_or(false)
    }

    fn number(self, key: &str) -> Option<serde_json::Number> {
        match self.get(key)? {
            Json::Number(number) => Some(number.clone()),
            _ => None,
        }
    }

    /// The members in document order; none where this is no mapping.
    fn members(self) -> impl Iterator<Item = (&'d str, &'d Json)> {
        self.0.and_then(Json::as_object).into_iter().flatten().map(|(key, value)| (key.as_str(), value))
    }
}

#[cfg(test)]
pub(crate) mod tests;
