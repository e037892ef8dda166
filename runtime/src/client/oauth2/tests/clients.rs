//! A whole client: its calls, and the questions for tokens between them.

use serde::Deserialize;

use super::{
    slow::{Brief, Slow},
    *,
};
use crate::{
    client::{Answer, Builder, Call, CallError, Client, Service, read},
    operation::{Operation, Scheme, SecurityKind, SecurityScheme, Server},
    retry::Policy,
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
    let builder = Builder::new(&SERVICE).transport(service.clone()).clock(Arc::clone(clock));
    builder.random(Fixed::NONE).token(source).build().unwrap()
}

fn list(client: &Client) -> Result<Answer<Pets>, CallError<u16>> {
    block_on(Call::new(client, &LIST).send(read::json, |answer| Some(answer.status().as_u16())))
}

/// Method and host of each request, with the token if there is one.
fn seen(service: &Replay) -> Vec<String> {
    let line = |request: &crate::client::testing::Recorded| {
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
        // The token has run out; the service for tokens is away for a moment.
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
    assert!(error.to_string().contains("the service for tokens can't be reached"), "{error}");
    assert_eq!(list(&client).unwrap().attempts, 1);
    // One question, whose answer the second call had, and that call.
    assert_eq!(service.count(), 2);
    assert_eq!(store.held().unwrap().expose_refresh_token(), Some("r1"));
}
