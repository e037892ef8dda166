//! The deadline of a call.

use std::time::SystemTime;

use super::*;

#[test]
fn a_wait_that_would_end_after_the_deadline_does_not_begin() {
    let bench = Bench::new(Policy::new().deadline(Some(seconds(10))));
    let outcome = bench.call([status(500)]);
    let stopped = outcome.result.unwrap_err();
    assert_eq!((stopped.reason, stopped.error), (StopReason::Deadline, "an answer"));
    // 1 + 2 + 4 are past; 8 more would be 15.
    assert_eq!(bench.clock.sleeps(), millis([1_000, 2_000, 4_000]));
    assert_eq!((outcome.attempts, bench.clock.now()), (4, seconds(7)));
    // What is not sent is not paid for.
    assert_eq!(bench.budget.tokens(), 500 - 30);
}

#[test]
fn a_wait_that_would_end_at_the_deadline_leaves_no_time() {
    for (deadline, reason, sleeps) in [
        (2_999, StopReason::Deadline, vec![1_000]),
        (3_000, StopReason::Deadline, vec![1_000]),
        (3_001, StopReason::Deadline, vec![1_000, 2_000]),
        (7_001, StopReason::Exhausted, vec![1_000, 2_000, 4_000]),
    ] {
        let policy = Policy::new().attempts(4).deadline(Some(Duration::from_millis(deadline)));
        let bench = Bench::new(policy);
        assert_eq!(bench.reason([status(500)]), reason, "{deadline}");
        assert_eq!(bench.clock.sleeps(), millis(sleeps), "{deadline}");
    }
}

#[test]
fn attempts_take_time_too_and_are_told_what_is_left() {
    let bench = Bench::new(Policy::new().deadline(Some(seconds(200))));
    let script = Script { takes: seconds(60), ..Script::new([lost()]) };
    let outcome = bench.run(&script);
    assert_eq!(outcome.result.unwrap_err().reason, StopReason::Deadline);
    let remaining: Vec<Option<Duration>> =
        bench.attempts.borrow().iter().map(|attempt| attempt.remaining).collect();
    assert_eq!(remaining, [200, 139, 77, 13].map(|left| Some(seconds(left))));
    assert_eq!(outcome.waited, seconds(7));
}

#[test]
fn a_success_after_the_deadline_is_a_success() {
    let bench = Bench::new(Policy::new().deadline(Some(seconds(1))));
    let script = Script { takes: seconds(60), ..Script::new([Ok("late")]) };
    assert!(bench.run(&script).result.is_ok());
}

#[test]
fn a_server_that_asks_for_more_than_is_left_ends_the_call() {
    let bench = Bench::new(Policy::new().deadline(Some(seconds(60))));
    let busy = Err(FailedAttempt::answered(429, "busy").after(Some(seconds(60))));
    assert_eq!(bench.reason([busy]), StopReason::Deadline);
    assert!(bench.clock.sleeps().is_empty());
}

#[test]
fn a_renewed_token_does_not_lengthen_the_call() {
    let bench = Bench::new(Policy::new().deadline(Some(seconds(60))));
    let expired = Err(FailedAttempt::answered(401, "expired").with_new_token());
    let script = Script { takes: seconds(60), ..Script::new([expired, Ok("never asked")]) };
    assert_eq!(bench.run(&script).result.unwrap_err().reason, StopReason::Deadline);
}

#[test]
fn a_call_without_a_deadline_has_all_the_time() {
    let bench = Bench::new(Policy::new().deadline(None));
    assert_eq!(bench.reason([status(503)]), StopReason::Exhausted);
    assert_eq!(bench.clock.now(), seconds(910));
    assert!(bench.attempts.borrow().iter().all(|attempt| attempt.remaining.is_none()));
}

/// A clock whose sleeps take twice as long as they should, as on a machine that is put to sleep itself.
struct Drowsy(InstantClock);

impl Clock for Drowsy {
    fn now(&self) -> Duration {
        self.0.now()
    }

    fn system_time(&self) -> SystemTime {
        self.0.system_time()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        self.0.sleep(duration * 2)
    }
}

#[test]
fn no_attempt_begins_after_the_deadline_even_when_a_sleep_overruns() {
    let (policy, budget) = (Policy::new().deadline(Some(seconds(6))), Budget::new());
    let clock = Drowsy(InstantClock::new());
    let retry = Retry::new(&policy, &budget, &clock, &Fixed::LONGEST).repeatable(Repeatable::Always);
    let outcome = block_on(retry.run(async |_| status(500)));
    assert_eq!((outcome.result.unwrap_err().reason, outcome.attempts), (StopReason::Deadline, 2));
    assert_eq!(budget.tokens(), 500 - 10, "the retry that was not sent is not paid for");
}
