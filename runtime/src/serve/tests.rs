//! Requests against routes that are made by hand: credentials of every kind, bodies of every format, and the
//! form of failures.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
    response::Response,
};
use serde_json::{Value, json};
use tower_service::Service as _;

use super::{
    ApiDefinition, Authenticate, Claim, Credential, Denied, Failure, IncomingRequest, Routes, Settings, Shape,
};
use crate::{
    operation::{
        DeclaredResponse, Location, Operation, RequestBody, Scheme, SecurityKind, SecurityScheme, Status,
        Style,
    },
    validate::{Definition, Schema, Text, codes},
};

static DEFINITION: Definition = Definition::new();
static API: ApiDefinition = ApiDefinition::new(&DEFINITION).schemes(&[
    SecurityScheme::new("bearer", SecurityKind::Bearer),
    SecurityScheme::new("basic", SecurityKind::Basic),
    SecurityScheme::new("header", SecurityKind::ApiKey(Location::Header, "X-Key")),
    SecurityScheme::new("query", SecurityKind::ApiKey(Location::Query, "key")),
    SecurityScheme::new("cookie", SecurityKind::ApiKey(Location::Cookie, "session")),
]);

static SHORT: Schema = Schema::text(Text::new().max_length(3, &codes::INVALID_SIZE));

/// Writes down what it is asked, and lets in whoever says `good`.
#[derive(Default)]
struct Doorkeeper(Mutex<Vec<String>>);

impl Authenticate for Doorkeeper {
    type Principal = ();

    async fn authenticate(&self, claims: &[Claim<'_>]) -> Result<(), Denied> {
        let mut is_good = true;
        for claim in claims {
            let credential = match claim.credential {
                Credential::Bearer(token) => format!("bearer {token}"),
                Credential::Basic(user, password) => format!("basic {user} {password}"),
                Credential::ApiKey(key) => format!("key {key}"),
                Credential::Other => "other".to_owned(),
            };
            is_good &= credential.contains("good");
            let told = format!("{}: {credential} {}", claim.scheme, claim.scopes.join(" "));
            self.0.lock().unwrap().push(told.trim_end().to_owned());
        }
        if is_good { Ok(()) } else { Err(Denied::Credential) }
    }
}

fn answer(router: &Router, request: Request<Body>) -> Response {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let result: Result<Response, Infallible> = runtime.block_on(router.clone().call(request));
    result.unwrap()
}

fn json(response: Response) -> Value {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let bytes = runtime.block_on(to_bytes(response.into_body(), usize::MAX)).unwrap();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

const ANY_OF: Operation = Operation::new("anyOf", "GET", "/any").security(&[
    &[Scheme::new("bearer", &["read", "write"])],
    &[Scheme::new("basic", &[]), Scheme::new("header", &[])],
    &[Scheme::new("query", &[])],
    &[Scheme::new("cookie", &[])],
]);
const OPTIONAL: Operation =
    Operation::new("optional", "GET", "/optional").security(&[&[Scheme::new("bearer", &[])], &[]]);
const OTHER: Operation = Operation::new("other", "GET", "/other").security(&[&[Scheme::new("mutual", &[])]]);

fn guarded(doorkeeper: &Arc<Doorkeeper>) -> Router {
    let required = |api: Arc<Doorkeeper>, mut call: IncomingRequest| async move {
        call.authenticate(&*api).await?;
        Ok(Response::default())
    };
    let optional = |api: Arc<Doorkeeper>, mut call: IncomingRequest| async move {
        let principal = call.authenticate_if_given(&*api).await?;
        let mut response = Response::default();
        *response.status_mut() = if principal.is_some() { StatusCode::OK } else { StatusCode::NO_CONTENT };
        Ok(response)
    };
    Routes::new(Arc::clone(doorkeeper), &API, Settings::new())
        .operation(&ANY_OF, required)
        .operation(&OTHER, required)
        .operation(&OPTIONAL, optional)
        .into_router()
}

#[test]
fn credentials_are_found_where_their_schemes_say() {
    // `user:good` and `user:bad`.
    let (good, bad) = ("Basic dXNlcjpnb29k", "Basic dXNlcjpiYWQ=");
    for (uri, headers, status, told) in [
        ("/any", &[("authorization", "Bearer good")][..], 200, &["bearer: bearer good read write"][..]),
        (
            "/any",
            &[("authorization", good), ("x-key", "good")],
            200,
            &["basic: basic user good", "header: key good"],
        ),
        ("/any", &[("authorization", good)], 401, &[]),
        (
            "/any",
            &[("authorization", bad), ("x-key", "good")],
            401,
            &["basic: basic user bad", "header: key good"],
        ),
        ("/any?key=go%6Fd", &[], 200, &["query: key good"]),
        ("/any?key=bad", &[("cookie", "a=1; session=good")], 200, &["query: key bad", "cookie: key good"]),
        ("/any?key=", &[], 401, &[]),
        ("/any", &[], 401, &[]),
        ("/any", &[("authorization", "Basic %%%")], 401, &[]),
        ("/other", &[], 401, &["mutual: other"]),
        ("/optional", &[], 204, &[]),
        ("/optional", &[("authorization", "Bearer good")], 200, &["bearer: bearer good"]),
        ("/optional", &[("authorization", "Bearer bad")], 401, &["bearer: bearer bad"]),
        ("/optional", &[("authorization", "Bearer")], 401, &[]),
    ] {
        let doorkeeper = Arc::new(Doorkeeper::default());
        let mut request = Request::get(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = answer(&guarded(&doorkeeper), request.body(Body::empty()).unwrap());
        assert_eq!(response.status().as_u16(), status, "{uri} {headers:?}");
        assert_eq!(*doorkeeper.0.lock().unwrap(), told, "{uri} {headers:?}");
    }
}

#[test]
fn every_scheme_has_its_challenge() {
    let response = answer(&guarded(&Arc::default()), Request::get("/any").body(Body::empty()).unwrap());
    let challenges = response.headers().get_all("www-authenticate").iter();
    let challenges: Vec<&str> = challenges.map(|value| value.to_str().unwrap()).collect();
    assert_eq!(
        challenges,
        [
            "Bearer",
            "Basic realm=\"basic\", charset=\"UTF-8\"",
            "ApiKey name=\"X-Key\", in=\"header\"",
            "ApiKey name=\"key\", in=\"query\"",
            "ApiKey name=\"session\", in=\"cookie\"",
        ]
    );
    assert_eq!(
        json(response),
        json!({
            "type": "about:blank",
            "title": "Unauthorized",
            "status": 401,
            "detail": "The request has no credential"
        })
    );
}

const FORMATS: Operation = Operation::new("formats", "POST", "/formats").request(RequestBody::new(
    true,
    &["text/plain", "application/octet-stream", "multipart/form-data", "application/x-www-form-urlencoded"],
));

/// Answers with what was read of the body.
fn formats() -> Router {
    let handler = |_: Arc<()>, mut call: IncomingRequest| async move {
        let read = match call.content(FORMATS.request.unwrap().media_types).await? {
            Some(0) => call.text_body(Some(&SHORT)).map(|text| json!(text)),
            Some(1) => call.bytes().map(|bytes| json!(bytes.len())),
            Some(2) => call.form_data(&["file"]).await.map(|form| {
                let part = |part: &super::FormPart| {
                    json!([part.name, part.file_name, part.content_type, part.text()])
                };
                form.parts.iter().map(part).collect::<Value>()
            }),
            Some(_) => {
                const SHAPE: &Shape = &Shape::new().members(&[("a", &Shape::new().number())]);
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
    let other = form.replace("\"file\"", "\"else\"");
    let pairs = "a=1&".repeat(4_096);
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
            other.as_bytes(),
            400,
            json!(["x-missingRequiredField", "/file"]),
        ),
        ("multipart/form-data", form.as_bytes(), 400, json!(["x-invalidForm", ""])),
        ("multipart/form-data; boundary=x", b"--x\r\nno", 400, json!(["x-invalidForm", ""])),
        ("application/x-www-form-urlencoded", b"a=1&b=x+y&b=z%2B", 200, json!({"a": 1, "b": "z+"})),
        ("application/x-www-form-urlencoded", b"a=%ff", 400, json!(["x-invalidUtf8", ""])),
        ("application/x-www-form-urlencoded", pairs.as_bytes(), 400, json!(["x-invalidForm", ""])),
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

const UNPROCESSABLE: Operation = Operation::new("unprocessable", "POST", "/unprocessable")
    .responses(&[DeclaredResponse::new(Status::Code(422), &["application/json"])]);
const CONFLICT: Operation = Operation::new("conflict", "POST", "/conflict")
    .responses(&[DeclaredResponse::new(Status::Code(409), &[])]);

#[test]
fn failures_have_the_status_and_the_body_that_the_definition_describes() {
    let invalid = |_: Arc<()>, mut call: IncomingRequest| async move {
        let _ = call.missing_body::<()>();
        Err(call.refuse())
    };
    let conflict = |_: Arc<()>, _: IncomingRequest| async move { Err(Failure::new(StatusCode::CONFLICT)) };
    let router = Routes::new(Arc::new(()), &API, Settings::new())
        .operation(&UNPROCESSABLE, invalid)
        .operation(&CONFLICT, conflict)
        .into_router();
    let post = |uri| answer(&router, Request::post(uri).body(Body::empty()).unwrap());
    let response = post("/unprocessable");
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(json(response)["violations"][0]["detail"], "Required field is missing");
    let response = post("/conflict");
    assert_eq!(response.status(), StatusCode::CONFLICT);
    assert_eq!(json(response), Value::Null);
    let missing = post("/nowhere");
    assert_eq!(missing.headers()["content-type"], "application/problem+json");
}

const RANGES: Operation = Operation::new("ranges", "GET", "/ranges").responses(&[
    DeclaredResponse::new(Status::Code(404), &[]),
    DeclaredResponse::new(Status::Range(4), &[]),
    DeclaredResponse::new(Status::Default, &[]),
]);

#[test]
fn a_status_that_another_variant_is_for_is_told_at_once() {
    for (of_range, status, is_right) in [
        (true, 418, true),
        (true, 404, false),
        (true, 302, false),
        (false, 302, true),
        (false, 404, false),
        (false, 418, false),
    ] {
        let handler = move |_: Arc<()>, call: IncomingRequest| async move {
            let (status, response) = (StatusCode::from_u16(status).unwrap(), call.response());
            if of_range { response.status_of(status, 4) } else { response.status_beside(status) }.finish()
        };
        let settings = Settings::new().check_responses(true);
        let router = Routes::new(Arc::new(()), &API, settings).operation(&RANGES, handler).into_router();
        let response = answer(&router, Request::get("/ranges").body(Body::empty()).unwrap());
        assert_eq!(response.status().as_u16(), if is_right { status } else { 500 }, "{of_range} {status}");
    }
}
