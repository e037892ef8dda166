//! A marked secret and a marked card number in every place: nothing that is printed shows them.

use std::error::Error as _;

use super::{log::Log, *};
use crate::send::{client::testing::Reply, retry::Sent};

const SECRET: &str = "canary-s3cr3t";
const CARD: &str = "4111111111111111";

/// All that can be printed of an error.
fn printed(error: &CallError<u16>) -> String {
    let mut text = format!("{error} {error:?} {:?} {}", error.error(), error.error());
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text} {cause} {cause:?}");
        source = cause.source();
    }
    text
}

fn replies() -> Vec<Reply> {
    let echo = format!(
        r#"[{{"code":"invalidRequest","message":"{SECRET} {CARD}","errors":[{{"code":"c{CARD}","message":"{CARD}","dataPath":"pets[\"{CARD}\"]"}}]}}]"#
    );
    vec![
        Reply::json(200, format!(r#"{{"name":"{CARD}","token":"{SECRET}"}}"#)),
        Reply::json(200, format!(r#"{{"name":{CARD}}}"#)),
        Reply::json(200, format!("{CARD} {SECRET}")),
        Reply::json(400, echo.clone()).header("x-echo", SECRET),
        Reply::json(401, echo.clone()),
        Reply::json(403, echo),
        Reply::body(502, format!("<html>{SECRET} {CARD}")),
        Reply::transport_error(TransportProblem::Broken, Sent::Maybe),
        Reply::transport_error(TransportProblem::Connect, Sent::No),
        Reply::transport_error(TransportProblem::Tls, Sent::No),
        Reply::hang(),
    ]
}

#[test]
fn nothing_that_is_printed_shows_a_secret() {
    for reply in replies() {
        let (text, log) = Log::of(|| {
            let bench = bench_with(Replay::new().then(reply).forever(), |builder| {
                builder.token(Token::new(SECRET)).credential("key", Token::new(SECRET))
            });
            let mut call = bench.call(&UPSERT);
            call.json_checked("application/json", &Pet { name: CARD.to_owned() });
            call.query("limit", CARD, Style::form(true));
            call.set_header("x-mark", SECRET);
            call.set_validation(None);
            let debug =
                format!("{call:?} {:?} {:?}", bench.client, Token::new(SECRET).at("https://example.com"));
            let invalid = send(bench.call(&CREATE).clone_with(CARD)).unwrap_err();
            let (raw, sent) = (now(call.clone().send_raw()), send(call));
            let debug = format!("{debug} {raw:?} {sent:?} {:?} {}", bench.replay, printed(&invalid));
            sent.err().map_or(debug.clone(), |error| format!("{debug} {}", printed(&error)))
        });
        for (what, text) in [("printed", &text), ("logged", &log)] {
            assert!(!text.contains(SECRET) && !text.contains(CARD), "{what}: {text}");
        }
        assert!(log.contains("http.client.request") && log.contains("correlation_id="), "{log}");
        assert!(log.contains("http.request.method=\"POST\"") && log.contains("url.template="), "{log}");
    }
}

impl Call {
    /// The same call with another, invalid name.
    fn clone_with(mut self, name: &str) -> Self {
        self.json_checked("application/json", &Pet { name: name.to_owned() });
        self
    }
}
