//! All parts of the sandbox on one port, until it is told to end.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Router, middleware};
use tokio::net::TcpListener;

use super::{around, cards, connection, definition, docs, own, page, token};
use crate::sandbox::Sandbox;

/// How long answers that are on their way may still take when the sandbox ends.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// How long the sandbox waits for a client that has begun to send.
#[derive(Debug, Clone, Copy)]
struct ReadTimeouts {
    /// For the whole head of a request, also of the next one on a connection. It is longer than clients keep
    /// a connection that they do not use, 30 seconds by default: none writes to one that is being closed.
    head: Duration,
    /// For more of a body.
    body: Duration,
}

const READ_TIMEOUTS: ReadTimeouts =
    ReadTimeouts { head: Duration::from_secs(60), body: Duration::from_secs(60) };

/// A port that belongs to the sandbox, before anything is answered on it.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    timeouts: ReadTimeouts,
}

/// Why the sandbox can't listen.
#[derive(Debug)]
pub struct ServeError {
    address: SocketAddr,
    error: io::Error,
}

impl Bound {
    /// Binds an address; port 0 is one that is free.
    ///
    /// # Errors
    ///
    /// The port is busy, or the address is not this machine's.
    pub async fn bind(address: SocketAddr) -> Result<Self, ServeError> {
        let failed = |error| ServeError { address, error };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address, timeouts: READ_TIMEOUTS })
    }

    /// Returns where clients find the sandbox. Of a sandbox on every address, that is this machine.
    #[must_use]
    pub fn base_url(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(if address.is_ipv4() {
                [127, 0, 0, 1].into()
            } else {
                [0u16, 0, 0, 0, 0, 0, 0, 1].into()
            });
        }
        format!("http://{address}")
    }

    /// Answers requests and processes what is accepted, until `end` is ready. Then answers that are on their
    /// way are finished; what is still to be processed waits in the store.
    ///
    /// A client that stops sending in the middle of a request is waited for, but not for ever: 60 seconds for
    /// the head, and as long for more of the body.
    pub async fn serve(self, sandbox: Arc<Sandbox>, end: impl Future<Output = ()> + Send + 'static) {
        let router = router(sandbox.clone(), self.timeouts.body);
        let processing = tokio::spawn(sandbox.clone().process());
        let (ended, mut has_ended) = tokio::sync::watch::channel(false);
        let serve = connection::serve(self.listener, router, self.timeouts.head, async {
            end.await;
            sandbox.close();
            ended.send_replace(true);
        });
        let last = async {
            // The sender is dropped only when serving is over.
            let _ = has_ended.wait_for(|ended| *ended).await;
            tokio::time::sleep(LAST_ANSWERS).await;
        };
        tokio::select! {
            () = serve => {}
            () = last => {}
        }
        processing.abort();
    }
}

fn router(sandbox: Arc<Sandbox>, body_timeout: Duration) -> Router {
    Router::new()
        .merge(cards::router(&sandbox))
        .merge(token::router())
        .merge(own::router())
        .merge(page::router())
        .merge(definition::router())
        .merge(docs::router())
        .with_state(sandbox.clone())
        .layer(middleware::from_fn(around::length))
        .layer(middleware::from_fn_with_state(sandbox, around::faults))
        .layer(middleware::from_fn_with_state(body_timeout, around::body_timeout))
        .layer(middleware::from_fn(around::host))
        .layer(middleware::from_fn(around::log))
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, error } = self;
        match error.kind() {
            io::ErrorKind::AddrInUse => write!(
                f,
                "port {} is in use: end what listens there, or give `--port` another one",
                address.port()
            ),
            _ => write!(f, "can't listen on {address}: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;
    use tokio::time::timeout;

    use super::*;
    use crate::faults;
    use crate::store::{Processing, Store};

    /// Longer than anything takes that is not waited for.
    const LONG: Duration = Duration::from_secs(20);

    /// Starts a sandbox with short timeouts, and sends it a text.
    async fn sent(text: &str) -> TcpStream {
        sent_under("[]", text).await.1
    }

    /// Starts a sandbox with rules of faults, and sends it a text.
    async fn sent_under(rules: &str, text: &str) -> (Arc<Sandbox>, TcpStream) {
        let mut bound = Bound::bind(([127, 0, 0, 1], 0).into()).await.unwrap();
        let short = Duration::from_millis(300);
        bound.timeouts = ReadTimeouts { head: short, body: short };
        let processing = Processing { delay: Duration::ZERO, partial: 0.0, seed: 1 };
        let store = Store::in_memory().unwrap();
        let rules = faults::read(rules.as_bytes()).unwrap();
        let sandbox = Sandbox::new(store, processing, rules, bound.base_url());
        let address = bound.address;
        tokio::spawn(bound.serve(sandbox.clone(), std::future::pending()));
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        (sandbox, stream)
    }

    /// Returns what is answered until the connection is closed.
    async fn answer(text: &str) -> String {
        let (mut stream, mut answer) = (sent(text).await, String::new());
        timeout(LONG, stream.read_to_string(&mut answer)).await.unwrap().unwrap();
        answer
    }

    #[tokio::test]
    async fn half_a_request_is_not_waited_for_without_end() {
        assert_eq!(answer("").await, "");
        assert_eq!(answer("GET /healthz HTTP/1.1\r\nhost: x\r\n").await, "");
        let whole = answer("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\nGET /hea").await;
        assert!(whole.starts_with("HTTP/1.1 200 ") && whole.ends_with("\r\n\r\nok\n"), "{whole}");
        for line in ["POST /oauth2/v0/token", "PUT /_sandbox/faults"] {
            let half = format!(
                "{line} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n["
            );
            let half = answer(&half).await;
            assert!(half.starts_with("HTTP/1.1 408 ") && half.contains("connection: close"), "{line} {half}");
        }
    }

    #[tokio::test]
    async fn a_request_names_one_host() {
        for (head, status) in [
            ("HTTP/1.1\r\nhost: x", 200),
            ("HTTP/1.0", 200),
            ("HTTP/1.1", 400),
            ("HTTP/1.1\r\nhost: x\r\nhost: y", 400),
        ] {
            let whole = answer(&format!("GET /healthz {head}\r\nconnection: close\r\n\r\n")).await;
            assert_eq!(whole.split(' ').nth(1), Some(&*status.to_string()), "{head}: {whole}");
        }
    }

    #[tokio::test]
    async fn chunked_bodies_are_refused_as_the_operation_refuses() {
        for (path, told) in
            [("oauth2/v0/token", "\"code\":135"), ("cards/v4/x", "\"errorCode\":\"invalidRequest\"")]
        {
            let whole = answer(&format!(
                "POST /{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"
            ))
            .await;
            assert!(whole.starts_with("HTTP/1.1 400 ") && whole.contains(told), "{path}: {whole}");
        }
    }

    #[tokio::test]
    async fn rules_are_json_by_their_media_type() {
        for (given, status) in [
            ("application/json", 200),
            ("Application/JSON ; charset=utf-8", 200),
            ("application/jsonfoo", 415),
            ("text/plain", 415),
        ] {
            let whole = answer(&format!(
                "PUT /_sandbox/faults HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: {given}\r\n\
                 content-length: 2\r\n\r\n[]"
            ))
            .await;
            assert_eq!(whole.split(' ').nth(1), Some(&*status.to_string()), "{given}: {whole}");
        }
    }

    #[tokio::test]
    async fn an_event_tells_of_what_changes_while_the_last_one_is_sent() {
        let (sandbox, mut events) =
            sent_under("[]", "GET /_sandbox/events HTTP/1.1\r\nhost: x\r\n\r\n").await;
        let last = async {
            let mut told = String::new();
            let mut bytes = [0; 4096];
            for rule in ["reset", "htmlPage"] {
                sandbox.set_rules(faults::read(format!(r#"[{{"fault": "{rule}"}}]"#).as_bytes()).unwrap());
                while !told.contains(rule) {
                    let count = events.read(&mut bytes).await.unwrap();
                    told.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
                }
            }
        };
        timeout(LONG, last).await.unwrap();
    }

    #[tokio::test]
    async fn a_late_answer_is_one_to_a_call_that_had_its_effect_at_once() {
        let rules = r#"[{"fault": "lateAnswer", "operation": "createAccountsBulk", "seconds": 2}]"#;
        let request =
            "POST /cards/v4/companies/x/accounts/bulk HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}";
        let (sandbox, mut stream) = sent_under(rules, request).await;
        let until_refused = async {
            while sandbox.refused().is_empty() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(LONG, until_refused).await.unwrap();
        let mut byte = [0];
        timeout(Duration::from_secs(1), stream.read_exact(&mut byte)).await.unwrap_err();
        timeout(LONG, stream.read_exact(&mut byte)).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn an_answer_may_take_longer_than_a_request() {
        let mut events = sent("GET /_sandbox/events HTTP/1.1\r\nhost: x\r\n\r\n").await;
        let mut answer = Vec::new();
        timeout(Duration::from_secs(1), events.read_to_end(&mut answer)).await.unwrap_err();
        assert!(answer.starts_with(b"HTTP/1.1 200 "));
    }
}
