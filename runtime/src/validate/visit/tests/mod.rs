//! The typed way says what the raw way says of the JSON, in the same order.
#![allow(clippy::option_option, reason = "absent, null and present are three states")]

mod items;
mod sample;
mod strategies;

use proptest::prelude::*;
use serde::Serialize;

use super::{Visit, Visitor};
use crate::{
    Date, Validate, Validation, Violation, Violations,
    validate::{Array, Definition, Schema, codes},
};
use sample::{DAY, DEFINITION, Order, PARTS};
use strategies::{at, flat, order};

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
fn what_is_too_deep_is_not_read() {
    for depth in [1, 2, 126, 127, 128, 129, 1000] {
        let mut value = Deep(Vec::new());
        for _ in 1..depth {
            value = Deep(vec![value]);
        }
        let body = serde_json::to_vec(&value).unwrap();
        let (typed, raw) = (Validation::new().value(&value), Validation::new().json::<Deep>(&body));
        assert_eq!(typed, raw, "{depth}");
        let code = if depth > 127 { codes::TOO_DEEP.name } else { codes::TOO_FEW_ITEMS.name };
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
