//! Requests that no client makes.

use std::sync::Arc;

use bytes::Bytes;
use concur_cards::server::{Settings, router_with};
use http::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::api::{Cards, TOKEN, WEAK_TOKEN, routed};
use crate::direct::answer;
use crate::items::{COMPANY, accounts};

fn path(rest: &str) -> String {
    format!("/cards/v4/companies/{COMPANY}/{rest}")
}

/// A request that is accepted, to be changed.
fn good() -> Request<Bytes> {
    let body = serde_json::to_vec(&accounts(&["a-1"])).unwrap();
    Request::post(path("accounts/bulk"))
        .header("Authorization", format!("Bearer {TOKEN}"))
        .header("Content-Type", "application/json")
        .body(body.into())
        .unwrap()
}

fn with_header(name: &'static str, value: &str) -> Request<Bytes> {
    let mut request = good();
    request.headers_mut().insert(name, http::HeaderValue::from_bytes(value.as_bytes()).unwrap());
    request
}

fn without(name: &str) -> Request<Bytes> {
    let mut request = good();
    request.headers_mut().remove(name);
    request
}

fn with_body(body: impl Into<Bytes>) -> Request<Bytes> {
    good().map(|_| body.into())
}

fn send(request: Request<Bytes>) -> Response<Bytes> {
    runtime().block_on(answer(&routed(&Arc::new(Cards::default())), request))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

fn body(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap_or_default()
}

fn header<'r>(response: &'r Response<Bytes>, name: &str) -> &'r str {
    response.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

#[test]
fn violations_are_answered_as_the_service_does() {
    let mut list = serde_json::to_value(accounts(&["a-1"])).unwrap();
    list["accounts"][0]["provider"]["countryCode"] = "XX".into();
    list["accounts"][0].as_object_mut().unwrap().remove("externalId");
    let response = send(with_body(list.to_string()));
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(header(&response, "content-type"), "application/json");
    assert_eq!(
        body(&response),
        json!([{
            "errorCode": "invalidRequest",
            "errorMessage": "The request contains errors",
            "dataPath": format!("/v4/companies/{COMPANY}/accounts/bulk"),
            "errors": [
                {
                    "errorCode": "missingRequiredField",
                    "errorMessage": "Missing required field",
                    "dataPath": "accounts[0].externalId"
                },
                {
                    "errorCode": "invalidCountryCode",
                    "errorMessage": "Value is not a valid ISO 3166-1 Alpha-2 country code",
                    "dataPath": "accounts[0].provider.countryCode"
                },
            ]
        }])
    );
}

#[test]
fn what_is_no_json_is_an_error_of_the_request() {
    for text in [&b"{"[..], b"", b"{\"accounts\": [\"\xff\"]}"] {
        let response = send(with_body(text.to_vec()));
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        let body = body(&response);
        assert_eq!(body[0]["errorCode"], "invalidJson", "{body}");
        assert_eq!(body[0]["dataPath"], format!("/v4/companies/{COMPANY}/accounts/bulk"));
    }
}

#[test]
fn parameters_are_checked_with_the_body() {
    let mut request = with_body("{\"accounts\": 1}");
    *request.uri_mut() = "/cards/v4/companies/acme/accounts/bulk".parse().unwrap();
    let response = send(request);
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    let body = body(&response);
    let found: Vec<&str> = body[0]["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["dataPath"].as_str().unwrap())
        .collect();
    assert_eq!(found, ["companyId", "accounts"], "{body}");
    let response = send(with_header("concur-correlationid", "abc"));
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    let body = self::body(&response);
    assert_eq!(body[0]["errors"][0]["dataPath"], "concur-correlationid", "{body}");
    let mut request = good();
    *request.uri_mut() = "/cards/v4/companies/%ff/accounts/bulk".parse().unwrap();
    assert_eq!(self::body(&send(request))[0]["errors"][0]["errorCode"], "x-invalidUtf8");
}

#[test]
fn media_types_are_those_of_the_definition() {
    for request in [
        without("Content-Type"),
        with_header("Content-Type", "text/plain"),
        with_header("Content-Type", "application/jso\u{fc}"),
    ] {
        let response = send(request);
        assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(header(&response, "accept"), "application/json");
    }
    for accepted in ["application/json;charset=utf-8", "Application/JSON"] {
        assert_eq!(send(with_header("Content-Type", accepted)).status(), StatusCode::TOO_MANY_REQUESTS);
    }
    for (accept, status) in [
        ("application/json", StatusCode::TOO_MANY_REQUESTS),
        ("application/*;q=0.1, text/html", StatusCode::TOO_MANY_REQUESTS),
        ("*/*", StatusCode::TOO_MANY_REQUESTS),
        ("text/html", StatusCode::NOT_ACCEPTABLE),
        ("application/json;q=0, */*", StatusCode::NOT_ACCEPTABLE),
    ] {
        assert_eq!(send(with_header("Accept", accept)).status(), status, "{accept}");
    }
}

#[test]
fn paths_and_methods_are_those_of_the_definition() {
    let request = |method: Method, path: String| {
        let mut request = good();
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().unwrap();
        request
    };
    for wrong in
        ["/".to_owned(), "/cards".to_owned(), path("accounts"), path("accounts/bulk/"), path("/bulk")]
    {
        let response = send(request(Method::POST, wrong));
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(header(&response, "content-type"), "application/problem+json");
        assert_eq!(body(&response)["status"], 404);
    }
    let response = send(request(Method::DELETE, path("accounts/bulk")));
    assert_eq!((response.status(), header(&response, "allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
    let response = send(request(Method::PUT, path("bulkrequests/7")));
    assert_eq!(
        (response.status(), header(&response, "allow")),
        (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD")
    );
    let response = send(request(Method::HEAD, path("bulkrequests/7")));
    assert_eq!((response.status(), response.body().len()), (StatusCode::NOT_FOUND, 0));
}

#[test]
fn nobody_gets_in_without_a_good_credential() {
    for (credential, challenge) in [
        (None, "Bearer realm=\"companyToken\""),
        (Some("Bearer bad"), "Bearer realm=\"companyToken\", error=\"invalid_token\""),
        (Some("Bearer"), "Bearer realm=\"companyToken\", error=\"invalid_token\""),
        (Some("Bearer a b"), "Bearer realm=\"companyToken\", error=\"invalid_token\""),
        (Some("Basic Z29vZA=="), "Bearer realm=\"companyToken\", error=\"invalid_token\""),
        (Some("good"), "Bearer realm=\"companyToken\", error=\"invalid_token\""),
    ] {
        let request = match credential {
            Some(value) => with_header("Authorization", value),
            None => without("Authorization"),
        };
        let response = send(request);
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{credential:?}");
        assert_eq!(header(&response, "www-authenticate"), challenge, "{credential:?}");
        // The definition gives the status no body.
        assert!(response.body().is_empty());
    }
    let response = send(with_header("Authorization", &format!("bearer {WEAK_TOKEN}")));
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    let challenge =
        "Bearer realm=\"companyToken\", error=\"insufficient_scope\", scope=\"cards.account.writeonly\"";
    assert_eq!(header(&response, "www-authenticate"), challenge);
    assert_eq!(send(with_header("Authorization", "Bearer outage")).status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[test]
fn large_bodies_are_refused_before_they_are_read() {
    let settings = Settings::new().body_limit(100);
    let router = router_with(Arc::new(Cards::default()), settings);
    let response = runtime().block_on(answer(&router, good()));
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let stated = with_header("Content-Length", "101").map(|_| Bytes::new());
    assert_eq!(runtime().block_on(answer(&router, stated)).status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn a_router_is_nested_layered_and_merged_as_any_other() {
    use axum::routing::get;

    let cards = Arc::new(Cards::default());
    let api = concur_cards::server::router::<_, &'static str>(Arc::clone(&cards));
    let state = get(|axum::extract::State(name): axum::extract::State<&'static str>| async move { name });
    let merged = axum::Router::new().route("/healthz", state.clone()).merge(api.clone()).with_state("well");
    let nested = axum::Router::new().route("/healthz", state).nest("/eu", api).with_state("well");
    let health = Request::get("/healthz").body(Bytes::new()).unwrap();
    for router in [&merged, &nested] {
        assert_eq!(runtime().block_on(answer(router, health.clone())).body(), "well");
    }
    assert_eq!(runtime().block_on(answer(&merged, good())).status(), StatusCode::TOO_MANY_REQUESTS);
    let mut request = with_body("{}");
    *request.uri_mut() = format!("/eu{}", path("accounts/bulk")).parse().unwrap();
    let response = runtime().block_on(answer(&nested, request));
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(body(&response)[0]["dataPath"], format!("/v4/companies/{COMPANY}/accounts/bulk"));
}

#[test]
fn all_failures_are_answered_in_one_place() {
    let settings = Settings::new().on_failure(|failure| {
        let operation = failure.operation().map_or("none", |operation| operation.id);
        let mut response = Response::new(axum::body::Body::from(format!("{operation}: {failure}")));
        *response.status_mut() = StatusCode::IM_A_TEAPOT;
        response
    });
    let router = router_with(Arc::new(Cards::default()), settings);
    for (request, expected) in [
        (good(), "createAccountsBulk: 429 Too Many Requests"),
        (without("Authorization"), "createAccountsBulk: 401 Unauthorized: The request has no credential"),
        (Request::get("/").body(Bytes::new()).unwrap(), "none: 404 Not Found: There is no such path"),
    ] {
        let response = runtime().block_on(answer(&router, request));
        assert_eq!((response.status(), &**response.body()), (StatusCode::IM_A_TEAPOT, expected.as_bytes()));
    }
}
