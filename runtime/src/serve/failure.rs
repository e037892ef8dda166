//! What is answered instead of a response.

use std::{borrow::Cow, error, fmt};

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};

use super::{api_definition::ApiDefinition, problem};
use crate::{
    operation::{Operation, Status},
    violations::Violations,
};

/// What is answered instead of a response: of a request that reaches no method, or of a method that fails.
///
/// `IntoResponse` writes violations as the service's error body, if the definition says how that looks.
/// Otherwise the body is an object with the problem details of RFC 9457, and the violations as their member
/// `violations`: each has `code`, `detail` and `pointer`, for a parameter `in`, and in a body of JSON `line`
/// and `column`. It is empty where the definition gives the status no body.
///
/// A method can return errors of its own with `?` once they can be converted:
///
/// ```
/// use specwright_runtime::serve::{Failure, StatusCode};
///
/// struct OutOfStock;
///
/// impl From<OutOfStock> for Failure {
///     fn from(_: OutOfStock) -> Self {
///         Failure::new(StatusCode::CONFLICT).detail("There is none left")
///     }
/// }
/// ```
#[must_use]
pub struct Failure {
    // So that a `Result` is small.
    inner: Box<Inner>,
}

struct Inner {
    status: StatusCode,
    detail: Option<Cow<'static, str>>,
    violations: Violations,
    headers: HeaderMap,
    target: Option<Target>,
}

/// What a request was for.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) api: &'static ApiDefinition,
    /// `None`: the definition has no such operation.
    pub(super) operation: Option<&'static Operation>,
    pub(super) path: String,
}

impl Failure {
    /// Creates a failure with a status.
    pub fn new(status: StatusCode) -> Self {
        let (violations, headers) = (Violations::default(), HeaderMap::new());
        Self { inner: Box::new(Inner { status, detail: None, violations, headers, target: None }) }
    }

    /// Creates the failure of a request that breaks rules. The status is 400, or 422 where the definition
    /// describes that one and not 400.
    pub fn invalid(violations: Violations) -> Self {
        let mut failure = Self::new(StatusCode::BAD_REQUEST);
        failure.inner.violations = violations;
        failure
    }

    /// Creates a failure with status 500, and logs the error, which the response does not show.
    pub fn internal(error: impl fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Sets the sentence that says what is wrong.
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.inner.detail = Some(detail.into());
        self
    }

    /// Adds a header. One that HTTP does not allow is left out, and logged as a warning.
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.inner.headers.append(name, value);
        } else {
            tracing::warn!(%name, "the value of a header is not allowed in HTTP");
        }
        self
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.inner.status
    }

    /// Returns the violations of the request.
    pub fn violations(&self) -> &Violations {
        &self.inner.violations
    }

    /// Returns the operation that the request was for, if there is one.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.inner.target.as_ref()?.operation
    }

    /// Says what the request was for, unless that is known already.
    pub(super) fn with_target(mut self, target: &Target) -> Self {
        let is_invalid = !self.inner.violations.is_empty() && self.inner.status == StatusCode::BAD_REQUEST;
        if let Some(operation) = target.operation
            && is_invalid
            && declared(operation, 400).is_none()
            && declared(operation, 422).is_some()
        {
            self.inner.status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        self.inner.target.get_or_insert_with(|| target.clone());
        self
    }
}

/// Returns the response that the definition describes for exactly this status.
fn declared(operation: &Operation, status: u16) -> Option<&'static crate::operation::DeclaredResponse> {
    operation.responses.iter().find(|declared| declared.status == Status::Code(status))
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Inner { status, detail, violations, headers, target } = *self.inner;
        let target = target.as_ref();
        let of_service = target.filter(|target| target.api.definition.has_error_body);
        let has_errors = violations.errors().next().is_some();
        let is_described_without_body = || {
            let described = target.and_then(|target| declared(target.operation?, status.as_u16()));
            described.is_some_and(|described| described.media_types.is_empty())
        };
        let mut response = match of_service.filter(|_| has_errors) {
            Some(target) => problem::of_service(&violations, &target.path),
            None if !has_errors && is_described_without_body() => Response::default(),
            None => problem::details(status, detail.as_deref(), &violations),
        };
        *response.status_mut() = status;
        response.headers_mut().extend(headers);
        response
    }
}

/// Without the headers, which may be secret.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("status", &self.inner.status)
            .field("detail", &self.inner.detail)
            .field("violations", &self.inner.violations)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.inner.status)?;
        match &self.inner.detail {
            Some(detail) => write!(f, ": {detail}")?,
            None if !self.inner.violations.is_empty() => write!(f, ": {}", self.inner.violations)?,
            None => {}
        }
        Ok(())
    }
}

impl error::Error for Failure {}
