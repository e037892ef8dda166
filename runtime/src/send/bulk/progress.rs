//! The progress of a run, and the signal that stops it.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

use futures_util::future::select;
use tokio::sync::Notify;

use crate::send::{
    journal::RunId,
    retry::{Clock, Sleep},
};

/// The progress of a bulk run. Counts are of items unless noted otherwise, and of this run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct BulkProgress {
    /// The number of the run in a [shared journal](crate::send::journal::SharedJournal), whose report it is
    /// found by. It is there from the beginning.
    pub run: Option<RunId>,
    /// Items that were read from the input.
    pub read: u64,
    /// Of those, items that the journal knows from an earlier run and that need not be sent.
    pub known: u64,
    /// Of those, items that were set aside by the validator, or because another item has their key.
    pub set_aside: u64,
    /// Warnings of the validator about items that were sent: violations, not items.
    pub warnings: u64,
    /// Items in a request that was begun. An item counts once for each batch that it is sent in.
    pub sent: u64,
    /// Items in a batch that the service accepted.
    pub accepted: u64,
    /// Items that the service rejected, by name or with their batch.
    pub rejected: u64,
    /// Items in a batch that the service has finished.
    pub finished: u64,
    /// Batches that are being sent, including those that wait for another attempt.
    pub sending: usize,
    /// Batches that wait for another attempt.
    pub waiting: usize,
    /// The longest wait among those batches, measured from its beginning.
    pub longest_wait: Duration,
    /// Accepted batches whose state is polled.
    pub polling: usize,
}

/// Receives the progress of a run.
pub(super) type ProgressCallback = Box<dyn Fn(&BulkProgress) + Send + Sync>;

/// The counts of a run, and whether it is being stopped.
pub(super) struct RunMonitor {
    progress: Mutex<BulkProgress>,
    callback: Option<ProgressCallback>,
    stopping: AtomicBool,
    stop: Notify,
}

impl RunMonitor {
    pub(super) fn new(callback: Option<ProgressCallback>) -> Self {
        Self { progress: Mutex::default(), callback, stopping: AtomicBool::new(false), stop: Notify::new() }
    }

    pub(super) fn progress(&self) -> BulkProgress {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the counts without a call of the callback: for what happens with every item.
    pub(super) fn count(&self, change: impl FnOnce(&mut BulkProgress)) {
        change(&mut self.progress.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Changes the counts and calls the callback, without holding the lock.
    pub(super) fn report(&self, change: impl FnOnce(&mut BulkProgress)) {
        self.count(change);
        if let Some(callback) = &self.callback {
            callback(&self.progress());
        }
    }

    /// Begins no further attempt, and ends all waits for one.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.stop.notify_waiters();
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// The client's clock. Its waits are part of the progress, and end when the run is stopped.
pub(super) struct RunClock<'a> {
    pub(super) clock: &'a dyn Clock,
    pub(super) monitor: &'a RunMonitor,
}

impl Clock for RunClock<'_> {
    fn now(&self) -> Duration {
        self.clock.now()
    }

    fn system_time(&self) -> SystemTime {
        self.clock.system_time()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        Box::pin(async move {
            // Registered before the check, or a stop between the two would be missed.
            let stopped = self.monitor.stop.notified();
            if self.monitor.is_stopping() {
                return;
            }
            self.monitor.report(|progress| {
                progress.waiting += 1;
                progress.longest_wait = progress.longest_wait.max(duration);
            });
            select(self.clock.sleep(duration), std::pin::pin!(stopped)).await;
            self.monitor.report(|progress| {
                progress.waiting -= 1;
                if progress.waiting == 0 {
                    progress.longest_wait = Duration::ZERO;
                }
            });
        })
    }
}
