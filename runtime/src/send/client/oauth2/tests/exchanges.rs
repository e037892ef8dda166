//! What is asked, where, and what comes of each answer.

use std::error::Error as _;

use super::*;
use crate::send::{client::TransportProblem, retry::Sent};

fn form(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_grant_is_a_form_with_the_credentials_in_it() {
    let who = [("client_id", "id"), ("client_secret", "client-secret")];
    let user = [("username", "company"), ("password", "request-token"), ("credtype", "authtoken")];
    let cases = [
        (password(), [&who[..], &[("grant_type", "password")], &user].concat()),
        (
            password().scope("a b"),
            [&who[..], &[("grant_type", "password"), ("scope", "a b")], &user].concat(),
        ),
        (
            OAuth2::client_credentials(&SCHEME, "id", "client-secret"),
            [&who[..], &[("grant_type", "client_credentials"), ("credtype", "authtoken")]].concat(),
        ),
        (
            refresh_only(MemoryTokenStore::holding(StoredToken::new("r1"))).scope("a b"),
            [&who[..], &[("grant_type", "refresh_token"), ("refresh_token", "r1"), ("scope", "a b")]]
                .concat(),
        ),
    ];
    for (source, pairs) in cases {
        let bench = Bench::new([granted("a1", &json!({}))]);
        assert_eq!(bench.secret(&source), "a1");
        assert_eq!(bench.asked(), [("https://glz.example.com/oauth2/v0/token".to_owned(), form(&pairs))]);
        let request = &bench.service.requests()[0];
        assert_eq!(request.method, http::Method::POST);
        assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
        assert!(!request.headers.contains_key("authorization"));
    }
}

#[test]
fn the_refresh_token_rotates_or_stays() {
    let store = Arc::new(MemoryTokenStore::new());
    let source = password().store(Arc::clone(&store));
    let elsewhere = json!({"refresh_token": "r2", "geolocation": "https://eu2.example.com/oauth2/v0/token"});
    let bench = Bench::new([
        granted_with("a1", "r1"),
        granted("a2", &json!({"refresh_expires_in": 1_735_689_600})),
        granted("a3", &elsewhere),
        granted("a4", &json!({"geolocation": ""})),
    ]);
    let us2 = Some("https://us2.example.com");
    let eu2 = Some("https://eu2.example.com");
    for (access, refresh, base) in
        [("a1", "r1", us2), ("a2", "r1", us2), ("a3", "r2", eu2), ("a4", "r2", eu2)]
    {
        let token = bench.token(&source).unwrap();
        assert_eq!((token.expose(), token.base_url()), (access, base));
        let held = store.held().unwrap();
        assert_eq!(held.expose_refresh_token(), Some(refresh));
        assert_eq!(held.expose_access_token(), Some(access));
        assert_eq!(held.base_url(), base);
        bench.advance(3600);
    }
    let urls: Vec<_> = bench.asked().into_iter().map(|(url, _)| url).collect();
    assert_eq!(
        urls,
        [
            "https://glz.example.com/oauth2/v0/token",
            "https://us2.example.com/oauth2/v0/token",
            "https://us2.example.com/oauth2/v0/token",
            "https://eu2.example.com/oauth2/v0/token",
        ]
    );
    assert_eq!(bench.sent(), ["password", "r1", "r1", "r2"]);
}

#[test]
fn the_end_of_the_refresh_token_is_known() {
    let source = password();
    assert_eq!(source.refresh_expiry(), None);
    let bench = Bench::new([
        granted("a1", &json!({"refresh_token": "r1", "refresh_expires_in": 6000})),
        granted("a2", &json!({})),
        granted("a3", &json!({"refresh_token": "r2"})),
    ]);
    let end = bench.clock.system_time().checked_add(Duration::from_secs(6000));
    // It holds for the refresh token that it was said of, and for no other.
    for expected in [end, end, None] {
        bench.token(&source).unwrap();
        assert_eq!(source.refresh_expiry(), expected);
        bench.advance(3600);
    }
}

#[test]
fn an_application_keeps_no_refresh_token() {
    let source = OAuth2::client_credentials(&SCHEME, "id", "client-secret");
    let bench = Bench::new([granted_with("a1", "r1"), granted_with("a2", "r2")]);
    bench.token(&source).unwrap();
    bench.advance(3600);
    assert_eq!(bench.secret(&source), "a2");
    assert_eq!(bench.sent(), ["client_credentials", "client_credentials"]);
}

fn moved(to: &str) -> Reply {
    let body = json!({"code": "16", "error": "invalid_request", "geolocation": to});
    Reply::json(400, body.to_string())
}

#[test]
fn another_data_centre_is_followed_once() {
    let eu2 = "https://eu2.example.com/some/path";
    // The host that the question was sent on to counts as long as the answer names none.
    let bench =
        Bench::new([moved(eu2), granted("a1", &json!({"refresh_token": "r1"})), granted("a2", &json!({}))]);
    let source = password();
    assert_eq!(bench.token(&source).unwrap().base_url(), Some("https://eu2.example.com"));
    bench.advance(3600);
    bench.token(&source).unwrap();
    let asked = bench.asked();
    assert_eq!(asked[1], ("https://eu2.example.com/oauth2/v0/token".to_owned(), asked[0].1.clone()));
    assert_eq!(asked[2].0, "https://eu2.example.com/oauth2/v0/token");

    // Not twice, not to where it comes from, and not to nowhere.
    for (replies, count) in [
        (vec![moved(eu2), moved("https://us2.example.com")], 2),
        (vec![moved("https://glz.example.com")], 1),
        (vec![refused(&json!(16))], 1),
    ] {
        let bench = Bench::new(replies);
        let error = bench.token(&password()).unwrap_err();
        assert_eq!((error.problem(), bench.count()), (TokenProblem::Refused, count));
    }
}

#[test]
fn each_answer_has_its_problem() {
    use TokenProblem::{Refused, Unreachable, Unreadable};
    let body = |code: &str| json!({"code": code, "error": "invalid_request"}).to_string();
    for (reply, problem, text) in [
        (refused(&json!(5)), Refused, "the token service refuses (status 400, code 5, invalid_grant)"),
        (Reply::status(401), Refused, "the token service refuses (status 401)"),
        (Reply::body(400, "<html>"), Refused, "the token service refuses (status 400)"),
        // For a grant, the code for bad refresh tokens means nothing special.
        (refused(&json!(108)), Refused, "the token service refuses (status 400, code 108, invalid_grant)"),
        (Reply::status(302), Unreadable, "the response of the token service can't be read (status 302)"),
        (Reply::json(200, "{}"), Unreadable, "the response of the token service can't be read"),
        (Reply::json(200, "oops"), Unreadable, "the response of the token service can't be read"),
        (Reply::status(408), Unreachable, "the token service can't be reached (status 408)"),
        (Reply::status(429), Unreachable, "the token service can't be reached (status 429)"),
        (Reply::status(501), Unreachable, "the token service can't be reached (status 501)"),
        (
            Reply::json(400, body("134")),
            Unreachable,
            "the token service can't be reached (status 400, code 134, invalid_request)",
        ),
        (
            Reply::transport_error(TransportProblem::Connect, Sent::No),
            Unreachable,
            "the token service can't be reached",
        ),
        (
            Reply::json(200, "x".repeat(1 << 21)),
            Unreadable,
            "the response of the token service can't be read",
        ),
        (
            Reply::json(400, json!({"code": "a\nb", "error": "x\u{1b}[2J"}).to_string()),
            Refused,
            "the token service refuses (status 400)",
        ),
    ] {
        let error = Bench::new([reply]).token(&password()).unwrap_err();
        assert_eq!((error.problem(), error.to_string()), (problem, text.to_owned()));
        assert_eq!(error.is_transient(), problem == Unreachable);
    }
}

#[test]
fn a_service_that_is_not_who_it_should_be_is_not_asked_by_everybody() {
    let bench =
        Bench::new([Reply::transport_error(TransportProblem::Tls, Sent::No), granted("a1", &json!({}))]);
    let source = password();
    for _ in 0..3 {
        let error = bench.token(&source).unwrap_err();
        assert!(error.problem() == TokenProblem::Unreachable && !error.is_transient());
    }
    assert_eq!(bench.count(), 1);
    bench.advance(10);
    assert_eq!(bench.secret(&source), "a1");
}

#[test]
fn an_exchange_has_its_time() {
    let bench = Bench::new([Reply::hang(), granted("a1", &json!({}))]);
    let source = password();
    let error = bench.token(&source).unwrap_err();
    assert_eq!(error.problem(), TokenProblem::Unreachable);
    assert_eq!(error.source().unwrap().to_string(), "no complete response came within 1 min");
    assert_eq!(bench.clock.sleeps(), [Duration::from_secs(60)]);
    assert_eq!(bench.secret(&source), "a1");
}
