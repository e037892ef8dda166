//! Dictionary 1: what the service offers, in the words of OpenAPI.
//!
//! `lower` writes it, `check` and `translate` read it. Plain data: every `$ref` is an id, every limit a
//! number, every extension a typed rule. Nothing here knows a Rust name.

mod documentation;
mod operation;
mod rule;
mod schema;
mod service;

use std::ops::Index;

pub(crate) use documentation::*;
pub(crate) use operation::*;
pub(crate) use rule::*;
pub(crate) use schema::*;
pub(crate) use service::*;

/// A whole definition.
#[derive(Debug, Clone, Default)]
pub(crate) struct Api {
    pub(crate) info: Info,
    pub(crate) servers: Vec<Server>,
    pub(crate) tags: Vec<Tag>,
    /// Components first, in document order; then every other schema in the order of its place.
    pub(crate) schemas: Schemas,
    pub(crate) operations: Vec<Operation>,
    pub(crate) security_schemes: Vec<SecurityScheme>,
    /// Applies to operations that state none of their own.
    pub(crate) security: Vec<SecurityRequirement>,
    pub(crate) error_codes: ErrorCodes,
    pub(crate) external_docs: Option<ExternalDocs>,
    /// `x-deviations`, in document order.
    pub(crate) deviations: Vec<Deviation>,
}

impl Api {
    /// The operation of that id; of several, the first.
    pub(crate) fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id.as_deref() == Some(id))
    }
}

/// Names one schema of an [`Api`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SchemaId(pub(crate) usize);

/// All schemas, found by their id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Schemas(pub(crate) Vec<Schema>);

impl Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.0[id.0]
    }
}

impl Schemas {
    /// Every schema with its id, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.0.iter().enumerate().map(|(index, schema)| (SchemaId(index), schema))
    }

    /// Follows aliases (components that are nothing but a `$ref`) to the schema that says something.
    ///
    /// A chain of aliases that bites its own tail ends where it began; `check` reports it.
    pub(crate) fn resolve(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        for _ in 0..self.0.len() {
            match self[at].shape {
                Shape::Alias(target) => at = target,
                _ => return at,
            }
        }
        id
    }
}
