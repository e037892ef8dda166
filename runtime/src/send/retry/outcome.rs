//! The outcome of a call.

use std::time::Duration;

use super::{Sent, StopReason};

/// The outcome of a call, and what it took.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RetryOutcome<T, E> {
    /// The result of the last attempt.
    pub result: Result<T, Stopped<E>>,
    /// The number of attempts, from 1.
    pub attempts: u32,
    /// True if an attempt was made after one that may have taken effect: the server may have seen the
    /// request twice, and what it says about the second may be about the first.
    pub resent: bool,
    /// The waits between the attempts, added up.
    pub waited: Duration,
}

/// The end of a call that failed.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Stopped<E> {
    /// The error of the last attempt.
    pub error: E,
    /// Why there was no further one.
    pub reason: StopReason,
    /// What the server knows of the last attempt.
    pub sent: Sent,
    /// True if this attempt or an earlier one may have taken effect.
    pub may_have_taken_effect: bool,
    /// True if it is safe to send the same request again: nothing has happened yet, or a repetition does no
    /// harm.
    pub safe_to_resend: bool,
}
