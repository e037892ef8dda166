//! HTTP/2, which client and server agree on within TLS.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use h2::{Reason, RecvStream, server::SendResponse};
use http::{Request, Response, Version};
use rustls::ALL_VERSIONS;
use specwright_runtime::client::{ReqwestTransportBuilder, ResponseLimits, Transport as _, TransportProblem};
use specwright_runtime::retry::Sent;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

use crate::ask::{builder, facts, get, post, send};
use crate::certificates::{Certificate, TRUSTED, wrap};
use crate::faults::{Answer, Fault, FaultServer};

/// What the server does with each request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    /// Answers with what it was sent.
    Echo,
    /// Says that it has not begun with the request.
    RefuseStream,
    /// Says that something went wrong with it.
    ResetStream,
    /// Says that it takes no more requests, this one not either.
    GoAway,
    /// Closes the connection.
    Cut,
    /// Resets the stream in the body of its answer.
    ResetInBody,
    /// Sends less than it has announced.
    TooShort,
    /// Sends more than anybody wants.
    Endless,
    /// Sends what is no frame.
    Garbage,
}

pub(crate) struct Server {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) async fn start(does: Does) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = TlsAcceptor::from(Certificate::Good.server(ALL_VERSIONS, &["h2", "http/1.1"]));
        let (connections, requests) = <(Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
        let (all_connections, all_requests) = (Arc::clone(&connections), Arc::clone(&requests));
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                let (acceptor, requests) = (acceptor.clone(), Arc::clone(&requests));
                tokio::spawn(async move {
                    connection(acceptor.accept(tcp).await.unwrap(), does, &requests).await;
                });
            }
        });
        Self { address, connections: all_connections, requests: all_requests }
    }

    pub(crate) fn url(&self) -> String {
        format!("https://{}/items", self.address)
    }

    fn counts(&self) -> (usize, usize) {
        (self.connections.load(Ordering::SeqCst), self.requests.load(Ordering::SeqCst))
    }
}

async fn connection(mut tls: TlsStream<TcpStream>, does: Does, requests: &AtomicUsize) {
    match does {
        Does::GoAway | Does::Garbage => {
            headers_frame(&mut tls).await;
            requests.fetch_add(1, Ordering::SeqCst);
            let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
            tls.write_all(&settings).await.unwrap();
            if does == Does::GoAway {
                // The last stream that counts is none, and the error is no error.
                tls.write_all(&[0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).await.unwrap();
            } else {
                tls.write_all(&[0xff; 64]).await.unwrap();
            }
            tls.flush().await.unwrap();
            let _ = tls.read_to_end(&mut Vec::new()).await;
        }
        _ => {
            let mut http2 = h2::server::handshake(tls).await.unwrap();
            while let Some(Ok((request, respond))) = http2.accept().await {
                requests.fetch_add(1, Ordering::SeqCst);
                if does == Does::Cut {
                    return;
                }
                tokio::spawn(answer(does, request, respond));
            }
        }
    }
}

/// Reads until a request has come.
async fn headers_frame(tls: &mut TlsStream<TcpStream>) {
    let mut preface = [0; 24];
    tls.read_exact(&mut preface).await.unwrap();
    loop {
        let mut head = [0; 9];
        tls.read_exact(&mut head).await.unwrap();
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        tls.read_exact(&mut vec![0; length as usize]).await.unwrap();
        if head[3] == 1 {
            return;
        }
    }
}

async fn answer(does: Does, request: Request<RecvStream>, mut respond: SendResponse<Bytes>) {
    let (parts, mut body) = request.into_parts();
    assert_eq!(parts.version, Version::HTTP_2);
    let mut received = Vec::new();
    while let Some(Ok(piece)) = body.data().await {
        body.flow_control().release_capacity(piece.len()).unwrap();
        received.extend_from_slice(&piece);
    }
    match does {
        Does::RefuseStream => respond.send_reset(Reason::REFUSED_STREAM),
        Does::ResetStream => respond.send_reset(Reason::INTERNAL_ERROR),
        Does::ResetInBody => {
            let mut stream = respond.send_response(Response::new(()), false).unwrap();
            stream.send_data("{".into(), false).unwrap();
            stream.send_reset(Reason::INTERNAL_ERROR);
        }
        Does::TooShort => {
            let head = Response::builder().header("content-length", 10).body(()).unwrap();
            respond.send_response(head, false).unwrap().send_data("{}".into(), true).unwrap();
        }
        Does::Endless => {
            let mut stream = respond.send_response(Response::new(()), false).unwrap();
            while stream.send_data(vec![b'x'; 4096].into(), false).is_ok() {
                tokio::task::yield_now().await;
            }
        }
        _ => {
            let length =
                parts.headers.get("content-length").map_or("none", |length| length.to_str().unwrap());
            let head =
                Response::builder().header("x-length", length).header("x-canary", "").body(()).unwrap();
            respond.send_response(head, false).unwrap().send_data(received.into(), true).unwrap();
        }
    }
}

fn trusting() -> ReqwestTransportBuilder {
    builder().only_root_certificates(TRUSTED.pem.as_bytes())
}

#[tokio::test]
async fn it_is_spoken_where_the_server_has_it_and_the_length_is_said() {
    let server = Server::start(Does::Echo).await;
    let transport = trusting().build().unwrap();
    for length in [0, 2, 200_000] {
        let body = vec![b'x'; length];
        let request = post(&server.url(), body.clone());
        let answer = transport.send(request, ResponseLimits::new()).await.unwrap();
        assert_eq!(answer.version(), Version::HTTP_2);
        assert_eq!(answer.headers()["x-length"], length.to_string());
        assert!(answer.body() == &body);
    }
    assert_eq!(server.counts(), (1, 3));
}

#[tokio::test]
async fn many_requests_share_one_connection() {
    let server = Server::start(Does::Echo).await;
    let transport = trusting().build().unwrap();
    send(&transport, get(&server.url())).await.unwrap();
    let all = (0..50).map(|number| {
        let (transport, url) = (transport.clone(), server.url());
        tokio::spawn(async move { send(&transport, post(&url, number.to_string())).await.unwrap() })
    });
    for (number, answer) in all.collect::<Vec<_>>().into_iter().enumerate() {
        assert_eq!(answer.await.unwrap().body(), &number.to_string());
    }
    assert_eq!(server.counts(), (1, 51));
}

#[tokio::test]
async fn it_is_not_spoken_where_either_side_does_not_want_it() {
    let server = FaultServer::start(
        &[],
        Fault::Nothing,
        |_| Answer::new(200, "{}"),
        wrap(Certificate::Good.server(ALL_VERSIONS, &["h2", "http/1.1"])),
    );
    let url = format!("https://{}/", server.address());
    let answer = send(&trusting().http1_only().build().unwrap(), get(&url)).await.unwrap();
    assert_eq!(answer.version(), Version::HTTP_11);

    let old = FaultServer::start(
        &[],
        Fault::Nothing,
        |_| Answer::new(200, "{}"),
        wrap(Certificate::Good.server(ALL_VERSIONS, &["http/1.1"])),
    );
    let answer =
        send(&trusting().build().unwrap(), get(&format!("https://{}/", old.address()))).await.unwrap();
    assert_eq!(answer.version(), Version::HTTP_11);
}

#[tokio::test]
async fn each_fault_is_told_apart_and_sent_once() {
    for (does, trouble, sent) in [
        // The server's word that it has not begun.
        (Does::RefuseStream, TransportProblem::Broken, Sent::No),
        (Does::GoAway, TransportProblem::Broken, Sent::No),
        (Does::ResetStream, TransportProblem::Broken, Sent::Maybe),
        (Does::Cut, TransportProblem::Broken, Sent::Maybe),
        (Does::ResetInBody, TransportProblem::Broken, Sent::Maybe),
        (Does::TooShort, TransportProblem::Garbled, Sent::Maybe),
        (Does::Endless, TransportProblem::TooLarge(64 << 10), Sent::Maybe),
        (Does::Garbage, TransportProblem::Garbled, Sent::Maybe),
    ] {
        let server = Server::start(does).await;
        let error = send(&trusting().build().unwrap(), post(&server.url(), "{}")).await.unwrap_err();
        assert_eq!(facts(&error), (trouble, sent), "{does:?}: {error:?}");
        assert_eq!(server.counts(), (1, 1), "{does:?}");
    }
}
