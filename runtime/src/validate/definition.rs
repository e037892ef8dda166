//! What all schemas of a definition share.

use crate::{
    values::ParseError,
    violations::{Code, ErrorBody, Violations, codes},
};

/// What the schemas of one definition share.
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    pub(crate) invalid_json: &'static Code,
    pub(crate) error_body: ErrorBody,
    /// The definition says how the service writes its errors.
    #[cfg(feature = "server")]
    pub(crate) has_error_body: bool,
    pub(crate) null_is_absent: bool,
}

impl Definition {
    /// Creates a definition without codes of its own.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            invalid_json: &codes::INVALID_JSON,
            error_body: ErrorBody::new(),
            #[cfg(feature = "server")]
            has_error_body: false,
            null_is_absent: false,
        }
    }

    /// Sets the code of a body that is not JSON.
    #[must_use]
    pub const fn invalid_json(mut self, code: &'static Code) -> Self {
        self.invalid_json = code;
        self
    }

    /// Takes a property that is `null` for an absent one, where its schema does not allow `null`. Otherwise
    /// such a `null` is a value of the wrong type.
    #[must_use]
    pub const fn null_is_absent(mut self) -> Self {
        self.null_is_absent = true;
        self
    }

    /// Returns the violations in a response of the service: see [`Violations::from_error_body`].
    ///
    /// # Errors
    ///
    /// The response is not JSON, or has no error in the form of this definition.
    pub fn violations_in(&'static self, response: &[u8]) -> Result<Violations, ParseError> {
        Violations::from_error_body(&self.error_body, response)
    }

    /// Sets the form of the service's error bodies.
    #[must_use]
    pub const fn error_body(mut self, body: ErrorBody) -> Self {
        self.error_body = body;
        #[cfg(feature = "server")]
        {
            self.has_error_body = true;
        }
        self
    }
}

impl Default for Definition {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn violations_are_read_in_the_form_of_the_definition() {
        const INVALID: Code = Code::error("invalidRequest", "The request is wrong");
        static DEFINITION: Definition =
            Definition::new().error_body(ErrorBody::new().envelope("errors", &INVALID, true));
        let violations = DEFINITION.violations_in(br#"{"errors":[{"code":"a"}]}"#).unwrap();
        assert_eq!(violations.with_code("a").count(), 1);
        assert!(DEFINITION.violations_in(b"{}").is_err());
    }
}
