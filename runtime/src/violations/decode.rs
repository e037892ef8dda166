//! Violations read from a service's error body.

use serde_json::{Map, Value};

use super::{code::Severity, error_body::ErrorBody, list::Violations, violation::Violation};
use crate::values::ParseError;

const NO_JSON: ParseError = ParseError::new("list of errors", "expected JSON");
const NO_ERROR: ParseError =
    ParseError::new("list of errors", "expected objects that have the service's member for the error code");

impl Violations {
    /// Reads the violations in an error body of a service.
    ///
    /// `body` is the form of the error body. An object with a list of nested errors stands for those. An
    /// object without one is a violation itself; its data path is empty if the service gave the path of the
    /// request (`/v4/...`) instead of that of a value. The objects may be in an array or not, and members of
    /// other names are ignored. All violations have [`Severity::Error`].
    ///
    /// ```
    /// use specwright_runtime::{Code, Violations, validate::ErrorBody};
    ///
    /// const INVALID: Code = Code::error("invalidRequest", "The request is wrong");
    /// const BODY: ErrorBody = ErrorBody::new().envelope("errors", &INVALID, true);
    /// let response = br#"[{
    ///     "code": "invalidRequest",
    ///     "message": "The request is wrong",
    ///     "dataPath": "/v1/accounts/bulk",
    ///     "errors": [{ "code": "tooLong", "message": "At most 5 letters", "dataPath": "accounts[3].name" }]
    /// }]"#;
    /// let violations = Violations::from_error_body(&BODY, response)?;
    /// assert_eq!(violations.to_string(), "error tooLong at accounts[3].name: At most 5 letters");
    /// # Ok::<(), specwright_runtime::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The body is not JSON, or has no error in this form: it may be that of a gateway.
    pub fn from_error_body(body: &'static ErrorBody, json: &[u8]) -> Result<Self, ParseError> {
        let value: Value = serde_json::from_slice(json).map_err(|_| NO_JSON)?;
        let mut list = Vec::new();
        collect(body, &value, true, &mut list);
        // An empty array says that there are no errors.
        if list.is_empty() && value.as_array().is_none_or(|items| !items.is_empty()) {
            return Err(NO_ERROR);
        }
        Ok(Self::from_iter(list).with_error_body(body))
    }
}

/// Collects the violations in a value. The depth is bounded, because `serde_json` has read the value.
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

/// Returns a message of the service in one line, and without a card number, which it may repeat.
fn printable(message: String) -> String {
    if repeats_a_card_number(&message) {
        return "[not shown]".to_owned();
    }
    if message.contains(char::is_control) { message.replace(char::is_control, " ") } else { message }
}

#[cfg(feature = "validators")]
fn repeats_a_card_number(text: &str) -> bool {
    crate::values::contains_card_number(text.as_bytes())
}

/// Without validators there is no client, and so no request whose values a service could repeat.
#[cfg(not(feature = "validators"))]
fn repeats_a_card_number(_: &str) -> bool {
    false
}

/// Returns an object as a violation, if it has a code.
fn violation(body: &ErrorBody, object: &Map<String, Value>, is_outer: bool) -> Option<Violation> {
    let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    let code = text(body.code)?;
    let message = text(body.message).map(printable).unwrap_or_default();
    let is_outer = is_outer && body.envelope.is_some();
    let is_of_value = |path: &String| !(is_outer && path.starts_with('/'));
    let path = text(body.data_path).filter(is_of_value).unwrap_or_default();
    let about_request = is_outer && path.is_empty();
    let violation = Violation::with_parts(code, message, path, Severity::Error);
    Some(if about_request { violation.about_request() } else { violation })
}

#[cfg(all(test, feature = "validators"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::violations::Code;

    const INVALID: Code = Code::error("invalidRequest", "The request is wrong");
    const LIST: ErrorBody = ErrorBody::new().envelope("errors", &INVALID, true);
    const PLAIN: ErrorBody = ErrorBody::new();

    fn read(body: &'static ErrorBody, json: &str) -> Result<Vec<(String, String)>, ParseError> {
        let violations = Violations::from_error_body(body, json.as_bytes())?;
        let pair = |found: &Violation| (found.code().to_owned(), found.data_path().to_owned());
        Ok(violations.iter().map(pair).collect())
    }

    #[test]
    fn all_forms_are_read() {
        let nested = r#"{"code":"a","message":"A","dataPath":"x[0].y","more":[{"code":"z"}]}"#;
        let outer =
            format!(r#"{{"code":"o","message":"O","dataPath":"/v4/x","errors":[{nested},{{"code":"b"}}]}}"#);
        let found = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(code, path)| ((*code).to_owned(), (*path).to_owned())).collect()
        };
        let both = found(&[("a", "x[0].y"), ("b", "")]);
        for (body, json, expected) in [
            (&LIST, format!("[{outer}]"), both.clone()),
            (&LIST, outer.clone(), both.clone()),
            (&LIST, format!("[{outer},{outer}]"), [both.clone(), both].concat()),
            (
                &LIST,
                format!(r#"{{"code":"o","errors":[{{"code":"p","errors":[{nested}]}}]}}"#),
                found(&[("a", "x[0].y")]),
            ),
            (&LIST, r#"[{"code":"o","dataPath":"/v4/x"}]"#.to_owned(), found(&[("o", "")])),
            (&LIST, r#"{"code":"o","errors":null}"#.to_owned(), found(&[("o", "")])),
            (&LIST, r#"{"code":"o","errors":[],"dataPath":"x"}"#.to_owned(), found(&[("o", "x")])),
            (&LIST, r#"[1, null, {"code":"o","message":7}]"#.to_owned(), found(&[("o", "")])),
            (&LIST, "[]".to_owned(), vec![]),
            (&PLAIN, format!("[{nested}]"), found(&[("a", "x[0].y")])),
            (&PLAIN, outer, found(&[("o", "/v4/x")])),
        ] {
            assert_eq!(read(body, &json), Ok(expected), "{json}");
        }
    }

    #[test]
    fn a_message_repeats_no_card_number_and_no_control_character() {
        let body =
            r#"[{"code":"a","message":"4111 1111 1111 1111 is none"},{"code":"b","message":"x\u0007\ny"}]"#;
        let violations = Violations::from_error_body(&PLAIN, body.as_bytes()).unwrap();
        let messages: Vec<&str> = violations.iter().map(Violation::message).collect();
        assert_eq!(messages, ["[not shown]", "x  y"]);
    }

    #[test]
    fn other_bodies_are_errors() {
        for (json, error) in [
            ("", NO_JSON),
            ("<html>", NO_JSON),
            ("{}", NO_ERROR),
            ("null", NO_ERROR),
            ("\"code\"", NO_ERROR),
            (r#"{"error":"invalid_token"}"#, NO_ERROR),
            (r#"{"code":7}"#, NO_ERROR),
            ("[{}]", NO_ERROR),
        ] {
            assert_eq!(read(&LIST, json), Err(error), "{json}");
        }
    }

    #[test]
    #[ignore = "needs the documented examples: SPECWRIGHT_SHARED names a folder with them"]
    fn documented_error_bodies_are_read() {
        static CARDS: ErrorBody = ErrorBody::new()
            .members("errorCode", "errorMessage", "dataPath")
            .envelope("errors", &INVALID, true);
        let shared = std::env::var("SPECWRIGHT_SHARED").unwrap();
        for name in ["account_4_error-response.json", "transaction_4_error-response.json"] {
            let path = std::path::Path::new(&shared).join("reference/cards-v4/examples").join(name);
            let json = std::fs::read(path).unwrap();
            let violations = Violations::from_error_body(&CARDS, &json).unwrap();
            assert_eq!(violations.errors().count(), 3);
            let again: Value = serde_json::to_value(&violations).unwrap();
            let example: Value = serde_json::from_slice(&json).unwrap();
            assert_eq!(again[0]["errors"], example[0]["errors"]);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_can_be_read(
            found in prop::collection::vec(("[a-z]{1,3}", "\\PC{0,5}", "[a-z][a-z.]{0,5}", any::<bool>()), 1..8)
        ) {
            let list: Vec<Violation> = found.into_iter().map(|(code, message, path, about_request)| {
                let path = if about_request { String::new() } else { path };
                let violation = Violation::with_parts(code, message, path, Severity::Error);
                if about_request { violation.about_request() } else { violation }
            }).collect();
            for body in [&LIST, &PLAIN] {
                let violations = Violations::from_iter(list.clone()).with_error_body(body);
                let json = serde_json::to_vec(&violations).unwrap();
                let read = Violations::from_error_body(body, &json).unwrap();
                let mut again: Vec<Violation> = read.into_iter().collect();
                let mut before: Vec<Violation> = violations.into_iter().collect();
                // Violations of the request come first then.
                before.sort_by_key(ToString::to_string);
                again.sort_by_key(ToString::to_string);
                prop_assert_eq!(again, before);
            }
        }

        #[test]
        fn never_panics(json in "[\\[{\\]},:0-9a-z\"]{0,30}") {
            let _ = (read(&LIST, &json), read(&PLAIN, &json));
        }
    }
}
