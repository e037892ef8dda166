//! A whole client: its calls, and the questions for tokens between them.

use serde::Deserialize;

use super::{
    slow::{Brief, Slow},
    *,
};
use crate::send::{
    client::{Builder, Call, CallError, Client, Response, Service, read},
    operation::{Operation, Scheme, SecurityKind, SecurityScheme, Server},
    retry::{Budget, Policy, Random, StopReason},
};

static SERVICE: Service = Service::new("pets", "1.2.3")
    .servers(&[Server::new("https://us.example.com", "", &[])])
    .schemes(&[SecurityScheme::new("companyToken", SecurityKind::Bearer)])
    .token_hosts(&["example.com"]);

static LIST: Operation =
    Operation::new("listPets", "GET", "/pets").security(&[&[Scheme::new("companyToken", &[])]]);

#[derive(Debug, Deserialize)]
struct Pets {}

fn client(service: &Replay, clock: &Arc<InstantClock>, source: OAuth2) -> Client {
    client_with(service, clock, source, Fixed::NONE, Budget::new())
}

fn client_with(
    service: &Replay,
    clock: &Arc<InstantClock>,
    source: OAuth2,
    random: impl Random + 'static,
    budget: Budget,
) -> Client {
    let builder = Builder::new(&SERVICE).transport(service.clone()).clock(Arc::clone(clock));
    builder.random(random).token(source).budget(budget).build().unwrap()
}

fn list(client: &Client) -> Result<Response<Pets>, CallError<u16>> {
    block_on(Call::new(client, &LIST).send(read::json, |answer| Some(answer.status().as_u16())))
}

/// Method and host of each request, with the token if there is one.
fn seen(service: &Replay) -> Vec<String> {
    let line = |request: &crate::send::client::testing::Recorded| {
        let token = request.headers.get("authorization").map_or("", |value| value.to_str().unwrap());
        format!("{} {} {token}", request.method, request.url).trim_end().to_owned()
    };
    service.requests().iter().map(line).collect()
}

#[test]
fn calls_go_where_the_token_is_for() {
    let service = [
        granted_with("a1", "r1"),
        Reply::json(200, "{}"),
        Reply::status(403),
        granted("a2", &json!({"geolocation": "https://eu2.example.com"})),
        Reply::json(200, "{}"),
        // The token has run out; the token service is away for a moment.
        Reply::status(502),
        granted("a3", &json!({})),
        Reply::json(200, "{}"),
    ];
    let service = service.into_iter().fold(Replay::new(), Replay::then);
    let clock = Arc::new(InstantClock::new());
    let client = client(&service, &clock, password());
    assert_eq!(list(&client).unwrap().attempts, 1);
    assert_eq!(list(&client).unwrap().attempts, 2);
    clock.advance(Duration::from_secs(3600));
    assert_eq!(list(&client).unwrap().attempts, 2);
    assert_eq!(
        seen(&service),
        [
            "POST https://glz.example.com/oauth2/v0/token",
            "GET https://us2.example.com/pets Bearer a1",
            "GET https://us2.example.com/pets Bearer a1",
            "POST https://us2.example.com/oauth2/v0/token",
            "GET https://eu2.example.com/pets Bearer a2",
            "POST https://eu2.example.com/oauth2/v0/token",
            "POST https://eu2.example.com/oauth2/v0/token",
            "GET https://eu2.example.com/pets Bearer a3",
        ]
    );
}

/// A service for tokens that is in maintenance.
fn away(retry_after: &str) -> Reply {
    Reply::status(503).header("retry-after", retry_after)
}

#[test]
fn a_call_waits_as_long_as_the_token_service_asks_for() {
    // The API answers 401 once, and the token service goes away in the middle.
    let service = Replay::new()
        .then(away("120"))
        .then(away("90"))
        .then(granted_with("a1", "r1"))
        .then(Reply::status(401))
        .then(away("60"))
        .then(Reply::status(401))
        .then(granted_with("a2", "r2"))
        .then(Reply::json(200, "{}"));
    let clock = Arc::new(InstantClock::new());
    let client = client(&service, &clock, password());
    let mut call = Call::new(&client, &LIST);
    // Without a deadline the clock has no sleeps but those between attempts, and the limits of exchanges.
    call.set_retry(Policy::new().deadline(None));
    let answer = block_on(call.send::<Pets, u16>(read::json, |_| None)).unwrap();
    assert_eq!(answer.attempts, 5);
    assert_eq!(clock.sleeps(), [120, 90, 60].map(Duration::from_secs));
    assert_eq!(service.requests().len(), 8);
}

#[test]
fn the_token_service_is_asked_as_often_as_the_policy_allows() {
    for (reply, waits, reason) in [
        (away("120"), vec![120; 4], StopReason::Deadline),
        (Reply::status(429), vec![10, 20, 40, 80, 160], StopReason::Deadline),
        (Reply::status(500), vec![1, 2, 4, 8, 16, 32, 60], StopReason::Exhausted),
    ] {
        let service = Replay::new().then(reply).forever();
        let clock = Arc::new(InstantClock::new());
        let random = if waits[0] == 120 { Fixed::NONE } else { Fixed::LONGEST };
        let client = client_with(&service, &clock, password(), random, Budget::new());
        let error = list(&client).unwrap_err();
        assert_eq!((error.reason(), error.token().unwrap().is_transient()), (Some(reason), true));
        let sleeps: Vec<_> = clock.sleeps().iter().map(Duration::as_secs).collect();
        assert_eq!(sleeps, waits);
        assert_eq!(service.requests().len(), waits.len() + 1);
    }
}

#[test]
fn throttling_by_the_token_service_costs_the_budget_what_throttling_costs() {
    for (reply, retries) in [(Reply::status(503), 25), (Reply::status(429), 25), (Reply::status(500), 50)] {
        let service = Replay::new().then(reply).forever();
        let client = client_with(
            &service,
            &Arc::new(InstantClock::new()),
            password(),
            Fixed::NONE,
            Budget::new().earned(0),
        );
        let mut calls = 0;
        while list(&client).unwrap_err().reason() != Some(StopReason::Budget) {
            calls += 1;
        }
        assert_eq!(service.requests().len(), calls + 1 + retries);
    }
}

#[test]
fn a_later_caller_is_told_the_rest_of_the_wait() {
    let bench = Bench::new([away("120")]);
    let source = password();
    for (passed, left) in [(0, 120), (50, 70), (69, 1)] {
        bench.advance(passed);
        let error = bench.token(&source).unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(left)));
        assert_eq!(error.kind(), Some(crate::send::retry::RetryKind::Throttled));
    }
    // A long wish is told as it is, and another attempt is made after five minutes all the same.
    let bench = Bench::new([away("86400"), granted("a1", &json!({}))]);
    let source = password();
    assert_eq!(bench.token(&source).unwrap_err().retry_after(), Some(Duration::from_secs(86_400)));
    bench.advance(300);
    assert_eq!(bench.secret(&source), "a1");
}

#[test]
fn an_administrator_is_asked_for_in_the_calls_error() {
    let service = Replay::new().then(refused(&json!(108)));
    let client = client(&service, &Arc::new(InstantClock::new()), refresh_only(holding("r1")));
    for _ in 0..100 {
        let error = list(&client).unwrap_err();
        let mut text = error.to_string();
        let mut next = std::error::Error::source(&error);
        while let Some(cause) = next {
            text = format!("{text}: {cause}");
            next = cause.source();
        }
        assert!(text.contains("an administrator must issue a new request token"), "{text}");
        assert_eq!(error.attempts(), 1);
    }
    assert_eq!(service.requests().len(), 1);
}

#[test]
fn a_deadline_holds_for_the_token_too_and_loses_none() {
    let service = Slow::new([granted_with("a1", "r1"), Reply::json(200, "{}")]);
    let builder = Builder::new(&SERVICE).transport(Arc::clone(&service)).clock(Arc::new(Brief::new()));
    let store = holding("r0");
    let client = builder.random(Fixed::NONE).token(refresh_only(Arc::clone(&store))).build().unwrap();
    let mut call = Call::new(&client, &LIST);
    call.set_deadline(Duration::from_secs(2));
    call.set_retry(Policy::once());
    let error = block_on(call.send::<Pets, u16>(read::json, |_| None)).unwrap_err();
    assert!(!error.may_have_been_received(), "{error}");
    assert!(error.to_string().contains("the token service can't be reached"), "{error}");
    assert_eq!(list(&client).unwrap().attempts, 1);
    // One question, whose answer the second call had, and that call.
    assert_eq!(service.count(), 2);
    assert_eq!(store.held().unwrap().expose_refresh_token(), Some("r1"));
}
