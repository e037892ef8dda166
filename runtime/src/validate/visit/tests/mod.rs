//! The typed way says what the raw way says of the JSON, in the same order.
#![allow(clippy::option_option, reason = "absent, null and present are three states")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Serialize;

use super::{Visit, Visitor};
use crate::{
    Date, Decimal, Json, LocalTimestamp, Timestamp, Validate, Validation, Violation, Violations,
    validate::{
        Additional, Array, Bound, Capture, Choice, Class, Condition, Definition, Field, Format, Number,
        Object, Pattern, Rule, Run, Scalar, Schema, Text, UniqueBy, codes,
    },
};

/// One field of each kind, and rules of each kind.
#[derive(Debug, Clone, Serialize)]
struct Order {
    id: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<LocalTimestamp>,
    /// Held to a date by its table, which it never is.
    seen: Timestamp,
    total: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Option<String>>,
    count: i32,
    large: u64,
    rate: f64,
    paid: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<Json>,
    /// Text or a small number, by its table.
    either: Json,
    tags: Vec<String>,
    lines: Vec<Line>,
    parts: Vec<Order>,
    prices: BTreeMap<String, Decimal>,
    #[serde(flatten)]
    rest: BTreeMap<String, i64>,
}

#[derive(Debug, Clone, Serialize)]
struct Line {
    key: String,
    currency: String,
    day: Date,
}

impl Visit for Order {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        let mut fields = visitor.object();
        fields.required(0, &self.id);
        fields.required(1, self.kind);
        fields.optional(2, &self.day);
        fields.optional(3, &self.at);
        fields.required(4, &self.seen);
        fields.required(5, &self.total);
        fields.optional(6, &self.note);
        fields.required(7, &self.count);
        fields.required(8, &self.large);
        fields.required(9, &self.rate);
        fields.required(10, &self.paid);
        fields.optional(11, &self.extra);
        fields.serialized(12, &self.either);
        fields.required(13, &self.tags);
        fields.required(14, &self.lines);
        fields.required(15, &self.parts);
        fields.required(16, &self.prices);
        fields.rest(&self.rest);
        fields.end();
    }
}

impl Validate for Order {
    const SCHEMA: &'static Schema = &ORDER;
    const DEFINITION: &'static Definition = &DEFINITION;
}

impl Visit for Line {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        let mut fields = visitor.object();
        fields.required(0, &self.key);
        fields.required(1, &self.currency);
        fields.required(2, &self.day);
        fields.end();
    }
}

static DEFINITION: Definition = Definition::new(32, 1);
static ANY: Schema = Schema::any();
static ID: Schema = Schema::text(
    Text::new()
        .min_length(1, &codes::INVALID_SIZE)
        .max_length(6, &codes::INVALID_SIZE)
        .patterns(&[(&LOWER, &codes::INVALID_PATTERN)]),
);
static LOWER: Pattern = Pattern::runs(&[Run::new(Class::new(0x07FF_FFFE_u128 << 96, false), 1, u32::MAX)]);
static KIND: Schema = Schema::text(Text::new().values(&["A", "B"], &codes::INVALID_ENUM));
static DAY: Schema = Schema::text(Text::new().format(Format::Date, &codes::INVALID_DATE));
static SHORT_DAY: Schema =
    Schema::text(Text::new().format(Format::Date, &codes::INVALID_DATE).max_length(9, &codes::INVALID_SIZE));
static AT: Schema = Schema::text(
    Text::new()
        .format(Format::LocalDateTime, &codes::INVALID_LOCAL_DATE_TIME)
        .min_length(23, &codes::INVALID_SIZE),
);
static TOTAL: Schema = Schema::number(
    Number::new()
        .decimal(&codes::OUT_OF_RANGE)
        .minimum(Bound::inclusive("0.5", &codes::TOO_SMALL))
        .multiple_of("0.01", &codes::NOT_A_MULTIPLE),
);
static NOTE: Schema = Schema::text(Text::new().max_length(3, &codes::INVALID_SIZE)).nullable();
static COUNT: Schema =
    Schema::number(Number::new().integer(&codes::INVALID_INTEGER).range(-100, 100, &codes::OUT_OF_RANGE));
static LARGE: Schema =
    Schema::number(Number::new().integer(&codes::INVALID_INTEGER).range(0, i64::MAX, &codes::OUT_OF_RANGE));
static RATE: Schema = Schema::number(Number::new().integer(&codes::INVALID_INTEGER));
static PAID: Schema = Schema::boolean();
static EITHER: Schema = Schema::any().choices(&[Choice::one_of(&[&ID, &COUNT, &LINE])]);
static TAGS: Schema = Schema::array(
    Array::new().items(&ID).unique_items(&codes::DUPLICATE_ITEM).max_items(2, &codes::TOO_MANY_ITEMS),
);
static LINES: Schema = Schema::array(
    Array::new()
        .items(&LINE)
        .unique_by(&[UniqueBy::new(0, &codes::DUPLICATE_ITEM), UniqueBy::new(2, &codes::DUPLICATE_ITEM)]),
);
static LINE: Schema = Schema::object(Object::new(
    18,
    &[
        Field::new("key", &ANY).required(&codes::MISSING_REQUIRED_FIELD),
        Field::new("currency", &ID).captures(&[Capture::follower(0)]),
        Field::new("day", &DAY),
        Field::new("lost", &DAY).required(&codes::MISSING_REQUIRED_FIELD),
    ],
));
static PARTS: Schema =
    Schema::array(Array::new().items(&ORDER).unique_by(&[UniqueBy::new(0, &codes::DUPLICATE_ITEM)]));
static PRICES: Schema = Schema::object(
    Object::new(22, &[Field::new("a", &COUNT)])
        .additional(Additional::Schema(&TOTAL))
        .max_properties(2, &codes::TOO_MANY_PROPERTIES),
);
static ORDER: Schema = Schema::object(
    Object::new(
        0,
        &[
            Field::new("id", &ID).captures(&[Capture::reference(0)]),
            Field::new("kind", &KIND).required(&codes::MISSING_REQUIRED_FIELD),
            Field::new("day", &SHORT_DAY).captures(&[Capture::follower(0)]),
            Field::new("at", &AT),
            Field::new("seen", &DAY),
            Field::new("total", &TOTAL),
            Field::new("note", &NOTE).required(&codes::MISSING_REQUIRED_FIELD),
            Field::new("count", &COUNT),
            Field::new("large", &LARGE),
            Field::new("rate", &RATE),
            Field::new("paid", &PAID).required(&codes::MISSING_REQUIRED_FIELD),
            Field::new("extra", &LINE),
            Field::new("either", &EITHER).required(&codes::MISSING_REQUIRED_FIELD),
            Field::new("tags", &TAGS),
            Field::new("lines", &LINES),
            Field::new("parts", &PARTS),
            Field::new("prices", &PRICES),
        ],
    )
    .rules(&[
        Rule::at_most_one_of(&[2, 3, 11], &codes::AMBIGUOUS_FIELDS),
        Rule::required_when(
            2,
            Condition::new(1, &[Scalar::Text("A"), Scalar::Text("C")]),
            &codes::REQUIRED_HERE,
        ),
        Rule::forbidden_when(3, Condition::new(7, &[Scalar::Number("7.0")]), &codes::FORBIDDEN_HERE),
        Rule::forbidden_when(6, Condition::new(10, &[Scalar::Boolean(true)]), &codes::FORBIDDEN_HERE),
        Rule::same_value(0, &codes::INCONSISTENT_VALUE),
    ]),
);

fn order() -> impl Strategy<Value = Order> {
    flat().prop_recursive(3, 6, 2, |inner| {
        (flat(), prop::collection::vec(inner, 0..=2)).prop_map(|(order, parts)| Order { parts, ..order })
    })
}

fn flat() -> impl Strategy<Value = Order> {
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
        prop::collection::btree_map("x[a-c.\\[ é]{0,2}", any::<i64>(), 0..3),
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

fn at() -> impl Strategy<Value = LocalTimestamp> {
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
        "{}",
        "{\"key\":1,\"lost\":\"2024-02-29\"}",
        "{ \"key\" : null, \"currency\" : \"b\", \"currency\" : \"c\", \"k\\u0065y\" : 1, \"other\" : [] }",
        "{\"x\":1,\"x\":2,\"lost\":5,\"day\":null}",
    ];
    let odd = vec!["\"\\ud800\"".to_owned(), "[".repeat(127) + &"]".repeat(127)];
    prop_oneof![
        30 => prop::sample::select(texts.to_vec()).prop_map(str::to_owned),
        1 => prop::sample::select(odd),
    ]
    .prop_map(|text| Json::parse(&text).unwrap())
}

fn both(order: &Order, options: &Validation) -> (Violations, Violations) {
    let body = serde_json::to_vec(order).unwrap();
    (options.value(order), options.json::<Order>(&body))
}

fn lines(violations: &Violations) -> String {
    violations.iter().map(|violation| format!("\n{violation}")).chain(["\n".to_owned()]).collect()
}

proptest! {
    #[test]
    fn both_ways_say_the_same(order in order()) {
        let (typed, raw) = both(&order, &Validation::new());
        prop_assert!(typed == raw, "{}{}{}", lines(&typed), serde_json::to_string(&order).unwrap(), lines(&raw));
        let options = Validation::strict().off(codes::UNKNOWN_PROPERTY).warn(codes::INVALID_ENUM);
        let (typed, raw) = both(&order, &options);
        prop_assert_eq!(typed, raw);
    }
}

proptest! {
    #[test]
    fn texts_of_times_are_those_that_they_display(at in at(), year in 0..=9999_u16, day in 1..=28_u8) {
        let mut text = String::new();
        at.write_to(&mut text);
        prop_assert_eq!(&text, &at.to_string());
        let date = Date::new(year, 1 + day % 12, day).unwrap();
        text.clear();
        date.write_to(&mut text);
        prop_assert_eq!(text, date.to_string());
    }
}

/// Orders one after the other: what deviates in one leaves nothing behind for the next.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Orders(Vec<Order>);

impl Visit for Orders {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.0.visit(visitor);
    }
}

impl Validate for Orders {
    const SCHEMA: &'static Schema = &PARTS;
    const DEFINITION: &'static Definition = &DEFINITION;
}

proptest! {
    #[test]
    fn both_ways_say_the_same_of_lists(orders in prop::collection::vec(flat(), 0..5)) {
        let orders = Orders(orders);
        let body = serde_json::to_vec(&orders).unwrap();
        let (typed, raw) = (Validation::new().value(&orders), Validation::new().json::<Orders>(&body));
        prop_assert!(typed == raw, "{}{}{}", lines(&typed), serde_json::to_string(&orders).unwrap(), lines(&raw));
    }
}

/// A list in a list in a list.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Deep(Vec<Deep>);

impl Visit for Deep {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.0.visit(visitor);
    }
}

impl Validate for Deep {
    const SCHEMA: &'static Schema = &DEEP;
    const DEFINITION: &'static Definition = &DEFINITION;
}

static DEEP: Schema = Schema::array(Array::new().items(&DEEP).min_items(1, &codes::TOO_FEW_ITEMS));

#[test]
fn what_is_too_deep_is_no_json() {
    for depth in [1, 2, 126, 127, 128, 129, 1000] {
        let mut value = Deep(Vec::new());
        for _ in 1..depth {
            value = Deep(vec![value]);
        }
        let body = serde_json::to_vec(&value).unwrap();
        let (typed, raw) = (Validation::new().value(&value), Validation::new().json::<Deep>(&body));
        assert_eq!(typed, raw, "{depth}");
        let code = if depth > 127 { codes::INVALID_JSON.name } else { codes::TOO_FEW_ITEMS.name };
        assert_eq!(typed.iter().map(Violation::code).collect::<Vec<_>>(), [code], "{depth}");
        assert_eq!(typed.iter().next().and_then(Violation::place), None);
    }
}

#[test]
fn what_can_not_be_written_has_the_wrong_type() {
    struct Unwritable;
    impl Serialize for Unwritable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("no"))
        }
    }
    impl Visit for Unwritable {
        fn visit(&self, visitor: &mut Visitor<'_>) {
            visitor.serialized(self);
        }
    }
    impl Validate for Unwritable {
        const SCHEMA: &'static Schema = &DAY;
        const DEFINITION: &'static Definition = &DEFINITION;
    }
    let list = Validation::new().value(&Unwritable);
    assert_eq!(list.to_string(), "error x-invalidType: The value has the wrong JSON type");
}
