//! What is secret in a request stands in no line of a log, however much is logged.

use std::fmt::{self, Write as _};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderValue, Request};
use rustls::ALL_VERSIONS;
use specwright_runtime::client::ReqwestTransport;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::ask::{builder, send};
use crate::certificates::{Certificate, TRUSTED, wrap};
use crate::faults::{Answer, Fault, FaultServer, Seen};

const CANARY: &str = "4000001234567899";

/// Everything that anybody in this process has said, by `tracing` or by `log`.
static SAID: Mutex<String> = Mutex::new(String::new());

fn say(what: impl FnOnce(&mut String)) {
    what(&mut SAID.lock().unwrap_or_else(PoisonError::into_inner));
}

struct Ear;

impl Visit for Ear {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        say(|said| writeln!(said, "{field}={value:?}").unwrap());
    }
}

impl Subscriber for Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Ear);
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Ear);
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Ear);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl log::Log for Ear {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }
    fn log(&self, record: &log::Record<'_>) {
        say(|said| writeln!(said, "{}", record.args()).unwrap());
    }
    fn flush(&self) {}
}

async fn sing(transport: &ReqwestTransport, url: &str) {
    let mut secret = HeaderValue::from_str(&format!("Bearer {CANARY}")).unwrap();
    secret.set_sensitive(true);
    let request = Request::post(format!("{url}/accounts/{CANARY}?key={CANARY}"));
    let request =
        request.header("authorization", secret).body(Bytes::from(format!("{{\"id\":\"{CANARY}\"}}")));
    match send(transport, request.unwrap()).await {
        Ok(answer) => assert!(answer.headers().contains_key("x-canary")),
        Err(error) => say(|said| writeln!(said, "{error} {error:?}").unwrap()),
    }
}

fn answer(_: &Seen) -> Answer {
    Answer::new(200, format!("{{\"id\":\"{CANARY}\"}}")).header("X-Canary", CANARY)
}

#[tokio::test]
async fn no_log_and_no_error_shows_a_secret() {
    static LOG: Ear = Ear;
    log::set_logger(&LOG).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(Ear).unwrap();

    let transport = builder().only_root_certificates(TRUSTED.pem.as_bytes()).build().unwrap();
    for fault in [
        Fault::Nothing,
        Fault::ResetInBody,
        Fault::CutInHeaders,
        Fault::Garbage,
        Fault::BadHeader,
        Fault::EndlessBody,
    ] {
        let server = FaultServer::start(&[], fault, answer, |tcp| Box::new(tcp));
        sing(&transport, &server.url("")).await;
        let config = Certificate::Good.server(ALL_VERSIONS, &["http/1.1"]);
        let server = FaultServer::start(&[], fault, answer, wrap(config));
        sing(&transport, &format!("https://{}", server.address())).await;
    }
    let http2 = crate::http2::Server::start(crate::http2::Does::Echo).await;
    say(|said| said.push_str("HTTP/2 begins here\n"));
    sing(&transport, &http2.url()).await;
    say(|said| said.push_str("HTTP/2 ends here\n"));

    let said = SAID.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let shown: Vec<_> = said.lines().filter(|line| line.contains(CANARY)).collect();
    assert!(shown.is_empty(), "{shown:#?}");
    // It did listen.
    let http2 = said.split("HTTP/2 begins here").nth(1).unwrap();
    assert!(said.contains("starting new connection") && http2.lines().count() > 10, "{http2}");
}
