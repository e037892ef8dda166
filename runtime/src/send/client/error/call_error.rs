//! The error of one operation.

use std::{error, fmt};

use bytes::Bytes;
use http::HeaderMap;

use super::{Cause, Error};
use crate::{
    send::{
        client::{ReadFailure, TokenError, TransportError, TransportProblem},
        retry::StopReason,
    },
    violations::Violations,
};

/// The error of one operation: an [`Error`], and the service's response in its type.
///
/// `Display` and `Debug` show what those of [`Error`] show: in its response, the service may repeat a value.
pub struct CallError<F> {
    error: Error,
    failure: Option<Box<F>>,
}

impl<F> CallError<F> {
    /// Creates the error with what `read` makes of its response, if there was one that is no success.
    pub(crate) fn of(error: Error, read: ReadFailure<F>) -> Self {
        let failure = match error.cause() {
            Cause::Status(response, _) => read(response),
            _ => None,
        };
        Self { error, failure: failure.map(Box::new) }
    }

    /// Returns the service's response by its status, if the definition describes it and its body could be
    /// read.
    #[must_use]
    pub fn failure(&self) -> Option<&F> {
        self.failure.as_deref()
    }

    /// Returns what [`failure`](Self::failure) does, without the rest.
    #[must_use]
    pub fn into_failure(self) -> Option<F> {
        self.failure.map(|failure| *failure)
    }

    /// Returns the part that does not depend on the operation.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Returns what [`error`](Self::error) does, without the rest.
    #[must_use]
    pub fn into_error(self) -> Error {
        self.error
    }
}

/// Defines the methods of [`Error`] for [`CallError`] too.
macro_rules! methods_of_error {
    ($($(#[$doc:meta])* $method:ident -> $type:ty;)*) => {
        impl<F> CallError<F> {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $method(&self) -> $type {
                    self.error.$method()
                }
            )*
        }
    };
}

methods_of_error! {
    /// Returns the `operationId`.
    operation -> &'static str;
    /// Returns the HTTP status, if the service answered.
    status -> Option<u16>;
    /// Returns the headers of the response, if there was one.
    headers -> Option<&HeaderMap>;
    /// Returns the body of the response as it came, if there was one. See [`Error::body`].
    body -> Option<&Bytes>;
    /// Returns the violations that the validator found, or those that the service answered with.
    violations -> Option<&Violations>;
    /// Returns the id of the call in the logs of both sides. See [`Error::correlation_id`].
    correlation_id -> Option<&str>;
    /// Returns the number of attempts; 0 means that nothing was sent.
    attempts -> u32;
    /// Returns true if an attempt was made after one that may have taken effect.
    was_resent -> bool;
    /// Returns why there was no further attempt. See [`Error::reason`].
    reason -> Option<StopReason>;
    /// Returns true if the service may have acted on the request. See [`Error::may_have_been_received`].
    may_have_been_received -> bool;
    /// Returns true if it is safe to send the same request again. See [`Error::is_safe_to_resend`].
    is_safe_to_resend -> bool;
    /// Returns true if the validator found errors, so that nothing was sent.
    is_invalid -> bool;
    /// Returns true if no request could be made of the call. See [`Error::is_request`].
    is_request -> bool;
    /// Returns true if the service, or the validator before it, rejected what was sent. See
    /// [`Error::is_rejected`].
    is_rejected -> bool;
    /// Returns true if the service answered with 401, or there was no token.
    is_unauthorized -> bool;
    /// Returns true if the service answered with 403.
    is_forbidden -> bool;
    /// Returns true if the service answered with 404.
    is_not_found -> bool;
    /// Returns true if the service answered with 429 or 503.
    is_throttled -> bool;
    /// Returns true if the service answered with a status of 5xx.
    is_server -> bool;
    /// Returns true if there was no token; [`token`](Self::token) says why.
    is_token -> bool;
    /// Returns true if no complete response came in time, or no connection.
    is_timeout -> bool;
    /// Returns true if no connection could be made.
    is_connect -> bool;
    /// Returns true if the response has a status of 2xx, but is no success. See [`Error::is_unreadable`].
    is_unreadable -> bool;
    /// Returns true if another attempt might have helped, but none was left. See [`Error::is_exhausted`].
    is_exhausted -> bool;
    /// Returns what went wrong on the way, if something did.
    transport_problem -> Option<TransportProblem>;
    /// Returns why there was no token, if there was none.
    token -> Option<&TokenError>;
    /// Returns the error of the transport, if it is one.
    transport -> Option<&TransportError>;
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

#[cfg(test)]
mod tests {
    /// The names of the public methods that a source text has and that only look at `self`.
    fn methods(source: &str) -> Vec<&str> {
        let public = source.split("pub fn ").skip(1);
        public.filter_map(|method| method.split_once("(&self)")).map(|(name, _)| name).collect()
    }

    #[test]
    fn every_method_of_an_error_is_one_of_a_call_error() {
        let of_error = [include_str!("mod.rs"), include_str!("predicates.rs")].map(methods).concat();
        assert!(of_error.contains(&"status") && of_error.contains(&"transport"), "{of_error:?}");
        let own = include_str!("call_error.rs");
        let missing: Vec<_> =
            of_error.into_iter().filter(|name| !own.contains(&format!("    {name} -> "))).collect();
        assert_eq!(missing, <[&str; 0]>::default());
    }
}
