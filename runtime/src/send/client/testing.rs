//! For tests of those who use a client: scripted responses, recorded requests, and time that passes at once.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};

use super::{BoxFuture, Exchange, RawResponse, ResponseLimits, Transport, TransportError, TransportProblem};
use crate::send::retry::Sent;
pub use crate::send::retry::instant::{Fixed, InstantClock};

/// A transport that gives scripted replies, and records the requests.
///
/// Answers are used up in their order. When none is left, the last one is repeated if [`Replay::forever`]
/// says so; otherwise the request fails with [`TransportProblem::Unsendable`], so that a test notices. A
/// clone shares both.
///
/// ```
/// use specwright_runtime::client::testing::{Reply, Replay};
///
/// let replay = Replay::new().then(Reply::status(503)).then(Reply::json(200, r#"{"id": 7}"#));
/// assert!(replay.requests().is_empty());
/// ```
#[derive(Clone, Default)]
pub struct Replay {
    state: Arc<Mutex<ReplayState>>,
}

#[derive(Default)]
struct ReplayState {
    replies: VecDeque<Reply>,
    last: Option<Reply>,
    forever: bool,
    requests: Vec<Recorded>,
}

/// What a [`Replay`] does with one request.
#[derive(Clone)]
pub struct Reply(ReplyKind);

#[derive(Clone)]
enum ReplyKind {
    Response(Box<RawResponse>),
    TransportProblem(TransportProblem, Sent),
    Hang,
}

/// A request that was sent. `Debug` shows its method and path, for the output of a test is a log too.
#[derive(Clone)]
#[non_exhaustive]
pub struct Recorded {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: Uri,
    /// The headers, secrets included: keep them out of logs.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Replay {
    /// Creates a transport without replies.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the reply to the next request.
    #[must_use]
    pub fn then(self, reply: Reply) -> Self {
        self.state().replies.push_back(reply);
        self
    }

    /// Repeats the last reply for all further requests.
    #[must_use]
    pub fn forever(self) -> Self {
        self.state().forever = true;
        self
    }

    /// Returns the requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.state().requests.clone()
    }

    fn next(&self, request: Request<Bytes>) -> Option<Reply> {
        let (parts, body) = request.into_parts();
        let mut state = self.state();
        state.requests.push(Recorded { method: parts.method, url: parts.uri, headers: parts.headers, body });
        match state.replies.pop_front() {
            Some(reply) => {
                state.last = Some(reply.clone());
                Some(reply)
            }
            None if state.forever => state.last.clone(),
            None => None,
        }
    }

    fn state(&self) -> MutexGuard<'_, ReplayState> {
        // No line that holds the lock can leave the state half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Replay {
    fn send(&self, request: Request<Bytes>, limits: ResponseLimits) -> BoxFuture<'_, Exchange> {
        let ended = match self.next(request).map(|reply| reply.0) {
            Some(ReplyKind::Response(response)) if response.body().len() > limits.max_response_bytes => {
                Err(TransportError::new(TransportProblem::TooLarge(limits.max_response_bytes), Sent::Maybe))
            }
            Some(ReplyKind::Response(response)) => Ok(*response),
            Some(ReplyKind::TransportProblem(problem, sent)) => Err(TransportError::new(problem, sent)),
            Some(ReplyKind::Hang) => return Box::pin(std::future::pending()),
            None => Err(TransportError::new(TransportProblem::Unsendable, Sent::No)
                .because("no reply is left in the script")),
        };
        Box::pin(std::future::ready(ended))
    }
}

impl Reply {
    /// Creates a response without a body. A status below 100 or above 999 is 500.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::body(status, Bytes::new())
    }

    /// Creates a response with a JSON body.
    #[must_use]
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::body(status, body).header("content-type", "application/json")
    }

    /// Creates a response with a body.
    #[must_use]
    pub fn body(status: u16, body: impl Into<Bytes>) -> Self {
        let mut response = RawResponse::new(body.into());
        *response.status_mut() =
            http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        Self(ReplyKind::Response(Box::new(response)))
    }

    /// Sets a header of the response, if name and value are valid.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let pair = http::HeaderName::from_bytes(name.as_bytes()).ok().zip(value.parse().ok());
        if let (ReplyKind::Response(response), Some((name, value))) = (&mut self.0, pair) {
            response.headers_mut().insert(name, value);
        }
        self
    }

    /// Creates an error of the transport.
    #[must_use]
    pub fn transport_error(problem: TransportProblem, sent: Sent) -> Self {
        Self(ReplyKind::TransportProblem(problem, sent))
    }

    /// Creates a reply that never comes, so that the timeout ends the attempt.
    #[must_use]
    pub fn hang() -> Self {
        Self(ReplyKind::Hang)
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Replay")
            .field("replies", &state.replies)
            .field("requests", &state.requests)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            ReplyKind::Response(response) => write!(f, "Reply({})", response.status().as_u16()),
            ReplyKind::TransportProblem(problem, sent) => write!(f, "Reply({problem:?}, {sent:?})"),
            ReplyKind::Hang => f.write_str("Reply(no response)"),
        }
    }
}

impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorded")
            .field("method", &self.method)
            .field("path", &self.url.path())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
