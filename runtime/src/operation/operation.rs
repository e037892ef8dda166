//! One operation, as a constant. Operations refer to each other: a bulk operation has one that reports on it.

use super::{
    parts::{DeclaredResponse, Parameter, RequestBody, Scheme},
    server::Server,
};

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
    pub request: Option<RequestBody>,
    /// By status, in the order of the definition.
    pub responses: &'static [DeclaredResponse],
    /// Alternatives; all schemes of one alternative together authorise a call. Empty: none is needed.
    pub security: &'static [&'static [Scheme]],
    /// Whether a second request does any harm.
    pub repeatable: Repeatable,
    /// Servers of its own; empty: those of the service.
    pub servers: &'static [Server],
    /// What a request with many items is made of.
    pub bulk: Option<BulkDescription>,
    /// When a state that it reports is final.
    pub poll: Option<PollDescription>,
}

impl Operation {
    /// Creates an operation without parameters, body, responses and security.
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

    /// Sets the tags.
    #[must_use]
    pub const fn tags(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    /// Sets the parameters.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// Sets the request body.
    #[must_use]
    pub const fn request(mut self, body: RequestBody) -> Self {
        self.request = Some(body);
        self
    }

    /// Sets the responses.
    #[must_use]
    pub const fn responses(mut self, responses: &'static [DeclaredResponse]) -> Self {
        self.responses = responses;
        self
    }

    /// Sets the alternatives of security.
    #[must_use]
    pub const fn security(mut self, security: &'static [&'static [Scheme]]) -> Self {
        self.security = security;
        self
    }

    /// Sets whether the operation may be done twice.
    #[must_use]
    pub const fn repeatable(mut self, repeatable: Repeatable) -> Self {
        self.repeatable = repeatable;
        self
    }

    /// Sets the servers of the operation.
    #[must_use]
    pub const fn servers(mut self, servers: &'static [Server]) -> Self {
        self.servers = servers;
        self
    }

    /// Sets the description of the list of items.
    #[must_use]
    pub const fn bulk(mut self, bulk: BulkDescription) -> Self {
        self.bulk = Some(bulk);
        self
    }

    /// Sets the description of the states that the operation reports.
    #[must_use]
    pub const fn poll(mut self, poll: PollDescription) -> Self {
        self.poll = Some(poll);
        self
    }
}

/// Whether an operation may be done twice. The definition says so, or else the method: HTTP has all of them
/// but `POST` and `PATCH` do nothing more the second time (RFC 9110, section 9.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Repeatable {
    /// A second request would do it a second time.
    #[default]
    Never,
    /// The server knows each item by its key and leaves a known one alone; it may complain about it (`x-bulk`
    /// with `repeatable: by-key`).
    ByKey,
    /// Nothing changes, or nothing more than the first time.
    Always,
}

/// The body of a request is an object with a list of items in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BulkDescription {
    /// The member of the request body that holds the items.
    pub items: &'static str,
    /// The member of an item that tells it from the others.
    pub key: &'static str,
    /// How many items one request takes; `None`: the definition gives no limit.
    pub max_items: Option<usize>,
    /// The member of the success body that names the accepted request.
    pub request_id: Option<&'static str>,
    /// The operation that reports how far the service is with it.
    pub status: Option<StatusOperation>,
}

/// The operation that reports on an accepted request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatusOperation {
    /// The operation; its other parameters are those of the same name that the request was made with.
    pub operation: &'static Operation,
    /// The parameter that takes the id of the accepted request.
    pub parameter: &'static str,
}

impl BulkDescription {
    /// Creates a description of items in the member `items`, with the key in their member `key`.
    #[must_use]
    pub const fn new(items: &'static str, key: &'static str) -> Self {
        Self { items, key, max_items: None, request_id: None, status: None }
    }

    /// Sets the maximum number of items in a request.
    #[must_use]
    pub const fn max_items(mut self, max_items: usize) -> Self {
        self.max_items = Some(max_items);
        self
    }

    /// Sets the member of the response that holds the id of the accepted request.
    #[must_use]
    pub const fn request_id(mut self, member: &'static str) -> Self {
        self.request_id = Some(member);
        self
    }

    /// Sets the operation that reports on the accepted request, whose id goes into `parameter`.
    #[must_use]
    pub const fn status(mut self, operation: &'static Operation, parameter: &'static str) -> Self {
        self.status = Some(StatusOperation { operation, parameter });
        self
    }
}

/// The success body has a state in it, which is final or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollDescription {
    /// The member that holds the state.
    pub status: &'static str,
    /// The states in which work goes on. One that is in no list counts as such.
    pub pending: &'static [&'static str],
    /// All went well.
    pub success: &'static [&'static str],
    /// It went well, with warnings.
    pub warning: &'static [&'static str],
    /// It did not go well, or not for everything.
    pub failure: &'static [&'static str],
}

impl PollDescription {
    /// Creates a description of the state in this member, without final states.
    #[must_use]
    pub const fn new(status: &'static str) -> Self {
        Self { status, pending: &[], success: &[], warning: &[], failure: &[] }
    }

    /// Sets the states in which work continues.
    #[must_use]
    pub const fn pending(mut self, states: &'static [&'static str]) -> Self {
        self.pending = states;
        self
    }

    /// Sets the states that mean success.
    #[must_use]
    pub const fn success(mut self, states: &'static [&'static str]) -> Self {
        self.success = states;
        self
    }

    /// Sets the states that mean success with warnings.
    #[must_use]
    pub const fn warning(mut self, states: &'static [&'static str]) -> Self {
        self.warning = states;
        self
    }

    /// Sets the states that mean failure.
    #[must_use]
    pub const fn failure(mut self, states: &'static [&'static str]) -> Self {
        self.failure = states;
        self
    }
}
