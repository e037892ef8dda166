//! What a `Retry-After` header means.

use std::time::UNIX_EPOCH;

use proptest::prelude::*;

use super::*;

#[test]
fn seconds_are_seconds() {
    let now = InstantClock::new().system_time();
    for (value, wait) in [
        ("1", Some(1)),
        ("120", Some(120)),
        (" 007 ", Some(7)),
        ("18446744073709551615", Some(u64::MAX)),
        ("99999999999999999999999999", Some(u64::MAX)),
        ("0", None),
        ("000", None),
    ] {
        assert_eq!(retry_after(value, None, now), wait.map(Duration::from_secs), "{value}");
    }
}

#[test]
fn a_date_counts_from_now_in_each_of_its_forms() {
    // Half past the second, as clocks are.
    let clock = InstantClock::new();
    clock.advance(Duration::from_millis(500));
    for value in
        ["Mon, 01 Jan 2024 00:02:00 GMT", "Monday, 01-Jan-24 00:02:00 GMT", "Mon Jan  1 00:02:00 2024"]
    {
        let wait = retry_after(value, None, clock.system_time());
        assert_eq!(wait, Some(Duration::from_millis(119_500)), "{value}");
    }
    for passed in
        ["Mon, 01 Jan 2024 00:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", "Wed, 31 Dec 1969 23:59:59 GMT"]
    {
        assert_eq!(retry_after(passed, None, clock.system_time()), None, "{passed}");
    }
}

#[test]
fn a_date_counts_from_the_date_of_the_answer() {
    let value = "Mon, 01 Jan 2024 09:00:30 GMT";
    let now = InstantClock::new().system_time();
    // The server is nine hours ahead; it means half a minute.
    assert_eq!(retry_after(value, Some("Mon, 01 Jan 2024 09:00:00 GMT"), now), Some(seconds(30)));
    assert_eq!(retry_after(value, Some("Mon, 01 Jan 2024 09:00:30 GMT"), now), None);
    // A date that can't be read is none, and seconds need none.
    assert_eq!(retry_after(value, Some("today"), now), Some(seconds(32_430)));
    assert_eq!(retry_after("5", Some("today"), now), Some(seconds(5)));
    // A clock before 1970 can't tell.
    let early = UNIX_EPOCH - seconds(1);
    assert_eq!(retry_after(value, None, early), None);
}

#[test]
fn garbage_asks_for_nothing() {
    let now = InstantClock::new().system_time();
    for value in [
        "",
        " ",
        "-1",
        "+5",
        "1.5",
        "1e3",
        "5s",
        "1 2",
        "5, 5",
        "٣",
        "soon",
        "é",
        "Mon,",
        "Mon, 01 Jan 2024",
        "Mon, 01 Jan 2024 00:02:00 CET",
        "Mon, 01 Jan 2024 00:02:00 +0100",
        "Tue, 01 Jan 2024 00:02:00 GMT",
        "Fri, 30 Feb 2024 00:02:00 GMT",
        "Mon, 01 Jan 2024 25:02:00 GMT",
        "2024-01-01T00:02:00Z",
    ] {
        assert_eq!(retry_after(value, None, now), None, "{value:?}");
    }
}

#[test]
fn zero_leaves_the_wait_to_the_back_off() {
    let bench = Bench::new(Policy::new());
    let busy = |value| {
        Err(FailedAttempt::answered(429, "busy").after(retry_after(value, None, bench.clock.system_time())))
    };
    assert!(bench.call([busy("0"), busy("soon"), busy("30"), Ok("fine")]).result.is_ok());
    assert_eq!(bench.clock.sleeps(), millis([10_000, 20_000, 33_000]));
}

proptest! {
    #[test]
    fn no_header_is_too_odd(value in "\\PC*", date in "\\PC*") {
        let _ = retry_after(&value, Some(&date), UNIX_EPOCH);
    }

    #[test]
    fn every_moment_of_the_future_is_read_back(ahead in 1..5_000_000_000_u64) {
        let now = InstantClock::new().system_time();
        let then = jiff::Timestamp::try_from(now + seconds(ahead)).unwrap();
        let value = then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        prop_assert_eq!(retry_after(&value, None, now), Some(seconds(ahead)));
    }
}
