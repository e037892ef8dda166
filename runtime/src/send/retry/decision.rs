//! Whether a failed attempt is followed by another one, and after how long.

use std::time::Duration;

use super::{FailedAttempt, Policy, Random, RetryKind, StopReason};
use crate::send::operation::Repeatable;

/// How far a call has come.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CallProgress {
    /// The attempts made.
    pub(super) attempts: u32,
    /// One of them was repeated because of a new token.
    pub(super) has_new_token: bool,
    /// One of them may have taken effect.
    pub(super) uncertain: bool,
    /// The time since the call began.
    pub(super) elapsed: Duration,
}

/// What another attempt takes: the wait, and a withdrawal from the budget if it belongs to a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Next {
    pub(super) delay: Duration,
    pub(super) kind: Option<RetryKind>,
}

/// Judges a failure that `progress` already counts. The budget is asked by whoever spends it.
pub(super) fn decide<E>(
    policy: &Policy,
    repeatable: Repeatable,
    progress: CallProgress,
    failure: &FailedAttempt<E>,
    random: &dyn Random,
) -> Result<Next, StopReason> {
    let at_once = failure.has_new_token && !progress.has_new_token;
    let kind = if at_once { None } else { Some(failure.kind.ok_or(StopReason::NotRetryable)?) };
    if repeatable == Repeatable::Never && progress.uncertain {
        return Err(StopReason::NotRepeatable);
    }
    let delay = match kind {
        None => Duration::ZERO,
        Some(kind) => {
            let counted = progress.attempts.saturating_sub(u32::from(progress.has_new_token));
            if counted >= policy.attempts {
                return Err(StopReason::Exhausted);
            }
            policy.delay(kind, counted.saturating_sub(1), failure.hint, random)
        }
    };
    if out_of_time(policy, progress.elapsed.saturating_add(delay)) {
        return Err(StopReason::Deadline);
    }
    Ok(Next { delay, kind })
}

/// True when an attempt that begins then has no time left.
pub(super) fn out_of_time(policy: &Policy, elapsed: Duration) -> bool {
    policy.deadline.is_some_and(|deadline| elapsed >= deadline)
}
