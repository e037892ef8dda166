//! A wait that the service asked one request for, and that all requests of a run keep to.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Until when no request of the run begins, on the client's clock.
#[derive(Debug, Default)]
pub(super) struct Pause(Mutex<Duration>);

impl Pause {
    /// Makes it last until this moment at least.
    pub(super) fn extend(&self, until: Duration) {
        let mut end = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *end = until.max(*end);
    }

    /// Returns how long it still lasts.
    pub(super) fn left(&self, now: Duration) -> Option<Duration> {
        let end = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        end.checked_sub(now).filter(|left| !left.is_zero())
    }
}
