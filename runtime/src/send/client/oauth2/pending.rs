//! A request to the token service that outlives the call that made it.
//!
//! A service may end a refresh token as soon as it has read it, and the next one is in the response. So a
//! call that is dropped leaves its request behind, and the next call with the same request waits for that
//! response instead of sending it again.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{Request, Uri};

use super::super::{BoxFuture, Exchange, ResponseLimits, TokenContext};

/// The minimum time that is left for a response, however long ago the request was sent: it may have arrived
/// while nothing was reading.
const SHORTEST: Duration = Duration::from_secs(5);

/// A request whose response is still to come.
pub(super) struct PendingRequest {
    url: Uri,
    form: Bytes,
    pub(super) asked_at: SystemTime,
    pub(super) response: BoxFuture<'static, Exchange>,
}

impl PendingRequest {
    pub(super) fn new(context: &TokenContext<'_>, request: Request<Bytes>, limits: ResponseLimits) -> Self {
        let (url, form) = (request.uri().clone(), request.body().clone());
        let transport = Arc::clone(context.transport);
        let response = Box::pin(async move { transport.send(request, limits).await });
        Self { url, form, asked_at: context.clock.system_time(), response }
    }

    pub(super) fn matches(&self, request: &Request<Bytes>) -> bool {
        self.url == *request.uri() && self.form == *request.body()
    }

    pub(super) fn time_left(&self, context: &TokenContext<'_>) -> Duration {
        let passed = context.clock.system_time().duration_since(self.asked_at).unwrap_or_default();
        context.timeout.saturating_sub(passed).max(SHORTEST.min(context.timeout))
    }
}
