//! Sends a request to the token service, or waits for the response to one that an earlier call has left.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::SystemTime,
};

use bytes::Bytes;
use http::Request;
use tracing::debug;

use super::{
    super::{Exchange, ResponseLimits, TokenContext, TransportError, TransportProblem, timeout::within},
    OAuth2,
    pending::PendingRequest,
};
use crate::send::retry::Sent;

/// Waits for a response. If it is dropped, the request is left to the next call.
struct Waiting<'a> {
    source: &'a OAuth2,
    question: Option<PendingRequest>,
}

impl Future for Waiting<'_> {
    type Output = Exchange;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Exchange> {
        let Some(question) = &mut self.question else { return Poll::Pending };
        let ended = question.response.as_mut().poll(context);
        if ended.is_ready() {
            self.question = None;
        }
        ended
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(question) = self.question.take() {
            let before = self.source.state().pending.replace(question);
            // The lock is open by now: what ends an exchange may take its time.
            drop(before);
        }
    }
}

impl OAuth2 {
    /// Returns the response to a request, and when that was sent: now, or by an earlier call that was
    /// dropped.
    pub(super) async fn response(
        &self,
        context: &TokenContext<'_>,
        grant: &str,
        request: Request<Bytes>,
        limits: ResponseLimits,
    ) -> (Exchange, SystemTime) {
        let left = self.state().pending.take_if(|left| left.matches(&request));
        let (scheme, host) = (self.scheme.name, request.uri().host());
        let doing = if left.is_none() { "requests a token" } else { "waits for the request of another call" };
        debug!(scheme, grant, host, "{doing}");
        let question = left.unwrap_or_else(|| PendingRequest::new(context, request, limits));
        let (asked_at, limit) = (question.asked_at, question.time_left(context));
        let mut waiting = Waiting { source: self, question: Some(question) };
        let in_time = within(context.clock, limit, &mut waiting).await;
        // A response that is late is given up, so that the next call sends the request anew.
        waiting.question = None;
        let late = || Err(TransportError::new(TransportProblem::Timeout(limit), Sent::Maybe));
        (in_time.unwrap_or_else(late), asked_at)
    }
}
