//! Time that passes when nobody has anything else to do: waits of many are over in their order.

use std::{
    collections::BTreeMap,
    future::poll_fn,
    pin::pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::send::retry::{Clock, Sleep};

/// A clock that [`Idle::block_on`] moves.
#[derive(Debug, Clone, Default)]
pub(super) struct Idle(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    now: Duration,
    /// By their ends, and in their order.
    timers: BTreeMap<(Duration, u64), Waker>,
    count: u64,
}

impl Clock for Idle {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().now
    }

    fn system_time(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_704_067_200) + self.now()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        let timer = {
            let mut state = self.0.lock().unwrap();
            state.count += 1;
            (state.now.saturating_add(duration), state.count)
        };
        let guard = Guard(self, timer);
        Box::pin(async move {
            poll_fn(|context| {
                let mut state = guard.0.0.lock().unwrap();
                if state.now >= timer.0 {
                    return Poll::Ready(());
                }
                state.timers.insert(timer, context.waker().clone());
                Poll::Pending
            })
            .await;
        })
    }
}

/// A wait that is dropped has no effect.
struct Guard<'a>(&'a Idle, (Duration, u64));

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().timers.remove(&self.1);
    }
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Idle {
    /// Runs a future until it is done, or until somebody pulls the plug.
    pub(super) fn block_on<F: Future>(&self, future: F, stop: impl Fn() -> bool) -> Option<F::Output> {
        let flag = Arc::new(Flag(AtomicBool::new(false)));
        let waker = Waker::from(flag.clone());
        let mut future = pin!(future);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                return Some(output);
            }
            if stop() {
                return None;
            }
            if !flag.0.swap(false, Ordering::Relaxed) {
                self.advance();
            }
        }
    }

    fn advance(&self) {
        let waker = {
            let mut state = self.0.lock().unwrap();
            let ((end, _), waker) = state.timers.pop_first().expect("it waits for nothing");
            state.now = state.now.max(end);
            waker
        };
        waker.wake();
    }
}
