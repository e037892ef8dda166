//! Responses.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use crate::violations::Violations;

/// A response as the transport received it.
pub type RawResponse = http::Response<Bytes>;

/// The response of a call: the value of its body, with status, headers and what is known of the attempts.
///
/// `Debug` shows neither the value, which may be the bytes of a body, nor the headers.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The body, read as its type.
    pub value: T,
    /// The HTTP status.
    pub status: u16,
    /// The headers, whose names are in lower case.
    pub headers: HeaderMap,
    /// The correlation id: the one that the service responded with, or else the one that was sent.
    pub correlation_id: Option<String>,
    /// The number of attempts, from 1.
    pub attempts: u32,
    /// True if an attempt was made after one that may have taken effect: see
    /// [`retry::RetryOutcome`](crate::send::retry::RetryOutcome).
    pub resent: bool,
    /// The warnings of the validator about the request. A call with errors is not sent.
    pub warnings: Violations,
}

impl<T> Response<T> {
    /// Returns the value, without the rest of the response.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns the value of a header, or `None` if the header is missing or its value is not visible ASCII.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn with<U>(self, value: U) -> Response<U> {
        Response {
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

impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("correlation_id", &self.correlation_id)
            .field("attempts", &self.attempts)
            .field("resent", &self.resent)
            .field("warnings", &self.warnings.len())
            .finish_non_exhaustive()
    }
}
