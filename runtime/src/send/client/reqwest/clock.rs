//! tokio's time.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::send::retry::{Clock, Sleep};

/// The time of a process that runs on tokio. It stands still where tokio's own does, in a test that pauses
/// it.
///
/// Sleeping needs a tokio runtime with time.
#[derive(Debug, Clone, Copy)]
pub struct TokioClock {
    start: Instant,
}

impl TokioClock {
    /// Creates a clock that starts at zero.
    #[must_use]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for TokioClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for TokioClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        // Not `tokio::time::sleep(duration)` outright, which would ask for a runtime here already.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}
