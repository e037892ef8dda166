//! Items that must differ in a field, of which one field decides what else they need, and that refer to one
//! another. Without a frame, their violations are the same as with one.

use proptest::prelude::*;

use super::found;
use crate::{
    validate::table::{
        Array, Capture, Condition, Field, NoReference, Object, Rule, Scalar, Schema, Text, UniqueBy,
    },
    violations::codes,
};

static TEXT: Schema = Schema::text(Text::new().max_length(20, &codes::INVALID_SIZE));
const BARRED: &[Scalar] = &[Scalar::Text("V"), Scalar::Text("longer than short")];

const FIELDS: &[Field] = &[
    Field::text("kind", &TEXT).captures(&[Capture::barred(0, BARRED)]),
    Field::text("id", &TEXT).required(&codes::MISSING_REQUIRED_FIELD).captures(&[Capture::item_key(0)]),
    Field::text("refersTo", &TEXT).captures(&[Capture::link(0)]),
    Field::text("card", &TEXT),
];
const RULES: [Rule; 2] = [
    Rule::required_when(
        "card",
        Condition::new("kind", &[Scalar::Text("V"), Scalar::Text("")]),
        &codes::REQUIRED_HERE,
    ),
    Rule::forbidden_when("card", Condition::new("kind", &[Scalar::Text("M")]), &codes::FORBIDDEN_HERE),
];

static ITEM: Schema = Schema::object(Object::new(FIELDS).rules(&RULES));
/// The same with one more rule, which can't be broken and which no field decides: such an object has a frame.
static FRAMED: Schema = Schema::object(Object::new(FIELDS).rules(&[
    RULES[0],
    RULES[1],
    Rule::at_most_one_of(&["kind"], &codes::FORBIDDEN_HERE),
]));
const ID: &[UniqueBy] = &[UniqueBy::new("id", &codes::DUPLICATE_ITEM)];
const REFERENCES: &[NoReference] = &[NoReference::new(0, "refersTo", &codes::FORBIDDEN_REFERENCE)];
static ITEMS: Schema = Schema::array(Array::new().items(&ITEM).unique_by(ID).no_references(REFERENCES));
static FRAMED_ITEMS: Schema =
    Schema::array(Array::new().items(&FRAMED).unique_by(ID).no_references(REFERENCES));

/// An item that is written from the front or from the back.
fn item() -> impl Strategy<Value = String> {
    let one_of = |texts: &'static [&str]| prop::option::weighted(0.8, prop::sample::select(texts));
    let kind = one_of(&["V", "M", "X", "", "longer than short", "much too long for a kind"]);
    let id = || one_of(&["a", "b", "c", "", "a longer one", "much longer than any text"]);
    let card = one_of(&["card", "longer than the longest card"]);
    (kind, id(), id(), card, any::<bool>()).prop_map(|(kind, id, refers_to, card, backwards)| {
        let mut members: Vec<String> = [("kind", kind), ("id", id), ("refersTo", refers_to), ("card", card)]
            .into_iter()
            .filter_map(|(name, value)| Some(format!("\"{name}\":\"{}\"", value?)))
            .collect();
        if backwards {
            members.reverse();
        }
        format!("{{{}}}", members.join(","))
    })
}

proptest! {
    #[test]
    fn a_frame_makes_no_difference(items in prop::collection::vec(item(), 0..6)) {
        let body = format!("[{}]", items.join(","));
        prop_assert_eq!(found(&ITEMS, &body), found(&FRAMED_ITEMS, &body), "{}", body);
    }
}
