//! What holds for every schema of a definition.

use super::codes;
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

/// How a service writes its errors: the names of the members, and what stands around the list.
///
/// [`Violations`] are written and read in this form:
///
/// ```
/// use specwright_runtime::{Code, Violations, validate::ErrorBody};
///
/// const INVALID: Code = Code::error("invalidRequest", "The request is wrong");
/// static BODY: ErrorBody =
///     ErrorBody::new().members("errorCode", "errorMessage", "dataPath").envelope("errors", &INVALID, true);
/// let answer = r#"[
///     {
///         "errorCode": "invalidRequest",
///         "errorMessage": "The request is wrong",
///         "errors": [
///             {
///                 "errorCode": "tooLong",
///                 "errorMessage": "At most 5 letters",
///                 "dataPath": "accounts[3].name"
///             }
///         ]
///     }
/// ]"#;
/// let violations = Violations::from_error_body(&BODY, answer.as_bytes())?;
/// assert_eq!(violations.iter().next().map(|found| found.code()), Some("tooLong"));
/// assert_eq!(serde_json::to_string_pretty(&violations)?.replace("  ", "    "), answer);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
