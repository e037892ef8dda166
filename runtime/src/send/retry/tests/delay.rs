//! How long a wait is: growth, overflow, chance, and what a server asks for.

use proptest::prelude::*;

use super::*;

fn hinted(status: u16, millis: u64) -> Answer {
    Err(FailedAttempt::answered(status, "slow down").after(Some(Duration::from_millis(millis))))
}

#[test]
fn a_back_off_grows_up_to_its_cap() {
    let backoff = Backoff::new(Duration::from_millis(100), seconds(5));
    let waits: Vec<Duration> = (0..8).map(|retry| backoff.longest(retry)).collect();
    assert_eq!(waits, millis([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]));
    let waits: Vec<Duration> = (0..4).map(|retry| backoff.multiplier(3).longest(retry)).collect();
    assert_eq!(waits, millis([100, 300, 900, 2_700]));
    for multiplier in [0, 1] {
        assert_eq!(backoff.multiplier(multiplier).longest(9), Duration::from_millis(100));
    }
    assert_eq!(Backoff::new(seconds(9), seconds(5)).longest(0), seconds(5));
}

#[test]
fn what_overflows_is_the_cap() {
    let cap = seconds(60);
    for retry in [31, 32, 33, 63, 64, 1_000, u32::MAX] {
        assert_eq!(Backoff::new(seconds(1), cap).longest(retry), cap);
        assert_eq!(Backoff::new(Duration::MAX, cap).longest(retry), cap);
        assert_eq!(Backoff::new(seconds(1), cap).multiplier(u32::MAX).longest(retry), cap);
        assert_eq!(Backoff::new(Duration::ZERO, cap).multiplier(1).longest(retry), Duration::ZERO);
    }
    // A hundred retries in a row do not come to grief either.
    let policy = Policy::new().attempts(100).deadline(None);
    let bench = Bench { budget: Budget::unlimited(), ..Bench::new(policy) };
    assert_eq!(bench.reason([status(500)]), StopReason::Exhausted);
    assert_eq!(bench.clock.sleeps()[98], seconds(60));
}

#[test]
fn chance_draws_from_the_whole_wait() {
    for (random, waits) in [
        (Fixed::LONGEST, vec![1_000, 2_000, 4_000]),
        (Fixed::HALF, vec![500, 1_000, 2_000]),
        (Fixed(u64::MAX / 4), vec![250, 500, 1_000]),
        (Fixed::NONE, vec![]),
    ] {
        let bench = Bench { random, ..Bench::new(Policy::new().attempts(4)) };
        assert_eq!(bench.reason([status(500)]), StopReason::Exhausted);
        assert_eq!(bench.clock.sleeps(), millis(waits));
    }
}

#[test]
fn a_hint_below_its_bounds_is_raised_to_them() {
    for random in [Fixed::NONE, Fixed::LONGEST] {
        let bench = Bench { random, ..Bench::new(Policy::new()) };
        assert!(bench.call([hinted(503, 1), hinted(500, 999), Ok("fine")]).result.is_ok());
        let wait = if random.0 == 0 { 1_000 } else { 1_100 };
        assert_eq!(bench.clock.sleeps(), millis([wait, wait]));
    }
}

#[test]
fn a_hint_within_its_bounds_is_kept_and_spread() {
    for (random, waits) in [
        (Fixed::NONE, [1_000, 30_000, 200_000]),
        (Fixed::HALF, [1_050, 31_500, 210_000]),
        (Fixed::LONGEST, [1_100, 33_000, 220_000]),
    ] {
        let bench = Bench { random, ..Bench::new(Policy::new()) };
        let hints = [hinted(429, 1_000), hinted(503, 30_000), hinted(504, 200_000), Ok("fine")];
        assert!(bench.call(hints).result.is_ok());
        assert_eq!(bench.clock.sleeps(), millis(waits));
    }
}

#[test]
fn a_hint_above_its_bounds_is_lowered_to_them() {
    for random in [Fixed::NONE, Fixed::LONGEST] {
        let policy = Policy::new().deadline(None);
        let bench = Bench { random, ..Bench::new(policy) };
        let absurd = Err(FailedAttempt::answered(503, "next year").after(Some(Duration::MAX)));
        assert!(bench.call([hinted(503, 300_001), absurd, Ok("fine")]).result.is_ok());
        assert_eq!(bench.clock.sleeps(), millis([300_000, 300_000]));
    }
}

#[test]
fn a_hint_does_not_make_a_failure_worth_repeating() {
    let bench = Bench::new(Policy::new());
    assert_eq!(bench.reason([hinted(400, 1_000)]), StopReason::NotRetryable);
    assert!(bench.clock.sleeps().is_empty());
}

#[test]
fn bounds_that_are_crossed_are_the_ceiling() {
    let policy = Policy::new().hints(seconds(20), seconds(10));
    let bench = Bench::new(policy);
    assert!(bench.call([hinted(503, 1), hinted(503, 99_000), Ok("fine")]).result.is_ok());
    assert_eq!(bench.clock.sleeps(), millis([10_000, 10_000]));
}

#[test]
fn seeds_give_numbers_that_are_known_and_spread() {
    // The reference numbers of the generator for the seed 1234567.
    let random = Seeded::from_seed(1_234_567);
    assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    let random = Seeded::from_seed(7);
    let high = (0..10_000).filter(|_| random.next() > u64::MAX / 2).count();
    assert!((4_800..5_200).contains(&high), "{high}");
    assert_ne!(Seeded::new().next(), Seeded::new().next());
}

fn duration() -> impl Strategy<Value = Duration> {
    let seconds = prop_oneof![0..3_u64, 0..100_000_u64, any::<u64>()];
    (seconds, 0..1_000_000_000_u32).prop_map(|(seconds, nanos)| Duration::new(seconds, nanos))
}

fn backoff() -> impl Strategy<Value = Backoff> {
    (duration(), duration(), any::<u32>())
        .prop_map(|(first, cap, multiplier)| Backoff::new(first, cap).multiplier(multiplier))
}

proptest! {
    #[test]
    fn every_wait_is_within_its_bounds(
        transient in backoff(),
        throttled in backoff(),
        (floor, ceiling) in (duration(), duration()),
        hint in proptest::option::of(duration()),
        retry in prop_oneof![0..40_u32, any::<u32>()],
        number in any::<u64>(),
    ) {
        let policy = Policy::new().transient(transient).throttled(throttled).hints(floor, ceiling);
        for (kind, backoff) in [(RetryKind::Transient, transient), (RetryKind::Throttled, throttled)] {
            let wait = policy.delay(kind, retry, hint, &Fixed(number));
            if hint.is_some() {
                prop_assert!(wait <= ceiling && wait >= floor.min(ceiling));
            } else {
                prop_assert!(wait <= backoff.cap && wait <= backoff.longest(retry));
                let longest = policy.delay(kind, retry, hint, &Fixed::LONGEST);
                prop_assert!(wait <= longest);
            }
        }
    }

    #[test]
    fn no_call_outlives_its_deadline(
        deadline in 0..2_000_u64,
        takes in 0..400_u64,
        attempts in 0..30_u32,
        number in any::<u64>(),
        throttled in any::<bool>(),
    ) {
        let policy = Policy::new().attempts(attempts).deadline(Some(seconds(deadline)));
        let bench = Bench { random: Fixed(number), ..Bench::new(policy) };
        let script = Script { takes: seconds(takes), ..Script::new([status(if throttled { 503 } else { 500 })]) };
        let outcome = bench.run(&script);
        prop_assert!(outcome.attempts <= attempts.max(1));
        for attempt in bench.attempts.borrow().iter().skip(1) {
            prop_assert!(attempt.remaining.unwrap() > Duration::ZERO);
        }
        prop_assert!(outcome.attempts == 1 || bench.clock.now() < seconds(deadline + takes));
        prop_assert_eq!(outcome.waited, bench.clock.sleeps().iter().sum::<Duration>());
    }
}
