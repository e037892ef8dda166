//! Waits that grow from attempt to attempt.

use std::time::Duration;

/// A wait that is multiplied after every failure, up to a cap.
///
/// It gives the longest waits; the actual one is drawn evenly from zero to that ("full jitter"), so that
/// callers who failed together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backoff {
    /// The longest wait before the first retry.
    pub first: Duration,
    /// The factor for each further wait; 0 counts as 1.
    pub multiplier: u32,
    /// The longest wait of all.
    pub cap: Duration,
}

impl Backoff {
    /// Creates a wait that doubles.
    #[must_use]
    pub const fn new(first: Duration, cap: Duration) -> Self {
        Self { first, multiplier: 2, cap }
    }

    /// Sets the factor.
    #[must_use]
    pub const fn multiplier(mut self, multiplier: u32) -> Self {
        self.multiplier = multiplier;
        self
    }

    /// Returns the longest wait before a retry; the first has the number 0. One that would overflow is the
    /// cap.
    #[must_use]
    pub fn longest(&self, retry: u32) -> Duration {
        let factor = self.multiplier.max(1).checked_pow(retry);
        let grown = factor.and_then(|factor| self.first.checked_mul(factor));
        grown.map_or(self.cap, |wait| wait.min(self.cap))
    }
}
