//! Schemas that were not read completely, so that nothing can be reported as missing from them.

use std::collections::BTreeSet;

use crate::api::{Api, Schema, SchemaId, Shape};
use crate::pointer::Pointer;
use crate::report::{Report, Severity};

use super::walk;

/// The nodes with errors of `parse` or `lower`.
pub(super) struct Unread(BTreeSet<Pointer>);

impl Unread {
    /// Collects the nodes of the errors so far, and for a keyword also the schema that has it.
    pub(super) fn of(report: &Report) -> Self {
        let errors = report.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
        let nodes = errors.flat_map(|finding| {
            let is_keyword = finding.at.last().is_some_and(|token| !token.starts_with("x-"));
            let around = finding.at.parent().filter(|_| is_keyword);
            around.into_iter().chain([finding.at.clone()])
        });
        Self(nodes.collect())
    }

    /// Returns whether the schema may have properties that were not read, because it or one of its members
    /// has an error. After any error, an empty schema may replace one that a chain of references did not
    /// reach.
    pub(super) fn has(&self, api: &Api, id: SchemaId) -> bool {
        !self.0.is_empty() && is_open(&api.schemas[api.schemas.resolve(id)])
            || walk::family(api, id).into_iter().any(|id| self.0.contains(&api.schemas[id].at))
    }
}

fn is_open(schema: &Schema) -> bool {
    matches!(schema.shape, Shape::Any) && schema.enumeration.is_none() && walk::members(schema).is_empty()
}
