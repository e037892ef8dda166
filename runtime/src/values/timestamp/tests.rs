//! What a timestamp keeps, refuses and equals.

use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn is_written_as_it_was_read() {
    for text in [
        "2024-05-01T12:30:00Z",
        "2024-05-01T12:30:00+00:00",
        "2024-05-01T12:30:00-00:00",
        "2024-05-01T12:30:00.0Z",
        "2024-05-01T12:30:00.250+02:00",
        "2024-05-01T12:30:00.000000001-23:59",
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.5Z",
        "2017-01-01T00:59:60+01:00",
        "0000-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59.999999999-23:59",
        "9999-12-31T23:59:60Z",
    ] {
        assert_eq!(parse(text).to_string(), text);
        let json = format!("\"{text}\"");
        let timestamp: Timestamp = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&timestamp).unwrap(), json);
    }
    assert_eq!(parse("2024-05-01t12:30:00z").to_string(), "2024-05-01T12:30:00Z");
}

#[test]
fn refuses_with_a_reason() {
    for (text, reason) in [
        ("2024-05-01", "a T between"),
        ("2024-05-01 12:30:00Z", "a T between"),
        ("2024-02-30T12:30:00Z", "a day of the calendar"),
        ("2024-05-01T12:30Z", "a time hh:mm:ss"),
        ("2024-05-01T24:00:00Z", "no such time"),
        ("2024-05-01T12:60:00Z", "no such time"),
        ("2024-05-01T12:30:61Z", "no such time"),
        ("2024-05-01T12:30:60Z", "second 60"),
        ("2024-05-30T23:59:60Z", "second 60"),
        ("2016-12-31T23:59:60+01:00", "second 60"),
        ("2024-05-01T12:30:00.Z", "expected digits"),
        ("2024-05-01T12:30:00", "an offset"),
        ("2024-05-01T12:30:00ZZ", "an offset"),
        ("2024-05-01T12:30:00+02", "an offset"),
        ("2024-05-01T12:30:00+0200", "an offset"),
        ("2024-05-01T12:30:00+02:000", "an offset"),
        ("2024-05-01T12:30:00+24:00", "less than a day"),
        ("2024-05-01T12:30:00+02:60", "less than a day"),
        ("2024-05-01T12:30:00é", "an offset"),
    ] {
        let error = text.parse::<Timestamp>().unwrap_err().to_string();
        assert!(error.contains(reason), "{text}: {error}");
    }
}

#[test]
fn equality_and_order_are_those_of_the_instant() {
    let noon = parse("2024-05-01T12:00:00Z");
    assert_eq!(noon, parse("2024-05-01T14:00:00.000+02:00"));
    assert_eq!(noon, parse("2024-05-01T12:00:00-00:00"));
    assert!(noon > parse("2024-05-01T12:30:00+01:00"));
    assert!(noon < parse("2024-05-01T12:00:00.000000001Z"));
    assert_eq!(parse("2016-12-31T23:59:60Z"), parse("2017-01-01T00:00:00Z"));
}

#[test]
fn unix_nanos() {
    for (nanos, text) in [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59.999999999Z"),
        (1_500_000_000, "1970-01-01T00:00:01.500Z"),
        (1_000_001_000, "1970-01-01T00:00:01.000001Z"),
        (1_714_566_600_000_000_000, "2024-05-01T12:30:00Z"),
    ] {
        let timestamp = Timestamp::from_unix_nanos(nanos).unwrap();
        assert_eq!(timestamp.to_string(), text);
        assert_eq!(timestamp.as_unix_nanos(), nanos);
    }
    let last = parse("9999-12-31T23:59:59.999999999Z").as_unix_nanos();
    assert!(Timestamp::from_unix_nanos(last).is_ok());
    for nanos in [last + 1, i128::MAX, i128::MIN] {
        assert!(Timestamp::from_unix_nanos(nanos).is_err());
    }
}

#[test]
fn parts_are_those_that_were_written() {
    let timestamp = parse("2024-05-01T12:30:15.250-02:30");
    assert_eq!(timestamp.date(), Date::new(2024, 5, 1).unwrap());
    assert_eq!((timestamp.hour(), timestamp.minute(), timestamp.second()), (12, 30, 15));
    assert_eq!(timestamp.nanosecond(), 250_000_000);
    assert_eq!(timestamp.offset_minutes(), Some(-150));
    assert_eq!(parse("2024-05-01T12:30:15-00:00").offset_minutes(), None);
}

proptest! {
    #[test]
    fn text_survives(
        text in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
    ) {
        prop_assert_eq!(parse(&text).to_string(), text);
    }

    #[test]
    fn instants_survive(nanos in -62_167_219_200_000_000_000_i128..253_402_300_800_000_000_000) {
        let timestamp = Timestamp::from_unix_nanos(nanos).unwrap();
        prop_assert_eq!(timestamp.as_unix_nanos(), nanos);
        prop_assert_eq!(parse(&timestamp.to_string()), timestamp);
    }

    #[test]
    fn never_panics(text in "\\PC{0,40}|[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]{0,12}[Zz+-]?[0-9:]{0,6}") {
        if let Ok(timestamp) = text.parse::<Timestamp>() {
            prop_assert_eq!(timestamp.to_string(), text.to_uppercase());
        }
    }

    #[test]
    fn any_nanos_are_a_result(nanos: i128) {
        let _ = Timestamp::from_unix_nanos(nanos);
    }
}
