//! Bodies that somebody made to do harm: they are refused or read, and neither takes more than its share.

use std::{fmt::Write, time::Instant};

use super::check::{Kind, lines};

/// An object with so many members that differ, or that are all the same.
fn members(count: usize, name: &dyn Fn(usize) -> String) -> String {
    let mut body = "{\"accounts\":[]".to_owned();
    for number in 0..count {
        let _ = write!(body, ",\"{}\":0", name(number));
    }
    body + "}"
}

fn accounts(count: usize, external_id: &dyn Fn(usize) -> String) -> String {
    let account = |number| {
        let id = external_id(number);
        format!("{{\"accountType\":\"M\",\"externalId\":\"{id}\"}}")
    };
    format!("{{\"accounts\":[{}]}}", (0..count).map(account).collect::<Vec<_>>().join(","))
}

#[test]
fn many_unknown_members() {
    let found = Kind::Accounts.raw(members(20_000, &|number| format!("m{number}")).as_bytes());
    assert_eq!(found.with_code("x-unknownProperty").count(), 20_000);
    assert_eq!(found.len(), 20_000);
}

#[test]
fn one_member_many_times() {
    let found = Kind::Accounts.raw(members(20_000, &|_| "accounts".to_owned()).as_bytes());
    let repeated = found.with_code("x-duplicateKey").count();
    assert_eq!(
        (repeated, lines(&found).last().map(String::as_str)),
        (20_000, Some("error x-invalidType accounts"))
    );
    assert_eq!(found.len(), 20_001);
}

#[test]
fn one_key_many_times() {
    let found = Kind::Accounts.raw(accounts(5_000, &|_| "same".to_owned()).as_bytes());
    // Items behind the last one that is allowed are not looked at.
    assert_eq!(found.with_code("duplicateExternalId").count(), 999);
    assert_eq!(found.with_code("tooManyItems").count(), 1);
}

#[test]
fn long_strings() {
    let long = "\u{e4}".repeat(1_000_000);
    for body in
        [format!("{{\"accounts\":[],\"note\":\"{long}\"}}"), format!("{{\"accounts\":[],\"{long}\":0}}")]
    {
        let found = Kind::Accounts.raw(body.as_bytes());
        assert_eq!(found.len(), 1);
        assert!(lines(&found)[0].starts_with("warning x-unknownProperty "));
        assert!(lines(&found)[0].chars().count() < 120);
    }
    let digits = "41111111".repeat(250_000);
    let body = format!("{{\"accounts\":[{{\"externalId\":\"{digits}\"}}]}}");
    let found = Kind::Accounts.raw(body.as_bytes());
    assert_eq!(found.with_code("invalidFieldSize").count(), 1);
    assert_eq!(found.with_code("illegalCardNumberValue").count(), 0);
}

#[test]
fn deep_nesting() {
    for piece in ["[", "{\"a\":", "{\"accounts\":", "{\"accounts\":["] {
        let found = Kind::Accounts.raw(piece.repeat(200_000).as_bytes());
        assert_eq!(lines(&found), ["error x-tooDeep"]);
    }
}

#[test]
fn long_numbers() {
    let digits = "9".repeat(1_000_000);
    let body = format!(
        "{{\"transactions\":[{{\"lodging\":{{\"numberOfRooms\":{digits}}}}},{{\"postedAmount\":{{\"value\":{digits}}}}}]}}"
    );
    let found = Kind::Transactions.raw(body.as_bytes());
    assert_eq!(found.with_code("x-outOfRange").count(), 1);
    assert_eq!(found.with_code("x-tooManyDigits").count(), 1);
}

/// Four times as much takes about four times as long. Run it by hand, optimised and alone:
/// `cargo test --release --test validators hostile -- --ignored --nocapture --test-threads 1`.
#[test]
#[ignore = "measures time"]
#[expect(clippy::print_stdout, reason = "the times are what it is for")]
fn four_times_as_much() {
    for (name, make) in GROWING {
        let time = |n: usize| {
            let body = make(n);
            let kind = if body.starts_with("{\"acc") { Kind::Accounts } else { Kind::Transactions };
            let start = Instant::now();
            let found = kind.raw(body.as_bytes());
            (start.elapsed().as_secs_f64(), body.len(), found.len())
        };
        let ((small, size, found), (large, ..)) = (time(250_000), time(1_000_000));
        let ratio = large / small;
        println!(
            "{name}: {size} bytes, {found} findings in {small:.3} s; four times as much in {large:.3} s: {ratio:.1}"
        );
        assert!(large < 10.0 * small + 0.2, "{name} is not linear");
    }
}

type Make = fn(usize) -> String;

/// Bodies that grow with a number.
const GROWING: [(&str, Make); 13] = [
    ("long string", |n| format!("{{\"accounts\":[],\"a\":\"{}\"}}", "x".repeat(100 * n))),
    ("long name", |n| format!("{{\"accounts\":[],\"{}\":1}}", "x".repeat(100 * n))),
    ("unknown members", |n| members(n / 2, &|number| format!("m{number}"))),
    ("one member again and again", |n| members(n, &|_| "accounts".to_owned())),
    ("unknown member again and again", |n| members(n, &|_| "same".to_owned())),
    ("same keys", |n| accounts(n / 4, &|_| "same".to_owned())),
    ("different keys", |n| accounts(n / 4, &|number| format!("k{number}"))),
    ("digits", |n| format!("{{\"accounts\":[{{\"nameOnCard\":\"{}\"}}]}}", "4111-1111 ".repeat(10 * n))),
    ("items of another type", |n| format!("{{\"accounts\":[{}0]}}", "null,".repeat(n))),
    ("white space", |n| format!("{{\"accounts\":[{}]}}", " \n".repeat(50 * n))),
    ("currencies before the transaction's", |n| {
        let tax = "{\"amount\":{\"currencyCode\":\"EUR\"}},".repeat(n / 4);
        format!(
            "{{\"transactions\":[{{\"taxes\":[{tax}{{}}],\"transactionAmount\":{{\"currencyCode\":\"USD\"}}}}]}}"
        )
    }),
    ("lists of currencies again and again", |n| {
        let taxes =
            "\"taxes\":[{\"amount\":{\"currencyCode\":\"EUR\"}},{\"amount\":{\"currencyCode\":\"NLG\"}}],"
                .repeat(n / 8);
        format!("{{\"transactions\":[{{{taxes}\"transactionAmount\":{{\"currencyCode\":\"USD\"}}}}]}}")
    }),
    ("keys of items again and again", |n| {
        let keys = "\"externalId\":\"a\",".repeat(n / 8);
        format!("{{\"transactions\":[{{{keys}\"externalId\":\"b\"}},{{{keys}\"externalId\":\"b\"}}]}}")
    }),
];
