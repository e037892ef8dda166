//! The course of one call.

use super::*;

#[test]
fn a_success_needs_one_attempt_and_no_time() {
    let bench = Bench::new(Policy::new());
    let outcome = bench.call([Ok("fine")]);
    assert_eq!(outcome.result.unwrap(), "fine");
    assert_eq!((outcome.attempts, outcome.resent, outcome.waited), (1, false, Duration::ZERO));
    assert!(bench.clock.sleeps().is_empty());
    let first = Attempt { number: 1, resend: false, waited: Duration::ZERO, remaining: Some(seconds(600)) };
    assert_eq!(*bench.attempts.borrow(), [first]);
}

#[test]
fn a_call_succeeds_at_last() {
    let bench = Bench::new(Policy::new());
    let outcome = bench.call([refused(), status(500), lost(), status(502), Ok("fine")]);
    assert_eq!(outcome.result.unwrap(), "fine");
    assert_eq!((outcome.attempts, outcome.resent), (5, true));
    assert_eq!(bench.clock.sleeps(), millis([1_000, 2_000, 4_000, 8_000]));
    assert_eq!(outcome.waited, seconds(15));
    let resends: Vec<bool> = bench.attempts.borrow().iter().map(|attempt| attempt.resend).collect();
    assert_eq!(resends, [false, false, true, true, true]);
    let waits: Vec<Duration> = bench.attempts.borrow().iter().map(|attempt| attempt.waited).collect();
    assert_eq!(waits, millis([0, 1_000, 2_000, 4_000, 8_000]));
}

#[test]
fn attempts_are_used_up() {
    let bench = Bench::new(Policy::new().attempts(4));
    let outcome = bench.call([status(503), status(502), status(504)]);
    let stopped = outcome.result.unwrap_err();
    assert_eq!((stopped.reason, stopped.error), (StopReason::Exhausted, "an answer"));
    assert_eq!(stopped.sent, Sent::Answered(504));
    assert_eq!(outcome.attempts, 4);
    // The kind of each failure chooses the back-off, the number of failures the step.
    assert_eq!(bench.clock.sleeps(), millis([10_000, 2_000, 4_000]));
}

#[test]
fn the_defaults_outlast_minutes_of_maintenance() {
    let bench = Bench::new(Policy::new().deadline(None));
    assert_eq!(bench.reason([status(503)]), StopReason::Exhausted);
    assert_eq!(bench.clock.sleeps(), millis([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]));
    let bench = Bench::new(Policy::new());
    assert_eq!(bench.reason([lost()]), StopReason::Exhausted);
    assert_eq!(bench.clock.sleeps(), millis([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]));
}

#[test]
fn one_attempt_is_one_attempt() {
    for policy in [Policy::once(), Policy::new().attempts(1), Policy::new().attempts(0)] {
        let bench = Bench::new(policy);
        let outcome = bench.call([status(503)]);
        assert_eq!(outcome.result.unwrap_err().reason, StopReason::Exhausted);
        assert_eq!(outcome.attempts, 1);
        assert!(bench.clock.sleeps().is_empty());
    }
}

#[test]
fn what_another_attempt_can_not_mend_costs_nothing() {
    for code in [200, 202, 302, 400, 401, 403, 404, 409, 422, 499, 501, 505, 599] {
        let bench = Bench::new(Policy::new());
        let outcome = bench.call([status(code), Ok("never asked")]);
        assert_eq!(outcome.result.unwrap_err().reason, StopReason::NotRetryable, "{code}");
        assert_eq!(outcome.attempts, 1, "{code}");
        assert!(bench.clock.sleeps().is_empty(), "{code}");
        assert_eq!(bench.budget.tokens(), 500, "{code}");
    }
    // Not after an attempt that was worth a second one either.
    let bench = Bench::new(Policy::new());
    assert_eq!(bench.reason([status(500), status(400)]), StopReason::NotRetryable);
    assert_eq!(bench.clock.sleeps(), millis([1_000]));
    // And not where the caller knows better.
    let bench = Bench::new(Policy::new());
    let certificate = Err(FailedAttempt::not_sent("certificate expired").permanent());
    assert_eq!(bench.reason([certificate]), StopReason::NotRetryable);
    assert!(bench.clock.sleeps().is_empty());
}

#[test]
fn a_caller_may_know_better_than_the_status() {
    let bench = Bench::new(Policy::new());
    let deadlock = Err(FailedAttempt::answered(400, "deadlock").retryable(RetryKind::Throttled));
    let outcome = bench.call([deadlock, Ok("fine")]);
    assert!(outcome.result.is_ok() && !outcome.resent);
    assert_eq!(bench.clock.sleeps(), millis([10_000]));
}

#[test]
fn the_future_may_cross_threads() {
    fn is_send(_: &impl Send) {}
    let (policy, budget, random, clock) = (Policy::new(), Budget::new(), Seeded::new(), InstantClock::new());
    let retry = Retry::new(&policy, &budget, &clock, &random);
    is_send(&retry.run(async |_| Ok::<_, FailedAttempt<Error>>("fine")));
}

#[test]
fn every_reason_is_a_sentence_of_its_own() {
    let reasons = [
        StopReason::Exhausted,
        StopReason::Deadline,
        StopReason::Budget,
        StopReason::NotRepeatable,
        StopReason::NotRetryable,
    ];
    let sentences: std::collections::BTreeSet<String> = reasons.iter().map(ToString::to_string).collect();
    assert_eq!(sentences.len(), reasons.len());
    assert!(sentences.iter().all(|text| !text.ends_with('.') && text.starts_with(char::is_lowercase)));
}
