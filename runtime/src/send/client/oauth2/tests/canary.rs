//! With marked secrets everywhere, nothing that is shown shows one.

use std::{
    fmt::{self, Write as _},
    sync::atomic::{AtomicU64, Ordering},
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

use super::*;

/// What every secret of these tests has in it, in whatever case.
const MARK: &str = "canary";

/// Writes down all events and spans, at every level.
#[derive(Clone, Default)]
struct Log {
    text: Arc<Mutex<String>>,
    spans: Arc<AtomicU64>,
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Fields(&mut self.text.lock().unwrap()));
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields(&mut self.text.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = self.text.lock().unwrap();
        write!(text, "\n{}", event.metadata().level()).unwrap();
        event.record(&mut Fields(&mut text));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// All that an error says of itself.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut next = error.source();
    while let Some(cause) = next {
        write!(text, "\n{cause} {cause:?}").unwrap();
        next = cause.source();
    }
    text
}

/// Every answer repeats the secrets wherever it can.
fn replies() -> Vec<Reply> {
    let error = |status, code: &str, word: &str, host: &str| {
        let body = json!({"code": code, "error": word, "error_description": "CANARY-request-token", "geolocation": host});
        Reply::json(status, body.to_string())
    };
    let good = |access: &str, refresh: &str| {
        granted(
            access,
            &json!({"refresh_token": refresh, "geolocation": "https://us2.example.com", "scope": "CANARY"}),
        )
    };
    let foreign =
        |host: &str| granted("CANARY-a", &json!({"refresh_token": "CANARY-r", "geolocation": host}));
    vec![
        good("CANARY-a1", "CANARY-r1"),
        error(400, "16", "CANARY-client-secret", "https://CANARY-client-secret.evil.org"),
        error(400, "16", "invalid_request", "https://eu2.example.com/CANARY-r1"),
        good("CANARY-a2", "CANARY-r2"),
        error(400, "CANARY-r2", "CANARY-r2", "https://CANARY@evil.org"),
        error(401, "5", "canary-REQUEST-token", ""),
        error(503, "CANARY-r2", "CANARY-id", ""),
        foreign("https://CANARY-r2.evil.org"),
        foreign("https://CANARY-r2.example.com@evil.org"),
        foreign("CANARY-r2 is no URL"),
        Reply::body(200, r#"{"access_token": ["CANARY"]"#),
        Reply::body(400, "CANARY-request-token"),
        Reply::hang(),
        error(400, "108", "CANARY-r2", ""),
        error(400, "CANARY-company", "CANARY-request-token", ""),
        Reply::body(200, r#"{"access_token": {"CANARY": "CANARY"}}"#),
    ]
}

/// Fails to save now and then.
struct Moody(MemoryTokenStore, AtomicU64);

impl TokenStore for Moody {
    fn load(&self) -> crate::send::client::BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        self.0.load()
    }

    fn save<'a>(
        &'a self,
        token: &'a StoredToken,
    ) -> crate::send::client::BoxFuture<'a, Result<(), StoreError>> {
        if self.1.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) {
            return Box::pin(std::future::ready(Err(StoreError::other("the disk is full"))));
        }
        self.0.save(token)
    }
}

#[test]
fn no_secret_is_ever_shown() {
    let log = Log::default();
    let mut shown = String::new();
    tracing::subscriber::with_default(log.clone(), || {
        let store = Arc::new(Moody(MemoryTokenStore::new(), AtomicU64::new(0)));
        let source = OAuth2::password(
            &SCHEME,
            "CANARY-id",
            "CANARY-client-secret",
            "CANARY-company",
            "CANARY-request-token",
        );
        let source = source.scope("CANARY-scope").store(Arc::clone(&store));
        let count = replies().len();
        let bench = Bench::new(replies());
        let mut last = None;
        while bench.count() < count {
            match block_on(source.token(bench.context(last.as_ref()))) {
                Ok(token) => {
                    write!(shown, "\n{token:?}").unwrap();
                    last = Some(token);
                }
                Err(error) => shown.push_str(&chain(&error)),
            }
            write!(shown, "\n{source:?} {:?} {:?}", store.0, source.last_store_error()).unwrap();
            bench.advance(20);
        }
        write!(shown, "\n{SCHEME:?} {:?}", StoredToken::new("CANARY")).unwrap();
    });
    let log = log.text.lock().unwrap();
    for text in [&shown, &*log] {
        assert!(!text.to_lowercase().contains(MARK), "{text}");
    }
    // It would prove nothing if nothing had been written.
    for event in [
        "requests a token",
        "has a new token",
        "there is no new token",
        "the refresh token is refused",
        "the token store failed",
        "forwards the request",
    ] {
        assert!(log.contains(event), "{event}: {log}");
    }
}
