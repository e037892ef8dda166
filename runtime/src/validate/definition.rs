//! What holds for every schema of a definition.

use super::{ErrorBody, codes};
use crate::{
    values::ParseError,
    violations::{Code, Violations},
};

/// What the tables of one definition share.
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    pub(crate) invalid_json: &'static Code,
    pub(crate) error_body: ErrorBody,
}

impl Definition {
    /// A definition that names no codes of its own.
    #[must_use]
    pub const fn new() -> Self {
        Self { invalid_json: &codes::INVALID_JSON, error_body: ErrorBody::new() }
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

impl Default for Definition {
    fn default() -> Self {
        Self::new()
    }
}
