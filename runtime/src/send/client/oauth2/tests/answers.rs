//! The reader of answers: forms of times, things that are missing, and anything at all.

use std::time::{SystemTime, UNIX_EPOCH};

use proptest::prelude::*;
use secrecy::ExposeSecret as _;

use super::*;
use crate::send::client::oauth2::response::{TokenResponse, error_response, granted};

const NOW: SystemTime = UNIX_EPOCH;

fn read(members: &Value) -> Option<TokenResponse> {
    granted(members.to_string().as_bytes(), &SCHEME, NOW)
}

#[test]
fn lifetimes_are_numbers_or_texts() {
    for (written, seconds) in [
        (json!("3600"), Some(3600)),
        (json!(3600), Some(3600)),
        (json!(" 3600 "), Some(3600)),
        (json!(3600.0), Some(3600)),
        (json!("3599.9"), Some(3599)),
        (json!(0), Some(0)),
        (json!(-1), Some(0)),
        (json!("-1"), Some(0)),
        (json!(u64::MAX), Some(316_224_000)),
        (json!(1e300), Some(316_224_000)),
        (json!("99999999999999999999999"), Some(316_224_000)),
        (json!("soon"), None),
        (json!("NaN"), None),
        (json!("inf"), None),
        (json!(""), None),
        (json!(null), None),
        (json!(true), None),
        (json!([3600]), None),
    ] {
        let found = read(&json!({"access_token": "a", "expires_in": written})).unwrap();
        assert_eq!(found.lifetime, seconds.map(Duration::from_secs), "{written}");
    }
    assert_eq!(read(&json!({"access_token": "a"})).unwrap().lifetime, None);
}

#[test]
fn the_end_of_a_refresh_token_is_a_moment_or_a_span() {
    for (written, seconds) in
        [(json!(15_552_000), 15_552_000), (json!("1735689600"), 1_735_689_600), (json!(0), 0)]
    {
        let found = read(&json!({"access_token": "a", "refresh_expires_in": written})).unwrap();
        assert_eq!(found.refresh_expires_at, NOW.checked_add(Duration::from_secs(seconds)), "{written}");
    }
}

#[test]
fn what_is_empty_is_missing() {
    let found = read(&json!({"access_token": " a ", "refresh_token": "", "geolocation": null})).unwrap();
    assert_eq!(found.access_token.expose_secret(), "a");
    assert!(found.refresh_token.is_none());
    assert!(found.base_url.is_none());
    for members in [
        json!({}),
        json!({"access_token": ""}),
        json!({"access_token": 1}),
        json!({"access_token": "two words"}),
        json!({"access_token": "line\r\nbreak"}),
        json!({"access_token": "f\u{fc}nf"}),
        json!(["access_token"]),
        json!("access_token"),
    ] {
        assert!(read(&members).is_none(), "{members}");
    }
}

#[test]
fn codes_are_numbers_or_texts() {
    for (written, code) in [
        (json!(16), Some("16")),
        (json!("16"), Some("16")),
        (json!("05"), Some("5")),
        (json!(" E1 "), Some("E1")),
        (json!(-1), Some("-1")),
        (json!(1.5), Some("1.5")),
        (json!(null), None),
        (json!({"a": 1}), None),
    ] {
        let body = json!({"code": written, "error": "e"}).to_string();
        assert_eq!(error_response(body.as_bytes(), &SCHEME).code.as_deref(), code, "{written}");
    }
}

/// Anything that could stand where a value does.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        "[ -]?[0-9]{1,25}(\\.[0-9]{1,3})?([eE]-?[0-9]{1,4})?".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 8, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".*", inner, 0..4)
                .prop_map(|members| Value::from(members.into_iter().collect::<serde_json::Map<_, _>>())),
        ]
    })
}

/// The members that are read.
const READ: [&str; 7] =
    ["access_token", "refresh_token", "expires_in", "refresh_expires_in", "geolocation", "code", "error"];

/// An object with some of them.
fn answer() -> impl Strategy<Value = Value> {
    prop::collection::vec((prop::sample::select(&READ[..]), value()), 0..8).prop_map(|members| {
        let pairs = members.into_iter().map(|(name, value)| (name.to_owned(), value));
        Value::from(pairs.collect::<serde_json::Map<_, _>>())
    })
}

proptest! {
    #[test]
    fn no_answer_panics(answer in answer()) {
        let body = answer.to_string();
        for now in [UNIX_EPOCH, InstantClock::new().system_time()] {
            if let Some(found) = granted(body.as_bytes(), &SCHEME, now) {
                prop_assert!(found.lifetime.is_none_or(|lifetime| lifetime <= Duration::from_secs(316_224_000)));
                prop_assert!(!found.access_token.expose_secret().is_empty());
            }
        }
        error_response(body.as_bytes(), &SCHEME);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(granted(&bytes, &SCHEME, NOW).is_none());
        prop_assert!(error_response(&bytes, &SCHEME).code.is_none());
    }

    #[test]
    fn every_number_of_seconds_is_read(seconds in 0_u64..316_224_000, spaces in " {0,3}") {
        let lifetime = Some(Duration::from_secs(seconds));
        for written in [json!(seconds), json!(format!("{spaces}{seconds}{spaces}")), json!(format!("{seconds}.25"))] {
            let found = read(&json!({"access_token": "a", "expires_in": written})).unwrap();
            prop_assert_eq!(found.lifetime, lifetime);
        }
    }
}
