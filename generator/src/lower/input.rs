//! What `lower` reads: the document, and the targets of its references.

use serde_json::Value as Json;

use crate::document::Document;
use crate::pointer::Pointer;

use super::referable::Targets;

/// The document with the targets of its references.
#[derive(Clone, Copy)]
pub(super) struct Input<'d> {
    pub(super) document: &'d Document,
    pub(super) targets: &'d Targets,
}

impl<'d> Input<'d> {
    /// Returns the members of the mapping at `at`.
    pub(super) fn raw(self, at: &Pointer) -> RawObject<'d> {
        RawObject(self.document.node(at))
    }
}

/// The members of a mapping of the document; `null` members count as absent, as openapiv3 reads them.
#[derive(Clone, Copy)]
pub(super) struct RawObject<'d>(pub(super) Option<&'d Json>);

impl<'d> RawObject<'d> {
    pub(super) fn get(self, name: &str) -> Option<&'d Json> {
        self.stated(name).filter(|value| !value.is_null())
    }

    /// Like `get`, but a stated `null` counts.
    pub(super) fn stated(self, name: &str) -> Option<&'d Json> {
        self.0?.as_object()?.get(name)
    }

    pub(super) fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(super) fn text(self, name: &str) -> Option<String> {
        self.get(name)?.as_str().map(str::to_owned)
    }

    pub(super) fn count(self, name: &str) -> Option<u64> {
        self.get(name)?.as_u64()
    }

    pub(super) fn flag(self, name: &str) -> bool {
        self.get(name).and_then(Json::as_bool).unwrap_or(false)
    }

    /// Returns the members in document order; none where this is no mapping.
    pub(super) fn members(self) -> impl Iterator<Item = (&'d str, &'d Json)> {
        self.0.and_then(Json::as_object).into_iter().flatten().map(|(name, value)| (name.as_str(), value))
    }
}
