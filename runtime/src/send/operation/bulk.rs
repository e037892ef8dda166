//! Requests with many items, and states that are asked for until they are final.

use super::Operation;

/// The body of a request is an object with a list of items in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bulk {
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

impl Bulk {
    /// Items in this member, told apart by this member of theirs.
    #[must_use]
    pub const fn new(items: &'static str, key: &'static str) -> Self {
        Self { items, key, max_items: None, request_id: None, status: None }
    }

    /// The same with so many items in a request at most.
    #[must_use]
    pub const fn max_items(mut self, max_items: usize) -> Self {
        self.max_items = Some(max_items);
        self
    }

    /// The same with the id of the accepted request in this member of the answer.
    #[must_use]
    pub const fn request_id(mut self, member: &'static str) -> Self {
        self.request_id = Some(member);
        self
    }

    /// The same with an operation that reports on the accepted request, whose id goes into `parameter`.
    #[must_use]
    pub const fn status(mut self, operation: &'static Operation, parameter: &'static str) -> Self {
        self.status = Some(StatusOperation { operation, parameter });
        self
    }
}

/// The success body has a state in it, which is final or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Poll {
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

impl Poll {
    /// A state in this member, of which nothing is known yet.
    #[must_use]
    pub const fn new(status: &'static str) -> Self {
        Self { status, pending: &[], success: &[], warning: &[], failure: &[] }
    }

    /// The same with these states in which work goes on.
    #[must_use]
    pub const fn pending(mut self, states: &'static [&'static str]) -> Self {
        self.pending = states;
        self
    }

    /// The same with these states in which all went well.
    #[must_use]
    pub const fn success(mut self, states: &'static [&'static str]) -> Self {
        self.success = states;
        self
    }

    /// The same with these states in which it went well, with warnings.
    #[must_use]
    pub const fn warning(mut self, states: &'static [&'static str]) -> Self {
        self.warning = states;
        self
    }

    /// The same with these states in which it did not go well.
    #[must_use]
    pub const fn failure(mut self, states: &'static [&'static str]) -> Self {
        self.failure = states;
        self
    }
}
