//! What holds for every schema of a definition.

use super::codes;
use crate::Code;

/// What the tables of one definition share.
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    /// How many fields the tables have together: see [`Object::new`](super::Object::new).
    pub(crate) fields: u32,
    /// How many rules ask for the same value.
    pub(crate) slots: u16,
    pub(crate) invalid_json: &'static Code,
    pub(crate) error_body: ErrorBody,
}

impl Definition {
    /// A definition whose tables have so many fields, and so many rules that ask for the same value.
    #[must_use]
    pub const fn new(fields: u32, slots: u16) -> Self {
        Self { fields, slots, invalid_json: &codes::INVALID_JSON, error_body: ErrorBody::new() }
    }

    /// The code of a body that is no JSON.
    #[must_use]
    pub const fn invalid_json(mut self, code: &'static Code) -> Self {
        self.invalid_json = code;
        self
    }

    /// How the service writes its errors.
    #[must_use]
    pub const fn error_body(mut self, body: ErrorBody) -> Self {
        self.error_body = body;
        self
    }
}

/// How a service writes its errors: the names of the members, and what stands around the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorBody {
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
    pub(crate) data_path: &'static str,
    pub(crate) envelope: Option<ErrorEnvelope>,
}

/// The object around the list of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ErrorEnvelope {
    /// The member that holds the list.
    pub(crate) errors: &'static str,
    /// The code and message of the object itself.
    pub(crate) code: &'static Code,
    /// The body is an array of such objects.
    pub(crate) array: bool,
}

impl ErrorBody {
    /// A bare list of objects with the members `code`, `message` and `dataPath`.
    #[must_use]
    pub const fn new() -> Self {
        Self { code: "code", message: "message", data_path: "dataPath", envelope: None }
    }

    /// Other names of the members.
    #[must_use]
    pub const fn members(
        mut self,
        code: &'static str,
        message: &'static str,
        data_path: &'static str,
    ) -> Self {
        (self.code, self.message, self.data_path) = (code, message, data_path);
        self
    }

    /// The list is the member `errors` of an object that has a code and a message itself; with `array`, the body is
    /// an array of such objects.
    #[must_use]
    pub const fn envelope(mut self, errors: &'static str, code: &'static Code, array: bool) -> Self {
        self.envelope = Some(ErrorEnvelope { errors, code, array });
        self
    }
}

impl Default for ErrorBody {
    fn default() -> Self {
        Self::new()
    }
}
