//! The transport: bytes in, bytes out.

use std::{error, fmt, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;

use crate::send::{duration::Rounded, retry::Sent};

/// A future that can be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and reads the whole response.
///
/// An implementation sends the request once: it follows no redirect, repeats nothing by itself, and sends a
/// `Content-Length` and never `Transfer-Encoding: chunked`. Retries, tokens and the timeout of an attempt are
/// up to the caller: a future that is dropped must end its exchange.
pub trait Transport: Send + Sync {
    /// Sends the request. Every status is a response, not an error.
    fn send(&self, request: http::Request<Bytes>, limits: ResponseLimits) -> BoxFuture<'_, Exchange>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>, limits: ResponseLimits) -> BoxFuture<'_, Exchange> {
        self.as_ref().send(request, limits)
    }
}

/// The result of an exchange.
pub type Exchange = Result<http::Response<Bytes>, TransportError>;

/// The limits of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseLimits {
    /// The maximum number of bytes of a body; a longer one is [`TransportProblem::TooLarge`].
    pub max_response_bytes: usize,
}

impl ResponseLimits {
    /// Creates the default limits: 16 MiB.
    #[must_use]
    pub const fn new() -> Self {
        Self { max_response_bytes: 16 << 20 }
    }

    /// Sets the maximum length of a body, in bytes.
    #[must_use]
    pub const fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }
}

impl Default for ResponseLimits {
    fn default() -> Self {
        Self::new()
    }
}

/// Why there is no response.
#[derive(Debug)]
pub struct TransportError {
    problem: TransportProblem,
    sent: Sent,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

/// What went wrong in an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportProblem {
    /// No connection could be made: the name is unknown, or the server does not listen.
    Connect,
    /// No connection could be made in time.
    ConnectTimeout,
    /// No secure connection could be made: the other side is not who it should be, or speaks no TLS.
    Tls,
    /// No complete response came within this time. Zero: no time was left to wait for one.
    Timeout(Duration),
    /// The connection broke before the response was complete.
    Broken,
    /// The response is not HTTP.
    Garbled,
    /// The body of the response is longer than this number of bytes.
    TooLarge(usize),
    /// The request can't be sent by this transport.
    Unsendable,
}

impl TransportProblem {
    /// Returns true if another attempt would fail in the same way: a certificate does not become valid, nor a
    /// response shorter.
    pub(crate) fn is_lasting(self) -> bool {
        matches!(self, Self::Tls | Self::TooLarge(_) | Self::Unsendable)
    }
}

impl TransportError {
    /// Creates an error. `sent` is what the server may have received of the request; if in doubt,
    /// [`Sent::Maybe`].
    #[must_use]
    pub fn new(problem: TransportProblem, sent: Sent) -> Self {
        Self { problem, sent, source: None }
    }

    /// Sets the source of the error.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns the problem.
    #[must_use]
    pub fn problem(&self) -> TransportProblem {
        self.problem
    }

    /// Returns what the server may have received of the request.
    #[must_use]
    pub fn sent(&self) -> Sent {
        self.sent
    }
}

impl fmt::Display for TransportProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect => f.write_str("no connection could be made"),
            Self::ConnectTimeout => f.write_str("no connection could be made in time"),
            Self::Tls => f.write_str("no secure connection could be made"),
            Self::Timeout(Duration::ZERO) => f.write_str("no time was left"),
            Self::Timeout(after) => write!(f, "no complete response came within {}", Rounded(*after)),
            Self::Broken => f.write_str("the connection broke"),
            Self::Garbled => f.write_str("the response is not HTTP"),
            Self::TooLarge(limit) => write!(f, "the response is longer than {limit} bytes"),
            Self::Unsendable => f.write_str("the transport can't send the request"),
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl error::Error for TransportError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn error::Error + 'static))
    }
}
