//! What all definitions share, compiled beside their crates: a case as it is read, the transport between client
//! and server, and the comparison of what was meant with what arrived.

use std::any::Any;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use specwright_runtime::client::{
    BoxFuture, Builder, Bytes, CallError, Exchange, Response, ResponseLimits, Token, Transport, http,
};
use specwright_runtime::retry::{Clock, Policy, Sleep};
use specwright_runtime::serve::{
    Authenticate, Claim, Denied, Failure, HttpResponse, MediaBody, Router, StatusCode, axum,
};
use tower_service::Service as _;

/// A request and the response to it.
#[derive(serde::Deserialize)]
pub struct Case {
    pub document: String,
    pub operation: usize,
    /// `null`: absent.
    fields: Vec<Box<RawValue>>,
    pub content: usize,
    pub body: Option<Box<RawValue>>,
    pub response: usize,
    status: u16,
    /// With their names; `null`: absent.
    headers: Vec<(String, Box<RawValue>)>,
    pub answer_content: usize,
    pub answer: Option<Box<RawValue>>,
}

/// What became of a case.
#[derive(serde::Serialize)]
pub enum Verdict {
    /// What arrived is what was meant, both ways.
    Same,
    /// So is it but for parameters, in whose place something arrived that is written alike.
    Alike,
    /// It could not be tried.
    Skipped(String),
    Wrong(String),
}

/// The error is why a value can't be made.
pub type Decoded<T> = Result<T, &'static str>;

impl Case {
    pub fn field<T: DeserializeOwned>(&self, index: usize) -> Decoded<T> {
        serde_json::from_str(self.fields[index].get()).map_err(|_| "a parameter that its type does not hold")
    }

    pub fn header<T: DeserializeOwned>(&self, index: usize) -> Decoded<T> {
        serde_json::from_str(self.headers[index].1.get()).map_err(|_| "a header that its type does not hold")
    }

    pub fn status(&self) -> Decoded<StatusCode> {
        StatusCode::from_u16(self.status).map_err(|_| "no status of HTTP")
    }
}

pub fn decoded<T: DeserializeOwned>(body: &Option<Box<RawValue>>) -> Decoded<T> {
    let json = body.as_ref().map_or("null", |json| json.get());
    serde_json::from_str(json).map_err(|_| "a body that its type does not hold")
}

pub fn text(body: &Option<Box<RawValue>>) -> String {
    let text = body.as_ref().and_then(|json| serde_json::from_str(json.get()).ok());
    text.unwrap_or_else(|| "text".to_owned())
}

pub fn media(media_type: &str, body: &Option<Box<RawValue>>) -> MediaBody {
    MediaBody::new(media_type, text(body))
}

pub fn media_bytes(body: &MediaBody) -> String {
    format!("{} of {}", bytes(&body.bytes), body.media_type)
}

pub fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| format!("no JSON: {error}"))
}

pub fn bytes(value: &(impl AsRef<[u8]> + ?Sized)) -> String {
    format!("{:?}", value.as_ref())
}

pub fn shown_by<T: ?Sized>(value: &T, show: impl FnOnce(&T) -> String) -> String {
    show(value)
}

/// Returns the value, and keeps what is shown of it.
pub fn kept<T>(shown: &mut String, value: T, show: impl FnOnce(&T) -> String) -> T {
    *shown = show(&value);
    value
}

/// An enum by status.
pub trait Shown {
    fn shown(&self) -> String;
}

pub trait Operation {
    type Client;
    type Request: Any + Send;
    type Response: Any + Send;

    fn request(case: &Case) -> Decoded<Self::Request>;

    /// Returns what a client can set, as JSON.
    fn shown(request: &Self::Request) -> Vec<String>;

    /// Returns the response, and what of it a client reads.
    fn response(case: &Case) -> Decoded<(Self::Response, String)>;

    fn call(client: &Self::Client, request: &Self::Request) -> impl Future<Output = Received>;
}

/// The outcome of a call.
pub struct Received {
    status: Option<u16>,
    headers: http::HeaderMap,
    shown: Option<String>,
    error: String,
}

impl Received {
    pub fn new<T, F: Shown>(
        result: Result<Response<T>, CallError<F>>,
        show: impl FnOnce(&T) -> String,
    ) -> Self {
        match result {
            Ok(response) => Self {
                status: Some(response.status),
                headers: response.headers.clone(),
                shown: Some(show(&response.value)),
                error: String::new(),
            },
            Err(error) => Self {
                status: error.error().status(),
                headers: error.error().headers().cloned().unwrap_or_default(),
                shown: error.failure().map(Shown::shown),
                error: format!(
                    "{error} {}",
                    String::from_utf8_lossy(error.error().body().map_or(&[][..], |body| body))
                ),
            },
        }
    }
}

/// Records requests, and answers what it is told to.
#[derive(Default)]
pub struct Echo {
    request: Mutex<Option<Box<dyn Any + Send>>>,
    response: Mutex<Option<Box<dyn Any + Send>>>,
}

impl Echo {
    pub fn record<Q: Any + Send, R: Any>(&self, request: Q) -> Result<R, Failure> {
        *self.request.lock().unwrap() = Some(Box::new(request));
        let response = self.response.lock().unwrap().take();
        let response = response.and_then(|response| response.downcast().ok());
        response.map(|response| *response).ok_or_else(|| Failure::new(StatusCode::IM_A_TEAPOT))
    }
}

impl Authenticate for Echo {
    type Principal = ();

    async fn authenticate(&self, _: &[Claim<'_>]) -> Result<(), Denied> {
        Ok(())
    }
}

/// Server and transport of one definition.
pub struct Server {
    echo: Arc<Echo>,
    wire: Arc<Wire>,
}

/// Hands requests to the router, and keeps the last one.
pub struct Wire {
    router: Router,
    last: Mutex<Option<(http::Uri, http::HeaderMap, Bytes)>>,
}

impl Transport for Wire {
    fn send(&self, request: http::Request<Bytes>, _: ResponseLimits) -> BoxFuture<'_, Exchange> {
        let sent = (request.uri().clone(), request.headers().clone(), request.body().clone());
        *self.last.lock().unwrap() = Some(sent);
        let mut router = self.router.clone();
        Box::pin(async move {
            let response: Result<HttpResponse, Infallible> =
                router.call(request.map(axum::body::Body::from)).await;
            let (parts, body) = response.unwrap().into_parts();
            Ok(http::Response::from_parts(parts, axum::body::to_bytes(body, usize::MAX).await.unwrap()))
        })
    }
}

pub fn server(router: impl FnOnce(Arc<Echo>) -> Router) -> (Server, Arc<Wire>) {
    let echo = Arc::new(Echo::default());
    let wire = Arc::new(Wire { router: router(Arc::clone(&echo)), last: Mutex::new(None) });
    (Server { echo, wire: Arc::clone(&wire) }, wire)
}

pub fn client<C: From<specwright_runtime::client::Client>>(builder: Builder<C>, wire: Arc<Wire>) -> C {
    let builder = builder.transport(wire).base_url("http://localhost").allow_host("localhost").token(Token::new("token"));
    builder.clock(Stopped).retry(Policy::once()).build().unwrap()
}

struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, _: Duration) -> Sleep<'_> {
        Box::pin(std::future::pending())
    }
}

/// Makes the call of a case.
pub async fn exchange<O: Operation>(client: &O::Client, server: &Server, case: &Case) -> Verdict {
    let made = O::request(case).and_then(|request| Ok((request, O::response(case)?)));
    let (meant, (response, shown)) = match made {
        Ok(made) => made,
        Err(why) => return Verdict::Skipped(why.to_owned()),
    };
    *server.echo.response.lock().unwrap() = Some(Box::new(response));
    let received = O::call(client, &meant).await;
    let Some(sent) = server.wire.last.lock().unwrap().take() else {
        return Verdict::Skipped("a request that the client does not send".to_owned());
    };
    let arrived = server.echo.request.lock().unwrap().take();
    let Some(arrived) = arrived.and_then(|arrived| arrived.downcast::<O::Request>().ok()) else {
        return Verdict::Wrong(format!("{:?} of {sent:?} did not arrive: {}", O::shown(&meant), received.error));
    };
    let (meant, arrived) = (O::shown(&meant), (O::shown(&arrived), arrived));
    let mut verdict = Verdict::Same;
    if arrived.0 != meant {
        let _ = O::call(client, &arrived.1).await;
        if server.wire.last.lock().unwrap().take().as_ref() != Some(&sent) {
            return Verdict::Wrong(format!("of {sent:?} arrived {:?}, meant was {meant:?}", arrived.0));
        }
        verdict = Verdict::Alike;
    }
    if received.error.contains("that the definition does not allow") {
        return Verdict::Skipped("a response that the definition does not allow".to_owned());
    }
    if received.status != Some(case.status) || received.shown.as_ref() != Some(&shown) {
        return Verdict::Wrong(format!(
            "{:?} {:?} was received, {} {shown} meant: {}",
            received.status, received.shown, case.status, received.error
        ));
    }
    let differs = |(name, value): &&(String, Box<RawValue>)| {
        let text = header(value.get());
        text.is_some_and(|text| received.headers.get(name).and_then(|value| value.to_str().ok()) != Some(&text))
    };
    match case.headers.iter().find(differs) {
        Some((name, value)) => Verdict::Wrong(format!("{name} {value} was meant: {:?}", received.headers)),
        None => verdict,
    }
}

/// Returns the text of a header that is no list and no object.
fn header(json: &str) -> Option<String> {
    match serde_json::from_str(json).ok()? {
        serde_json::Value::String(text) => text.is_ascii().then_some(text),
        serde_json::Value::Bool(_) | serde_json::Value::Number(_) => Some(json.to_owned()),
        _ => None,
    }
}
