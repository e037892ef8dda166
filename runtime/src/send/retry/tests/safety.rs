//! What may be sent twice, what is marked as such, and tokens that are refreshed.

use super::*;

const OPERATIONS: [Repeatable; 3] = [Repeatable::Never, Repeatable::ByKey, Repeatable::Always];

fn bench(repeatable: Repeatable) -> Bench {
    Bench { repeatable, ..Bench::new(Policy::new()) }
}

#[test]
fn what_was_surely_not_received_is_sent_again_and_is_no_resend() {
    for repeatable in OPERATIONS {
        for failure in [refused(), status(429)] {
            let outcome = bench(repeatable).call([failure, Ok("fine")]);
            assert!(outcome.result.is_ok());
            assert_eq!((outcome.attempts, outcome.resent), (2, false), "{repeatable:?}");
        }
    }
}

#[test]
fn what_may_have_been_received_is_sent_again_only_by_permission() {
    for failure in [lost(), status(408), status(500), status(502), status(503), status(504)] {
        let bench = bench(Repeatable::Never);
        let outcome = bench.call([failure.clone(), Ok("booked twice")]);
        let stopped = outcome.result.unwrap_err();
        assert_eq!(stopped.reason, StopReason::NotRepeatable, "{failure:?}");
        assert!(stopped.may_have_taken_effect && !stopped.safe_to_resend);
        assert_eq!((outcome.attempts, outcome.resent), (1, false));
        assert!(bench.clock.sleeps().is_empty());
        assert_eq!(bench.budget.tokens(), 500);
        for repeatable in [Repeatable::ByKey, Repeatable::Always] {
            let outcome = self::bench(repeatable).call([failure.clone(), Ok("fine")]);
            assert!(outcome.result.is_ok());
            assert_eq!((outcome.attempts, outcome.resent), (2, true), "{failure:?}");
        }
    }
}

#[test]
fn an_operation_is_not_repeatable_until_somebody_says_so() {
    let (policy, budget, random, clock) = (Policy::new(), Budget::new(), Seeded::new(), InstantClock::new());
    let retry = Retry::new(&policy, &budget, &clock, &random);
    let outcome = block_on(retry.run(async |_| lost()));
    assert_eq!(outcome.result.unwrap_err().reason, StopReason::NotRepeatable);
}

#[test]
fn a_call_never_forgets_that_it_may_have_been_received() {
    let outcome = bench(Repeatable::ByKey).call([lost(), refused()]);
    assert!(outcome.resent);
    let stopped = outcome.result.unwrap_err();
    assert_eq!((stopped.reason, stopped.sent), (StopReason::Exhausted, Sent::No));
    assert!(stopped.may_have_taken_effect && stopped.safe_to_resend);
    // A refusal of the second says nothing of the first.
    let outcome = bench(Repeatable::ByKey).call([lost(), status(400)]);
    let stopped = outcome.result.unwrap_err();
    assert_eq!(stopped.reason, StopReason::NotRetryable);
    assert!(outcome.resent && stopped.may_have_taken_effect);
}

#[test]
fn what_was_never_received_is_safe_to_send_again() {
    for repeatable in OPERATIONS {
        for failure in [refused(), status(429), status(400), status(401)] {
            let outcome = bench(repeatable).call([failure]);
            assert!(!outcome.resent);
            let stopped = outcome.result.unwrap_err();
            assert!(!stopped.may_have_taken_effect && stopped.safe_to_resend);
        }
    }
}

#[test]
fn a_renewed_token_is_tried_once_and_at_once() {
    for repeatable in OPERATIONS {
        let bench = Bench { policy: Policy::once(), ..bench(repeatable) };
        let expired = || Err(FailedAttempt::answered(401, "expired").with_new_token());
        let outcome = bench.call([expired(), Ok("fine")]);
        assert!(outcome.result.is_ok());
        assert_eq!((outcome.attempts, outcome.resent), (2, false));
        let outcome = bench.call([expired(), expired(), Ok("never asked")]);
        assert_eq!(outcome.result.unwrap_err().reason, StopReason::NotRetryable);
        assert_eq!(outcome.attempts, 2);
        assert!(bench.clock.sleeps().is_empty());
        assert_eq!(bench.budget.tokens(), 500);
    }
}

#[test]
fn a_renewed_token_takes_no_attempt_from_the_policy() {
    let bench = Bench { policy: Policy::new().attempts(3), ..bench(Repeatable::Never) };
    let expired = Err(FailedAttempt::answered(403, "expired").with_new_token());
    let outcome = bench.call([refused(), expired, refused()]);
    assert_eq!(outcome.result.unwrap_err().reason, StopReason::Exhausted);
    assert_eq!(outcome.attempts, 4);
    assert_eq!(bench.clock.sleeps(), millis([1_000, 2_000]));
    assert_eq!(bench.attempts.borrow()[2].waited, Duration::ZERO);
}

#[test]
fn a_renewed_token_is_no_permission_to_repeat() {
    let has_new_token = Err(FailedAttempt::answered(500, "broken").with_new_token());
    assert_eq!(bench(Repeatable::Never).reason([has_new_token]), StopReason::NotRepeatable);
}
