//! Bodies of failures: the error body of the service, and problem details (RFC 9457).

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Serialize;

use crate::violations::Violations;

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
    detail: &'a str,
    pointer: String,
}

/// Returns an object with the details of a problem.
pub(super) fn details(status: StatusCode, detail: Option<&str>, violations: &Violations) -> Response {
    let violations = violations.errors().map(|violation| Broken {
        code: violation.code(),
        detail: violation.message(),
        pointer: violation.to_json_pointer(),
    });
    let title = status.canonical_reason().unwrap_or("Unknown status");
    let kind = "about:blank";
    let details = Details { kind, title, status: status.as_u16(), detail, violations: violations.collect() };
    json("application/problem+json", &details)
}

fn json<T: Serialize>(media_type: &'static str, body: &T) -> Response {
    let mut response = Response::new(Body::from(serde_json::to_vec(body).unwrap_or_default()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}
