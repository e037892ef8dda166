//! The ids of schemas.

/// The index of a schema in [`Schemas`](super::Schemas).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SchemaId(pub(crate) usize);
