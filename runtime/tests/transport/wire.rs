//! What goes on the wire, byte by byte.

use bytes::Bytes;
use http::{Method, Request};
use specwright_runtime::client::{ResponseLimits, Transport as _, TransportProblem};
use specwright_runtime::retry::Sent;

use crate::ask::{facts, get, post, send, transport};
use crate::faults::{Answer, Fault, FaultServer, Seen};

async fn one(request: impl FnOnce(&str) -> Request<Bytes>) -> Seen {
    let server = FaultServer::always(Fault::Nothing);
    send(&transport(), request(&server.url("/v4/items?page=2"))).await.unwrap();
    server.seen().remove(0)
}

#[tokio::test]
async fn a_body_has_its_length_and_is_never_chunked() {
    for length in [0, 1, 5000, 3 << 20] {
        let seen = one(|url| post(url, vec![b'x'; length])).await;
        assert_eq!(seen.line(), "POST /v4/items?page=2 HTTP/1.1");
        assert_eq!(seen.header("content-length"), [length.to_string()]);
        assert_eq!(seen.header("transfer-encoding"), [""; 0]);
        assert_eq!(seen.body.len(), length);
    }
}

#[tokio::test]
async fn nothing_is_added_that_was_not_asked_for() {
    let seen = one(|url| Request::get(url).header("x-own", "1").body(Bytes::new()).unwrap()).await;
    let mut names: Vec<_> = seen.head.lines().skip(1).filter_map(|line| line.split_once(':')).collect();
    names.sort_unstable();
    let names: Vec<_> = names.into_iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    assert_eq!(names, ["accept", "host", "x-own"], "{}", seen.head);
    let seen = one(|url| Request::get(url).header("accept", "text/plain").body(Bytes::new()).unwrap()).await;
    assert_eq!(seen.header("accept"), ["text/plain"]);
}

#[tokio::test]
async fn every_method_passes() {
    for method in [Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
        let seen =
            one(|url| Request::builder().method(&method).uri(url).body(Bytes::from("{}")).unwrap()).await;
        assert_eq!(seen.line(), format!("{method} /v4/items?page=2 HTTP/1.1"));
        assert_eq!(seen.header("content-length"), ["2"]);
    }
}

#[tokio::test]
async fn an_answer_comes_with_its_headers_and_nothing_is_unpacked() {
    let answer = |_: &Seen| Answer::new(200, "packed").header("Content-Encoding", "gzip").header("X-Id", "7");
    let server = FaultServer::start(&[], Fault::Nothing, answer, |tcp| Box::new(tcp));
    let answer = send(&transport(), get(&server.url("/"))).await.unwrap();
    assert_eq!(answer.body(), "packed");
    assert_eq!(answer.headers()["x-id"], "7");
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    assert_eq!(server.seen()[0].header("accept-encoding"), [""; 0]);
}

#[tokio::test]
async fn cookies_are_not_kept() {
    let answer = |_: &Seen| Answer::new(200, "").header("Set-Cookie", "a=b");
    let server = FaultServer::start(&[], Fault::Nothing, answer, |tcp| Box::new(tcp));
    let transport = transport();
    for _ in 0..2 {
        send(&transport, get(&server.url("/"))).await.unwrap();
    }
    assert_eq!(server.seen()[1].header("cookie"), [""; 0]);
}

#[tokio::test]
async fn a_body_at_the_limit_is_read_and_one_byte_more_is_not() {
    for fault in [Fault::Nothing, Fault::Chunked, Fault::Http10] {
        let server =
            FaultServer::start(&[], fault, |_| Answer::new(200, "x".repeat(100_000)), |tcp| Box::new(tcp));
        let (transport, url) = (transport(), server.url("/"));
        let with = |limit| transport.send(get(&url), ResponseLimits::new().max_response_bytes(limit));
        assert_eq!(with(100_000).await.unwrap().body().len(), 100_000, "{fault:?}");
        let error = with(99_999).await.unwrap_err();
        assert_eq!(facts(&error), (TransportProblem::TooLarge(99_999), Sent::Maybe), "{fault:?}");
    }
}

#[tokio::test]
async fn no_body_is_no_body_whatever_the_limit() {
    let server = FaultServer::always(Fault::EmptyAccepted);
    let answer = transport().send(get(&server.url("/")), ResponseLimits::new().max_response_bytes(0)).await;
    assert_eq!(answer.unwrap().status(), 202);
}
