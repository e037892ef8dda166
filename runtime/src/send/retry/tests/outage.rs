//! Many calls while the service is down: together they send no more than their budget.

use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

const THREADS: u32 = 8;
const CALLS: u32 = 100;

/// Makes many calls on many threads, all of which get this answer; gives the attempts of all.
fn outage(budget: &Budget, answer: &(impl Fn() -> Answer + Sync)) -> u32 {
    let attempts = AtomicU32::new(0);
    thread::scope(|scope| {
        for seed in 0..THREADS {
            let attempts = &attempts;
            scope.spawn(move || {
                let (policy, random) = (Policy::new(), Seeded::from_seed(seed.into()));
                for _ in 0..CALLS {
                    let clock = InstantClock::new();
                    let retry = Retry::new(&policy, budget, &clock, &random).repeatable(Repeatable::ByKey);
                    let outcome = block_on(retry.run(async |_| {
                        attempts.fetch_add(1, Ordering::Relaxed);
                        answer()
                    }));
                    assert!(outcome.result.is_err());
                }
            });
        }
    });
    attempts.into_inner()
}

#[test]
fn a_total_outage_sees_no_more_retries_than_the_budget_has() {
    let cases: [(fn() -> Answer, u32); 4] =
        [(refused, 50), (lost, 50), (|| status(500), 50), (|| status(503), 25)];
    for (answer, retries) in cases {
        let budget = Budget::new();
        assert_eq!(outage(&budget, &answer), THREADS * CALLS + retries);
        assert_eq!(budget.tokens(), 0);
        // From now on every call fails at once.
        assert_eq!(outage(&budget, &answer), THREADS * CALLS);
    }
}

#[test]
fn after_an_outage_calls_are_repeated_again() {
    let bench = Bench::new(Policy::new());
    for _ in 0..10 {
        bench.call([status(500)]).result.unwrap_err();
    }
    assert_eq!(bench.budget.tokens(), 0);
    let before = bench.clock.now();
    assert_eq!(bench.reason([status(500), Ok("never asked")]), StopReason::Budget);
    assert_eq!(bench.clock.now(), before, "it fails without a wait");
    for _ in 0..20 {
        assert!(bench.call([Ok("fine")]).result.is_ok());
    }
    assert!(bench.call([status(500), status(500), Ok("fine")]).result.is_ok());
    assert_eq!(bench.budget.tokens(), 10);
}

/// Every `one_in`th attempt fails; gives the attempts and the calls that failed.
fn partial_outage(one_in: u32, calls: u32) -> (u32, u32) {
    let bench = Bench::new(Policy::new());
    let retry =
        Retry::new(&bench.policy, &bench.budget, &bench.clock, &bench.random).repeatable(Repeatable::Always);
    let random = Seeded::from_seed(one_in.into());
    let (mut attempts, mut failed) = (0, 0);
    for _ in 0..calls {
        let outcome = block_on(retry.run(async |_| {
            if random.next().is_multiple_of(one_in.into()) { status(500) } else { Ok("fine") }
        }));
        attempts += outcome.attempts;
        failed += u32::from(outcome.result.is_err());
    }
    (attempts, failed)
}

#[test]
fn a_service_that_often_works_is_asked_again_and_one_that_seldom_does_is_spared() {
    let (attempts, failed) = partial_outage(10, 10_000);
    assert_eq!(failed, 0);
    assert!((11_000..11_300).contains(&attempts), "{attempts}");
    let (attempts, failed) = partial_outage(2, 10_000);
    assert!(failed > 1_000, "{failed}");
    assert!(attempts < 17_000, "{attempts}");
}
