//! What retries take from the budget, and what successes give.

use super::*;

#[test]
fn an_empty_budget_fails_at_once() {
    let bench = Bench { budget: Budget::with_capacity(9), ..Bench::new(Policy::new()) };
    let outcome = bench.call([status(500), Ok("never asked")]);
    let stopped = outcome.result.unwrap_err();
    assert_eq!((stopped.reason, outcome.attempts), (StopReason::Budget, 1));
    assert!(bench.clock.sleeps().is_empty());
    assert_eq!(bench.budget.tokens(), 9);
}

#[test]
fn a_budget_runs_dry_in_mid_call() {
    let bench = Bench { budget: Budget::with_capacity(25), ..Bench::new(Policy::new()) };
    let outcome = bench.call([status(500)]);
    assert_eq!((outcome.result.unwrap_err().reason, outcome.attempts), (StopReason::Budget, 3));
    assert_eq!(bench.clock.sleeps(), millis([1_000, 2_000]));
    assert_eq!(bench.budget.tokens(), 5);
}

#[test]
fn throttling_takes_more() {
    let bench = Bench::new(Policy::new().attempts(2));
    for (status_code, tokens) in [(500, 490), (429, 470), (503, 450), (504, 440)] {
        assert_eq!(bench.reason([status(status_code)]), StopReason::Exhausted);
        assert_eq!(bench.budget.tokens(), tokens, "{status_code}");
    }
}

#[test]
fn a_budget_refills_with_successes() {
    let bench = Bench { budget: Budget::with_capacity(10), ..Bench::new(Policy::new()) };
    assert_eq!(bench.reason([status(500)]), StopReason::Budget);
    assert_eq!(bench.budget.tokens(), 0);
    for tokens in 1..=9 {
        assert!(bench.call([Ok("fine")]).result.is_ok());
        assert_eq!(bench.budget.tokens(), tokens);
        assert_eq!(bench.reason([status(500)]), StopReason::Budget, "{tokens} are not enough");
    }
    assert!(bench.call([Ok("fine")]).result.is_ok());
    assert!(bench.call([status(500), Ok("fine")]).result.is_ok(), "ten are");
}

#[test]
fn a_success_gives_back_what_its_last_retry_took() {
    let bench = Bench::new(Policy::new());
    assert!(bench.call([status(500), Ok("fine")]).result.is_ok());
    assert_eq!(bench.budget.tokens(), 500);
    // 10 + 20 + 10 taken, 10 given.
    assert!(bench.call([status(500), status(503), lost(), Ok("fine")]).result.is_ok());
    assert_eq!(bench.budget.tokens(), 470);
    assert!(bench.call([Ok("fine")]).result.is_ok());
    assert_eq!(bench.budget.tokens(), 471);
}

#[test]
fn a_budget_never_holds_more_than_it_may() {
    let bench = Bench { budget: Budget::with_capacity(12).earned(6), ..Bench::new(Policy::new()) };
    assert!(bench.call([Ok("fine")]).result.is_ok());
    assert_eq!(bench.budget.tokens(), 12);
    assert_eq!(bench.reason([status(500)]), StopReason::Budget);
    for tokens in [8, 12, 12] {
        assert!(bench.call([Ok("fine")]).result.is_ok());
        assert_eq!(bench.budget.tokens(), tokens);
    }
    let full = Budget::with_capacity(u32::MAX).earned(u32::MAX);
    full.succeeded(None);
    drop(full.withdraw(RetryKind::Transient).unwrap());
    full.succeeded(Some(u32::MAX));
    assert_eq!(full.tokens(), u32::MAX);
}

#[test]
fn an_unlimited_budget_has_no_say() {
    let policy = Policy::new().attempts(1_000).deadline(None);
    let bench = Bench { budget: Budget::unlimited(), ..Bench::new(policy) };
    assert_eq!(bench.reason([status(503)]), StopReason::Exhausted);
}

/// A clock on which no sleep ends.
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn system_time(&self) -> std::time::SystemTime {
        std::time::UNIX_EPOCH
    }

    fn sleep(&self, _: Duration) -> Sleep<'_> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn a_call_that_is_dropped_while_it_waits_gives_back_what_it_took() {
    let (policy, budget) = (Policy::new(), Budget::new());
    let retry = Retry::new(&policy, &budget, &Stopped, &Fixed::LONGEST).repeatable(Repeatable::Always);
    let mut context = Context::from_waker(Waker::noop());
    let mut call = Box::pin(retry.run(async |_| status(503)));
    assert!(call.as_mut().poll(&mut context).is_pending());
    assert_eq!(budget.tokens(), 480, "taken before the wait");
    drop(call);
    assert_eq!(budget.tokens(), 500);
}
