//! Values that come more than once: a list in the styles that write one so, and else a violation.

use super::*;
use crate::operation::Style;

const TEXT: &Shape = &Shape::new().text();
const ANY: &Shape = &Shape::new().any();
const TEXTS: &Shape = &Shape::new().items(TEXT);
const TEXT_OR_TEXTS: &Shape = &Shape::new().text().items(TEXT);
const OBJECT: &Shape = &Shape::new().members(&[("a", TEXT), ("list", TEXTS)]);
const OBJECTS: &Shape = &Shape::new().items(OBJECT);
const OPEN: &Shape = &Shape::new().open_members(&[], ANY);
const INTEGER_OR_TEXT: &Shape = &Shape::new().integer().text();
const BOOLEAN_OR_TEXT: &Shape = &Shape::new().boolean().text();
const NESTED: &Shape = &Shape::new().members(&[("inner", OBJECT)]);

const IN_PATH: Operation = Operation::new("inPath", "GET", "/in-path/{p}");
const BESIDE: Operation = Operation::new("beside", "GET", "/beside")
    .parameters(&[
        Parameter::new("q", Location::Query, false).deep_object(),
        Parameter::new("r", Location::Query, false),
    ])
    .security(&[&[Scheme::new("query", &[])], &[]]);

/// The URI and the headers of a request.
type Sent<'s> = (&'s str, &'s [(&'static str, &'s str)]);

/// How a parameter is declared, what is sent, and what is read of it.
type Case<'s> = (Style, &'static Shape, Sent<'s>, Value);

/// Returns the value of the parameter `p`, or the violations with their places.
fn read(parameter: ServedParameter, request: &Sent<'_>) -> Value {
    let handler = move |_: Arc<()>, mut call: IncomingRequest| async move {
        let Some(value) = call.required::<Value>(parameter) else { return Err(call.refuse()) };
        Ok(Response::new(Body::from(value.to_string())))
    };
    let router = Routes::new(Arc::new(()), &API, Settings::new())
        .operation(&IN_PATH, handler)
        .operation(&BESIDE, handler)
        .into_router();
    let (uri, headers) = request;
    let request =
        headers.iter().fold(Request::get(*uri), |request, (name, value)| request.header(*name, *value));
    let found = json(answer(&router, request.body(Body::empty()).unwrap()));
    match found.get("violations").and_then(Value::as_array) {
        Some(violations) => violations
            .iter()
            .map(|one| json!(["code", "pointer", "in"].map(|name| one[name].clone())))
            .collect(),
        None => found,
    }
}

fn assert_read(location: Location, name: &'static str, cases: &[Case<'_>]) {
    for (style, shape, request, expected) in cases {
        let parameter = ServedParameter::new(location, name, *style, shape);
        assert_eq!(read(parameter, request), *expected, "{location:?} {style:?} {request:?}");
    }
}

#[test]
fn pairs_of_a_query_are_a_list_or_too_many() {
    let (form, deep) = (Style::form(true), Style::deep_object(true));
    let repeated = |pointer: &str| json!([["x-repeated", pointer, "query"]]);
    assert_read(
        Location::Query,
        "p",
        &[
            (form, TEXT, ("/beside?p=1&p=1", &[]), repeated("/p")),
            (form, TEXTS, ("/beside?p=1&p=2", &[]), json!(["1", "2"])),
            (form, TEXT_OR_TEXTS, ("/beside?p=1&p=2", &[]), json!(["1", "2"])),
            (form, TEXT_OR_TEXTS, ("/beside?p=1", &[]), json!("1")),
            (form, ANY, ("/beside?p=1&p=x", &[]), json!([1, "x"])),
            (form, ANY, ("/beside?p=1", &[]), json!(1)),
            (form, INTEGER_OR_TEXT, ("/beside?p=1", &[]), json!(1)),
            (form, INTEGER_OR_TEXT, ("/beside?p=1.5", &[]), json!("1.5")),
            (form, INTEGER_OR_TEXT, ("/beside?p=true", &[]), json!("true")),
            (form, BOOLEAN_OR_TEXT, ("/beside?p=1", &[]), json!("1")),
            (form, BOOLEAN_OR_TEXT, ("/beside?p=true", &[]), json!(true)),
            // Neither a key nor what belongs to another parameter is a member.
            (form, OPEN, ("/beside?a=1&key=K&q%5Bx%5D=2&r=3", &[]), json!({"a": 1})),
            (form, OPEN, ("/beside?r%5B%5D=3", &[]), json!({"r[]": 3})),
            (form, OBJECT, ("/beside?a=1&a=2", &[]), repeated("/p/a")),
            (Style::form(false), TEXTS, ("/beside?p=1,2&p=3", &[]), repeated("/p")),
            (Style::form(false), OBJECT, ("/beside?p=a,1,a,2", &[]), repeated("/p/a")),
            (Style::pipe_delimited(false), TEXTS, ("/beside?p=1%7C2&p=3", &[]), repeated("/p")),
            (Style::space_delimited(false), TEXTS, ("/beside?p=1%202&p=3", &[]), repeated("/p")),
            (Style::json(), ANY, ("/beside?p=1&p=2", &[]), repeated("/p")),
            (deep, OBJECT, ("/beside?p[a]=1&p[a]=2", &[]), repeated("/p/a")),
            (deep, OBJECT, ("/beside?p[a]=1&p[a][b]=2", &[]), repeated("/p/a")),
            (deep, OBJECT, ("/beside?p[list]=1&p[list]=2", &[]), json!({"list": ["1", "2"]})),
            (deep, OBJECT, ("/beside?p[list]=1", &[]), json!({"list": ["1"]})),
            (deep, OBJECT, ("/beside?p[list]=[1", &[]), json!({"list": ["[1"]})),
            (deep, OBJECT, ("/beside?p[list][]=1&p[list][]=2", &[]), json!({"list": ["1", "2"]})),
            (deep, OBJECT, ("/beside?p[list][0]=1&p[list][0]=2", &[]), repeated("/p/list/0")),
            (deep, OBJECTS, ("/beside?p[0][a]=1&p[1][a]=2&p[1][a]=3", &[]), repeated("/p/1/a")),
            (deep, OPEN, ("/beside?p[tag]=a&p[tag]=b", &[]), json!({"tag": ["a", "b"]})),
            (deep, OBJECT, ("/beside?p[a]=1&p=2", &[]), repeated("/p")),
            (deep, NESTED, ("/beside?p[inner]=", &[]), json!({"inner": {}})),
            (deep, OBJECT, ("/beside?p=1&p=2", &[]), repeated("/p")),
        ],
    );
}

#[test]
fn of_cookies_the_first_is_read_and_a_header_is_one_value_unless_they_are_lists() {
    let repeated = |location: &str, pointer: &str| json!([["x-repeated", pointer, location]]);
    assert_read(
        Location::Cookie,
        "p",
        &[
            // The first one has the longest path.
            (Style::form(true), TEXT, ("/beside", &[("cookie", "p=1; q=3; p=2")]), json!("1")),
            (Style::form(true), TEXT, ("/beside", &[("cookie", "p=1"), ("cookie", "p=2")]), json!("1")),
            (Style::form(true), OBJECT, ("/beside", &[("cookie", "a=1; a=2")]), json!({"a": "1"})),
            (Style::form(false), TEXTS, ("/beside", &[("cookie", "p=1,2; p=3")]), json!(["1", "2"])),
            (Style::json(), ANY, ("/beside", &[("cookie", "p=[1]; p=2")]), json!([1])),
            (Style::form(true), ANY, ("/beside", &[("cookie", "p=1; p=x")]), json!([1, "x"])),
            (Style::form(true), TEXTS, ("/beside", &[("cookie", "p=1; p=2")]), json!(["1", "2"])),
        ],
    );
    let simple = Style::simple(false);
    assert_read(
        Location::Header,
        "p",
        &[
            (simple, TEXT, ("/beside", &[("p", "1"), ("p", "2")]), repeated("header", "/p")),
            (simple, TEXT, ("/beside", &[("p", "1,2")]), json!("1,2")),
            (simple, TEXTS, ("/beside", &[("p", "1"), ("p", "2, 3")]), json!(["1", "2", "3"])),
            (simple, OBJECT, ("/beside", &[("p", "a,1"), ("p", "a,2")]), repeated("header", "/p/a")),
            (Style::json(), ANY, ("/beside", &[("p", "[1]"), ("p", "2")]), repeated("header", "/p")),
        ],
    );
    // A proxy may write what was one line as several.
    assert_read(
        Location::Header,
        "If-Match",
        &[(simple, TEXT, ("/beside", &[("if-match", "\"a\""), ("if-match", "\"b\"")]), json!("\"a\",\"b\""))],
    );
    assert_read(
        Location::Header,
        "Content-Encoding",
        &[(
            simple,
            TEXT,
            ("/beside", &[("content-encoding", "br"), ("content-encoding", "gzip")]),
            json!("br,gzip"),
        )],
    );
}

#[test]
fn a_body_is_of_one_media_type() {
    let request = Request::post("/formats").header("content-type", "text/plain");
    let request = request.header("content-type", "application/json").body(Body::from("abc")).unwrap();
    let told = json(answer(&bodies::formats(), request));
    assert_eq!(
        (&told["status"], &told["detail"]),
        (&json!(400), &json!("There is more than one Content-Type"))
    );
}

#[test]
fn a_matrix_has_its_name() {
    let missing = || json!([["x-missingRequiredField", "/p", "path"]]);
    for (explode, shape, path, expected) in [
        (false, TEXT, ";p=1", json!("1")),
        (false, TEXT, ";q=1", missing()),
        (false, TEXT, "1", missing()),
        (false, TEXT, ";p=1;p=2", json!([["x-repeated", "/p", "path"]])),
        (true, TEXTS, ";p=1;p=2", json!(["1", "2"])),
        (true, TEXTS, ";p=1;q=2", missing()),
        (false, TEXTS, ";p=1,2", json!(["1", "2"])),
        (true, ANY, ";p=1;p=x", json!([1, "x"])),
    ] {
        let request = (&*format!("/in-path/{path}"), &[][..]);
        assert_read(Location::Path, "p", &[(Style::matrix(explode), shape, request, expected)]);
    }
}

#[test]
fn a_member_in_a_path_comes_once() {
    for (style, path) in [
        (Style::simple(false), "a,1,a,2"),
        (Style::simple(true), "a=1,a=2"),
        (Style::label(true), ".a=1.a=2"),
        (Style::matrix(true), ";a=1;a=2"),
        (Style::matrix(false), ";p=a,1,a,2"),
    ] {
        let expected = json!([["x-repeated", "/p/a", "path"]]);
        assert_read(Location::Path, "p", &[(style, OBJECT, (&format!("/in-path/{path}"), &[]), expected)]);
    }
}
