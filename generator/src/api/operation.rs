//! Operations: their parameters, bodies and responses.

use serde_json::Value as Json;

use super::docs::Docs;
use super::documentation::DocumentedAs;
use super::http::{Method, ParameterLocation, ParameterStyle, Status};
use super::schema_id::SchemaId;
use super::service::{SecurityRequirement, Server};
use crate::pointer::Pointer;

#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) at: Pointer,
    pub(crate) id: Option<String>,
    pub(crate) method: Method,
    /// The template as the document writes it, `/pets/{petId}`.
    pub(crate) path: String,
    pub(crate) docs: Docs,
    pub(crate) tags: Vec<String>,
    /// Those of the path item included; an operation's own replace them.
    pub(crate) parameters: Vec<Parameter>,
    /// The names of listed headers that OpenAPI ignores: `Accept`, `Content-Type` and `Authorization`.
    pub(crate) ignored_headers: Vec<String>,
    pub(crate) request_body: Option<RequestBody>,
    pub(crate) responses: Vec<Response>,
    /// `None`: [`Api::security`] applies. An empty list: no security.
    pub(crate) security: Option<Vec<SecurityRequirement>>,
    /// Empty: [`Api::servers`] apply.
    pub(crate) servers: Vec<Server>,
    /// The operations of its callbacks; the path of each is the runtime expression that gives the URL.
    pub(crate) callbacks: Vec<Self>,
    pub(crate) bulk: Option<Bulk>,
    pub(crate) poll: Option<Poll>,
    #[cfg_attr(not(feature = "docs"), expect(dead_code, reason = "only the comparison with pages reads it"))]
    pub(crate) documented_as: Option<DocumentedAs>,
}

impl Operation {
    /// Returns the path parameters that `other` does not have: for an operation that reports on a request,
    /// the one with the id of that request.
    pub(crate) fn path_parameters_beyond<'a>(&'a self, other: &'a Self) -> Vec<&'a str> {
        let is_path = |parameter: &&Parameter| parameter.location == ParameterLocation::Path;
        let known: Vec<&str> = other.parameters.iter().filter(is_path).map(|known| &*known.name).collect();
        let names = self.parameters.iter().filter(is_path).map(|parameter| &*parameter.name);
        names.filter(|name| !known.contains(name)).collect()
    }
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own in the document")]
pub(crate) struct Parameter {
    pub(crate) at: Pointer,
    pub(crate) name: String,
    pub(crate) location: ParameterLocation,
    pub(crate) required: bool,
    pub(crate) docs: Docs,
    pub(crate) style: ParameterStyle,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
    pub(crate) content: ParameterContent,
    /// `x-correlation-id`: the header has an id of the call, which the client generates.
    pub(crate) correlation_id: bool,
}

/// A parameter has either a schema or exactly one media type.
#[derive(Debug, Clone)]
pub(crate) enum ParameterContent {
    Schema(SchemaId),
    Media(MediaType),
    /// The document has neither, which `lower` has reported.
    Nothing,
}

impl ParameterContent {
    /// Returns the schema of the value.
    pub(crate) fn schema(&self) -> Option<SchemaId> {
        match self {
            Self::Schema(id) => Some(*id),
            Self::Media(media) => media.schema,
            Self::Nothing => None,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct RequestBody {
    pub(crate) at: Pointer,
    pub(crate) required: bool,
    pub(crate) docs: Docs,
    pub(crate) content: Vec<MediaType>,
}

#[derive(Debug, Clone)]
pub(crate) struct MediaType {
    /// `application/json`, `image/*` and the like, as written.
    pub(crate) name: String,
    pub(crate) schema: Option<SchemaId>,
    /// `example`, or the first of `examples`.
    pub(crate) example: Option<Json>,
    /// For forms: how single properties are written.
    pub(crate) encoding: Vec<Encoding>,
}

#[derive(Debug, Clone)]
pub(crate) struct Encoding {
    pub(crate) property: String,
    /// `contentType`: media types and ranges of them. Empty: not stated.
    pub(crate) media_types: Vec<String>,
    pub(crate) headers: Vec<Header>,
    pub(crate) style: Option<ParameterStyle>,
    /// As stated; otherwise true for the style `form` (which is also the default style of forms).
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) at: Pointer,
    pub(crate) status: Status,
    pub(crate) docs: Docs,
    pub(crate) headers: Vec<Header>,
    pub(crate) content: Vec<MediaType>,
    pub(crate) links: Vec<Link>,
}

#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) required: bool,
    /// Its style is always `simple`.
    pub(crate) explode: bool,
    pub(crate) content: ParameterContent,
}

/// A link of a response. Nothing is generated for it; `check` sees whether it names what exists.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) at: Pointer,
    pub(crate) operation_id: Option<String>,
    pub(crate) operation_ref: Option<String>,
    /// The server of the linked operation, if it is not the one that the operation states.
    pub(crate) server: Option<Server>,
}

/// `x-bulk`: a request that carries many items at once.
#[derive(Debug, Clone)]
pub(crate) struct Bulk {
    pub(crate) at: Pointer,
    /// The array property of the request body.
    pub(crate) items: String,
    /// The property that is the item key.
    pub(crate) key: String,
    /// The property of the success body that names the accepted request.
    pub(crate) request_id: Option<String>,
    /// The `operationId` of the operation that reports its state.
    pub(crate) status_operation: Option<String>,
    /// Items with the same item key may be sent again.
    pub(crate) repeatable_by_key: bool,
}

/// `x-poll`: an operation that is called again until the state is final.
#[derive(Debug, Clone)]
pub(crate) struct Poll {
    pub(crate) at: Pointer,
    /// The property of the success body that holds the state.
    pub(crate) status: String,
    pub(crate) pending: Vec<String>,
    pub(crate) success: Vec<String>,
    pub(crate) warning: Vec<String>,
    pub(crate) failure: Vec<String>,
}
