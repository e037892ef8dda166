//! Secrets: which, where to, and what happens when one is refused.

use std::sync::Mutex;

use super::*;
use crate::send::client::testing::Reply;

/// Gives tokens by number, a new one for each that was refused.
#[derive(Debug, Default)]
struct Numbered {
    last: Mutex<u32>,
    at: Option<&'static str>,
    asked: Mutex<Vec<Option<String>>>,
}

impl TokenSource for Numbered {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        let mut last = self.last.lock().unwrap();
        let current = format!("t{last}");
        if context.refused.is_some_and(|refused| refused.expose() == current) {
            *last += 1;
        }
        self.asked.lock().unwrap().push(context.refused.map(|refused| refused.expose().to_owned()));
        let token = Token::new(format!("t{last}"));
        Box::pin(std::future::ready(Ok(match self.at {
            Some(url) => token.at(url),
            None => token,
        })))
    }
}

fn authorizations(bench: &Bench) -> Vec<String> {
    let header = |sent: &testing::Recorded| sent.headers["authorization"].to_str().unwrap().to_owned();
    bench.replay.requests().iter().map(header).collect()
}

#[test]
fn a_refused_token_is_replaced_once() {
    for status in [401, 403] {
        let pet = Reply::json(200, "{\"name\":\"rex\"}");
        let mended = bench_with(Replay::new().then(Reply::status(status)).then(pet), |builder| {
            builder.token(Numbered::default())
        });
        assert_eq!(send(mended.call(&CREATE)).unwrap().attempts, 2);
        assert_eq!(authorizations(&mended), ["Bearer t0", "Bearer t1"]);
        assert!(mended.sleeps().is_empty(), "at once");

        let refused = bench_with(Replay::new().then(Reply::status(status)).forever(), |builder| {
            builder.token(Numbered::default())
        });
        let error = send(refused.call(&CREATE)).unwrap_err();
        assert_eq!((error.attempts(), error.status(), error.failure()), (2, Some(status), Some(&status)));
        assert!(!error.may_have_been_received() && error.is_safe_to_resend());

        let lasting = bench(Replay::new().then(Reply::status(status)).forever());
        assert_eq!(send(lasting.call(&CREATE)).unwrap_err().attempts(), 1, "there is no other token");
    }
}

/// Fails in one way.
struct Broken(TokenProblem);

impl TokenSource for Broken {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(std::future::ready(Err(TokenError::new(self.0))))
    }
}

#[test]
fn without_a_token_nothing_is_sent() {
    let lasting = bench_with(Replay::new(), |builder| builder.token(Broken(TokenProblem::NewGrantNeeded)));
    let error = send(lasting.call(&LIST)).unwrap_err();
    assert!(error.is_token() && error.is_unauthorized() && !error.may_have_been_received());
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().contains("an administrator must issue a new request token"), "{error}");
    let passing = bench_with(Replay::new(), |builder| builder.token(Broken(TokenProblem::Unreachable)));
    assert_eq!(send(passing.call(&LIST)).unwrap_err().attempts(), 8);
    assert!(lasting.replay.requests().is_empty() && passing.replay.requests().is_empty());
}

#[test]
fn a_secret_goes_to_its_own_hosts_only() {
    let ok = || Replay::new().then(Reply::json(200, "{\"name\":\"rex\"}")).forever();
    let at = |url| Numbered { at: Some(url), ..Numbered::default() };
    for (url, expected) in [
        ("https://eu.example.com", Some("https://eu.example.com/shops/a%2Fb/pets")),
        ("https://example.com.evil.org", None),
        ("http://eu.example.com", None),
        ("https://eu.example.com@evil.org", None),
        ("not a url", None),
    ] {
        let bench = bench_with(ok(), |builder| builder.token(at(url)));
        let sent = send(bench.call(&LIST));
        let urls: Vec<String> = bench.replay.requests().iter().map(|sent| sent.url.to_string()).collect();
        assert_eq!(urls, expected.into_iter().collect::<Vec<_>>(), "{url}");
        assert_eq!(sent.is_ok(), expected.is_some());
    }
    // The caller's word wins over the token's.
    let bench = bench_with(ok(), |builder| {
        builder.token(at("https://eu.example.com")).base_url("https://us.example.com")
    });
    send(bench.call(&LIST)).unwrap();
    assert_eq!(bench.replay.requests()[0].url.host(), Some("us.example.com"));
}

#[test]
fn a_header_by_hand_takes_the_place_of_the_token() {
    for with_token in [true, false] {
        let replay = Replay::new().then(Reply::json(200, "{\"name\":\"rex\"}")).forever();
        let bench = bench_with(replay, |builder| {
            let builder = builder.header("authorization", "Custom ours");
            if with_token { builder.token(Token::new("t")) } else { builder }
        });
        let mut call = bench.call(&LIST);
        call.set_header("Authorization", "Custom mine");
        send(call).unwrap();
        send(bench.call(&LIST)).unwrap();
        assert_eq!(authorizations(&bench), ["Custom mine", "Custom ours"]);
        assert!(bench.replay.requests().iter().all(|sent| sent.headers["authorization"].is_sensitive()));
    }
}

static EITHER: Operation = LIST.security(&[
    &[Scheme::new("basic", &[]), Scheme::new("key", &[])],
    &[Scheme::new("cookie", &[])],
    &[Scheme::new("header", &[])],
]);
static OPEN: Operation = LIST.security(&[&[], &[Scheme::new("header", &[])]]);

#[test]
fn the_first_alternative_with_all_its_secrets_is_taken() {
    let pairs = |change: fn(Builder<Client>) -> Builder<Client>, operation| {
        let bench = bench_with(Replay::new().then(Reply::json(200, "{\"name\":\"rex\"}")), change);
        let error = send(bench.call(operation)).err().map(|error| error.to_string());
        let found = bench.replay.requests().first().map(|sent| {
            let header = |name: &str| sent.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
            (header("authorization"), sent.url.query().map(str::to_owned), header("cookie"), header("x-key"))
        });
        (found, error)
    };
    let text = |text: &str| Some(text.to_owned());
    let (found, _) = pairs(
        |builder| builder.credential("key", Token::new("k&")).credential("basic", Token::new("user:pass")),
        &EITHER,
    );
    assert_eq!(found, Some((text("Basic dXNlcjpwYXNz"), text("api%20key=k%26"), None, None)));
    let (found, _) = pairs(
        |builder| builder.credential("key", Token::new("k")).credential("cookie", Token::new("c")),
        &EITHER,
    );
    assert_eq!(found, Some((None, None, text("session=c"), None)));
    let (found, _) = pairs(|builder| builder.credential("header", Token::new("h")), &EITHER);
    assert_eq!(found, Some((None, None, None, text("h"))));
    let (found, error) = pairs(|builder| builder.credential("key", Token::new("k")), &EITHER);
    assert_eq!(found, None);
    assert_eq!(
        error.as_deref(),
        Some(
            "listPets was not sent: there is no credential for basic; set one with `token` or `credential` of the client's builder"
        )
    );
    let (found, _) = pairs(|builder| builder, &OPEN);
    assert_eq!(found, Some((None, None, None, None)));
    let (found, error) = pairs(|builder| builder.credential("header", Token::new("h\n")), &OPEN);
    assert_eq!(
        (found, error.as_deref()),
        (
            None,
            Some(
                "listPets was not sent: the token holds characters that are not allowed in a header or a cookie"
            )
        )
    );
}

static DIGEST: Operation = LIST.security(&[&[Scheme::new("digest", &[]), Scheme::new("key", &[])]]);

#[test]
fn a_scheme_that_the_client_does_not_know_is_the_callers() {
    let bench = bench_with(Replay::new().then(Reply::json(200, "{\"name\":\"rex\"}")), |builder| {
        builder.credential("key", Token::new("k"))
    });
    assert_eq!(
        send(bench.call(&DIGEST)).unwrap_err().to_string(),
        "listPets was not sent: the client can't authorize by digest; set `Authorization` with `header` of the \
         call or of the client's builder"
    );
    let mut call = bench.call(&DIGEST);
    call.set_header("Authorization", "Digest mine");
    send(call).unwrap();
    assert_eq!(authorizations(&bench), ["Digest mine"]);
    // The other scheme of the same alternative still has its secret.
    assert_eq!(bench.replay.requests()[0].url.query(), Some("api%20key=k"));
}

static COOKIE: Operation = LIST.security(&[&[Scheme::new("cookie", &[])]]);

#[test]
fn a_key_in_a_cookie_is_sent_as_it_is_or_not_at_all() {
    let sent = |key: &str| {
        let replay = Replay::new().then(Reply::json(200, "{\"name\":\"rex\"}"));
        let bench = bench_with(replay, |builder| builder.credential("cookie", Token::new(key)));
        let mut call = bench.call(&COOKIE);
        call.cookie("seen", "a;b", Style::form(true));
        let error = send(call).err().map(|error| error.to_string());
        let requests = bench.replay.requests();
        let cookies = requests.first().map(|sent| sent.headers["cookie"].as_bytes().to_vec());
        (cookies.map(|cookies| String::from_utf8(cookies).unwrap()), error)
    };
    for key in ["a+b/c==", "a b\"c\",\\%3B", "größe"] {
        assert_eq!(sent(key), (Some(format!("seen=a%3Bb; session={key}")), None));
    }
    for key in ["a; admin=1", "a\r\nX: y", "a\tb", "a\u{7f}", "a\u{85}b"] {
        let (cookies, error) = sent(key);
        assert_eq!(cookies, None, "{key:?}");
        assert!(error.is_some_and(|error| error.contains("not allowed in a header")), "{key:?}");
    }
}
