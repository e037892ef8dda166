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
    tree: Value,
    /// Numbers that the tree has with fewer digits.
    exact: BTreeMap<Pointer, Decimal>,
    /// A filter left operations out: what only they used is missing.
    pub(crate) is_filtered: bool,
    /// Nodes that could not be read.
    left_out: BTreeSet<Pointer>,
}

impl Document {
    pub(crate) fn new(
        openapi: openapiv3::OpenAPI,
        tree: Value,
        exact: BTreeMap<Pointer, Decimal>,
        is_filtered: bool,
        left_out: BTreeSet<Pointer>,
    ) -> Self {
        Self { openapi, tree, exact, is_filtered, left_out }
    }

    /// Returns whether the node at `at` could not be read, so that a stub stands there or nothing.
    pub(crate) fn is_left_out(&self, at: &Pointer) -> bool {
        self.left_out.contains(at)
    }

    /// Returns the number at `at` with all digits, if the tree has it with fewer.
    pub(crate) fn exact_number(&self, at: &Pointer) -> Option<&Decimal> {
        self.exact.get(at).filter(|_| self.node(at).is_some_and(Value::is_f64))
    }

    pub(crate) fn has_exact_numbers(&self) -> bool {
        !self.exact.is_empty()
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
