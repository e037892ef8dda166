//! Documentation, as the definition writes it.

use serde_json::Value as Json;

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
