//! Parameters and forms in every style: what the runtime's client writes, its server reads.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use concur_cards::runtime::client::{self, Call, read};
use concur_cards::runtime::operation::{Location, Operation, Parameter, RequestBody, Style};
use concur_cards::runtime::serve::{
    ApiDefinition, HttpResponse, IncomingRequest, Routes, ServedParameter, Settings, Shape,
};
use concur_cards::runtime::validate::Definition;
use concur_cards::runtime::{Decimal, Json};
use concur_cards::testing::InstantClock;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::direct::Direct;

static DEFINITION: Definition = Definition::new();
static API: ApiDefinition = ApiDefinition::new(&DEFINITION);
static SERVICE: client::Service =
    client::Service::new("test", "1").servers(concur_cards::operations::SERVERS).errors(&DEFINITION);

const IN_PATH: Operation = Operation::new("inPath", "POST", "/items/{p}/end").parameters(&[Parameter::new(
    "p",
    Location::Path,
    true,
)]);
const IN_MIXED_PATH: Operation = Operation::new("inMixedPath", "POST", "/mixed/v1:{p}.json")
    .parameters(&[Parameter::new("p", Location::Path, true)]);
const BESIDE: Operation = Operation::new("beside", "POST", "/items")
    .parameters(&[
        Parameter::new("p", Location::Query, false),
        Parameter::new("other", Location::Query, false),
    ])
    .request(RequestBody::new(false, &["application/x-www-form-urlencoded"]));

const TEXT: &Shape = &Shape::new().text();
const NUMBER: &Shape = &Shape::new().number();
const BOOLEAN: &Shape = &Shape::new().boolean();
const ANY: &Shape = &Shape::new().any();
const TEXTS: &Shape = &Shape::new().items(TEXT);
const NUMBERS: &Shape = &Shape::new().items(NUMBER);
const MAP: &Shape = &Shape::new().open_members(&[], TEXT);
const ITEM: &Shape =
    &Shape::new().members(&[("name", TEXT), ("count", NUMBER), ("tags", TEXTS), ("map", MAP)]);

#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
struct Item {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    map: Option<BTreeMap<String, String>>,
}

/// What a handler reads.
#[derive(Clone, Copy)]
enum Read {
    Parameter(Location, Style, &'static Shape),
    Form(&'static Shape, &'static [(&'static str, Style)]),
}

/// Sends a value, and returns what the server reads; `None`: it is refused.
fn received<T>(operation: &'static Operation, read: Read, value: &T) -> Option<T>
where
    T: Serialize + DeserializeOwned + Send + 'static,
{
    let received = Arc::new(Mutex::new(None));
    let handler = move |received: Arc<Mutex<Option<T>>>, mut call: IncomingRequest| async move {
        let value = match read {
            Read::Parameter(location, style, shape) => {
                call.required(ServedParameter::new(location, "p", style, shape))
            }
            Read::Form(shape, styles) => {
                call.content(&["application/x-www-form-urlencoded"]).await?;
                call.form(shape, styles, None)
            }
        };
        let Some(value) = value else { return Err(call.refuse()) };
        *received.lock().unwrap() = Some(value);
        Ok(HttpResponse::default())
    };
    let routes = Routes::new(Arc::clone(&received), &API, Settings::new()).operation(operation, handler);
    let builder = client::Builder::<client::Client>::new(&SERVICE).transport(Direct(routes.into_router()));
    let client = builder.clock(InstantClock::new()).build().unwrap();
    let mut call = Call::new(&client, operation);
    match read {
        Read::Parameter(Location::Path, style, _) => call.path("p", value, style),
        Read::Parameter(Location::Query, style, _) => call.query("p", value, style),
        Read::Parameter(Location::Header, style, _) => call.header("p", value, style),
        Read::Parameter(Location::Cookie, style, _) => call.cookie("p", value, style),
        Read::Form(_, styles) => call.form("application/x-www-form-urlencoded", value, styles),
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    // What the client does not send, and what the server refuses, does not arrive.
    let _ = runtime.block_on(call.send(read::nothing, |_| None::<()>));
    received.lock().unwrap().take()
}

#[track_caller]
fn assert_arrives<T>(operation: &'static Operation, read: Read, value: &T)
where
    T: Serialize + DeserializeOwned + Debug + PartialEq + Send + 'static,
{
    assert_eq!(received(operation, read, value).as_ref(), Some(value));
}

/// The styles of each location, and whether a list of them may have any text.
fn styles() -> Vec<(&'static Operation, Location, Style, bool)> {
    let mut found = Vec::new();
    for explode in [false, true] {
        for (style, has_separator) in [
            (Style::simple(explode), true),
            (Style::label(explode), !explode),
            (Style::matrix(explode), true),
        ] {
            found.push((&IN_PATH, Location::Path, style, has_separator));
            found.push((&IN_MIXED_PATH, Location::Path, style, has_separator));
        }
        found.push((&BESIDE, Location::Query, Style::form(explode), true));
        found.push((&BESIDE, Location::Cookie, Style::form(explode), true));
        found.push((&BESIDE, Location::Query, Style::form(explode).reserved(), false));
        found.push((&BESIDE, Location::Header, Style::simple(explode), false));
    }
    found.push((&BESIDE, Location::Query, Style::space_delimited(false), false));
    found.push((&BESIDE, Location::Query, Style::pipe_delimited(false), false));
    found
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{1,8}", "[ -~]{1,8}", "[a-z0-9]{1,4}", Just("5".to_owned()), Just("true".to_owned())]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn single_values_arrive_in_every_style(text in any_text(), number in any::<i64>(), digits in "-?[1-9][0-9]{0,8}\\.[0-9]{1,4}", flag in any::<bool>()) {
        let decimal: Decimal = digits.parse().unwrap();
        for (operation, location, style, _) in styles() {
            let is_dot_segment = location == Location::Path && matches!(&*text, "." | "..");
            // A header has neither control characters nor spaces at its ends.
            let is_header = location != Location::Header || text.trim() == text;
            if is_header && !is_dot_segment {
                assert_arrives(operation, Read::Parameter(location, style, TEXT), &text);
            }
            assert_arrives(operation, Read::Parameter(location, style, NUMBER), &number);
            assert_arrives(operation, Read::Parameter(location, style, NUMBER), &decimal);
            assert_arrives(operation, Read::Parameter(location, style, BOOLEAN), &flag);
        }
    }

    #[test]
    fn lists_arrive_in_every_style(
        texts in prop::collection::vec(any_text(), 1..4),
        plain in prop::collection::vec("[a-z0-9]{1,4}", 1..4),
        numbers in prop::collection::vec(any::<i64>(), 1..4),
    ) {
        for (operation, location, style, any_text) in styles() {
            let list = if any_text { &texts } else { &plain };
            // A dot may end an item of the style label, and a whole segment of dots is another path.
            let is_dots = location == Location::Path && list.iter().any(|text| text.contains('.'));
            let list = if is_dots { &plain } else { list };
            assert_arrives(operation, Read::Parameter(location, style, TEXTS), list);
            assert_arrives(operation, Read::Parameter(location, style, NUMBERS), &numbers);
        }
    }

    #[test]
    fn objects_arrive_in_every_style(name in "[a-z ü,=&;]{1,6}", count in prop::option::of(any::<i64>())) {
        for (operation, location, style, any_text) in styles() {
            let name = if any_text && location != Location::Header { name.clone() } else { "plain".to_owned() };
            let item = Item { name, count, tags: None, map: None };
            assert_arrives(operation, Read::Parameter(location, style, ITEM), &item);
        }
    }

    #[test]
    fn deep_objects_and_json_arrive(
        name in any_text(),
        tags in prop::option::of(prop::collection::vec(any_text(), 1..4)),
        map in prop::option::of(prop::collection::btree_map("[a-zü ]{1,4}", any_text(), 1..3)),
    ) {
        let item = Item { name, count: Some(3), tags, map };
        for style in [Style::deep_object(true), Style::json()] {
            assert_arrives(&BESIDE, Read::Parameter(Location::Query, style, ITEM), &item);
        }
        let json: Json = serde_json::from_value(serde_json::to_value(&item).unwrap()).unwrap();
        assert_arrives(&BESIDE, Read::Parameter(Location::Query, Style::json(), ANY), &json);
    }

    #[test]
    fn forms_arrive(
        name in any_text(),
        tags in prop::option::of(prop::collection::vec(any_text(), 1..4)),
        map in prop::option::of(prop::collection::btree_map("[a-zü ]{1,4}", any_text(), 1..3)),
    ) {
        const DEEP: &[(&str, Style)] = &[("map", Style::deep_object(true))];
        const JOINED: &[(&str, Style)] = &[("tags", Style::form(false))];
        let item = Item { name, count: Some(-3), tags, map };
        assert_arrives(&BESIDE, Read::Form(ITEM, &[]), &item);
        assert_arrives(&BESIDE, Read::Form(ITEM, DEEP), &item);
        assert_arrives(&BESIDE, Read::Form(ITEM, JOINED), &item);
    }
}

/// What a text means depends on the shape alone.
#[test]
fn a_text_that_does_not_fit_is_refused() {
    let query = |shape| Read::Parameter(Location::Query, Style::form(true), shape);
    let text = |text: &str| serde_json::Value::from(text);
    for (shape, value) in
        [(NUMBER, text("five")), (NUMBER, text("5x")), (NUMBER, text(" 5")), (BOOLEAN, text("yes"))]
    {
        let read = received::<serde_json::Value>(&BESIDE, query(shape), &value);
        assert_eq!(read, Some(value));
    }
    assert_eq!(received::<serde_json::Value>(&BESIDE, query(NUMBER), &text("5")), Some(5.into()));
    assert_eq!(received::<serde_json::Value>(&BESIDE, query(ANY), &text("5")), Some(5.into()));
    assert_eq!(received::<serde_json::Value>(&BESIDE, query(TEXT), &text("5")), Some(text("5")));
    assert_eq!(received::<Vec<String>>(&BESIDE, query(TEXTS), &Vec::new()), None);
}
