//! Items that are read one by one give what the whole body gives.

use super::{DEFINITION, DUPLICATE, HINT, MISSING, SIZE};
use crate::{
    Validation, Violation,
    validate::{
        Array, Capture, Field, Object, Rule, Schema, Text, UniqueBy,
        engine::{raw::items::Items, report::Source},
        table::Shape,
    },
};

static ID: Schema = Schema::text(Text::new().max_length(3, &SIZE));
static REFERENCE: Field = Field::new("one", &ID).captures(&[Capture::reference(0)]);
static FOLLOWER: Field = Field::new("other", &ID).captures(&[Capture::follower(0)]);
static ITEM: Schema = Schema::object(
    Object::new(0, &[Field::new("id", &ID).required(&MISSING), REFERENCE, FOLLOWER])
        .rules(&[Rule::same_value(0, &HINT)]),
);
static ITEMS: Schema = Schema::array(
    Array::new()
        .items(&ITEM)
        .max_items(5, &SIZE)
        .unique_by(&[UniqueBy::new(0, &DUPLICATE)])
        .unique_items(&HINT),
);
static BODY: Schema = Schema::object(Object::new(3, &[Field::new("items", &ITEMS)]));

const PARTS: [&str; 7] = [
    r#"{"id":"a","one":"x","other":"x"}"#,
    "{\n\"id\":\"bbbb\", \"ö\": 1}",
    r#"{"id":"a","other":"y","one":"x"}"#,
    r#"{"id":"c","id":"d","one":"ä","other":"ö","other":"ä"}"#,
    "null",
    r#"{"one":"x"}"#,
    r#"{"one":"x"}"#,
];

fn lines<'v>(violations: impl IntoIterator<Item = &'v Violation>) -> Vec<String> {
    violations.into_iter().map(|found| format!("{found} {:?}", found.place())).collect()
}

#[test]
fn items_alone_are_items_of_the_body() {
    let options = Validation::new();
    let body = format!("{{\n  \"items\": [{}]}}", PARTS.join(",\n"));
    let whole = lines(&options.body(&BODY, &DEFINITION, body.as_bytes()));
    assert_eq!(whole.len(), 11, "{whole:#?}");

    let Shape::Array(array) = &ITEMS.shape else { panic!("it is an array") };
    let begin = body.find('[').unwrap();
    let place = |offset: usize| {
        let before = &body[..offset];
        let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
        Source { bytes: &body.as_bytes()[offset..], offset, line: before.matches('\n').count() + 1, column }
    };
    let mut items = Items::new(array, &DEFINITION, &["items"], begin);
    let (mut alone, mut at) = (Vec::new(), begin + 1);
    for part in PARTS {
        let source = Source { bytes: part.as_bytes(), ..place(at) };
        alone.extend(lines(&items.item(source, &options).unwrap()));
        at += part.len() + 2;
    }
    alone.splice(0..0, lines(&items.end(place(begin), &options)));
    assert_eq!(alone, whole);
}

#[test]
fn an_item_that_is_no_json_is_an_error() {
    let Shape::Array(array) = &ITEMS.shape else { panic!("it is an array") };
    let mut items = Items::new(array, &DEFINITION, &["items"], 10);
    let source = Source { bytes: b"{\"id\":}", offset: 20, line: 3, column: 5 };
    let violations = items.item(source, &Validation::new()).unwrap_err();
    let place = violations.iter().next().and_then(Violation::place).unwrap();
    assert_eq!((place.offset, place.line, place.column), (26, 3, 11));
}
