//! The waits between two calls of a poller.

use std::time::Duration;

use crate::send::retry::{Random, keep_to, up_to};

/// Waits between polls that grow from call to call.
///
/// Unlike the backoff of retries, at most a fifth of a wait is random.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollBackoff {
    /// The wait after the first call.
    pub first: Duration,
    /// Each further wait, in percent of the one before.
    pub growth: u32,
    /// The longest wait, unless the service asks for a longer one.
    pub cap: Duration,
    /// The wait for a service that asks for a shorter one.
    pub hint_floor: Duration,
    /// The wait for a service that asks for a longer one. It wins over the floor.
    pub hint_ceiling: Duration,
}

impl PollBackoff {
    /// Creates the default: 5 s, half as much again each time, up to 60 s. The service may ask for 1 s to 5
    /// min.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            first: Duration::from_secs(5),
            growth: 150,
            cap: Duration::from_secs(60),
            hint_floor: Duration::from_secs(1),
            hint_ceiling: Duration::from_secs(300),
        }
    }

    /// Sets the first wait.
    #[must_use]
    pub const fn first(mut self, first: Duration) -> Self {
        self.first = first;
        self
    }

    /// Sets each further wait, in percent of the one before.
    #[must_use]
    pub const fn growth(mut self, percent: u32) -> Self {
        self.growth = percent;
        self
    }

    /// Sets the longest wait.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// Sets the bounds for the wait that the service asks for.
    #[must_use]
    pub const fn hints(mut self, floor: Duration, ceiling: Duration) -> Self {
        self.hint_floor = floor;
        self.hint_ceiling = ceiling;
        self
    }

    /// Returns the longest wait after a call; the first has the number 0.
    pub(super) fn longest(&self, number: u32) -> Duration {
        let grown = |wait: Duration| wait.saturating_mul(self.growth) / 100;
        let mut wait = self.first;
        for _ in 0..number {
            let next = grown(wait);
            // What is at the cap, or does not grow, need not be counted through.
            if wait >= self.cap || next == wait {
                break;
            }
            wait = next;
        }
        wait.min(self.cap)
    }

    /// Returns the wait after a call, or the one that the service asked for.
    pub(super) fn wait(&self, number: u32, hint: Option<Duration>, random: &dyn Random) -> Duration {
        if let Some(hint) = hint {
            return keep_to(hint, self.hint_floor, self.hint_ceiling, random);
        }
        let longest = self.longest(number);
        let by_chance = longest / 5;
        longest.saturating_sub(by_chance).saturating_add(up_to(by_chance, random))
    }
}

impl Default for PollBackoff {
    fn default() -> Self {
        Self::new()
    }
}
