//! Responses of operations, as generated code writes them.

use axum::{
    body::{Body, HttpBody as _},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use serde::Serialize;

use super::failure::Failure;
use crate::{
    operation::{Operation, Status, Style, StyleKind},
    validate::{Validate, Validation},
    values::ParameterValue,
    violations::Violations,
    wire::{MediaBody, media_type::is_single},
};

/// Writes the response of an operation. Generated code fills it.
///
/// What can't be written, or is not what the definition says, is remembered and becomes the failure of
/// [`ResponseWriter::finish`].
pub struct ResponseWriter {
    operation: &'static Operation,
    response: Response,
    is_checked: bool,
    problem: Option<String>,
}

impl ResponseWriter {
    pub(super) fn new(operation: &'static Operation, is_checked: bool) -> Self {
        Self { operation, response: Response::default(), is_checked, problem: None }
    }

    /// Sets the status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) => *self.response.status_mut() = status,
            Err(_) => self.fail(format!("{status} is no status of HTTP")),
        }
        self
    }

    /// Sets a status that begins with the digit, and has no response of its own.
    #[must_use]
    pub fn status_of(self, status: StatusCode, digit: u8) -> Self {
        self.status_among(status, Status::Range(digit))
    }

    /// Sets a status that no other response of the operation is for.
    #[must_use]
    pub fn status_beside(self, status: StatusCode) -> Self {
        self.status_among(status, Status::Default)
    }

    fn status_among(mut self, status: StatusCode, among: Status) -> Self {
        *self.response.status_mut() = status;
        let code = status.as_u16();
        let is_described = |as_one: Status| self.operation.responses.iter().any(|one| one.status == as_one);
        let own = [Status::Code(code), Status::Range(status.as_str().as_bytes()[0] - b'0')];
        let own = own.into_iter().find(|own| is_described(*own)).unwrap_or(Status::Default);
        if own != among {
            self.fail_check(|| format!("the status {code} is not one of this variant"));
        }
        self
    }

    /// Adds a header. One without a value is left out.
    #[must_use]
    pub fn header<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T, style: Style) -> Self {
        let read = |json: String| match style.kind {
            StyleKind::Json if json != "null" => Ok(ParameterValue::Text(json)),
            _ => ParameterValue::read(&json),
        };
        let Ok(value) = serde_json::to_string(value).and_then(read) else {
            self.fail(format!("the header {name} can't be written"));
            return self;
        };
        let lines = match value {
            // The only list that is never one line: a date in a cookie has a comma (RFC 6265, section 3).
            ParameterValue::List(cookies, _) if name.eq_ignore_ascii_case(header::SET_COOKIE.as_str()) => {
                cookies
            }
            value => vec![value],
        };
        for text in lines.into_iter().filter_map(|line| line.into_header(style.explode)) {
            let header = HeaderName::from_bytes(name.as_bytes()).ok();
            match header.zip(HeaderValue::from_bytes(text.as_bytes()).ok()) {
                Some((name, value)) => _ = self.response.headers_mut().append(name, value),
                None => self.fail(format!("the header {name} has a value that HTTP does not allow")),
            }
        }
        self
    }

    /// Sets a JSON body.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(mut self, media_type: &str, body: &T) -> Self {
        if let Ok(json) = serde_json::to_vec(body) {
            return self.body(media_type, json.into());
        }
        self.fail("the body can't be written as JSON".to_owned());
        self
    }

    /// Checks a value that the body is or has. With several, `index` says which one it is.
    #[must_use]
    pub fn check<T: Validate + ?Sized>(mut self, value: &T) -> Self {
        if self.is_checked {
            self.invalid(&Validation::new().value(value));
        }
        self
    }

    /// Checks the values of a list or a map.
    #[must_use]
    pub fn check_each<'v, T: Validate + 'v>(mut self, values: impl IntoIterator<Item = &'v T>) -> Self {
        if self.is_checked {
            for value in values {
                self.invalid(&Validation::new().value(value));
            }
        }
        self
    }

    /// Sets a text as the body.
    #[must_use]
    pub fn text(self, media_type: &str, body: String) -> Self {
        self.body(media_type, body.into())
    }

    /// Sets bytes as the body.
    #[must_use]
    pub fn bytes(self, media_type: &str, body: Bytes) -> Self {
        self.body(media_type, body)
    }

    /// Sets a body whose media type has to be in a range.
    #[must_use]
    pub fn media(mut self, range: &str, body: MediaBody) -> Self {
        if self.has_no_body() {
            return self;
        }
        if !is_single(&body.media_type) {
            self.fail(format!("{} is no media type", body.media_type));
        } else if !body.is_in(range) {
            self.fail_check(|| format!("the media type {} is not in {range}", body.media_type));
        }
        self.body(&body.media_type, body.bytes)
    }

    /// Returns whether HTTP gives the status no body: what a variant of several statuses has for it
    /// is left out.
    fn has_no_body(&self) -> bool {
        matches!(self.response.status().as_u16(), 204 | 205 | 304)
    }

    fn body(mut self, media_type: &str, bytes: Bytes) -> Self {
        if self.has_no_body() {
            return self;
        }
        match HeaderValue::from_str(media_type) {
            Ok(value) => {
                self.response.headers_mut().insert(header::CONTENT_TYPE, value);
                *self.response.body_mut() = Body::from(bytes);
            }
            Err(_) => self.fail("the media type is not allowed in HTTP".to_owned()),
        }
        self
    }

    /// Returns the response.
    ///
    /// # Errors
    ///
    /// The response can't be written, or was checked and is not what the definition says: 500.
    pub fn finish(mut self) -> Result<Response, Failure> {
        self.check_length();
        let informational = self.response.status().is_informational();
        let informational = informational.then(|| "1xx is no final status of a response".to_owned());
        let Some(problem) = self.problem.or(informational) else { return Ok(self.response) };
        let detail = format!(
            "{} returned {} that the definition does not allow: {problem}",
            self.operation.id,
            self.response.status().as_u16()
        );
        Err(Failure::internal(&detail).detail(detail))
    }

    /// Refuses a length that is not that of the body: whoever reads the response would wait for the rest of
    /// it, or take a part of it for the next one. Without a body, it is the length of what is not sent.
    fn check_length(&mut self) {
        let has_no_body =
            self.operation.method == "HEAD" || self.response.status() == StatusCode::NOT_MODIFIED;
        let length = self.response.body().size_hint().exact();
        let mut stated = self.response.headers().get_all(header::CONTENT_LENGTH).iter();
        let is_right =
            |stated: &HeaderValue| stated.to_str().ok().and_then(|text| text.parse().ok()) == length;
        if !has_no_body && !stated.all(is_right) {
            self.fail("the header Content-Length is not the length of the body".to_owned());
        }
    }

    fn invalid(&mut self, found: &Violations) {
        if let Some(first) = found.errors().next() {
            let first = first.to_string();
            self.fail(format!("{first} ({} in all)", found.errors().count()));
        }
    }

    fn fail_check(&mut self, problem: impl FnOnce() -> String) {
        if self.is_checked {
            self.fail(problem());
        }
    }

    /// Keeps the first problem.
    fn fail(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }
}
