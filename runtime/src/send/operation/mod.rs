//! What an operation is called with and what it answers, as constants.
//!
//! Generated code makes them with the `const` functions here, so that a later version can know more without a break.

mod bulk;
mod server;

pub use bulk::{Bulk, Poll, StatusOperation};
pub use server::{SecurityKind, SecurityScheme, Server, Variable};

/// One operation of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The `operationId`, or the method and path of an operation without one.
    pub id: &'static str,
    /// In capitals, as HTTP writes it.
    pub method: &'static str,
    /// The template, such as `/pets/{petId}`.
    pub path: &'static str,
    /// The groups that the definition puts it in.
    pub tags: &'static [&'static str],
    /// Those of the path included.
    pub parameters: &'static [Parameter],
    /// The request body, if it takes one.
    pub request: Option<Body>,
    /// By status, in the order of the definition.
    pub responses: &'static [Response],
    /// Alternatives; all schemes of one alternative together authorise a call. Empty: none is needed.
    pub security: &'static [&'static [Scheme]],
    /// Whether a second request does any harm.
    pub repeatable: Repeatable,
    /// Servers of its own; empty: those of the service.
    pub servers: &'static [Server],
    /// What a request with many items is made of.
    pub bulk: Option<Bulk>,
    /// When a state that it reports is final.
    pub poll: Option<Poll>,
}

impl Operation {
    /// An operation without parameters, body, answers or security.
    #[must_use]
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            tags: &[],
            parameters: &[],
            request: None,
            responses: &[],
            security: &[],
            repeatable: Repeatable::Never,
            servers: &[],
            bulk: None,
            poll: None,
        }
    }

    /// The same operation in these groups.
    #[must_use]
    pub const fn tags(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    /// The same operation with these parameters.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// The same operation with this request body.
    #[must_use]
    pub const fn request(mut self, body: Body) -> Self {
        self.request = Some(body);
        self
    }

    /// The same operation with these answers.
    #[must_use]
    pub const fn responses(mut self, responses: &'static [Response]) -> Self {
        self.responses = responses;
        self
    }

    /// The same operation with these alternatives of security.
    #[must_use]
    pub const fn security(mut self, security: &'static [&'static [Scheme]]) -> Self {
        self.security = security;
        self
    }

    /// The same operation, of which a second request does this harm.
    #[must_use]
    pub const fn repeatable(mut self, repeatable: Repeatable) -> Self {
        self.repeatable = repeatable;
        self
    }

    /// The same operation on servers of its own.
    #[must_use]
    pub const fn servers(mut self, servers: &'static [Server]) -> Self {
        self.servers = servers;
        self
    }

    /// The same operation with many items in one request.
    #[must_use]
    pub const fn bulk(mut self, bulk: Bulk) -> Self {
        self.bulk = Some(bulk);
        self
    }

    /// The same operation, to be asked until the state that it reports is final.
    #[must_use]
    pub const fn poll(mut self, poll: Poll) -> Self {
        self.poll = Some(poll);
        self
    }
}

/// Whether an operation may be done twice. The definition says so, or else the method: HTTP has all of them but `POST` and
/// `PATCH` do nothing more the second time (RFC 9110, section 9.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Repeatable {
    /// A second request would do it a second time.
    #[default]
    Never,
    /// The server knows each item by its key and leaves a known one alone; it may complain about it (`x-bulk` with
    /// `repeatable: by-key`).
    ByKey,
    /// Nothing changes, or nothing more than the first time.
    Always,
}

/// One parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// The name on the wire; that of a header is not case-sensitive.
    pub name: &'static str,
    /// Where it is sent.
    pub location: Location,
    /// True when a call without it is refused.
    pub required: bool,
}

impl Parameter {
    /// A parameter.
    #[must_use]
    pub const fn new(name: &'static str, location: Location, required: bool) -> Self {
        Self { name, location, required }
    }
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path template.
    Path,
    /// Behind the `?`.
    Query,
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// A request body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Body {
    /// True when a call without it is refused.
    pub required: bool,
    /// The media types that the service reads.
    pub media_types: &'static [&'static str],
}

impl Body {
    /// A request body.
    #[must_use]
    pub const fn new(required: bool, media_types: &'static [&'static str]) -> Self {
        Self { required, media_types }
    }
}

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// Which statuses it stands for.
    pub status: Status,
    /// The media types of its body; empty: the definition gives it none.
    pub media_types: &'static [&'static str],
}

impl Response {
    /// An answer.
    #[must_use]
    pub const fn new(status: Status, media_types: &'static [&'static str]) -> Self {
        Self { status, media_types }
    }
}

/// The statuses that an answer stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Exactly this one.
    Code(u16),
    /// All that begin with this digit and are not listed.
    Range(u8),
    /// All others.
    Default,
}

/// A security scheme with the scopes that a call needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheme {
    /// Its key in the definition.
    pub name: &'static str,
    /// All of them are needed.
    pub scopes: &'static [&'static str],
}

impl Scheme {
    /// A scheme with its scopes.
    #[must_use]
    pub const fn new(name: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { name, scopes }
    }
}
