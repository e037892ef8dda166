//! Bodies of failures: the error body of the service, and problem details (RFC 9457).

use std::borrow::Cow;

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Serialize;

use crate::violations::{Position, Violation, Violations};

/// Returns the violations as the service writes them.
pub(super) fn of_service(violations: &Violations, path: &str) -> Response {
    json("application/json", &violations.of_request(path))
}

/// An object with the details of a problem.
#[derive(Serialize)]
struct Details<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    violations: Vec<Broken<'a>>,
}

/// One broken rule in it.
#[derive(Serialize)]
struct Broken<'a> {
    code: &'a str,
    detail: Cow<'a, str>,
    /// Begins with the name of a parameter, or points into the body.
    pointer: String,
    /// Where the parameter is.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    location: Option<&'static str>,
    /// In a body of JSON.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    position: Option<LineAndColumn>,
}

#[derive(Serialize)]
struct LineAndColumn {
    line: usize,
    column: usize,
}

impl<'a> Broken<'a> {
    fn new(violation: &'a Violation) -> Self {
        let position =
            violation.position().map(|Position { line, column, .. }| LineAndColumn { line, column });
        Self {
            code: violation.code(),
            detail: violation.told(),
            pointer: violation.to_json_pointer(),
            location: violation.location(),
            position,
        }
    }
}

/// Returns an object with the details of a problem.
pub(super) fn details(status: StatusCode, detail: Option<&str>, violations: &Violations) -> Response {
    let violations = violations.errors().map(Broken::new).collect();
    let title = status.canonical_reason().unwrap_or("Unknown status");
    let kind = "about:blank";
    let details = Details { kind, title, status: status.as_u16(), detail, violations };
    json("application/problem+json", &details)
}

fn json<T: Serialize>(media_type: &'static str, body: &T) -> Response {
    let mut response = Response::new(Body::from(serde_json::to_vec(body).unwrap_or_default()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::violations::{Code, Position};

    const WRONG: Code = Code::error("x-wrong", "The value is wrong");

    #[test]
    fn a_broken_rule_says_what_is_asked_for_and_where() {
        for (violation, expected) in [
            (
                Violation::new(&WRONG, "a[1]").with_detail("b, c").at_position(Position::new(9, 2, 3)),
                json!({"code": "x-wrong", "detail": "The value is wrong (b, c)", "pointer": "/a/1",
                    "line": 2, "column": 3}),
            ),
            (
                Violation::new(&WRONG, "[1]").of_parameter("ids").located("query"),
                json!({"code": "x-wrong", "detail": "The value is wrong", "pointer": "/ids/1",
                    "in": "query"}),
            ),
        ] {
            assert_eq!(serde_json::to_value(Broken::new(&violation)).unwrap(), expected);
        }
    }
}
