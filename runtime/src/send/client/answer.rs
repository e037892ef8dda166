//! The answer of a call that succeeded.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use crate::violations::Violations;

/// An answer as it came from the transport.
pub type Received = http::Response<Bytes>;

/// The answer of a call: the value that its body was read as, with status, headers and what is known of the
/// attempts.
///
/// `Debug` shows neither the value, which may be the bytes of a body, nor the headers.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answer<T> {
    /// The body, read as its type.
    pub value: T,
    /// The HTTP status.
    pub status: u16,
    /// The headers, whose names are in lower case.
    pub headers: HeaderMap,
    /// The id of the call in the logs of both sides: the one that the service answered with, or else the one
    /// that was sent.
    pub correlation_id: Option<String>,
    /// How many attempts were made, from 1.
    pub attempts: u32,
    /// True if an attempt was made after one that may have taken effect: see
    /// [`retry::Outcome`](crate::send::retry::Outcome).
    pub resent: bool,
    /// The validator's warnings about what was sent. A call with errors is not sent.
    pub warnings: Violations,
}

impl<T> Answer<T> {
    /// Returns the value, without the rest of the answer.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns the value of a header, or `None` if the header is missing or its value is not visible ASCII.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn with<U>(self, value: U) -> Answer<U> {
        Answer {
            value,
            status: self.status,
            headers: self.headers,
            correlation_id: self.correlation_id,
            attempts: self.attempts,
            resent: self.resent,
            warnings: self.warnings,
        }
    }
}

impl<T> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("correlation_id", &self.correlation_id)
            .field("attempts", &self.attempts)
            .field("resent", &self.resent)
            .field("warnings", &self.warnings.len())
            .finish_non_exhaustive()
    }
}
