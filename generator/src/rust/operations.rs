//! What stands in `operations.rs`.

use crate::ident::ConstIdent;

#[derive(Debug, Clone, Default)]
pub(crate) struct Operations {
    pub(crate) servers: Vec<Server>,
    pub(crate) operations: Vec<Operation>,
}

#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) description: String,
    pub(crate) variables: Vec<ServerVariable>,
}

#[derive(Debug, Clone)]
pub(crate) struct ServerVariable {
    pub(crate) name: String,
    pub(crate) default: String,
    pub(crate) values: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) ident: ConstIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    pub(crate) id: String,
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) tags: Vec<String>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) request: Option<Body>,
    pub(crate) responses: Vec<Response>,
    /// Alternatives, each of schemes with their scopes.
    pub(crate) security: Vec<Vec<(String, Vec<String>)>>,
    /// A variant of `specwright_runtime::operation::Repeatable`, unless it is the default one.
    pub(crate) repeatable: Option<&'static str>,
    /// Those of its own.
    pub(crate) servers: Vec<Server>,
    pub(crate) bulk: Option<Bulk>,
    pub(crate) poll: Option<Poll>,
}

/// A request body with a list of items.
#[derive(Debug, Clone)]
pub(crate) struct Bulk {
    pub(crate) items: String,
    pub(crate) key: String,
    pub(crate) max_items: Option<u64>,
    pub(crate) request_id: Option<String>,
    /// The operation that reports on an accepted request, and its parameter for the id of that.
    pub(crate) status: Option<(ConstIdent, String)>,
}

/// States that are asked for until they are final.
#[derive(Debug, Clone)]
pub(crate) struct Poll {
    pub(crate) status: String,
    pub(crate) pending: Vec<String>,
    pub(crate) success: Vec<String>,
    pub(crate) warning: Vec<String>,
    pub(crate) failure: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// A variant of `specwright_runtime::operation::Location`.
    pub(crate) location: &'static str,
    pub(crate) required: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) media_types: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Response {
    /// A variant of `specwright_runtime::operation::Status`, with its number.
    pub(crate) status: Status,
    pub(crate) media_types: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Code(u16),
    Range(u8),
    Default,
}
