//! A token refresh that outlives its call.
//!
//! While a call holds the lock of a store, other processes wait for it, and the response to its request may
//! contain the only valid refresh token. If such a call is dropped, a thread takes over: it holds the lock,
//! waits for the response, saves it, and releases the lock. It does so for as long as an exchange may take.

use std::{
    mem,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::{Duration, Instant, SystemTime},
};

use tokio::{runtime::Handle, sync::OwnedMutexGuard};
use tracing::{Span, dispatcher, warn};

use super::{
    super::{Hosts, ResponseLimits, Token, TokenContext, Transport, timeout::within},
    OAuth2, StoreLock,
};
use crate::send::retry::{Clock, Seeded, Sleep};

/// The interval at which the thread checks the time, since no timer wakes it.
const TICK: Duration = Duration::from_millis(50);

/// A token refresh that a call has begun, with the locks that keep all others from doing the same.
pub(super) struct RefreshTask<'a> {
    source: &'a OAuth2,
    context: TokenContext<'a>,
    /// Against other processes. It goes before the gate, so that the next call of this process finds it open.
    lock: StoreLock,
    /// Against other calls of this process.
    gate: Option<OwnedMutexGuard<()>>,
    /// What drives the exchange, if that is tokio.
    runtime: Option<Handle>,
    has_ended: bool,
}

impl<'a> RefreshTask<'a> {
    pub(super) fn new(source: &'a OAuth2, context: TokenContext<'a>, gate: OwnedMutexGuard<()>) -> Self {
        let runtime = Handle::try_current().ok();
        Self { source, context, lock: StoreLock::none(), gate: Some(gate), runtime, has_ended: false }
    }

    pub(super) fn hold(&mut self, lock: StoreLock) {
        self.lock = lock;
    }

    /// Marks the refresh as finished, so that no thread takes over.
    pub(super) fn end(mut self) {
        self.has_ended = true;
    }
}

impl Drop for RefreshTask<'_> {
    fn drop(&mut self) {
        if self.has_ended || !self.lock.is_shared() || !self.source.has_unfinished() {
            return;
        }
        let rest = Rest {
            source: self.source.share(),
            lock: mem::take(&mut self.lock),
            gate: self.gate.take(),
            runtime: self.runtime.take(),
            transport: Arc::clone(self.context.transport),
            hosts: self.context.hosts.clone(),
            limits: self.context.limits,
            timeout: self.context.timeout,
            refused: self.context.refused.cloned(),
        };
        // Events of the thread belong to the span of the call.
        let (span, subscriber) = (Span::current(), dispatcher::get_default(Clone::clone));
        let work = move || dispatcher::with_default(&subscriber, || span.in_scope(|| rest.finish()));
        let spawned = thread::Builder::new().name("token refresh".to_owned()).spawn(work);
        if let Err(error) = spawned {
            // The lock has been released. The next call of this process still waits for the response.
            warn!(scheme = self.source.scheme.name, %error, "no thread can finish the refresh");
        }
    }
}

/// The rest of a token refresh, and everything that is needed to finish it.
struct Rest {
    source: OAuth2,
    lock: StoreLock,
    gate: Option<OwnedMutexGuard<()>>,
    runtime: Option<Handle>,
    transport: Arc<dyn Transport>,
    hosts: Hosts,
    limits: ResponseLimits,
    timeout: Duration,
    refused: Option<Token>,
}

impl Rest {
    fn finish(self) {
        let Self { source, lock, gate, runtime, transport, hosts, limits, timeout, refused } = self;
        {
            let _context = runtime.as_ref().map(Handle::enter);
            let (clock, random) = (ThreadClock::new(), Seeded::new());
            let (transport, hosts, refused) = (&transport, &hosts, refused.as_ref());
            // An exchange has no limit of its own here: it would end with it, and its response would be lost.
            // What does not end in time is left to the next call of this process once more.
            let no_limit = Duration::MAX;
            let context = TokenContext {
                transport,
                clock: &clock,
                random: &random,
                hosts,
                limits,
                timeout: no_limit,
                refused,
            };
            if block_on(within(&clock, timeout, source.finish(&context))).is_none() {
                warn!(
                    scheme = source.scheme.name,
                    "the lock of the token store is released before the response"
                );
            }
        }
        drop(lock);
        drop(gate);
    }
}

/// The time of a thread that waits in [`block_on`].
struct ThreadClock {
    start: Instant,
}

impl ThreadClock {
    fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for ThreadClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        let begun = Instant::now();
        let is_over = move |_: &mut Context<'_>| {
            if begun.elapsed() >= duration { Poll::Ready(()) } else { Poll::Pending }
        };
        Box::pin(std::future::poll_fn(is_over))
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for a future on this thread.
fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park_timeout(TICK),
        }
    }
}
