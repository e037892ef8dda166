//! Items that must differ in a field, of which one field decides what else they need, and that refer to one another: what the
//! typed way keeps of them without a frame.

use proptest::prelude::*;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::lines;
use crate::{
    Validate, Validation,
    validate::{
        Array, Capture, Condition, Definition, Field, NoReference, Object, Rule, Scalar, Schema, Text,
        UniqueBy, Visit, Visitor, codes,
    },
};

/// An item that is written from the front or from the back.
#[derive(Debug, Clone)]
struct Item {
    kind: Option<String>,
    id: Option<String>,
    refers_to: Option<String>,
    card: Option<String>,
    backwards: bool,
}

impl Item {
    fn members(&self) -> Vec<(u16, &'static str, &Option<String>)> {
        let mut members = vec![
            (0, "kind", &self.kind),
            (1, "id", &self.id),
            (2, "refersTo", &self.refers_to),
            (3, "card", &self.card),
        ];
        if self.backwards {
            members.reverse();
        }
        members
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut item = serializer.serialize_struct("Item", 4)?;
        for (_, name, value) in self.members() {
            if let Some(value) = value {
                item.serialize_field(name, value)?;
            }
        }
        item.end()
    }
}

impl Visit for Item {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        let mut fields = visitor.object();
        for (place, _, value) in self.members() {
            fields.optional(place, value);
        }
        fields.end();
    }
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Items(Vec<Item>);

impl Visit for Items {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.0.visit(visitor);
    }
}

impl Validate for Items {
    const SCHEMA: &'static Schema = &ITEMS;
    const DEFINITION: &'static Definition = &DEFINITION;
}

static DEFINITION: Definition = Definition::new(4, 1);
static TEXT: Schema = Schema::text(Text::new().max_length(20, &codes::INVALID_SIZE));
const BARRED: &[Scalar] = &[Scalar::Text("V"), Scalar::Text("longer than short")];

const FIELDS: &[Field] = &[
    Field::text("kind", &TEXT).captures(&[Capture::barred(0, BARRED)]),
    Field::text("id", &TEXT).required(&codes::MISSING_REQUIRED_FIELD).captures(&[Capture::key(0)]),
    Field::text("refersTo", &TEXT).captures(&[Capture::link(0)]),
    Field::text("card", &TEXT),
];
const RULES: [Rule; 2] = [
    Rule::required_when(3, Condition::new(0, &[Scalar::Text("V"), Scalar::Text("")]), &codes::REQUIRED_HERE),
    Rule::forbidden_when(3, Condition::new(0, &[Scalar::Text("M")]), &codes::FORBIDDEN_HERE),
];

static ITEM: Schema = Schema::object(Object::new(0, FIELDS).rules(&RULES));
/// The same with one rule more, which can't be broken and is none that a field decides: such an object has a frame.
static FRAMED: Schema = Schema::object(Object::new(0, FIELDS).rules(&[
    RULES[0],
    RULES[1],
    Rule::at_most_one_of(&[0], &codes::FORBIDDEN_HERE),
]));
const ID: &[UniqueBy] = &[UniqueBy::new(1, &codes::DUPLICATE_ITEM)];
const REFERENCES: &[NoReference] = &[NoReference::new(0, 2, &codes::FORBIDDEN_REFERENCE)];
static ITEMS: Schema = Schema::array(Array::new().items(&ITEM).unique_by(ID).no_references(REFERENCES));
static FRAMED_ITEMS: Schema =
    Schema::array(Array::new().items(&FRAMED).unique_by(ID).no_references(REFERENCES));

fn item() -> impl Strategy<Value = Item> {
    let one_of = |texts: &'static [&str]| prop::option::weighted(0.8, prop::sample::select(texts));
    let kind = one_of(&["V", "M", "X", "", "longer than short", "much too long for a kind"]);
    let id = || one_of(&["a", "b", "c", "", "a longer one", "much longer than any text"]);
    (kind, id(), id(), one_of(&["card", "longer than the longest card"]), any::<bool>()).prop_map(
        |(kind, id, refers_to, card, backwards)| {
            let text = |text: Option<&str>| text.map(str::to_owned);
            Item { kind: text(kind), id: text(id), refers_to: text(refers_to), card: text(card), backwards }
        },
    )
}

proptest! {
    #[test]
    fn a_frame_makes_no_difference(items in prop::collection::vec(item(), 0..6)) {
        let items = Items(items);
        let body = serde_json::to_vec(&items).unwrap();
        let typed = Validation::new().value(&items);
        for schema in [&ITEMS, &FRAMED_ITEMS] {
            let raw = Validation::new().body(schema, &DEFINITION, &body);
            prop_assert!(typed == raw, "{}{}{}", lines(&typed), String::from_utf8_lossy(&body), lines(&raw));
        }
    }
}
