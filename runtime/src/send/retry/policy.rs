//! How often a call is repeated, and after which waits.

use std::time::Duration;

use super::{Backoff, Random, RetryKind, random};

/// The limits of a call in attempts and in time.
///
/// | | by default | because |
/// |---|---|---|
/// | [`attempts`](Self::attempts) | 8 | with the waits below they outlast a maintenance of several minutes |
/// | [`transient`](Self::transient) | 1 s, doubled, up to 60 s | a broken connection or a server error is often over in a moment; a minute altogether, on average |
/// | [`throttled`](Self::throttled) | 10 s, doubled, up to 5 min | 429 asks for a slower pace, 503 may mean minutes; seven and a half altogether, on average |
/// | [`deadline`](Self::deadline) | 10 min | two pauses of 5 minutes; nobody should wonder for longer what became of a call |
/// | [`hint_floor`](Self::hint_floor), [`hint_ceiling`](Self::hint_ceiling) | 1 s, 5 min | a server's clock may be wrong, and so may its `Retry-After` |
///
/// For a person who waits, [`Policy::interactive`] gives up within a minute and a half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// How many attempts there are at most, the first included; 0 counts as 1.
    pub attempts: u32,
    /// The waits after a [`RetryKind::Transient`] failure.
    pub transient: Backoff,
    /// The waits after a [`RetryKind::Throttled`] failure.
    pub throttled: Backoff,
    /// From the start of the call: no attempt begins and no wait ends later. `None`: only the attempts count.
    pub deadline: Option<Duration>,
    /// The minimum wait if a server asks for a shorter one.
    pub hint_floor: Duration,
    /// The maximum wait if a server asks for a longer one. It takes precedence over the minimum.
    pub hint_ceiling: Duration,
}

impl Policy {
    /// Creates the default policy, for work that nobody waits for.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            attempts: 8,
            transient: Backoff::new(Duration::from_secs(1), Duration::from_secs(60)),
            throttled: Backoff::new(Duration::from_secs(10), Duration::from_secs(300)),
            deadline: Some(Duration::from_secs(600)),
            hint_floor: Duration::from_secs(1),
            hint_ceiling: Duration::from_secs(300),
        }
    }

    /// Creates a policy for a person who waits: 4 attempts, from half a second (two when throttled) up to 20
    /// s, 90 s altogether. That leaves time for one response that takes a minute, and for another attempt.
    #[must_use]
    pub const fn interactive() -> Self {
        let cap = Duration::from_secs(20);
        Self::new()
            .attempts(4)
            .transient(Backoff::new(Duration::from_millis(500), cap))
            .throttled(Backoff::new(Duration::from_secs(2), cap))
            .deadline(Some(Duration::from_secs(90)))
            .hints(Duration::from_millis(500), cap)
    }

    /// Creates a policy of one attempt, without a limit of time beside that of the attempt.
    #[must_use]
    pub const fn once() -> Self {
        Self::new().attempts(1).deadline(None)
    }

    /// Sets how many attempts there are at most, the first included.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the waits after a broken connection or a server error.
    #[must_use]
    pub const fn transient(mut self, backoff: Backoff) -> Self {
        self.transient = backoff;
        self
    }

    /// Sets the waits where the server is overloaded or away.
    #[must_use]
    pub const fn throttled(mut self, backoff: Backoff) -> Self {
        self.throttled = backoff;
        self
    }

    /// Sets the limit for the whole call, attempts and waits.
    #[must_use]
    pub const fn deadline(mut self, deadline: Option<Duration>) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets the bounds for the wait that a server asks for.
    #[must_use]
    pub const fn hints(mut self, floor: Duration, ceiling: Duration) -> Self {
        self.hint_floor = floor;
        self.hint_ceiling = ceiling;
        self
    }

    /// The wait before a retry; the first has the number 0.
    ///
    /// A server's hint is taken within its bounds, and with up to a tenth more: many callers get the same
    /// one. Without a hint it is a part of the back-off.
    pub(super) fn delay(
        &self,
        kind: RetryKind,
        retry: u32,
        hint: Option<Duration>,
        random: &dyn Random,
    ) -> Duration {
        let Some(hint) = hint else {
            let backoff = match kind {
                RetryKind::Transient => &self.transient,
                RetryKind::Throttled => &self.throttled,
            };
            return random::up_to(backoff.longest(retry), random);
        };
        keep_to(hint, self.hint_floor, self.hint_ceiling, random)
    }
}

/// A wait that a server asks for, within bounds of which the upper one wins, and with up to a tenth more:
/// many callers get the same one.
pub(crate) fn keep_to(hint: Duration, floor: Duration, ceiling: Duration, random: &dyn Random) -> Duration {
    // `clamp` would panic on bounds that are crossed.
    let asked = hint.max(floor).min(ceiling);
    asked.saturating_add(random::up_to(asked / 10, random)).min(ceiling)
}

impl Default for Policy {
    fn default() -> Self {
        Self::new()
    }
}
