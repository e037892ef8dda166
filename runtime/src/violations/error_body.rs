//! The form of a service's error bodies.

use super::code::Code;

/// The form of a service's error bodies: the names of the members, and the object around the list.
///
/// [`Violations`](crate::Violations) are written and read in this form:
///
/// ```
/// use specwright_runtime::{Code, Violations, validate::ErrorBody};
///
/// const INVALID: Code = Code::error("invalidRequest", "The request is wrong");
/// static BODY: ErrorBody =
///     ErrorBody::new().members("errorCode", "errorMessage", "dataPath").envelope("errors", &INVALID, true);
/// let response = r#"[
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
/// let violations = Violations::from_error_body(&BODY, response.as_bytes())?;
/// assert_eq!(violations.iter().next().map(|found| found.code()), Some("tooLong"));
/// assert_eq!(serde_json::to_string_pretty(&violations)?.replace("  ", "    "), response);
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
    /// The object has the path of the request, from this text on, as its data path.
    pub(crate) path_from: Option<&'static str>,
}

impl ErrorBody {
    /// Creates the form of a plain list of objects with the members `code`, `message` and `dataPath`.
    #[must_use]
    pub const fn new() -> Self {
        Self { code: "code", message: "message", data_path: "dataPath", envelope: None }
    }

    /// Sets the names of the members.
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

    /// Puts the list into the member `errors` of an object that has a code and a message itself. With
    /// `array`, the body is an array of such objects.
    #[must_use]
    pub const fn envelope(mut self, errors: &'static str, code: &'static Code, array: bool) -> Self {
        self.envelope = Some(ErrorEnvelope { errors, code, array, path_from: None });
        self
    }

    /// Gives the object around the list the path of the request as its data path. The path begins with the
    /// first `start` in that of the request, which is all of it where that has none.
    #[must_use]
    pub const fn request_path(mut self, start: &'static str) -> Self {
        if let Some(envelope) = &mut self.envelope {
            envelope.path_from = Some(start);
        }
        self
    }
}

impl Default for ErrorBody {
    fn default() -> Self {
        Self::new()
    }
}
