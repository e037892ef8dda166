//! The way to the network: bytes in, bytes out.

use std::{error, fmt, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;

use crate::send::{duration::Rounded, retry::Sent};

/// A future that can be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and reads the whole answer.
///
/// An implementation sends what it is given, once: it follows no redirect, repeats nothing by itself, sends a
/// `Content-Length` and never `Transfer-Encoding: chunked`. Retries, tokens, and the limit of time for an
/// attempt are the caller's: a future that is dropped must end its exchange.
pub trait Transport: Send + Sync {
    /// Sends the request. Every status is an answer, not an error.
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> BoxFuture<'_, Exchange>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> BoxFuture<'_, Exchange> {
        self.as_ref().send(request, limits)
    }
}

/// How an exchange ended.
pub type Exchange = Result<http::Response<Bytes>, TransportError>;

/// What an exchange may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How many bytes of a body are read; a longer one is [`Trouble::TooLarge`].
    pub max_response_bytes: usize,
}

impl Limits {
    /// The limits that hold when nobody says otherwise: 16 MiB.
    #[must_use]
    pub const fn new() -> Self {
        Self { max_response_bytes: 16 << 20 }
    }

    /// The same with another length of a body.
    #[must_use]
    pub const fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

/// Why there is no response.
#[derive(Debug)]
pub struct TransportError {
    trouble: Trouble,
    sent: Sent,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

/// What went wrong on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Trouble {
    /// No connection could be made: the name is unknown, or nobody listens.
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

impl Trouble {
    /// Whether another attempt would end the same way: a certificate does not become valid by asking again,
    /// nor does an answer become shorter.
    pub(crate) fn is_lasting(self) -> bool {
        matches!(self, Self::Tls | Self::TooLarge(_) | Self::Unsendable)
    }
}

impl TransportError {
    /// An error. `sent` is what the server may have seen of the request; in doubt, [`Sent::Maybe`].
    #[must_use]
    pub fn new(trouble: Trouble, sent: Sent) -> Self {
        Self { trouble, sent, source: None }
    }

    /// The same with the error that caused it.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What went wrong.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        self.trouble
    }

    /// What the server may have seen of the request.
    #[must_use]
    pub fn sent(&self) -> Sent {
        self.sent
    }
}

impl fmt::Display for Trouble {
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
        self.trouble.fmt(f)
    }
}

impl error::Error for TransportError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn error::Error + 'static))
    }
}
