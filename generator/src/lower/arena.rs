//! The schemas that `lower` makes: each is declared first, which gives it an id, and filled later.

use std::borrow::Borrow;
use std::collections::{BTreeMap, VecDeque};

use openapiv3::ReferenceOr;
use serde_json::Value as Json;

use crate::api::{Origin, Schema, SchemaId, Schemas, StatedValue};
use crate::pointer::Pointer;

/// A schema, or a reference to one: openapiv3 boxes them in some positions and not in others.
#[derive(Debug, Clone, Copy)]
pub(super) enum SchemaOrRef<'d> {
    Reference(&'d str),
    Schema(&'d openapiv3::Schema),
}

impl<'d, S: Borrow<openapiv3::Schema>> From<&'d ReferenceOr<S>> for SchemaOrRef<'d> {
    fn from(node: &'d ReferenceOr<S>) -> Self {
        match node {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema.borrow()),
        }
    }
}

/// All schemas so far, found by id or by pointer, and those that are still to be filled.
#[derive(Default)]
pub(super) struct Arena<'d> {
    pub(super) schemas: Schemas,
    by_pointer: BTreeMap<Pointer, SchemaId>,
    /// Examples and defaults, once for each place.
    pub(super) stated: BTreeMap<Pointer, StatedValue>,
    /// Declared, but not yet filled.
    queue: VecDeque<(SchemaId, SchemaOrRef<'d>)>,
}

impl<'d> Arena<'d> {
    /// Returns the id of the schema that was declared at `at`.
    pub(super) fn declared(&self, at: &Pointer) -> Option<SchemaId> {
        self.by_pointer.get(at).copied()
    }

    /// Gives the schema at `at` its id. The same pointer always has the same id.
    pub(super) fn declare(&mut self, at: &Pointer, origin: Origin, node: SchemaOrRef<'d>) -> SchemaId {
        if let Some(&id) = self.by_pointer.get(at) {
            // A `$ref` into the middle of the document came first; now the origin of its target is known.
            if self.schemas.0[id.0].origin == Origin::Referenced {
                self.schemas.0[id.0].origin = origin;
            }
            return id;
        }
        let id = self.add_any(at, origin);
        self.by_pointer.insert(at.clone(), id);
        self.queue.push_back((id, node));
        id
    }

    /// Adds a schema that allows any value, to replace one that can't be read.
    pub(super) fn add_any(&mut self, at: &Pointer, origin: Origin) -> SchemaId {
        let id = SchemaId(self.schemas.0.len());
        self.schemas.0.push(Schema::new(at.clone(), origin));
        id
    }

    /// Keeps a value that the document gives for a schema.
    pub(super) fn state(&mut self, at: Pointer, schema: SchemaId, value: &Json) {
        self.stated.insert(at.clone(), StatedValue { at, schema, value: value.clone() });
    }

    /// Takes the next schema that is declared and not yet filled.
    pub(super) fn next_unfilled(&mut self) -> Option<(SchemaId, SchemaOrRef<'d>)> {
        self.queue.pop_front()
    }
}
