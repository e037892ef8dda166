//! The attempts of one call.

use std::time::Duration;

use super::{
    Budget, Clock, FailedAttempt, Policy, Random, Repeatable, RetryOutcome, StopReason, Stopped,
    decision::{CallProgress, decide, out_of_time},
};

/// The circumstances of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The number of the attempt, from 1.
    pub number: u32,
    /// True if an earlier attempt may have taken effect.
    pub resend: bool,
    /// How long the call has waited since the previous attempt.
    pub waited: Duration,
    /// The time until the deadline of the call, if there is one. The attempt must end by then by itself,
    /// because only the attempt knows what the server has received of it.
    pub remaining: Option<Duration>,
}

/// Makes the attempts of one call.
#[derive(Clone, Copy)]
#[must_use]
pub struct Retry<'a> {
    policy: &'a Policy,
    budget: &'a Budget,
    clock: &'a dyn Clock,
    random: &'a dyn Random,
    repeatable: Repeatable,
}

impl<'a> Retry<'a> {
    /// Creates the retries of an operation that must not be done twice.
    pub const fn new(
        policy: &'a Policy,
        budget: &'a Budget,
        clock: &'a dyn Clock,
        random: &'a dyn Random,
    ) -> Self {
        Self { policy, budget, clock, random, repeatable: Repeatable::Never }
    }

    /// Sets whether the operation may be done twice.
    pub const fn repeatable(mut self, repeatable: Repeatable) -> Self {
        self.repeatable = repeatable;
        self
    }

    /// Makes attempts until one succeeds or there is a [`StopReason`] to stop. There is at least one.
    ///
    /// The waits are those of the clock. A call that is dropped sends nothing more.
    pub async fn run<T, E, F, Fut>(&self, mut attempt: F) -> RetryOutcome<T, E>
    where
        F: FnMut(Attempt) -> Fut,
        Fut: Future<Output = Result<T, FailedAttempt<E>>>,
    {
        let start = self.clock.now();
        let mut call = Call::default();
        loop {
            call.progress.elapsed = self.clock.now().saturating_sub(start);
            let failure = match attempt(call.next_attempt(self.policy)).await {
                Ok(value) => {
                    self.budget.succeeded(call.spent);
                    return call.ended(Ok(value));
                }
                Err(failure) => failure,
            };
            call.progress.uncertain |= failure.sent.may_have_taken_effect();
            if let Err(reason) = self.pause(&mut call, &failure, start).await {
                let stopped = self.stopped(&call, failure, reason);
                return call.ended(Err(stopped));
            }
        }
    }

    /// Waits for the next attempt, or returns why there is none.
    async fn pause<E>(
        &self,
        call: &mut Call,
        failure: &FailedAttempt<E>,
        start: Duration,
    ) -> Result<(), StopReason> {
        call.progress.elapsed = self.clock.now().saturating_sub(start);
        let next = decide(self.policy, self.repeatable, call.progress, failure, self.random)?;
        let Some(kind) = next.kind else {
            call.progress.has_new_token = true;
            call.waited = Duration::ZERO;
            return Ok(());
        };
        // Taken before the wait, or all who wait would count on the same tokens.
        let withdrawal = self.budget.withdraw(kind).ok_or(StopReason::Budget)?;
        if !next.delay.is_zero() {
            self.clock.sleep(next.delay).await;
        }
        call.slept(next.delay);
        // A sleep may take longer than it should.
        if out_of_time(self.policy, self.clock.now().saturating_sub(start)) {
            return Err(StopReason::Deadline);
        }
        call.spent = Some(withdrawal.spend());
        Ok(())
    }

    fn stopped<E>(&self, call: &Call, failure: FailedAttempt<E>, reason: StopReason) -> Stopped<E> {
        let uncertain = call.progress.uncertain;
        Stopped {
            error: failure.error,
            reason,
            sent: failure.sent,
            may_have_taken_effect: uncertain,
            safe_to_resend: !uncertain || self.repeatable != Repeatable::Never,
        }
    }
}

/// What is kept between the attempts of a call.
#[derive(Debug, Default)]
struct Call {
    progress: CallProgress,
    /// What the last retry took from the budget.
    spent: Option<u32>,
    resent: bool,
    /// The last wait.
    waited: Duration,
    /// All of them.
    waited_in_all: Duration,
}

impl Call {
    fn next_attempt(&mut self, policy: &Policy) -> Attempt {
        self.progress.attempts = self.progress.attempts.saturating_add(1);
        self.resent |= self.progress.uncertain;
        Attempt {
            number: self.progress.attempts,
            resend: self.resent,
            waited: self.waited,
            remaining: policy.deadline.map(|deadline| deadline.saturating_sub(self.progress.elapsed)),
        }
    }

    fn slept(&mut self, delay: Duration) {
        self.waited = delay;
        self.waited_in_all = self.waited_in_all.saturating_add(delay);
    }

    fn ended<T, E>(self, result: Result<T, Stopped<E>>) -> RetryOutcome<T, E> {
        RetryOutcome {
            result,
            attempts: self.progress.attempts,
            resent: self.resent,
            waited: self.waited_in_all,
        }
    }
}
