//! Why a call failed.

mod call_error;
mod cause;
mod display;
mod predicates;

use std::error;

use bytes::Bytes;
use http::HeaderMap;

pub use call_error::CallError;
pub(crate) use cause::Cause;
pub use cause::RequestError;

use crate::{send::retry::StopReason, violations::Violations};

/// Why a call failed, whatever the operation: what happened, and what is known of the request.
///
/// `Display` is one line: the operation, what happened, with the status, the first error code and data path
/// of the service; then the number of attempts, the correlation id, and whether it is safe to send the
/// request again. What caused it is part of the line, unless [`source`](error::Error::source) returns it.
/// Neither `Display` nor `Debug` shows a byte of a body, or a secret.
///
/// It is as large as a pointer.
pub struct Error(Box<Inner>);

pub(crate) struct Inner {
    pub(crate) operation: &'static str,
    pub(crate) cause: Cause,
    pub(crate) correlation_id: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) resent: bool,
    pub(crate) may_have_been_received: bool,
    pub(crate) safe_to_resend: bool,
    pub(crate) reason: Option<StopReason>,
}

impl Error {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Box::new(inner))
    }

    /// Creates the error of a request that was never sent.
    pub(crate) fn unsent(operation: &'static str, cause: Cause) -> Self {
        Self::new(Inner {
            operation,
            cause,
            correlation_id: None,
            attempts: 0,
            resent: false,
            may_have_been_received: false,
            safe_to_resend: true,
            reason: None,
        })
    }

    pub(crate) fn into_inner(self) -> Inner {
        *self.0
    }

    pub(crate) fn cause(&self) -> &Cause {
        &self.0.cause
    }

    /// Returns the `operationId`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// Returns the HTTP status, if the service answered.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.cause.response().map(|response| response.status().as_u16())
    }

    /// Returns the headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.cause.response().map(http::Response::headers)
    }

    /// Returns the body of the response as it came, if there was one: known or unknown, readable or not.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.cause.response().map(http::Response::body)
    }

    /// Returns the violations that the validator found, if the call was not sent for them, or those that the
    /// service answered with.
    #[must_use]
    pub fn violations(&self) -> Option<&Violations> {
        self.0.cause.violations()
    }

    /// Returns the id of the call in the logs of both sides: the one that the service answered with, or else
    /// the one that was sent.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.0.correlation_id.as_deref()
    }

    /// Returns the number of attempts; 0 means that nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns true if an attempt was made after one that may have taken effect.
    #[must_use]
    pub fn was_resent(&self) -> bool {
        self.0.resent
    }

    /// Returns why there was no further attempt, or `None` if there was no attempt at all, or the last one
    /// had a response of 2xx that is no success.
    #[must_use]
    pub fn reason(&self) -> Option<StopReason> {
        self.0.reason
    }

    /// Returns true if the service may have acted on the request: on this attempt or on an earlier one.
    #[must_use]
    pub fn may_have_been_received(&self) -> bool {
        self.0.may_have_been_received
    }

    /// Returns true if it is safe to send the same request again: nothing has happened yet, or a repetition
    /// does no harm.
    #[must_use]
    pub fn is_safe_to_resend(&self) -> bool {
        self.0.safe_to_resend
    }
}

impl error::Error for Error {
    /// Returns what lies below the cause that the line of `Display` ends with, so that a chain of errors has
    /// no text twice.
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.0.cause {
            Cause::Request(error) => error.source(),
            Cause::Transport(error) => error::Error::source(error),
            Cause::Token(error) => error::Error::source(error),
            Cause::Invalid(_) | Cause::Status(..) | Cause::Unreadable(..) => None,
        }
    }
}
