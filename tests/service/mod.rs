//! A stand-in for Cards v4 on this machine: what the documentation promises of tokens, bulk calls and their
//! states, so that examples, tests and benches have somebody to talk to.
//!
//! It checks bodies with the crate's own validators, answers 202 or the service's error body, knows keys
//! again, and works on a request while it is asked about it. It is no sandbox: it forgets everything when it
//! ends.
#![allow(dead_code, unused_imports, reason = "each of those who include the module uses a part of it")]

mod bulk;
mod token;

pub(crate) use token::STATIC as STATIC_TOKEN;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::{Request, Response, header};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// As much of a body is read.
const LIMIT: usize = 16 << 20;

/// The stand-in, until it is dropped.
pub(crate) struct Service {
    address: SocketAddr,
    state: Arc<State>,
    /// Ends with it.
    _runtime: Runtime,
}

/// What it remembers.
#[derive(Default)]
pub(crate) struct State {
    bulk: Mutex<bulk::Books>,
    tokens: Mutex<token::Issued>,
    /// What bulk requests are answered with by somebody who stands in between, if so.
    between: Mutex<Option<Between>>,
    last_body: Mutex<Bytes>,
    /// Every so many bulk requests are taken, and their answer is lost; 0: none.
    losing: AtomicU64,
    bulk_requests: AtomicU64,
    /// So many milliseconds after it has taken a bulk request it answers.
    delay: AtomicU64,
}

/// What a proxy answers instead of the service: status, media type and body.
#[derive(Clone)]
pub(crate) struct Between(pub(crate) u16, pub(crate) &'static str, pub(crate) &'static str);

pub(crate) type Answer = Response<Full<Bytes>>;

impl Service {
    /// Listens on this port of 127.0.0.1; 0: on one that is free.
    pub(crate) fn start(port: u16) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port)))?;
        let (address, state) = (listener.local_addr()?, Arc::new(State::default()));
        runtime.spawn(accept(listener, address, state.clone()));
        Ok(Self { address, state, _runtime: runtime })
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many items it has taken.
    pub(crate) fn items(&self) -> usize {
        lock(&self.state.bulk).items()
    }

    /// How many times it was asked for a token.
    pub(crate) fn tokens(&self) -> usize {
        lock(&self.state.tokens).count()
    }

    /// From now on bulk requests do not reach it: they get this answer. `None`: they reach it again.
    pub(crate) fn put_between(&self, answer: Option<Between>) {
        *lock(&self.state.between) = answer;
    }

    /// From now on the answer of every so many bulk requests is lost: it hangs up. 0: of none.
    pub(crate) fn lose_answers(&self, every: u64) {
        self.state.losing.store(every, Ordering::Relaxed);
    }

    /// From now on bulk requests are taken at once, and answered so much later.
    pub(crate) fn answer_late(&self, delay: Duration) {
        let delay = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self.state.delay.store(delay, Ordering::Relaxed);
    }

    /// The external ids of every bulk request that it has taken.
    pub(crate) fn taken(&self) -> Vec<Vec<String>> {
        lock(&self.state.bulk).taken().to_vec()
    }

    /// The body of the last request, byte for byte.
    pub(crate) fn last_body(&self) -> Bytes {
        lock(&self.state.last_body).clone()
    }

    /// From now on it refuses the tokens that it gave.
    pub(crate) fn forget_tokens(&self) {
        lock(&self.state.tokens).forget();
    }
}

/// No line that holds a lock here can leave what it guards half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// Whether the answer to this bulk request is lost.
    fn loses(&self) -> bool {
        let every = self.losing.load(Ordering::Relaxed);
        every > 0 && self.bulk_requests.fetch_add(1, Ordering::Relaxed) % every == every - 1
    }
}

async fn accept(listener: TcpListener, address: SocketAddr, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        let state = state.clone();
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            let serve = hyper::service::service_fn(move |request| {
                let state = state.clone();
                async move {
                    let is_bulk = request.method() == "POST" && request.uri().path().ends_with("/bulk");
                    // As it was wanted when the request came.
                    let delay = state.delay.load(Ordering::Relaxed);
                    let answer = answer(request, address, &state).await;
                    if is_bulk {
                        tokio::time::sleep(Duration::from_millis(delay)).await;
                    }
                    if is_bulk && state.loses() { Err(io::Error::other("lost")) } else { Ok(answer) }
                }
            });
            // A client that goes away is no concern of the service.
            let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), serve).await;
        });
    }
}

async fn answer(request: Request<Incoming>, address: SocketAddr, state: &State) -> Answer {
    let (parts, body) = request.into_parts();
    let correlation_id = parts.headers.get("concur-correlationid").cloned();
    // The documentation says so: no chunked bodies.
    if parts.headers.contains_key(header::TRANSFER_ENCODING) {
        return status(400);
    }
    let Ok(body) = Limited::new(body, LIMIT).collect().await else { return status(413) };
    let body = body.to_bytes();
    if parts.method == "POST" {
        (*lock(&state.last_body)).clone_from(&body);
        if let Some(between) = lock(&state.between).clone() {
            return between.answer();
        }
    }
    let segments: Vec<&str> = parts.uri.path().split('/').skip(1).collect();
    let mut answer = match (parts.method.as_str(), segments.as_slice()) {
        ("POST", ["oauth2", "v0", "token"]) => token::issue(&body, address, &mut lock(&state.tokens)),
        (method, ["cards", "v4", "companies", company, rest @ ..]) => {
            let authorised = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            if lock(&state.tokens).knows(authorised) {
                bulk::answer(method, company, rest, &body, &mut lock(&state.bulk))
            } else {
                status(401)
            }
        }
        _ => status(404),
    };
    if let Some(id) = correlation_id {
        answer.headers_mut().insert("concur-correlationid", id);
    }
    answer
}

impl Between {
    fn answer(self) -> Answer {
        let Self(status_code, media_type, body) = self;
        let mut answer = status(status_code);
        *answer.body_mut() = Full::new(body.into());
        answer.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(media_type));
        answer
    }
}

/// An answer without a body.
pub(crate) fn status(status: u16) -> Answer {
    let mut answer = Answer::default();
    *answer.status_mut() = status.try_into().unwrap_or_default();
    answer
}

/// An answer with a JSON body.
pub(crate) fn json(status_code: u16, body: &impl serde::Serialize) -> Answer {
    let Ok(body) = serde_json::to_vec(body) else { return status(500) };
    let mut answer = status(status_code);
    *answer.body_mut() = Full::new(body.into());
    answer.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    answer
}
