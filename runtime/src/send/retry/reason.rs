//! Reasons to stop.

use std::fmt;

/// Why there was no further attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StopReason {
    /// The policy allows no more attempts.
    Exhausted,
    /// The next attempt would begin after the deadline of the call.
    Deadline,
    /// The budget that the calls share is used up: too many of them fail. See [`Budget`](super::Budget).
    Budget,
    /// The server may have acted on the request, and the operation must not be done twice.
    NotRepeatable,
    /// Another attempt would end the same way.
    NotRetryable,
}

impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exhausted => "the attempts are used up",
            Self::Deadline => "the deadline leaves no time for another attempt",
            Self::Budget => "the client's budget of retries is used up",
            Self::NotRepeatable => "the server may have acted on the request, and it must not be done twice",
            Self::NotRetryable => "another attempt would end the same way",
        })
    }
}
