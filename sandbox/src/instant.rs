//! Points in time as the store writes them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use concur_cards::{ParseError, Timestamp};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Instant(pub u64);

impl Instant {
    /// Returns the time by the clock of the machine; a clock before 1970 counts as 1970.
    #[must_use]
    pub fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(millis(since))
    }

    /// Returns the instant so much later, or the last one there is.
    #[must_use]
    pub fn after(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis(duration)))
    }

    /// Returns the time that passed since an earlier instant, or zero if it is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// Returns the instant as the service writes it.
    ///
    /// # Errors
    ///
    /// The instant is behind the year 9999.
    pub fn timestamp(self) -> Result<Timestamp, ParseError> {
        Timestamp::from_unix_nanos(i128::from(self.0) * 1_000_000)
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
