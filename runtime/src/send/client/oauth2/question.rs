//! A question to the service for tokens, which outlives the call that asked it.
//!
//! A service may end a refresh token as soon as it has read it, and the next one is in the answer. So a call that goes away
//! leaves its question behind, and the next call with the same question waits for that answer instead of asking again.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{Request, Uri};
use tracing::debug;

use super::{
    super::{Ask, BoxFuture, Exchange, Limits, TransportError, Trouble, timeout::within},
    OAuth2,
};
use crate::send::retry::Sent;

/// However long ago a question was asked, this much time is left for its answer: it may have come while nobody was there to
/// read it.
const SHORTEST: Duration = Duration::from_secs(5);

/// A question, and the answer to come.
pub(super) struct Question {
    url: Uri,
    form: Bytes,
    asked_at: SystemTime,
    answer: BoxFuture<'static, Exchange>,
}

impl Question {
    fn new(ask: &Ask<'_>, request: Request<Bytes>, limits: Limits) -> Self {
        let (url, form) = (request.uri().clone(), request.body().clone());
        let transport = Arc::clone(ask.transport);
        let answer = Box::pin(async move { transport.send(request, limits).await });
        Self { url, form, asked_at: ask.clock.wall(), answer }
    }

    fn asks(&self, request: &Request<Bytes>) -> bool {
        self.url == *request.uri() && self.form == *request.body()
    }

    fn time_left(&self, ask: &Ask<'_>) -> Duration {
        let passed = ask.clock.wall().duration_since(self.asked_at).unwrap_or_default();
        ask.timeout.saturating_sub(passed).max(SHORTEST.min(ask.timeout))
    }
}

/// Waits for an answer. Whoever drops it leaves the question to the next one.
struct Waiting<'a> {
    source: &'a OAuth2,
    question: Option<Question>,
}

impl Future for Waiting<'_> {
    type Output = Exchange;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Exchange> {
        let Some(question) = &mut self.question else { return Poll::Pending };
        let ended = question.answer.as_mut().poll(context);
        if ended.is_ready() {
            self.question = None;
        }
        ended
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(question) = self.question.take() {
            let before = self.source.state().left.replace(question);
            // The lock is open by now: what ends an exchange may take its time.
            drop(before);
        }
    }
}

impl OAuth2 {
    /// The answer to a question, and when that was asked: now, or by a call that went away before the answer came.
    pub(super) async fn answer(
        &self,
        ask: &Ask<'_>,
        grant: &str,
        request: Request<Bytes>,
        limits: Limits,
    ) -> (Exchange, SystemTime) {
        let left = self.state().left.take_if(|left| left.asks(&request));
        let (scheme, host) = (self.scheme.name, request.uri().host());
        let doing = if left.is_none() { "asks for a token" } else { "waits for what another call has asked" };
        debug!(scheme, grant, host, "{doing}");
        let question = left.unwrap_or_else(|| Question::new(ask, request, limits));
        let (asked_at, limit) = (question.asked_at, question.time_left(ask));
        let mut waiting = Waiting { source: self, question: Some(question) };
        let in_time = within(ask.clock, limit, &mut waiting).await;
        // What did not come in time is given up, so that the next call asks anew.
        waiting.question = None;
        let late = || Err(TransportError::new(Trouble::Timeout(limit), Sent::Maybe));
        (in_time.unwrap_or_else(late), asked_at)
    }
}
