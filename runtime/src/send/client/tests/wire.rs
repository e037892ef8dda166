//! What goes out.

use super::*;
use crate::send::client::testing::Reply;

fn pet() -> Reply {
    Reply::json(200, r#"{"name":"rex"}"#).header("x-correlation-id", "theirs")
}

#[test]
fn a_request_has_all_that_belongs_to_it() {
    let bench = bench(Replay::new().then(pet()));
    let mut call = bench.call(&CREATE);
    call.query("limit", &7, Style::form(true));
    call.query("limit", &5, Style::form(true));
    call.query("none", &Option::<u8>::None, Style::form(true));
    call.set_header("X-More", "1");
    call.accept("application/json");
    call.set_correlation_id("ours");
    let answer = send(call).unwrap();
    assert_eq!(
        (answer.value.name.as_str(), answer.status, answer.attempts, answer.resent),
        ("rex", 200, 1, false)
    );
    assert_eq!(answer.correlation_id.as_deref(), Some("theirs"));
    assert_eq!(answer.header("content-type"), Some("application/json"));

    let requests = bench.replay.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].method, "POST");
    assert_eq!(requests[0].url, "https://api.example.com/v1/shops/a%2Fb/pets?limit=5");
    assert_eq!(requests[0].body, r#"{"name":"rex"}"#);
    let mut headers: Vec<String> = requests[0]
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    assert_eq!(
        headers,
        [
            "accept: application/json",
            "authorization: Bearer secret",
            "content-type: application/json",
            "user-agent: pets/1.2.3",
            "x-correlation-id: ours",
            "x-more: 1",
        ]
    );
    assert!(requests[0].headers["authorization"].is_sensitive());
}

#[test]
fn every_call_has_an_id_of_its_own() {
    let bench = bench_with(Replay::new().then(Reply::json(200, "{\"name\":\"rex\"}")).forever(), |builder| {
        builder.token(Token::new("secret")).random(crate::send::retry::Seeded::from_seed(7))
    });
    let ids: Vec<String> = (0..2).map(|_| send(bench.call(&LIST)).unwrap().correlation_id.unwrap()).collect();
    assert_ne!(ids[0], ids[1]);
    assert!(ids.iter().all(|id| uuid::Uuid::parse_str(id).is_ok_and(|id| id.get_version_num() == 4)));
    let sent: Vec<_> =
        bench.replay.requests().iter().map(|sent| sent.headers["x-correlation-id"].clone()).collect();
    assert_eq!(sent, ids);
}

#[test]
fn an_id_in_a_header_of_the_callers_own_is_the_one_that_is_told() {
    let bench = bench(Replay::new().then(Reply::status(404)));
    let (error, log) = log::Log::of(|| {
        let mut call = bench.call(&LIST);
        call.set_correlation_id("option");
        call.set_header("X-Correlation-Id", "header");
        send(call).unwrap_err()
    });
    assert_eq!(bench.replay.requests()[0].headers["x-correlation-id"], "header");
    assert_eq!(error.correlation_id(), Some("header"));
    assert!(log.contains("correlation_id=\"header\"") && !log.contains("option"), "{log}");
}

#[test]
fn what_is_missing_or_impossible_is_told_before_anything_is_sent() {
    let bench = bench(Replay::new());
    let problem = |call: Call| {
        let error = send(call).unwrap_err().into_error();
        assert!(error.is_request() && error.attempts() == 0 && error.is_safe_to_resend());
        error.to_string()
    };
    assert_eq!(
        problem(Call::new(&bench.client, &LIST)),
        "listPets was not sent: the parameter shop is missing"
    );
    let mut bodiless = Call::new(&bench.client, &CREATE);
    bodiless.path("shop", "a", Style::simple(false));
    assert_eq!(problem(bodiless), "createPet was not sent: the body is missing");
    let mut dots = bench.call(&LIST);
    dots.path("shop", "..", Style::simple(false));
    assert_eq!(
        problem(dots),
        "listPets was not sent: the path parameter shop must not be empty, `.` or `..`"
    );
    let mut header = bench.call(&LIST);
    header.set_header("a b", "c");
    assert_eq!(
        problem(header),
        "listPets was not sent: the name or the value of the header a b is not allowed"
    );
    let mut value = bench.call(&LIST);
    value.set_header("a", "b\r\nc: d");
    assert_eq!(problem(value), "listPets was not sent: the name or the value of the header a is not allowed");
    assert!(bench.replay.requests().is_empty());
}

#[test]
fn settings_are_read_when_the_client_is_built() {
    let built = |change: fn(Builder<Client>) -> Builder<Client>| {
        let builder = Builder::<Client>::new(&SERVICE).transport(Replay::new()).clock(InstantClock::new());
        change(builder).build().map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(built(|builder| builder), Ok(()));
    assert_eq!(built(|builder| builder.base_url("https://eu.example.com/")), Ok(()));
    // Without a secret there is nothing to keep from anybody.
    assert_eq!(built(|builder| builder.base_url("http://elsewhere.org")), Ok(()));
    for (change, expected) in [
        (
            (|builder| builder.base_url("nowhere")) as fn(Builder<Client>) -> Builder<Client>,
            "`nowhere` is not a base URL such as https://api.example.com",
        ),
        (
            |builder| builder.token(Token::new("t")).base_url("https://elsewhere.org"),
            "elsewhere.org is not among the hosts that may receive a token; add it with `allow_host` of the client's builder",
        ),
        (
            |builder| builder.token(Token::new("t")).base_url("http://api.example.com"),
            "api.example.com must be called with https",
        ),
        (|builder| builder.server_variable("region", "eu"), "no server URL has a variable region"),
        (|builder| builder.header("a\n", "b"), "the name or the value of the header a\\n is not allowed"),
    ] {
        assert_eq!(built(change), Err(expected.to_owned()));
    }
    assert_eq!(
        built(|builder| builder
            .token(Token::new("t"))
            .base_url("http://127.0.0.1:1")
            .allow_host("127.0.0.1")),
        Ok(())
    );
}

static QUERY: Operation = Operation::new("listMessages", "GET", "/größe/{shop}.json?beta=true&of={shop}");

#[test]
fn a_query_of_the_template_comes_before_the_parameters() {
    let bench = bench(Replay::new().then(pet()).then(pet()));
    for limit in [Some(5), None] {
        let mut call = Call::new(&bench.client, &QUERY);
        call.path("shop", "..", Style::simple(false));
        call.query("limit", &limit, Style::form(true));
        send(call).unwrap();
    }
    let urls: Vec<_> = bench.replay.requests().iter().map(|sent| sent.url.to_string()).collect();
    let start = "https://api.example.com/v1/gr%C3%B6%C3%9Fe/...json?beta=true&of=..";
    assert_eq!(urls, [format!("{start}&limit=5"), start.to_owned()]);
}

static ANY: Operation = CREATE.request(RequestBody::new(true, &["*/*"]));

#[test]
fn a_range_of_media_types_is_sent_as_a_concrete_one() {
    let sent = |set: &dyn Fn(&mut Call)| {
        let bench = bench(Replay::new().then(pet()));
        let mut call = bench.call(&ANY);
        set(&mut call);
        send(call).unwrap();
        bench.replay.requests()[0].headers["content-type"].to_str().unwrap().to_owned()
    };
    assert_eq!(sent(&|call| call.json("application/*+json", &1)), "application/json");
    assert_eq!(sent(&|call| call.json("*/*", &1)), "application/json");
    assert_eq!(sent(&|call| call.json_text("application/*", "[1]")), "application/json");
    assert_eq!(sent(&|call| call.text("text/*", "a")), "text/plain; charset=utf-8");
    assert_eq!(sent(&|call| call.media("image/*", MediaBody::new("image/png", "a"))), "image/png");
    assert_eq!(sent(&|call| call.json("application/merge-patch+json", &1)), "application/merge-patch+json");
}

#[test]
fn bytes_of_an_open_media_type_are_sent_as_one_of_the_range() {
    let bench = bench(Replay::new());
    for media_type in ["application/pdf", "image/*", "png", "image/png\n"] {
        let mut call = bench.call(&ANY);
        call.media("image/*", MediaBody::new(media_type, "a"));
        let error = send(call).unwrap_err();
        assert!(error.is_request() && error.attempts() == 0, "{error}");
    }
    let mut call = bench.call(&ANY);
    call.media("image/*", MediaBody::new("text/plain", "a"));
    let told = "createPet was not sent: the media type of the body is not in image/*";
    assert_eq!(send(call).unwrap_err().to_string(), told);
    assert!(bench.replay.requests().is_empty());
}

#[test]
fn a_number_that_json_lacks_is_told_before_anything_is_sent() {
    let bench = bench(Replay::new());
    let problem = |set: &dyn Fn(&mut Call)| {
        let mut call = bench.call(&CREATE);
        set(&mut call);
        send(call).unwrap_err().to_string()
    };
    let body = "createPet was not sent: the body holds a number that is not finite";
    assert_eq!(problem(&|call| call.json("application/json", &[f64::NAN])), body);
    let form = [("a", f64::INFINITY)].into_iter().collect::<std::collections::BTreeMap<_, _>>();
    assert_eq!(problem(&|call| call.form("application/x-www-form-urlencoded", &form, &[])), body);
    let parameter = "createPet was not sent: the parameter limit holds a number that is not finite";
    assert_eq!(problem(&|call| call.query("limit", &f64::NEG_INFINITY, Style::form(true))), parameter);
    assert_eq!(problem(&|call| call.header("limit", &[1.0, f64::NAN], Style::simple(false))), parameter);
    assert!(bench.replay.requests().is_empty());
}
