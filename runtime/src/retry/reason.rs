//! Why a call is not sent again.

use std::fmt;

/// Why there was no further attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// As many attempts were made as the policy allows.
    Exhausted,
    /// The next attempt would have begun after the deadline of the call.
    Deadline,
    /// Too many calls of this client fail; see [`Budget`](super::Budget).
    Budget,
    /// The server may have acted on the request, and the operation must not be done twice.
    NotRepeatable,
    /// Another attempt would end the same way.
    NotRetryable,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exhausted => "the attempts are used up",
            Self::Deadline => "the deadline leaves no time for another attempt",
            Self::Budget => "so many calls fail that no more are repeated",
            Self::NotRepeatable => "the server may have acted on the request, which must not be repeated",
            Self::NotRetryable => "another attempt would end the same way",
        })
    }
}
