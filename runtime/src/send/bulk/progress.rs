//! How far a run is, and the word to stop it.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

use futures_util::future::select;
use tokio::sync::Notify;

use super::options::Tell;
use crate::send::retry::{Clock, Sleep};

/// How far a run is. Numbers are of items where nothing else is said, and of this run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Progress {
    /// Taken from the caller.
    pub read: u64,
    /// Of those, known to the journal from an earlier run, with nothing left to be sent.
    pub known: u64,
    /// Of those, set aside by the validator, or because another item has the key.
    pub set_aside: u64,
    /// What the validator warned of and was sent all the same: findings, not items.
    pub warnings: u64,
    /// In a request that was begun; an item that is sent again counts once for each batch that it is in.
    pub sent: u64,
    /// In a batch that the service took.
    pub accepted: u64,
    /// Refused by the service, by name or with their batch.
    pub rejected: u64,
    /// In a batch that the service is done with.
    pub finished: u64,
    /// Batches that are being sent, those included that wait for another attempt.
    pub sending: usize,
    /// Batches that wait for another attempt.
    pub waiting: usize,
    /// The longest wait that any of those has before it, from when it began.
    pub longest_wait: Duration,
    /// Batches that the service is asked about.
    pub polling: usize,
}

/// What everybody in a run sees.
pub(super) struct Board {
    progress: Mutex<Progress>,
    told: Option<Tell>,
    stopping: AtomicBool,
    stop: Notify,
}

impl Board {
    pub(super) fn new(told: Option<Tell>) -> Self {
        Self { progress: Mutex::default(), told, stopping: AtomicBool::new(false), stop: Notify::new() }
    }

    pub(super) fn now(&self) -> Progress {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts, without telling: for what happens with every item.
    pub(super) fn count(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.progress.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Counts and tells. The caller's function runs without a lock.
    pub(super) fn tell(&self, change: impl FnOnce(&mut Progress)) {
        self.count(change);
        if let Some(told) = &self.told {
            told(&self.now());
        }
    }

    /// No attempt begins any more, and no wait for one goes on.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.stop.notify_waiters();
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// The client's clock, whose waits are told, and end when the run does.
pub(super) struct Watched<'a> {
    pub(super) clock: &'a dyn Clock,
    pub(super) board: &'a Board,
}

impl Clock for Watched<'_> {
    fn now(&self) -> Duration {
        self.clock.now()
    }

    fn wall(&self) -> SystemTime {
        self.clock.wall()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        Box::pin(async move {
            // Before the question, or the word could come between the two and be missed.
            let stopped = self.board.stop.notified();
            if self.board.is_stopping() {
                return;
            }
            self.board.tell(|progress| {
                progress.waiting += 1;
                progress.longest_wait = progress.longest_wait.max(duration);
            });
            select(self.clock.sleep(duration), std::pin::pin!(stopped)).await;
            self.board.tell(|progress| {
                progress.waiting -= 1;
                if progress.waiting == 0 {
                    progress.longest_wait = Duration::ZERO;
                }
            });
        })
    }
}
