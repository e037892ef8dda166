//! For tests of those who use a client: scripted answers, recorded requests, and time that passes at once.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};

use super::{BoxFuture, Exchange, Limits, Received, Transport, TransportError, Trouble};
use crate::send::retry::Sent;
pub use crate::send::retry::instant::{Fixed, InstantClock};

/// A transport that answers as it was told to, and remembers what it was asked.
///
/// Answers are used up in their order. When none is left, the last one is repeated if [`Replay::forever`] says so; otherwise
/// the request fails with [`Trouble::Unsendable`], so that a test notices. A clone shares both.
///
/// ```
/// use specwright_runtime::client::testing::{Reply, Replay};
///
/// let replay = Replay::new().then(Reply::status(503)).then(Reply::json(200, r#"{"id": 7}"#));
/// assert!(replay.requests().is_empty());
/// ```
#[derive(Clone, Default)]
pub struct Replay {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    replies: VecDeque<Reply>,
    last: Option<Reply>,
    forever: bool,
    requests: Vec<Recorded>,
}

/// What a [`Replay`] does with one request.
#[derive(Clone)]
pub struct Reply(Kind);

#[derive(Clone)]
enum Kind {
    Answer(Box<Received>),
    Trouble(Trouble, Sent),
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
    /// Nothing is scripted yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next request gets this reply.
    #[must_use]
    pub fn then(self, reply: Reply) -> Self {
        self.state().replies.push_back(reply);
        self
    }

    /// The last reply is given again and again.
    #[must_use]
    pub fn forever(self) -> Self {
        self.state().forever = true;
        self
    }

    /// The requests so far.
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

    fn state(&self) -> MutexGuard<'_, State> {
        // No line that holds the lock can leave the state half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Replay {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> BoxFuture<'_, Exchange> {
        let ended =
            match self.next(request).map(|reply| reply.0) {
                Some(Kind::Answer(answer)) if answer.body().len() > limits.max_response_bytes => {
                    Err(TransportError::new(Trouble::TooLarge(limits.max_response_bytes), Sent::Maybe))
                }
                Some(Kind::Answer(answer)) => Ok(*answer),
                Some(Kind::Trouble(trouble, sent)) => Err(TransportError::new(trouble, sent)),
                Some(Kind::Hang) => return Box::pin(std::future::pending()),
                None => Err(TransportError::new(Trouble::Unsendable, Sent::No)
                    .because("no reply is left in the script")),
            };
        Box::pin(std::future::ready(ended))
    }
}

impl Reply {
    /// An answer without a body. A status below 100 or above 999 is 500.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::body(status, Bytes::new())
    }

    /// An answer with a JSON body.
    #[must_use]
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::body(status, body).header("content-type", "application/json")
    }

    /// An answer with a body of any kind.
    #[must_use]
    pub fn body(status: u16, body: impl Into<Bytes>) -> Self {
        let mut answer = Received::new(body.into());
        *answer.status_mut() =
            http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        Self(Kind::Answer(Box::new(answer)))
    }

    /// The same with this header, if it can be one and there is an answer.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let pair = http::HeaderName::from_bytes(name.as_bytes()).ok().zip(value.parse().ok());
        if let (Kind::Answer(answer), Some((name, value))) = (&mut self.0, pair) {
            answer.headers_mut().insert(name, value);
        }
        self
    }

    /// No answer.
    #[must_use]
    pub fn trouble(trouble: Trouble, sent: Sent) -> Self {
        Self(Kind::Trouble(trouble, sent))
    }

    /// No answer ever, so that the time runs out.
    #[must_use]
    pub fn hang() -> Self {
        Self(Kind::Hang)
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
            Kind::Answer(answer) => write!(f, "Reply({})", answer.status().as_u16()),
            Kind::Trouble(trouble, sent) => write!(f, "Reply({trouble:?}, {sent:?})"),
            Kind::Hang => f.write_str("Reply(no answer)"),
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
