//! Schemas that were not read as they stand, so that nothing can be said about what they lack.

use std::collections::BTreeSet;

use crate::api::{Api, Schema, SchemaId, Shape};
use crate::pointer::Pointer;
use crate::report::{Report, Severity};

use super::walk;

/// Where reading met an error.
pub(super) struct Unread(BTreeSet<Pointer>);

impl Unread {
    /// The places that the findings of reading are about: the schema itself, or the one whose keyword it is.
    pub(super) fn of(report: &Report) -> Self {
        let errors = report.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
        let places = errors.flat_map(|finding| {
            let is_keyword = finding.at.last().is_some_and(|token| !token.starts_with("x-"));
            let around = finding.at.parent().filter(|_| is_keyword);
            around.into_iter().chain([finding.at.clone()])
        });
        Self(places.collect())
    }

    /// Whether the schema may have properties that nobody has read: its own say or that of a member is missing. Where
    /// any reading failed, a schema without a word may stand for one that a chain of references did not reach.
    pub(super) fn has(&self, api: &Api, id: SchemaId) -> bool {
        !self.0.is_empty() && is_open(&api.schemas[api.schemas.resolve(id)])
            || walk::family(api, id).into_iter().any(|id| self.0.contains(&api.schemas[id].at))
    }
}

fn is_open(schema: &Schema) -> bool {
    matches!(schema.shape, Shape::Any) && schema.enumeration.is_none() && walk::members(schema).is_empty()
}
