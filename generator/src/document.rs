//! The document between `parse` and `lower`: what openapiv3 accepted, and the tree that it was read from.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::decimal::Decimal;
use crate::pointer::Pointer;

/// A document that openapiv3 accepts, and the repaired tree that it was read from.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) openapi: openapiv3::OpenAPI,
    /// `webhooks`, by name: openapiv3 has none.
    pub(crate) webhooks: openapiv3::Callback,
    tree: Value,
    /// A filter left operations out: what only they used is missing.
    pub(crate) is_filtered: bool,
    notes: DocumentNotes,
}

/// What the tree does not show.
#[derive(Debug, Default)]
pub(crate) struct DocumentNotes {
    /// Numbers that the tree has with fewer digits.
    pub(crate) exact: BTreeMap<Pointer, Decimal>,
    /// Nodes that could not be read.
    pub(crate) left_out: BTreeSet<Pointer>,
    /// Schemas of keywords that openapiv3 does not have.
    pub(crate) subschemas: BTreeSet<Pointer>,
    /// Schemas follow JSON Schema 2020-12: the document is one of OpenAPI 3.1 or later.
    pub(crate) follows_json_schema: bool,
}

impl Document {
    pub(crate) fn new(
        openapi: openapiv3::OpenAPI,
        webhooks: openapiv3::Callback,
        tree: Value,
        is_filtered: bool,
        notes: DocumentNotes,
    ) -> Self {
        Self { openapi, webhooks, tree, is_filtered, notes }
    }

    /// Returns whether schemas follow JSON Schema 2020-12, so that a keyword speaks only of its own type.
    pub(crate) fn follows_json_schema(&self) -> bool {
        self.notes.follows_json_schema
    }

    /// Returns the pointers of the schemas that openapiv3 does not read.
    pub(crate) fn subschemas(&self) -> impl Iterator<Item = &Pointer> {
        self.notes.subschemas.iter()
    }

    /// Returns whether the node at `at` could not be read, so that a stub stands there or nothing.
    pub(crate) fn is_left_out(&self, at: &Pointer) -> bool {
        self.notes.left_out.contains(at)
    }

    /// Returns the number at `at` with all digits, if the tree has it with fewer.
    pub(crate) fn exact_number(&self, at: &Pointer) -> Option<&Decimal> {
        self.notes.exact.get(at).filter(|_| self.node(at).is_some_and(Value::is_f64))
    }

    pub(crate) fn has_exact_numbers(&self) -> bool {
        !self.notes.exact.is_empty()
    }

    /// Returns the node at `at`; `None` where there is none.
    pub(crate) fn node(&self, at: &Pointer) -> Option<&Value> {
        at.tokens().iter().try_fold(&self.tree, |node, token| match node {
            Value::Object(members) => members.get(token),
            Value::Array(entries) => entries.get(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Reads the node at `at` as a `T`; `None` where there is no node.
    ///
    /// # Errors
    ///
    /// The message of serde when the node is not a `T`.
    pub(crate) fn read_at<T: DeserializeOwned>(&self, at: &Pointer) -> Option<Result<T, String>> {
        Some(T::deserialize(self.node(at)?).map_err(|error| error.to_string()))
    }

    /// Returns the member names of the mapping at `at`, for suggestions; empty where there is no mapping.
    pub(crate) fn names_at(&self, at: &Pointer) -> Vec<&str> {
        match self.node(at) {
            Some(Value::Object(members)) => members.keys().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}
