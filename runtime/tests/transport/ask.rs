//! What most tests do: send one request.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use specwright_runtime::client::{
    Exchange, ReqwestTransport, ReqwestTransportBuilder, ResponseLimits, Transport as _, TransportError,
    TransportProblem,
};
use specwright_runtime::retry::Sent;

/// A builder with which nothing depends on the machine: no proxy, and time enough where it is busy.
pub(crate) fn builder() -> ReqwestTransportBuilder {
    ReqwestTransport::builder().no_proxy().connect_timeout(Duration::from_secs(10))
}

pub(crate) fn transport() -> ReqwestTransport {
    builder().build().unwrap()
}

pub(crate) fn post(url: &str, body: impl Into<Bytes>) -> Request<Bytes> {
    Request::post(url).body(body.into()).unwrap()
}

pub(crate) fn get(url: &str) -> Request<Bytes> {
    Request::get(url).body(Bytes::new()).unwrap()
}

pub(crate) async fn send(transport: &ReqwestTransport, request: Request<Bytes>) -> Exchange {
    transport.send(request, ResponseLimits::new().max_response_bytes(64 << 10)).await
}

/// The two facts of an error, after a look at what it says.
pub(crate) fn facts(error: &TransportError) -> (TransportProblem, Sent) {
    told(error);
    (error.problem(), error.sent())
}

/// Holds an error and its causes to one line each, of which none is told twice, and returns them all in one.
pub(crate) fn told(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    let texts: Vec<String> = causes.map(ToString::to_string).collect();
    for (number, text) in texts.iter().enumerate() {
        let mut others = texts.iter().enumerate().filter(|(other, _)| *other != number);
        assert!(!text.contains(char::is_control), "more than one line: {texts:?}");
        assert!(others.all(|(_, other)| !other.contains(text)), "told twice: {texts:?}");
    }
    texts.join(": ")
}
