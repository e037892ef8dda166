//! How the wait grows from attempt to attempt.

use std::time::Duration;

/// A wait that is multiplied after every failure, up to a cap.
///
/// What it gives are the longest waits; the actual one is drawn evenly from zero to that ("full jitter"), so
/// that callers who failed together don't come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backoff {
    /// The longest wait before the first retry.
    pub first: Duration,
    /// What it is multiplied by for each further one; 0 counts as 1.
    pub multiplier: u32,
    /// No wait is longer.
    pub cap: Duration,
}

impl Backoff {
    /// A wait that doubles.
    #[must_use]
    pub const fn new(first: Duration, cap: Duration) -> Self {
        Self { first, multiplier: 2, cap }
    }

    /// The same with another factor.
    #[must_use]
    pub const fn multiplier(mut self, multiplier: u32) -> Self {
        self.multiplier = multiplier;
        self
    }

    /// The longest wait before a retry; the first has the number 0. What overflows is the cap.
    #[must_use]
    pub fn longest(&self, retry: u32) -> Duration {
        let factor = self.multiplier.max(1).checked_pow(retry);
        let grown = factor.and_then(|factor| self.first.checked_mul(factor));
        grown.map_or(self.cap, |wait| wait.min(self.cap))
    }
}
