//! Values of the sample, good and bad.

use proptest::prelude::*;

use super::sample::{Line, Order};
use crate::{Date, Decimal, Json, LocalTimestamp, Timestamp};

pub(super) fn order() -> impl Strategy<Value = Order> {
    flat().prop_recursive(3, 6, 2, |inner| {
        (flat(), prop::collection::vec(inner, 0..=2)).prop_map(|(order, parts)| Order { parts, ..order })
    })
}

pub(super) fn flat() -> impl Strategy<Value = Order> {
    let texts = (
        "[ab]{0,2}|[a-zA-Z\"é]{0,8}",
        prop::sample::select(vec!["A", "B", "C"]),
        prop::option::of(day()),
        prop::option::of(at()),
    );
    let numbers = (seen(), total(), prop::option::of(prop::option::of(".{0,4}")), -110..110_i32);
    let others = (any::<u64>(), rate(), any::<Option<bool>>(), prop::option::of(json()), json());
    let lists = (
        prop::collection::vec("[ab]{0,2}", 0..4),
        prop::collection::vec(line(), 0..4),
        prop::collection::btree_map("[a-c.\"]{0,2}", total(), 0..4),
        prop::collection::btree_map("x[a-c.\\[ é]{0,2}|4111111111111111", json(), 0..3),
    );
    (texts, numbers, others, lists).prop_map(
        |((id, kind, day, at), (seen, total, note, count), (large, rate, paid, extra, either), lists)| {
            let (tags, lines, prices, rest) = lists;
            let parts = Vec::new();
            Order {
                id,
                kind,
                day,
                at,
                seen,
                total,
                note,
                count,
                large,
                rate,
                paid,
                extra,
                either,
                tags,
                lines,
                parts,
                prices,
                rest,
            }
        },
    )
}

fn line() -> impl Strategy<Value = Line> {
    ("[ab]{0,1}", "[ab]{0,2}", day()).prop_map(|(key, currency, day)| Line { key, currency, day })
}

fn day() -> impl Strategy<Value = Date> {
    (2020..2022_u16, 1..3_u8).prop_map(|(year, day)| Date::new(year, 2, day).unwrap())
}

pub(super) fn at() -> impl Strategy<Value = LocalTimestamp> {
    "2024-02-29T0[0-9]:30:00(\\.[0-9]{1,9})?".prop_map(|text| text.parse().unwrap())
}

fn seen() -> impl Strategy<Value = Timestamp> {
    "2024-02-29T0[0-9]:30:00Z".prop_map(|text| text.parse().unwrap())
}

fn total() -> impl Strategy<Value = Decimal> {
    "-?[0-9]{1,3}(\\.[0-9]{1,3})?".prop_map(|text| text.trim_start_matches('0').parse().unwrap_or_default())
}

fn rate() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        (-9..9_i8).prop_map(f64::from),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(1e300)
    ]
}

/// Values that a tree would not hold too: names twice, half a surrogate pair, too deep.
fn json() -> impl Strategy<Value = Json> {
    let texts = [
        "null",
        "true",
        "7",
        "7.0",
        "1e2",
        "1e999",
        "-0.5",
        "\"a\"",
        "\"\\u0061b\"",
        "\"\"",
        "[]",
        "[null]",
        "\"4111-1111-1111-1111\"",
        "{\"b\":[1,\"x\",\"\\u0034111111111111111\"],\"4111111111111111\":[{\"\":\"4111111111111111\"}]}",
        "{}",
        "{\"key\":1,\"lost\":\"2024-02-29\"}",
        "{ \"key\" : null, \"currency\" : \"b\", \"currency\" : \"c\", \"k\\u0065y\" : 1, \"other\" : [] }",
        "{\"key\":1,\"currency\":\"a\"}",
        "{\"key\":1,\"currency\":\"b\",\"currency\":null}",
        "{\"key\":1,\"currency\":\"b\",\"currency\":\"ab\"}",
        "{\"x\":1,\"x\":2,\"lost\":5,\"day\":null}",
    ];
    let odd = vec!["\"\\ud800\"".to_owned(), "[".repeat(127) + &"]".repeat(127)];
    prop_oneof![
        30 => prop::sample::select(texts.to_vec()).prop_map(str::to_owned),
        1 => prop::sample::select(odd),
    ]
    .prop_map(|text| Json::parse(&text).unwrap())
}
