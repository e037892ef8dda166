//! A clock and random numbers for tests: waiting takes no time, and nothing is random.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{Clock, Random, Sleep};

/// A clock that only advances by its sleeps, which are over at once.
///
/// It starts at zero, at midnight of 1 January 2024 UTC, and remembers every sleep. Calls that share one see
/// each other's sleeps pass; give each call its own where its time matters.
///
/// A limit of time is a sleep too. So whatever is limited, such as an attempt of a call, must be ready when
/// it is first asked, as scripted responses are; what takes its time has run out of it.
#[derive(Debug)]
pub struct InstantClock {
    midnight: SystemTime,
    state: Mutex<ClockState>,
}

#[derive(Debug, Default)]
struct ClockState {
    now: Duration,
    sleeps: Vec<Duration>,
}

impl InstantClock {
    /// Creates a clock at its start.
    #[must_use]
    pub fn new() -> Self {
        let midnight = UNIX_EPOCH + Duration::from_secs(1_704_067_200);
        Self { midnight, state: Mutex::default() }
    }

    /// Advances the time by this duration.
    pub fn advance(&self, duration: Duration) {
        let mut state = self.state();
        state.now = state.now.saturating_add(duration);
    }

    /// Returns the sleeps so far, in the order in which they began.
    #[must_use]
    pub fn sleeps(&self) -> Vec<Duration> {
        self.state().sleeps.clone()
    }

    fn state(&self) -> MutexGuard<'_, ClockState> {
        // No line that holds the lock can leave the state half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for InstantClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for InstantClock {
    fn now(&self) -> Duration {
        self.state().now
    }

    fn system_time(&self) -> SystemTime {
        self.midnight.checked_add(self.now()).unwrap_or(self.midnight)
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        let end = self.now().saturating_add(duration);
        Box::pin(async move {
            let mut state = self.state();
            state.sleeps.push(duration);
            state.now = state.now.max(end);
        })
    }
}

/// A source that always returns the same number: [`Fixed::LONGEST`] makes every wait the longest one.
#[derive(Debug, Clone, Copy)]
pub struct Fixed(
    /// The number; a wait is this part of 2^64 of the longest.
    pub u64,
);

impl Fixed {
    /// Every wait is the longest that it can be.
    pub const LONGEST: Self = Self(u64::MAX);
    /// Every wait is half of that.
    pub const HALF: Self = Self(u64::MAX / 2);
    /// No wait at all, but those that the server asks for.
    pub const NONE: Self = Self(0);
}

impl Random for Fixed {
    fn next(&self) -> u64 {
        self.0
    }
}
