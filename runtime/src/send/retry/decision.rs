//! Whether a failed attempt is followed by another one, and after how long.

use std::time::Duration;

use super::{Failure, Kind, Policy, Random, Reason};
use crate::send::operation::Repeatable;

/// How far a call has come.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Progress {
    /// The attempts made.
    pub(super) attempts: u32,
    /// One of them was repeated because of a new token.
    pub(super) renewed: bool,
    /// One of them may have taken effect.
    pub(super) uncertain: bool,
    /// The time since the call began.
    pub(super) elapsed: Duration,
}

/// What another attempt takes: the wait, and a withdrawal from the budget if it belongs to a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Next {
    pub(super) delay: Duration,
    pub(super) kind: Option<Kind>,
}

/// Judges a failure that `progress` already counts. The budget is asked by whoever spends it.
pub(super) fn decide<E>(
    policy: &Policy,
    repeatable: Repeatable,
    progress: Progress,
    failure: &Failure<E>,
    random: &dyn Random,
) -> Result<Next, Reason> {
    let at_once = failure.renewed && !progress.renewed;
    let kind = if at_once { None } else { Some(failure.kind.ok_or(Reason::NotRetryable)?) };
    if repeatable == Repeatable::Never && progress.uncertain {
        return Err(Reason::NotRepeatable);
    }
    let delay = match kind {
        None => Duration::ZERO,
        Some(kind) => {
            let counted = progress.attempts.saturating_sub(u32::from(progress.renewed));
            if counted >= policy.attempts {
                return Err(Reason::Exhausted);
            }
            policy.delay(kind, counted.saturating_sub(1), failure.hint, random)
        }
    };
    if out_of_time(policy, progress.elapsed.saturating_add(delay)) {
        return Err(Reason::Deadline);
    }
    Ok(Next { delay, kind })
}

/// True when an attempt that begins then has no time left.
pub(super) fn out_of_time(policy: &Policy, elapsed: Duration) -> bool {
    policy.deadline.is_some_and(|deadline| elapsed >= deadline)
}
