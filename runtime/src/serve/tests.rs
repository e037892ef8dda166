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
    ApiDefinition, Authenticate, Claim, Credential, Denied, Failure, IncomingRequest, Routes,
    ServedParameter, ServedPart, Settings, Shape,
};
use crate::{
    operation::{
        DeclaredResponse, Location, Operation, Parameter, RequestBody, Scheme, SecurityKind, SecurityScheme,
        Status, Style,
    },
    validate::{Array, Bound, Choice, Definition, Field, Number, Object, Schema, Text, codes},
};

static DEFINITION: Definition = Definition::new();
static API: ApiDefinition = ApiDefinition::new(&DEFINITION)
    .schemes(&[
        SecurityScheme::new("bearer", SecurityKind::Bearer),
        SecurityScheme::new("basic", SecurityKind::Basic),
        SecurityScheme::new("header", SecurityKind::ApiKey(Location::Header, "X-Key")),
        SecurityScheme::new("query", SecurityKind::ApiKey(Location::Query, "key")),
        SecurityScheme::new("cookie", SecurityKind::ApiKey(Location::Cookie, "session")),
    ])
    .http_schemes(&[("signed", "Signature")]);

mod bodies;
mod repeated;
mod routes;
mod unread;

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
const OTHER: Operation = Operation::new("other", "GET", "/other").security(&[&[Scheme::new("signed", &[])]]);

const OPTIONAL_OTHER: Operation =
    Operation::new("optionalOther", "GET", "/optional-other").security(&[&[], &[Scheme::new("signed", &[])]]);

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
        .operation(&OPTIONAL_OTHER, optional)
        .operation(&OPTIONAL_KEY, optional)
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
        ("/other", &[], 401, &["signed: other"]),
        ("/optional", &[], 204, &[]),
        ("/optional-other", &[], 204, &["signed: other"]),
        ("/optional-other", &[("authorization", "Signature x")], 401, &["signed: other"]),
        ("/optional", &[("authorization", "Bearer good")], 200, &["bearer: bearer good"]),
        ("/optional", &[("authorization", "Bearer bad")], 401, &["bearer: bearer bad"]),
        ("/optional", &[("authorization", "Bearer")], 401, &[]),
        // Of several, nobody knows which one is meant.
        ("/any?key=good&key=good", &[], 401, &[]),
        ("/any?key=good&key=", &[], 401, &[]),
        ("/any?key=%FF&key=good", &[], 401, &[]),
        ("/any?key=%FF", &[], 401, &[]),
        ("/any", &[("cookie", "session=go%6Fd+good")], 200, &["cookie: key go%6Fd+good"]),
        ("/any", &[("cookie", "session=; session=good")], 401, &[]),
        ("/any", &[("cookie", "session=good; session=bad")], 401, &[]),
        ("/any", &[("authorization", "Bearer good"), ("authorization", "Bearer bad")], 401, &[]),
        ("/optional", &[("authorization", "Bearer good"), ("authorization", "Bearer good")], 401, &[]),
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

const OPTIONAL_KEY: Operation =
    Operation::new("optionalKey", "GET", "/optional-key").security(&[&[Scheme::new("query", &[])], &[]]);

#[test]
fn what_is_wrong_with_a_credential_is_told() {
    let (missing, invalid, repeated) = (
        "The request has no credential",
        "The credential is unknown or not valid",
        "The credential comes more than once",
    );
    for (uri, headers, detail) in [
        ("/any?key=", &[][..], json!(missing)),
        ("/any?key=bad", &[], json!(invalid)),
        ("/any?key=%FF", &[], json!(invalid)),
        ("/any?key=&key=good", &[], json!(repeated)),
        ("/any?key=%FF&key=%FF", &[], json!(repeated)),
        ("/any", &[("authorization", "Basic x"), ("authorization", "Bearer good")], json!(repeated)),
        ("/any", &[("authorization", "Basic x"), ("cookie", "session=a; session=b")], json!(repeated)),
        // Nobody is let in for a key that was not read.
        ("/optional-key?key=%FF", &[], json!(invalid)),
        ("/optional-key?key=&key=", &[], json!(repeated)),
        ("/optional-key?key=good&%FF=1", &[], json!(invalid)),
        ("/any", &[("cookie", "session=good; %FF=1")], json!(invalid)),
        ("/optional-key?key=", &[], Value::Null),
    ] {
        let request =
            headers.iter().fold(Request::get(uri), |request, (name, value)| request.header(*name, *value));
        let response = answer(&guarded(&Arc::default()), request.body(Body::empty()).unwrap());
        assert_eq!(json(response)["detail"], detail, "{uri} {headers:?}");
    }
}

#[test]
fn every_scheme_has_its_challenge() {
    let get = |uri| answer(&guarded(&Arc::default()), Request::get(uri).body(Body::empty()).unwrap());
    let challenges = |response: &Response| {
        let values = response.headers().get_all("www-authenticate").iter();
        values.map(|value| value.to_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let response = get("/any");
    assert_eq!(challenges(&get("/other")), ["Signature realm=\"signed\""]);
    assert_eq!(
        challenges(&response),
        [
            "Bearer realm=\"bearer\"",
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

#[test]
fn head_says_how_long_the_body_would_be() {
    let router = guarded(&Arc::default());
    let ask = |method| {
        let request = Request::builder().method(method).uri("/any").body(Body::empty()).unwrap();
        let response = answer(&router, request);
        let length = response.headers()["content-length"].to_str().unwrap().to_owned();
        (response.status(), length, json(response))
    };
    let ((status, length, body), head) = (ask("GET"), ask("HEAD"));
    assert_eq!(head, (status, length, Value::Null));
    assert_eq!(body["status"], 401);
}

#[test]
fn a_status_that_has_no_body_gets_none() {
    for (status, is_there) in [(200, true), (204, false), (205, false), (304, false), (101, true)] {
        let handler = move |_: Arc<()>, call: IncomingRequest| async move {
            let response = call.response().status_beside(StatusCode::from_u16(status).unwrap());
            response.json("application/json", "some").finish()
        };
        let settings = Settings::new().check_responses(false);
        let router = Routes::new(Arc::new(()), &API, settings).operation(&RANGES, handler).into_router();
        let response = answer(&router, Request::get("/ranges").body(Body::empty()).unwrap());
        // A status of the ranges 1xx ends no request.
        let expected = if status < 200 { 500 } else { status };
        assert_eq!(response.status().as_u16(), expected);
        assert_eq!(response.headers().contains_key("content-type"), is_there, "{status}");
        assert_eq!(json(response).is_null(), !is_there, "{status}");
    }
}

#[test]
fn each_cookie_has_a_header_of_its_own() {
    let handler = |_: Arc<()>, call: IncomingRequest| async move {
        let cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"];
        let response = call.response().header("Set-Cookie", &cookies, Style::simple(false));
        response.header("Vary", &["accept", "origin"], Style::simple(false)).finish()
    };
    let router = Routes::new(Arc::new(()), &API, Settings::new()).operation(&RANGES, handler).into_router();
    let response = answer(&router, Request::get("/ranges").body(Body::empty()).unwrap());
    let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"]);
    assert_eq!(response.headers()["vary"], "accept,origin");
}

/// hyper ends the connection, or sends a response that nobody can read.
#[test]
fn a_length_that_is_not_that_of_the_body_is_told() {
    const HEAD: Operation = Operation::new("head", "HEAD", "/head");
    for (operation, status, length, expected) in [
        (&RANGES, 302, 3, 500),
        (&RANGES, 302, 5, 302),
        (&RANGES, 304, 3, 304),
        (&RANGES, 204, 3, 500),
        (&HEAD, 200, 3, 200),
    ] {
        let handler = move |_: Arc<()>, call: IncomingRequest| async move {
            let response = call.response().status(status);
            let response = response.header("Content-Length", &length, Style::simple(false));
            let is_head = call.operation.method == "HEAD";
            if is_head { response } else { response.text("text/plain", "hello".to_owned()) }.finish()
        };
        let settings = Settings::new().check_responses(false);
        let router = Routes::new(Arc::new(()), &API, settings).operation(operation, handler).into_router();
        let request = Request::builder().method(operation.method).uri(operation.path);
        let response = answer(&router, request.body(Body::empty()).unwrap());
        assert_eq!(response.status().as_u16(), expected, "{status} {length}");
    }
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
