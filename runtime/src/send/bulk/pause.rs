//! The wait that the service asked one request for, and that all requests of the run keep to.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use super::progress::RunClock;
use crate::send::retry::Clock as _;

/// The time on the client's clock until which no request of the run begins.
#[derive(Debug, Default)]
pub(super) struct Pause(Mutex<Duration>);

impl Pause {
    /// Extends the pause to this time at least.
    pub(super) fn extend(&self, until: Duration) {
        let mut end = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *end = until.max(*end);
    }

    /// Returns the remaining time of the pause, if there is one.
    pub(super) fn left(&self, now: Duration) -> Option<Duration> {
        let end = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        end.checked_sub(now).filter(|left| !left.is_zero())
    }

    /// Waits for the end of the pause, or of the run, and returns the time that it took.
    pub(super) async fn wait(&self, clock: &RunClock<'_>) -> Duration {
        let start = clock.now();
        while let Some(left) = self.left(clock.now()).filter(|_| !clock.monitor.is_stopping()) {
            clock.sleep(left).await;
        }
        clock.now().saturating_sub(start)
    }
}
