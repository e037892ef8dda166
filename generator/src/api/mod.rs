//! The API model: what the service offers, in the terms of OpenAPI.
//!
//! `lower` writes it, `check` and `translate` read it. Plain data: every `$ref` is an id, every limit a
//! number, every extension a typed rule. Nothing here knows a Rust name.

mod beyond;
mod docs;
#[cfg_attr(not(feature = "docs"), expect(dead_code, reason = "only the comparison with pages reads it"))]
mod documentation;
mod format;
mod http;
mod operation;
mod rule;
mod schema;
mod schema_id;
mod service;

pub(crate) use beyond::*;
pub(crate) use docs::*;
pub(crate) use documentation::*;
pub(crate) use format::*;
pub(crate) use http::*;
pub(crate) use operation::*;
pub(crate) use rule::*;
pub(crate) use schema::*;
pub(crate) use schema_id::*;
pub(crate) use service::*;

/// A whole definition.
#[derive(Debug, Clone, Default)]
pub(crate) struct Api {
    pub(crate) info: Info,
    pub(crate) servers: Vec<Server>,
    /// Components first, in document order; then every other schema in the order of its pointer.
    pub(crate) schemas: Schemas,
    pub(crate) operations: Vec<Operation>,
    /// Requests that the service sends. The path of each is the name of its webhook.
    pub(crate) webhooks: Vec<Operation>,
    pub(crate) security_schemes: Vec<SecurityScheme>,
    /// Applies to operations that state none of their own.
    pub(crate) security: Vec<SecurityRequirement>,
    pub(crate) error_codes: ErrorCodes,
    /// `x-null-is-absent`
    pub(crate) null_is_absent: bool,
    pub(crate) external_docs: Option<ExternalDocs>,
    /// `x-deviations`, in document order.
    #[cfg_attr(not(feature = "docs"), expect(dead_code, reason = "only the comparison with pages reads it"))]
    pub(crate) deviations: Vec<Deviation>,
    /// The document is one of OpenAPI 3.1 or later.
    pub(crate) follows_json_schema: bool,
    /// Every example and default, those of components that nothing uses included.
    pub(crate) stated_values: Vec<StatedValue>,
    /// A filter left operations out: what only they used is missing.
    pub(crate) is_filtered: bool,
}

impl Api {
    /// Returns the operation with that `operationId`; of several, the first.
    pub(crate) fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id.as_deref() == Some(id))
    }
}
