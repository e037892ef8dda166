//! Why a call failed.

mod cause;
mod display;
mod questions;

use std::{error, fmt, ops::Deref};

use bytes::Bytes;
use http::HeaderMap;

pub(crate) use cause::Cause;
pub use cause::RequestError;

use super::ReadFailure;
use crate::{Violations, retry::Reason};

/// Why a call failed, whatever the operation: what happened, and what is known of the request.
///
/// `Display` is a sentence: operation, status, error code and first data path, then attempts, correlation id, and whether it
/// is safe to send again. Neither it nor `Debug` shows a byte of a body, or a secret.
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
    pub(crate) reason: Option<Reason>,
}

/// The error of one operation: what every error tells, and the answer by its status.
///
/// `Debug` shows the former alone: in the answer, the service may repeat a value in its own words.
pub struct CallError<F> {
    error: Error,
    failure: Option<Box<F>>,
}

impl Error {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Box::new(inner))
    }

    /// The request was never sent.
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

    /// The `operationId`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The HTTP status, if the service answered.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.cause.answer().map(|answer| answer.status().as_u16())
    }

    /// The headers of the answer, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.cause.answer().map(http::Response::headers)
    }

    /// The body of the answer as it came, if there was one: known or unknown, readable or not.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.cause.answer().map(http::Response::body)
    }

    /// The broken rules: the validator's if the body was not sent, the service's if it answered with some.
    #[must_use]
    pub fn violations(&self) -> Option<&Violations> {
        self.0.cause.violations()
    }

    /// The id of the call in the logs of both sides: the one that the service answered with, or else the one that was sent.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.0.correlation_id.as_deref()
    }

    /// How many attempts were made; 0: nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// True when an attempt was made after one that may have taken effect.
    #[must_use]
    pub fn was_resent(&self) -> bool {
        self.0.resent
    }

    /// Why there was no further attempt; `None`: there was no attempt, or the last one had an answer that can't be read.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        self.0.reason
    }

    /// True when the service may have acted on the request: on this attempt or on an earlier one.
    #[must_use]
    pub fn may_have_been_received(&self) -> bool {
        self.0.may_have_been_received
    }

    /// True when the same request may be sent again: nothing has happened yet, or a repetition does no harm.
    #[must_use]
    pub fn is_safe_to_resend(&self) -> bool {
        self.0.safe_to_resend
    }
}

impl<F> CallError<F> {
    /// The error with its answer, if there was one that is no success, as `read` has it.
    pub(crate) fn of(error: Error, read: ReadFailure<F>) -> Self {
        let failure = match error.cause() {
            Cause::Status(answer, _) => read(answer),
            _ => None,
        };
        Self { error, failure: failure.map(Box::new) }
    }

    /// The answer by its status, if the service answered with one that the definition knows, in its form.
    #[must_use]
    pub fn failure(&self) -> Option<&F> {
        self.failure.as_deref()
    }

    /// The same without the rest.
    #[must_use]
    pub fn into_failure(self) -> Option<F> {
        self.failure.map(|failure| *failure)
    }

    /// What every error tells.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// The same without the answer by its status.
    #[must_use]
    pub fn into_error(self) -> Error {
        self.error
    }
}

/// What every error tells is told by this one too.
impl<F> Deref for CallError<F> {
    type Target = Error;

    fn deref(&self) -> &Error {
        &self.error
    }
}

impl<F> From<CallError<F>> for Error {
    fn from(error: CallError<F>) -> Self {
        error.error
    }
}

impl<F> fmt::Display for CallError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<F> fmt::Debug for CallError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CallError").field(&format_args!("{}", self.error)).finish()
    }
}

impl<F> error::Error for CallError<F> {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        error::Error::source(&self.error)
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.0.cause {
            Cause::Request(error) => error.source(),
            // Its own words are part of the sentence.
            Cause::Transport(error) => error::Error::source(error),
            Cause::Token(error) => error::Error::source(error),
            Cause::Invalid(_) | Cause::Status(..) | Cause::Unreadable(..) => None,
        }
    }
}
