//! A service that takes its time.

use std::{
    future::poll_fn,
    sync::atomic::{AtomicUsize, Ordering},
    task::{Context, Poll, Waker},
};

use http::Request;

use super::*;
use crate::send::client::{BoxFuture, Bytes, Exchange};

/// A service that takes a few turns to answer, or does not answer as long as it is held up.
pub(super) struct Slow {
    service: Replay,
    turns: usize,
    held_up: AtomicUsize,
}

impl Slow {
    pub(super) fn new(replies: impl IntoIterator<Item = Reply>) -> Arc<Self> {
        let service = replies.into_iter().fold(Replay::new(), Replay::then);
        Arc::new(Self { service, turns: 5, held_up: AtomicUsize::new(0) })
    }

    pub(super) fn transport(service: &Arc<Self>) -> Arc<dyn Transport> {
        Arc::<Self>::clone(service)
    }

    pub(super) fn count(&self) -> usize {
        self.service.requests().len()
    }

    /// The next request gets no answer.
    pub(super) fn hold_up(&self) {
        self.held_up.store(1, Ordering::Relaxed);
    }
}

impl Transport for Slow {
    fn send(&self, request: Request<Bytes>, limits: ResponseLimits) -> BoxFuture<'_, Exchange> {
        if self.held_up.swap(0, Ordering::Relaxed) == 1 {
            return Box::pin(std::future::pending());
        }
        let answer = self.service.send(request, limits);
        let mut left = self.turns;
        Box::pin(async move {
            poll_fn(|context| {
                let is_over = left == 0;
                left = left.saturating_sub(1);
                context.waker().wake_by_ref();
                if is_over { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
            answer.await
        })
    }
}

/// A time of day that may be set, and waits that are over at once if they are short.
pub(super) struct Brief(Wall);

impl Brief {
    pub(super) fn new() -> Self {
        Self(Wall::new())
    }

    pub(super) fn set(&self, seconds: u64) {
        self.0.set(seconds);
    }
}

impl Clock for Brief {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn system_time(&self) -> SystemTime {
        self.0.system_time()
    }

    fn sleep(&self, wait: Duration) -> Sleep<'_> {
        if wait <= Duration::from_secs(5) { Box::pin(std::future::ready(())) } else { self.0.sleep(wait) }
    }
}

/// Polls once, so that a future gets as far as it can at once.
pub(super) fn poke<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    std::pin::Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}
