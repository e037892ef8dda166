//! Documentation, as the definition writes it.

use serde_json::Value as Json;

use super::schema_id::SchemaId;
use crate::pointer::Pointer;

/// The documentation of an object.
#[derive(Debug, Clone, Default)]
pub(crate) struct Docs {
    pub(crate) title: Option<String>,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) example: Option<Json>,
    pub(crate) external: Option<ExternalDocs>,
    /// `x-source`: the source of the fact.
    pub(crate) source: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct ExternalDocs {
    pub(crate) url: String,
    pub(crate) description: Option<String>,
}

/// A value that the document gives for a schema: an example, or a default.
#[derive(Debug, Clone)]
#[cfg_attr(not(feature = "examples"), expect(dead_code, reason = "only their validation reads them"))]
pub(crate) struct StatedValue {
    pub(crate) at: Pointer,
    pub(crate) schema: SchemaId,
    pub(crate) value: Json,
}
