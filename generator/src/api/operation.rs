//! Operations: what is called with what, and what comes back.

use serde_json::Value as Json;

use super::{Docs, DocumentedAs, SchemaId, SecurityRequirement, Server};
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
    /// Those of the path item included, an operation's own winning.
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) request_body: Option<RequestBody>,
    pub(crate) responses: Vec<Response>,
    /// `None`: [`Api::security`] applies. An empty list: no security.
    pub(crate) security: Option<Vec<SecurityRequirement>>,
    /// Empty: [`Api::servers`] apply.
    pub(crate) servers: Vec<Server>,
    pub(crate) callbacks: Vec<Callback>,
    pub(crate) bulk: Option<Bulk>,
    pub(crate) poll: Option<Poll>,
    pub(crate) documented_as: Option<DocumentedAs>,
}

impl Operation {
    /// The path parameters that `other` does not have: of an operation that reports on a request, the one that takes the
    /// id of that request.
    pub(crate) fn path_parameters_beyond<'a>(&'a self, other: &'a Self) -> Vec<&'a str> {
        let is_path = |parameter: &&Parameter| parameter.location == ParameterLocation::Path;
        let known: Vec<&str> = other.parameters.iter().filter(is_path).map(|known| &*known.name).collect();
        let names = self.parameters.iter().filter(is_path).map(|parameter| &*parameter.name);
        names.filter(|name| !known.contains(name)).collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// In the order of the specification, with the key of the path item.
    pub(crate) const ALL: [(Self, &'static str); 8] = [
        (Self::Get, "get"),
        (Self::Put, "put"),
        (Self::Post, "post"),
        (Self::Delete, "delete"),
        (Self::Options, "options"),
        (Self::Head, "head"),
        (Self::Patch, "patch"),
        (Self::Trace, "trace"),
    ];

    /// The key of the path item: `get`.
    pub(crate) fn key(self) -> &'static str {
        Self::ALL[self as usize].1
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
    pub(crate) allow_empty_value: bool,
    pub(crate) content: ParameterContent,
    /// `examples`, by name.
    pub(crate) examples: Vec<Example>,
    /// `x-correlation-id`: the header carries an id of the call, which the client makes.
    pub(crate) correlation_id: bool,
}

/// A parameter has either a schema or exactly one media type.
#[derive(Debug, Clone)]
pub(crate) enum ParameterContent {
    Schema(SchemaId),
    Media(MediaType),
    /// The document gives neither; `lower` has said so.
    Nothing,
}

impl ParameterContent {
    /// The schema of the value, whichever way it is written.
    pub(crate) fn schema(&self) -> Option<SchemaId> {
        match self {
            Self::Schema(id) => Some(*id),
            Self::Media(media) => media.schema,
            Self::Nothing => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ParameterStyle {
    Matrix,
    Label,
    Form,
    Simple,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
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
    pub(crate) example: Option<Json>,
    /// `examples`, by name.
    pub(crate) examples: Vec<Example>,
    /// For forms: how single properties are written.
    pub(crate) encoding: Vec<Encoding>,
}

/// One of several named examples.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) value: Option<Json>,
    /// The URL of a value that stands elsewhere.
    pub(crate) external_value: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Encoding {
    pub(crate) property: String,
    pub(crate) content_type: Option<String>,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Status {
    Code(u16),
    /// `2XX`: the first digit.
    Range(u8),
    Default,
}

#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) docs: Docs,
    /// The style is always `simple`.
    pub(crate) explode: bool,
    pub(crate) content: ParameterContent,
    /// `examples`, by name.
    pub(crate) examples: Vec<Example>,
}

#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) name: String,
    pub(crate) operation_id: Option<String>,
    pub(crate) operation_ref: Option<String>,
    pub(crate) docs: Docs,
    /// Parameter name to a constant or a runtime expression.
    pub(crate) parameters: Vec<(String, Json)>,
    pub(crate) request_body: Option<Json>,
    /// Where the linked operation is to be called, when not where it says itself.
    pub(crate) server: Option<Server>,
}

#[derive(Debug, Clone)]
pub(crate) struct Callback {
    pub(crate) name: String,
    /// The runtime expression that gives the URL.
    pub(crate) expression: String,
    pub(crate) operations: Vec<Operation>,
}

/// `x-bulk`: a request that carries many items at once.
#[derive(Debug, Clone)]
pub(crate) struct Bulk {
    pub(crate) at: Pointer,
    /// The array property of the request body.
    pub(crate) items: String,
    /// The property that identifies an item.
    pub(crate) key: String,
    /// The property of the success body that names the accepted request.
    pub(crate) request_id: Option<String>,
    /// The `operationId` of the operation that reports its state.
    pub(crate) status_operation: Option<String>,
    /// A second send of the same key does no harm.
    pub(crate) repeatable_by_key: bool,
}

/// `x-poll`: an operation to ask again until the state is final.
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
