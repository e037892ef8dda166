//! The request as it goes on the wire.

use ::reqwest::{Body, Request, Url};
use bytes::Bytes;
use http::{
    HeaderValue, Method, Uri,
    header::{CONTENT_LENGTH, TRANSFER_ENCODING},
};

use super::super::{TransportError, TransportProblem};
use crate::send::retry::Sent;

/// The request in reqwest's terms, its `Content-Length` set.
///
/// The version that the request asks for is left out, because that is settled with the server; extensions
/// too.
pub(super) fn prepare(request: http::Request<Bytes>) -> Result<Request, TransportError> {
    let (parts, body) = request.into_parts();
    let mut prepared = Request::new(parts.method, url(&parts.uri)?);
    if prepared.method() == Method::CONNECT {
        return Err(unsendable("CONNECT is for proxies"));
    }
    *prepared.headers_mut() = parts.headers;
    let headers = prepared.headers_mut();
    if headers.contains_key(TRANSFER_ENCODING) {
        return Err(unsendable("a body is sent as it is, with its length, never with a transfer encoding"));
    }
    headers.remove(CONTENT_LENGTH);
    if !body.is_empty() || expects_body(prepared.method()) {
        prepared.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        *prepared.body_mut() = Some(Body::from(body));
    }
    Ok(prepared)
}

/// Whether a server waits for a body, so that it must be told that there is none.
fn expects_body(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

/// The URL, if it says to reqwest what it says to everyone else.
fn url(uri: &Uri) -> Result<Url, TransportError> {
    let authority = uri.authority().ok_or_else(|| unsendable("the URL names no server"))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(unsendable("the URL is neither http nor https"));
    }
    if authority.as_str().contains('@') {
        // reqwest would make a header of it.
        return Err(unsendable("the URL holds a user name or password"));
    }
    if uri.path().contains('\\') || uri.path().split('/').any(is_dots) {
        // reqwest would resolve it, and ask for another path than the caller, whatever that path means to the
        // server.
        return Err(unsendable("the URL's path has a segment of dots, or a backslash"));
    }
    Url::parse(&uri.to_string()).map_err(|_| unsendable("the URL can't be read"))
}

/// Whether a segment of a path is `.` or `..`, spelt out or in percent-encoding.
fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

fn unsendable(why: &'static str) -> TransportError {
    TransportError::new(TransportProblem::Unsendable, Sent::No).because(why)
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    fn prepared(method: Method, uri: &str, body: &'static str) -> Result<Request, TransportError> {
        prepare(http::Request::builder().method(method).uri(uri).body(Bytes::from(body)).unwrap())
    }

    fn length(method: Method, body: &'static str) -> Option<String> {
        let request = prepared(method, "http://example.com/", body).unwrap();
        Some(request.headers().get(CONTENT_LENGTH)?.to_str().unwrap().to_owned())
    }

    #[test]
    fn a_body_is_announced_and_so_is_its_absence() {
        assert_eq!(length(Method::POST, "12345").as_deref(), Some("5"));
        assert_eq!(length(Method::POST, "").as_deref(), Some("0"));
        assert_eq!(length(Method::PUT, "").as_deref(), Some("0"));
        assert_eq!(length(Method::DELETE, "12").as_deref(), Some("2"));
        assert_eq!(length(Method::GET, ""), None);
    }

    #[test]
    fn the_length_is_that_of_the_body_whatever_the_header_said() {
        let request = http::Request::post("http://example.com/").header(CONTENT_LENGTH, "7");
        let request = prepare(request.body(Bytes::from("123")).unwrap()).unwrap();
        let lengths: Vec<_> = request.headers().get_all(CONTENT_LENGTH).iter().collect();
        assert_eq!(lengths, ["3"]);
    }

    #[test]
    fn what_would_go_elsewhere_is_not_sent() {
        for uri in [
            "/relative",
            "ftp://example.com/",
            "http://user:secret@example.com/",
            "http://example.com/a/../b",
            "http://example.com/a/%2e%2E/b",
            "http://example.com/a/.%2e",
            "http://example.com/./b",
            "http://example.com/a\\..\\b",
        ] {
            let error = prepared(Method::GET, uri, "").unwrap_err();
            assert_eq!((error.problem(), error.sent()), (TransportProblem::Unsendable, Sent::No), "{uri}");
            let why = error.source().unwrap().to_string();
            assert!(!why.contains("secret"), "{why}");
        }
    }

    #[test]
    fn what_looks_like_it_is_sent_as_it_is() {
        for uri in ["http://example.com/a/..b/...", "https://example.com/a%2Fb?c=../d&e=%2e%2e"] {
            assert_eq!(prepared(Method::GET, uri, "").unwrap().url().as_str(), uri);
        }
    }

    #[test]
    fn a_transfer_encoding_is_not_sent() {
        let request = http::Request::post("http://example.com/").header(TRANSFER_ENCODING, "chunked");
        let error = prepare(request.body(Bytes::new()).unwrap()).unwrap_err();
        assert_eq!(error.problem(), TransportProblem::Unsendable);
    }
}
