//! The fast path and the reader of repeated names have the same violations for every body.

use proptest::prelude::*;

use super::{DEFINITION, DUPLICATE, ENUM, FAR, HINT, MISSING, RULE, SIZE};
use crate::{
    validate::{
        definition::Definition,
        engine::{reader::read, report::violations_of, rule_engine::RuleEngine, text_cache::TextCache},
        options::Validation,
        table::{
            Additional, Array, Capture, Condition, Field, Format, NoReference, Number, Object, Rule, Scalar,
            Schema, Text, UniqueBy,
        },
    },
    violations::codes,
};

static CODE: Schema = Schema::text(Text::new().max_length(3, &SIZE).values(&["A", "BB", "c"], &ENUM));
static CARD: Schema =
    Schema::text(Text::new().min_length(1, &SIZE).max_length(20, &SIZE).no_card_number(&HINT));
static DAY: Schema = Schema::text(Text::new().format(Format::Date, &codes::INVALID_DATE)).nullable();
static WHOLE: Schema = Schema::number(Number::new().integer(&codes::INVALID_INTEGER).range(
    i32::MIN as i64,
    i32::MAX as i64,
    &codes::OUT_OF_RANGE,
));
static DECIMAL: Schema = Schema::number(Number::new().decimal(&codes::OUT_OF_RANGE));
static FLAG: Schema = Schema::boolean();
static LOOSE: Schema = Schema::any().nullable().no_card_number(&HINT);
static MAP: Schema = Schema::object(
    Object::new(&[Field::new("code", &CODE).captures(&[Capture::link(1)])])
        .additional(Additional::Schema(&WHOLE)),
);
static THINGS: Schema = Schema::array(
    Array::new()
        .items(&THING)
        .max_items(3, &SIZE)
        .unique_by(&[UniqueBy::new("code", &DUPLICATE)])
        .no_references(&[NoReference::new(1, "map", &RULE)]),
);
static THING: Schema = Schema::object(
    Object::new(&[
        Field::new("code", &CODE).required(&MISSING).captures(&[Capture::reference(0), Capture::item_key(1)]),
        Field::new("card", &CARD).captures(&[Capture::follower(0)]),
        Field::new("day", &DAY).required(&MISSING),
        Field::new("whole", &WHOLE),
        Field::new("decimal", &DECIMAL),
        Field::new("flag", &FLAG).captures(&[Capture::barred(1, &[Scalar::Boolean(true)])]),
        Field::new("map", &MAP),
        Field::new("things", &THINGS),
    ])
    .others(&LOOSE)
    .rules(&[
        Rule::at_most_one_of(&["whole", "decimal"], &RULE),
        Rule::required_when("flag", Condition::new("code", &[Scalar::Text("A")]), &MISSING),
        Rule::same_value(0, &HINT),
    ]),
);

/// Values that fit here and there.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "\"(A|BB|c|\\\\u0041|2024-02-29|2024-02-30|4111 1111 1111 1111|[a-zé ]{0,22}|[0-9 -]{10,30})\"",
        "-?(0|[1-9][0-9]{0,16})(\\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?",
    ];
    leaf.prop_recursive(4, 60, 8, |inner| {
        let names = "\"(code|card|day|whole|decimal|flag|map|things|other|c\\\\u006fde|)\"";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(","))),
            (prop::collection::vec((names, inner), 0..9), "|\n  ").prop_map(|(members, space)| {
                let members: Vec<_> =
                    members.iter().map(|(name, value)| format!("{name}:{space}{value}")).collect();
                format!("{{{space}{}}}", members.join(&format!(",{space}")))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn both_ways_agree(body in value()) {
        static STRICT: Definition = Definition::new();
        let options = Validation::new();
        for (schema, definition) in [(&THING, &DEFINITION), (&THING, &STRICT), (&THINGS, &DEFINITION)] {
            let fast = options.body(schema, definition, body.as_bytes());
            let far = options.body(schema, definition, format!("{body}{FAR}").as_bytes());
            prop_assert_eq!(&fast, &far, "{}", body);
            let mut engine = RuleEngine::new(definition, &options);
            engine.set_allow_repeats(true);
            read(&mut engine, &mut TextCache::default(), schema, &body, 0).unwrap();
            let slow = violations_of(engine.findings.take(), &options, None);
            prop_assert_eq!(fast, slow, "{}", body);
        }
    }

    #[test]
    fn no_body_panics(body in value(), end in any::<prop::sample::Index>(), byte in any::<u8>(), far in any::<bool>()) {
        let mut body = body.into_bytes();
        let end = end.index(body.len());
        let validate = |body: &[u8]| Validation::new().body(&THING, &DEFINITION, body);
        prop_assert!(!validate(&body[..end]).is_empty());
        body[end] = byte;
        if far {
            body.extend_from_slice(FAR.as_bytes());
        }
        let unread = [codes::INVALID_JSON.name, codes::TOO_DEEP.name];
        let malformed = validate(&body).iter().any(|found| unread.contains(&found.code()));
        match serde_json::from_slice::<serde_json::Value>(&body) {
            // It stopped there and has not seen the rest.
            Err(error) if error.to_string().starts_with("number out of range") => {}
            read => prop_assert_eq!(malformed, read.is_err()),
        }
    }
}
