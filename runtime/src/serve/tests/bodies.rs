//! Bodies: of every format, the parts of forms, and where a violation is.

use super::*;
use crate::serve::{FormPart, MediaBody};

const FORMATS: Operation = Operation::new("formats", "POST", "/formats").request(RequestBody::new(
    true,
    &["text/plain", "application/octet-stream", "multipart/form-data", "application/x-www-form-urlencoded"],
));

/// The parts of a form: a file, a number, lists and an object.
static ASKED: [ServedPart; 7] = [
    ServedPart::new("file").required().check(&FILE, &Shape::new().text()),
    ServedPart::new("count").check(&COUNT, &Shape::new().number()),
    ServedPart::new("tags").check(&TAGS, &Shape::new().items(&Shape::new().text())),
    ServedPart::new("counts").check(&COUNTS, &Shape::new().items(&Shape::new().number())),
    ServedPart::new("grid").check(&GRID, &Shape::new().items(&Shape::new().items(&Shape::new().number()))),
    ServedPart::new("mixed")
        .check(&MIXED, &Shape::new().items(&Shape::new().number().items(&Shape::new().number()))),
    ServedPart::new("more").check(&MORE, &Shape::new().members(&[])),
];
static FILE: Schema = Schema::text(Text::new().max_length(8, &codes::INVALID_SIZE));
static COUNT: Schema = Schema::number(Number::new().maximum(Bound::inclusive("5", &codes::TOO_LARGE)));
static TAGS: Schema = Schema::array(Array::new().items(&SHORT).max_items(2, &codes::TOO_MANY_ITEMS));
static COUNTS: Schema = Schema::array(Array::new().items(&COUNT));
static GRID: Schema = Schema::array(Array::new().items(&COUNTS));
static MIXED: Schema = Schema::array(Array::new().items(&COUNT_OR_COUNTS));
static COUNT_OR_COUNTS: Schema = Schema::any().choices(&[Choice::one_of(&[&COUNT, &COUNTS])]);
static MORE: Schema = Schema::object(Object::new(&[]));

/// Answers with what was read of the body.
pub(super) fn formats() -> Router {
    let handler = |_: Arc<()>, mut call: IncomingRequest| async move {
        let read = match call.content(FORMATS.request.unwrap().media_types).await? {
            Some(0) => call.text_body(Some(&SHORT)).map(|text| json!(text)),
            Some(1) => call.bytes().map(|bytes| json!(bytes.len())),
            Some(2) => call.form_data(&ASKED).await.map(|form| {
                let part =
                    |part: &FormPart| json!([part.name, part.file_name, part.content_type, part.text()]);
                form.parts.iter().map(part).collect::<Value>()
            }),
            Some(_) => {
                const SHAPE: &Shape = &Shape::new().members(&[("a", &Shape::new().integer())]);
                call.form::<Value>(SHAPE, &[("b", Style::form(true))], None)
            }
            None => call.missing_body(),
        };
        let Some(read) = read else { return Err(call.refuse()) };
        Ok(Response::new(Body::from(read.to_string())))
    };
    Routes::new(Arc::new(()), &API, Settings::new()).operation(&FORMATS, handler).into_router()
}

#[test]
fn bodies_of_every_format_are_read_or_refused() {
    let form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/csv\r\n\r\n\
                1,2\r\n--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n\r\n--x--\r\n";
    let quoted = form.replace("\"file\"", "\"fi%22le\"").replace("a.txt", "a%22.txt");
    let both = form.trim_end_matches("--x--\r\n").to_owned() + &quoted;
    let other = form.replace("\"file\"", "\"else\"");
    let pairs = "a=1&".repeat(4_096);
    let parts = form.trim_end_matches("--x--\r\n").repeat(2_049) + "--x--\r\n";
    for (content_type, body, status, expected) in [
        ("text/plain; charset=utf-8", &b"\xC3\xA4bc"[..], 200, json!("äbc")),
        ("text/plain", b"abcd", 400, json!(["x-invalidSize", ""])),
        ("text/plain", b"\xff", 400, json!(["x-invalidUtf8", ""])),
        ("application/octet-stream", b"\xff\x00", 200, json!(2)),
        (
            "multipart/form-data; boundary=x",
            form.as_bytes(),
            200,
            json!([["file", "a.txt", "text/csv", "1,2"], ["note", null, null, ""]]),
        ),
        (
            "multipart/form-data; boundary=x",
            both.as_bytes(),
            200,
            json!([
                ["file", "a.txt", "text/csv", "1,2"],
                ["note", null, null, ""],
                ["fi\"le", "a\".txt", "text/csv", "1,2"],
                ["note", null, null, ""]
            ]),
        ),
        (
            "multipart/form-data; boundary=x",
            other.as_bytes(),
            400,
            json!(["x-missingRequiredField", "/file"]),
        ),
        ("multipart/form-data", form.as_bytes(), 400, json!(["x-invalidForm", ""])),
        ("multipart/form-data; boundary=x", parts.as_bytes(), 400, json!(["x-invalidForm", ""])),
        ("multipart/form-data; boundary=x", b"--x\r\nno", 400, json!(["x-invalidForm", ""])),
        ("application/x-www-form-urlencoded", b"a=1&b=x+y&b=z%2B", 200, json!({"a": 1, "b": ["x y", "z+"]})),
        ("application/x-www-form-urlencoded", b"a=1&a=2", 400, json!(["x-repeated", "/a"])),
        ("application/x-www-form-urlencoded", b"a=%ff", 400, json!(["x-invalidUtf8", ""])),
        ("application/x-www-form-urlencoded", pairs.as_bytes(), 400, json!(["x-invalidForm", ""])),
        ("application/x-www-form-urlencoded", b"b%5B%5D=x&c%5Bd%5D=y", 200, json!({"b[]": "x", "c[d]": "y"})),
        ("", b"", 400, json!(["x-missingRequiredField", ""])),
        ("", b"a", 415, json!(null)),
        ("application/json", b"a", 415, json!(null)),
    ] {
        let mut request = Request::post("/formats");
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        let response = answer(&formats(), request.body(Body::from(body.to_vec())).unwrap());
        assert_eq!(response.status().as_u16(), status, "{content_type}");
        let mut found = json(response);
        if status != 200 {
            let violation = &found["violations"][0];
            found = if violation.is_null() {
                Value::Null
            } else {
                json!([violation["code"], violation["pointer"]])
            };
        }
        assert_eq!(found, expected, "{content_type}");
    }
}

#[test]
fn a_body_that_is_compressed_is_refused_unless_the_operation_reads_it() {
    const ENCODED: Operation =
        FORMATS.parameters(&[Parameter::new("Content-Encoding", Location::Header, false)]);
    let read = |operation: &'static Operation, encoding: &str, body: &'static str| {
        let handler = |_: Arc<()>, mut call: IncomingRequest| async move {
            call.content(FORMATS.request.unwrap().media_types).await?;
            Ok(Response::default())
        };
        let router = Routes::new(Arc::new(()), &API, Settings::new()).operation(operation, handler);
        let request = Request::post("/formats").header("content-type", "text/plain");
        let request = request.header("content-encoding", encoding).body(Body::from(body)).unwrap();
        answer(&router.into_router(), request)
    };
    for (operation, encoding, body, status) in [
        (&FORMATS, "Identity", "abc", StatusCode::OK),
        (&ENCODED, "gzip", "abc", StatusCode::OK),
        (&FORMATS, "gzip", "", StatusCode::OK),
        (&FORMATS, "identity, gzip", "abc", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ] {
        assert_eq!(read(operation, encoding, body).status(), status, "{encoding} {body}");
    }
    let refused = read(&FORMATS, "gzip", "abc");
    assert_eq!(refused.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(refused.headers()["accept-encoding"], "identity");
}

const PLACES: Operation = Operation::new("places", "POST", "/places")
    .request(RequestBody::new(true, &["application/json", "application/x-www-form-urlencoded"]));

#[test]
fn a_violation_says_where_it_is() {
    let handler = |_: Arc<()>, mut call: IncomingRequest| async move {
        const COUNTS: &Shape = &Shape::new().items(&Shape::new().number());
        const FORM: &Shape = &Shape::new().members(&[("more", &Shape::new().members(&[]))]);
        static QUERY: ServedParameter =
            ServedParameter::new(Location::Query, "n", Style::form(false), COUNTS).check(&SMALL);
        static SMALL: Schema = Schema::array(Array::new().items(&COUNT));
        static BODY: Schema = Schema::object(Object::new(&[Field::new("more", &COUNT)]));
        let number = call.required::<Value>(QUERY);
        let body = match call.content(PLACES.request.unwrap().media_types).await? {
            Some(0) => call.json::<Value>(Some(&BODY)),
            _ => call.form::<Value>(FORM, &[], Some(&BODY)),
        };
        let (Some(_), Some(_)) = (number, body) else { return Err(call.refuse()) };
        Ok(Response::new(Body::empty()))
    };
    let router = Routes::new(Arc::new(()), &API, Settings::new()).operation(&PLACES, handler).into_router();
    let found = |query: &str, content_type: &str, body: &'static str| {
        let request = Request::post(format!("/places?{query}")).header("content-type", content_type);
        let found = json(answer(&router, request.body(Body::from(body)).unwrap()));
        let members = ["pointer", "in", "line", "column"];
        let place = |violation: &Value| json!(members.map(|name| violation[name].clone()));
        found["violations"].as_array().unwrap().iter().map(place).collect::<Value>()
    };
    let (json_type, form_type) = ("application/json", "application/x-www-form-urlencoded");
    assert_eq!(found("n=1,6", json_type, "{}"), json!([["/n/1", "query", null, null]]));
    assert_eq!(found("", json_type, "{}"), json!([["/n", "query", null, null]]));
    assert_eq!(found("n=1", json_type, "{\n \"more\": 6}"), json!([["/more", null, 2, 10]]));
    assert_eq!(found("n=1", form_type, "more=a"), json!([["/more", null, null, null]]));
}

/// Returns a form with these parts: name, what follows it in the headers, and contents.
fn form(parts: &[(&str, &str, &str)]) -> String {
    let part = |(name, more, contents): &(&str, &str, &str)| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{contents}\r\n")
    };
    parts.iter().map(part).collect::<String>() + "--x--\r\n"
}

#[test]
fn parts_of_forms_are_what_the_definition_asks_for() {
    const JSON: &str = "\r\nContent-Type: application/json; charset=utf-8";
    const FILE: &str = "; filename=\"a.json\"\r\nContent-Type: application/json";
    let file = ("file", FILE, "[1]");
    for (parts, expected) in [
        (&[file, ("count", "", "5"), ("tags", "", "a"), ("tags", "", "b"), ("more", "", "{}")][..], ""),
        (&[file, ("tags", JSON, "[\"a\"]"), ("more", JSON, "{}"), ("count", JSON, "5")], ""),
        // A string as text and as JSON, and a file whose length is that of its bytes.
        (&[("file", "", "12345678"), ("file", JSON, "\"12345678\"")], ""),
        (&[("file", FILE, "\u{e9}\u{e9}\u{e9}\u{e9}e")], "x-invalidSize /file"),
        (&[("file", "", "\u{e9}\u{e9}\u{e9}\u{e9}e")], ""),
        // An item that looks like a list, as text and as a file, and a list.
        (&[file, ("tags", "", "[1]")], ""),
        (&[file, ("tags", FILE, "[1]")], ""),
        (&[file, ("tags", JSON, "[1]")], "x-invalidType /tags/0"),
        (&[file, ("counts", "", "[1,6]")], "x-tooLarge /counts/1"),
        (&[file, ("counts", "", "1"), ("counts", "", "6")], "x-tooLarge /counts/1"),
        (&[file, ("counts", JSON, "\n [1, 6]")], "x-tooLarge /counts/1"),
        // Items that are lists, and a list of such.
        (&[file, ("grid", "", "[1,6]")], "x-tooLarge /grid/0/1"),
        (&[file, ("grid", "", "[]"), ("grid", "", "[1]")], ""),
        (&[file, ("mixed", JSON, "[1,[6]]")], "x-tooLarge /mixed/1/0"),
        (&[file, ("grid", "", "[[1],[6]]")], "x-tooLarge /grid/1/0"),
        // Every part of a name is looked at.
        (&[file, ("file", "", "123456789")], "x-invalidSize /file"),
        (&[file, ("count", "", "6"), ("count", "", "5")], "x-tooLarge /count"),
        (&[file, ("count", "", "five"), ("more", "", "{")], "x-invalidType /count, x-invalidType /more"),
        (&[file, ("tags", "", "a"), ("tags", "", "abcd")], "x-invalidSize /tags/1"),
        (&[file, ("tags", "", "a"), ("tags", "", "b"), ("tags", "", "c")], "x-tooManyItems /tags"),
        (&[("count", "", "6")], "x-missingRequiredField /file, x-tooLarge /count"),
    ] {
        let request = Request::post("/formats").header("content-type", "multipart/form-data; boundary=x");
        let found = json(answer(&formats(), request.body(Body::from(form(parts))).unwrap()));
        let broken = |violation: &Value| {
            let text = |name: &str| violation[name].as_str().unwrap();
            format!("{} {}", text("code"), text("pointer"))
        };
        let violations = found["violations"].as_array();
        let violations: Vec<String> = violations.into_iter().flatten().map(broken).collect();
        assert_eq!(violations.join(", "), expected, "{parts:?}");
    }
}

#[test]
fn a_body_of_an_open_media_type_states_a_single_one() {
    for (status, media_type, expected) in
        [(200, "image/png", 200), (200, "image/png, text/html", 500), (200, "", 500), (204, "", 204)]
    {
        let handler = move |_: Arc<()>, call: IncomingRequest| async move {
            let response = call.response().status_beside(StatusCode::from_u16(status).unwrap());
            response.media("image/*", MediaBody::new(media_type, "a")).finish()
        };
        let settings = Settings::new().check_responses(false);
        let router = Routes::new(Arc::new(()), &API, settings).operation(&RANGES, handler).into_router();
        let response = answer(&router, Request::get("/ranges").body(Body::empty()).unwrap());
        assert_eq!(response.status().as_u16(), expected, "{status} {media_type}");
    }
}

/// Many clients state the media type of every request, whether it has a body or not.
#[test]
fn no_bytes_are_no_body_where_an_empty_one_is_no_value() {
    const TYPES: &[&str] = &["application/json", "text/plain"];
    const EITHER: Operation =
        Operation::new("either", "POST", "/either").request(RequestBody::new(false, TYPES));
    let handler = |_: Arc<()>, mut call: IncomingRequest| async move {
        let index = call.content(TYPES).await?;
        Ok(Response::new(Body::from(json!(index).to_string())))
    };
    let router = Routes::new(Arc::new(()), &API, Settings::new()).operation(&EITHER, handler).into_router();
    for (content_type, body, index) in [
        ("application/json; charset=utf-8", "", json!(null)),
        ("application/json", " ", json!(0)),
        ("text/plain", "", json!(1)),
        ("application/xml", "", json!(null)),
    ] {
        let request = Request::post("/either").header("content-type", content_type);
        let response = answer(&router, request.body(Body::from(body)).unwrap());
        assert_eq!(json(response), index, "{content_type} {body:?}");
    }
}

#[test]
fn the_limit_of_a_form_is_that_of_the_settings() {
    let sent = |bytes: usize| {
        let form = form(&[("file", "; filename=\"a\"", &"a".repeat(bytes))]);
        let handler = |_: Arc<()>, mut call: IncomingRequest| async move {
            call.content(FORMATS.request.unwrap().media_types).await?;
            let Some(form) = call.form_data(&[]).await else { return Err(call.refuse()) };
            Ok(Response::new(Body::from(json!(form.parts[0].bytes.len()).to_string())))
        };
        let settings = Settings::new().body_limit(4 << 20);
        let router = Routes::new(Arc::new(()), &API, settings).operation(&FORMATS, handler).into_router();
        let request = Request::post("/formats").header("content-type", "multipart/form-data; boundary=x");
        answer(&router, request.body(Body::from(form)).unwrap())
    };
    assert_eq!(json(sent(3 << 20)), json!(3 << 20));
    assert_eq!(sent(4 << 20).status(), StatusCode::PAYLOAD_TOO_LARGE);
}
