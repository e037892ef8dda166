//! A type with one field of each kind, its tables, and rules of each kind.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    Date, Decimal, Json, LocalTimestamp, Timestamp, Validate,
    validate::{
        Additional, Array, Bound, Capture, Choice, Class, Condition, Definition, Field, Format, NoReference,
        Number, Object, Pattern, Rule, Run, Scalar, Schema, Text, UniqueBy, Visit, Visitor, codes,
    },
};

/// One field of each kind, and rules of each kind.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Order {
    pub(super) id: String,
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) day: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<LocalTimestamp>,
    /// Held to a date by its table, which it never is.
    pub(super) seen: Timestamp,
    pub(super) total: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<Option<String>>,
    pub(super) count: i32,
    pub(super) large: u64,
    pub(super) rate: f64,
    pub(super) paid: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) extra: Option<Json>,
    /// Text or a small number, by its table.
    pub(super) either: Json,
    pub(super) tags: Vec<String>,
    pub(super) lines: Vec<Line>,
    pub(super) parts: Vec<Order>,
    pub(super) prices: BTreeMap<String, Decimal>,
    #[serde(flatten)]
    pub(super) rest: BTreeMap<String, Json>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Line {
    pub(super) key: String,
    pub(super) currency: String,
    pub(super) day: Date,
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

pub(super) static DEFINITION: Definition = Definition::new(32, 1);
static ANY: Schema = Schema::any();
static LOOSE: Schema = Schema::any().nullable().no_card_number(&codes::CARD_NUMBER);
static ID: Schema = Schema::text(
    Text::new()
        .min_length(1, &codes::INVALID_SIZE)
        .max_length(6, &codes::INVALID_SIZE)
        .patterns(&[(&LOWER, &codes::INVALID_PATTERN)]),
);
static LOWER: Pattern = Pattern::runs(&[Run::new(Class::new(0x07FF_FFFE_u128 << 96, false), 1, u32::MAX)]);
static KIND: Schema = Schema::text(Text::new().values(&["A", "B"], &codes::INVALID_ENUM));
pub(super) static DAY: Schema = Schema::text(Text::new().format(Format::Date, &codes::INVALID_DATE));
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
pub(super) static PARTS: Schema = Schema::array(
    Array::new()
        .items(&ORDER)
        .unique_by(&[UniqueBy::new(0, &codes::DUPLICATE_ITEM)])
        .no_references(&[NoReference::new(1, 11, &codes::FORBIDDEN_REFERENCE)]),
);
static EXTRA: Schema = Schema::object(Object::new(
    23,
    &[
        Field::new("key", &ANY).required(&codes::MISSING_REQUIRED_FIELD),
        Field::new("currency", &ID).captures(&[Capture::follower(0), Capture::link(1)]),
        Field::new("day", &DAY),
        Field::new("lost", &DAY),
    ],
));
static PRICES: Schema = Schema::object(
    Object::new(22, &[Field::new("a", &COUNT)])
        .additional(Additional::Schema(&TOTAL))
        .max_properties(2, &codes::TOO_MANY_PROPERTIES),
);
static ORDER: Schema = Schema::object(
    Object::new(
        0,
        &[
            Field::new("id", &ID).captures(&[Capture::reference(0), Capture::key(1)]),
            Field::new("kind", &KIND)
                .required(&codes::MISSING_REQUIRED_FIELD)
                .captures(&[Capture::barred(1, &[Scalar::Text("B")])]),
            Field::new("day", &SHORT_DAY).captures(&[Capture::follower(0)]),
            Field::new("at", &AT),
            Field::new("seen", &DAY),
            Field::new("total", &TOTAL),
            Field::new("note", &NOTE).required(&codes::MISSING_REQUIRED_FIELD),
            Field::new("count", &COUNT),
            Field::new("large", &LARGE),
            Field::new("rate", &RATE),
            Field::new("paid", &PAID).required(&codes::MISSING_REQUIRED_FIELD),
            Field::new("extra", &EXTRA),
            Field::new("either", &EITHER).required(&codes::MISSING_REQUIRED_FIELD),
            Field::new("tags", &TAGS),
            Field::new("lines", &LINES),
            Field::new("parts", &PARTS),
            Field::new("prices", &PRICES),
        ],
    )
    .others(&LOOSE)
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
