//! What holds for every schema of a definition.

use super::{ErrorBody, codes};
use crate::{Code, ParseError, Violations};

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

    /// The violations that the service answered with: see [`Violations::from_error_body`].
    ///
    /// # Errors
    ///
    /// The answer is no JSON, or has no error in the form of this definition.
    pub fn violations_in(&'static self, answer: &[u8]) -> Result<Violations, ParseError> {
        Violations::from_error_body(&self.error_body, answer)
    }

    /// How the service writes its errors.
    #[must_use]
    pub const fn error_body(mut self, body: ErrorBody) -> Self {
        self.error_body = body;
        self
    }
}
