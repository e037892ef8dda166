//! Violations out of a service's answer.

use serde_json::{Map, Value};

use super::Violations;
use crate::{ParseError, Severity, Violation, validate::ErrorBody};

const NO_JSON: ParseError = ParseError::new("list of errors", "expected JSON");
const NO_ERROR: ParseError =
    ParseError::new("list of errors", "expected objects that have the service's member for the error code");

impl Violations {
    /// The violations that a service answered with.
    ///
    /// `body` says how the service writes them. An object with a list of nested errors stands for those; one without
    /// is a violation itself, with an empty data path if the service gave the path of the request (`/v4/...`) rather than
    /// that of a value. Whether the objects stand in an array makes no difference, and members of other names are not
    /// looked at. All are of severity [`Severity::Error`].
    ///
    /// # Errors
    ///
    /// The answer is no JSON, or has no error in this form: it may be that of a gateway on the way.
    pub fn from_error_body(body: &'static ErrorBody, json: &[u8]) -> Result<Self, ParseError> {
        let value: Value = serde_json::from_slice(json).map_err(|_| NO_JSON)?;
        let mut list = Vec::new();
        collect(body, &value, true, &mut list);
        // An empty array says clearly that there are none.
        if list.is_empty() && value.as_array().is_none_or(|items| !items.is_empty()) {
            return Err(NO_ERROR);
        }
        Ok(Self::of_service(list, body))
    }
}

/// The depth is that of a JSON value which was read, so that it is bounded.
fn collect(body: &ErrorBody, value: &Value, is_outer: bool, list: &mut Vec<Violation>) {
    match value {
        Value::Array(items) => {
            for item in items {
                collect(body, item, is_outer, list);
            }
        }
        Value::Object(object) => {
            let nested =
                body.envelope.and_then(|envelope| object.get(envelope.errors)).unwrap_or(&Value::Null);
            let before = list.len();
            collect(body, nested, false, list);
            if list.len() == before {
                list.extend(violation(body, object, is_outer));
            }
        }
        _ => {}
    }
}

/// An object as a violation, if it has a code.
fn violation(body: &ErrorBody, object: &Map<String, Value>, is_outer: bool) -> Option<Violation> {
    let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    let code = text(body.code)?;
    let message = text(body.message).unwrap_or_default();
    let path = text(body.data_path).filter(|path| !path.starts_with('/')).unwrap_or_default();
    let of_request = is_outer && body.envelope.is_some() && path.is_empty();
    let violation = Violation::with_parts(code, message, path, Severity::Error);
    Some(if of_request { violation.of_request() } else { violation })
}
