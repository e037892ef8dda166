//! What a call that went well gives.

use std::{fmt, ops::Deref};

use bytes::Bytes;
use http::HeaderMap;

use crate::Violations;

/// An answer as it came from the transport.
pub type Received = http::Response<Bytes>;

/// A typed answer, with what came along.
///
/// `Debug` shows neither the value, which may be the bytes of a body, nor the headers.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answer<T> {
    /// The body.
    pub value: T,
    /// The HTTP status.
    pub status: u16,
    /// The headers, whose names are in lower case.
    pub headers: HeaderMap,
    /// The id of the call in the logs of both sides: the one that the service answered with, or else the one that was sent.
    pub correlation_id: Option<String>,
    /// How many attempts it took, from 1.
    pub attempts: u32,
    /// True when an attempt was made after one that may have taken effect: see [`retry::Outcome`](crate::retry::Outcome).
    pub resent: bool,
    /// What validation has to say of the body that was sent: warnings alone, for errors keep it from leaving.
    pub warnings: Violations,
}

impl<T> Answer<T> {
    /// The body alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The value of a header as text, if it is there and is text.
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

impl<T> Deref for Answer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
