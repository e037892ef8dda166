//! The settings of a router.

use std::{fmt, sync::Arc};

use axum::response::{IntoResponse, Response};

use super::failure::Failure;
use crate::validate::Validation;

/// The largest body that is read by default, in bytes.
const BODY_LIMIT: usize = 16 << 20;

type Answer = dyn Fn(Failure) -> Response + Send + Sync;

/// The settings of a router.
#[derive(Clone)]
pub struct Settings {
    pub(super) body_limit: usize,
    pub(super) validation: Validation,
    pub(super) check_responses: bool,
    on_failure: Option<Arc<Answer>>,
}

impl Settings {
    /// Creates settings: bodies up to 16 MiB, and responses that are checked in debug builds.
    #[must_use]
    pub fn new() -> Self {
        Self {
            body_limit: BODY_LIMIT,
            validation: Validation::new(),
            check_responses: cfg!(debug_assertions),
            on_failure: None,
        }
    }

    /// Sets how many bytes a body may have. A larger one is answered with 413.
    #[must_use]
    pub fn body_limit(self, bytes: usize) -> Self {
        Self { body_limit: bytes, ..self }
    }

    /// Sets the severities that parameters and bodies are checked with.
    #[must_use]
    pub fn validation(self, validation: Validation) -> Self {
        Self { validation, ..self }
    }

    /// Sets whether responses are held against the definition. One that it does not allow is answered with
    /// 500 and a sentence that says what is wrong, which is logged as an error too.
    #[must_use]
    pub fn check_responses(self, check: bool) -> Self {
        Self { check_responses: check, ..self }
    }

    /// Sets how failures are answered: those of requests that reach no method, and those that methods
    /// return. The default is the failure's own `IntoResponse`.
    ///
    /// # Examples
    ///
    /// Status and headers as they are, such as `Allow` and `WWW-Authenticate`, and a body of one's own:
    ///
    /// ```
    /// use axum::{http::HeaderValue, response::IntoResponse};
    /// use specwright_runtime::serve::Settings;
    ///
    /// let settings = Settings::new().on_failure(|failure| {
    ///     let body = serde_json::json!({"message": failure.to_string()});
    ///     let mut response = failure.into_response();
    ///     *response.body_mut() = body.to_string().into();
    ///     response.headers_mut().insert("content-type", HeaderValue::from_static("application/json"));
    ///     response
    /// });
    /// # let _ = settings;
    /// ```
    #[must_use]
    pub fn on_failure(self, answer: impl Fn(Failure) -> Response + Send + Sync + 'static) -> Self {
        Self { on_failure: Some(Arc::new(answer)), ..self }
    }

    pub(super) fn answer(&self, failure: Failure) -> Response {
        match &self.on_failure {
            Some(answer) => answer(failure),
            None => failure.into_response(),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("body_limit", &self.body_limit)
            .field("validation", &self.validation)
            .field("check_responses", &self.check_responses)
            .finish_non_exhaustive()
    }
}
