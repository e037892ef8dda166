//! The clock that calls take the time from, and wait with.

use std::{
    pin::Pin,
    sync::Arc,
    time::{Duration, SystemTime},
};

/// A future that is ready when the wait is over.
pub type Sleep<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Provides the time and waits, on any async runtime.
pub trait Clock: Send + Sync {
    /// Returns the time since an arbitrary moment that stays the same for this clock. It never goes back.
    ///
    /// A [`std::time::Instant`] can't be created in a test, nor be read in a browser.
    fn now(&self) -> Duration;

    /// Returns the system time, which may jump. It is only needed for a server that names a time to retry at.
    fn system_time(&self) -> SystemTime;

    /// Waits. A wait that is dropped has no effect.
    fn sleep(&self, duration: Duration) -> Sleep<'_>;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Duration {
        self.as_ref().now()
    }

    fn system_time(&self) -> SystemTime {
        self.as_ref().system_time()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        self.as_ref().sleep(duration)
    }
}
