//! Secure connections, and those that only seem to be.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use rustls::{ALL_VERSIONS, SupportedProtocolVersion, version};
use specwright_runtime::client::{
    Crypto, Exchange, ReqwestTransport, ReqwestTransportBuilder, TransportProblem,
};
use specwright_runtime::retry::Sent;

use crate::ask::{builder, facts, post, send};
use crate::certificates::{Certificate, FOREIGN, TRUSTED, wrap};
use crate::faults::{Answer, Fault, FaultServer, Seen, Wire};

const CRYPTO: [Crypto; 2] = [Crypto::AwsLcRs, Crypto::Ring];

fn fine(_: &Seen) -> Answer {
    Answer::new(200, r#"{"status":"fine"}"#)
}

fn server(
    certificate: Certificate,
    versions: &[&'static SupportedProtocolVersion],
    fault: Fault,
) -> FaultServer {
    FaultServer::start(&[], fault, fine, wrap(certificate.server(versions, &["http/1.1"])))
}

/// Trusts the right authority alone.
fn trusting() -> ReqwestTransportBuilder {
    builder().only_root_certificates(TRUSTED.pem.as_bytes())
}

async fn ask(transport: &ReqwestTransport, server: &FaultServer) -> Exchange {
    send(transport, post(&format!("https://{}/", server.address()), "{}")).await
}

/// How many requests came out of TLS.
fn arrived(server: &FaultServer) -> usize {
    server.seen().iter().filter(|seen| !seen.head.is_empty()).count()
}

#[tokio::test]
async fn two_clients_with_different_cryptography_live_side_by_side() {
    let server = server(Certificate::Good, ALL_VERSIONS, Fault::Nothing);
    let transports = CRYPTO.map(|crypto| trusting().crypto(crypto).build().unwrap());
    for _ in 0..3 {
        for transport in &transports {
            assert_eq!(ask(transport, &server).await.unwrap().body(), r#"{"status":"fine"}"#);
        }
    }
}

#[tokio::test]
async fn both_versions_of_tls_are_spoken() {
    for version in [&version::TLS12, &version::TLS13] {
        let server = server(Certificate::Good, &[version], Fault::Nothing);
        for crypto in CRYPTO {
            let transport = trusting().crypto(crypto).build().unwrap();
            assert_eq!(ask(&transport, &server).await.unwrap().status(), 200, "{version:?}, {crypto:?}");
        }
    }
}

#[tokio::test]
async fn nobody_is_told_anything_who_is_not_who_they_should_be() {
    for certificate in [
        Certificate::SelfSigned,
        Certificate::UnknownIssuer,
        Certificate::WrongHost,
        Certificate::Expired,
        Certificate::NotYetValid,
    ] {
        let server = server(certificate, ALL_VERSIONS, Fault::Nothing);
        for crypto in CRYPTO {
            let transport = trusting().crypto(crypto).build().unwrap();
            let error = ask(&transport, &server).await.unwrap_err();
            assert_eq!(
                facts(&error),
                (TransportProblem::Tls, Sent::No),
                "{certificate:?}, {crypto:?}: {error:?}"
            );
        }
        assert_eq!(arrived(&server), 0, "{certificate:?}");
    }
}

#[tokio::test]
async fn certificates_are_added_to_those_of_the_platform_or_replace_them() {
    let server = server(Certificate::Good, ALL_VERSIONS, Fault::Nothing);
    for crypto in CRYPTO {
        let builder = || builder().crypto(crypto);
        let added = builder().root_certificates(TRUSTED.pem.as_bytes()).build().unwrap();
        assert_eq!(ask(&added, &server).await.unwrap().status(), 200);
        let both = format!("{}\n{}", FOREIGN.pem, TRUSTED.pem);
        let both = builder().only_root_certificates(both.as_bytes()).build().unwrap();
        assert_eq!(ask(&both, &server).await.unwrap().status(), 200);

        for other in [builder(), builder().only_root_certificates(FOREIGN.pem.as_bytes())] {
            let error = ask(&other.build().unwrap(), &server).await.unwrap_err();
            assert_eq!(facts(&error), (TransportProblem::Tls, Sent::No));
        }
    }
}

/// A server of plain HTTP, which answers before it has understood anything.
fn speaks_first(text: &'static str) -> FaultServer {
    let wrap = move |mut tcp: TcpStream| {
        tcp.write_all(text.as_bytes()).unwrap();
        Box::new(tcp) as Box<dyn Wire>
    };
    FaultServer::start(&[], Fault::Nothing, fine, wrap)
}

#[tokio::test]
async fn a_peer_without_tls_is_told_nothing() {
    let transport = trusting().build().unwrap();
    for text in ["HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "220 mail.example.com ESMTP\r\n"] {
        let server = speaks_first(text);
        let error = ask(&transport, &server).await.unwrap_err();
        assert_eq!(facts(&error), (TransportProblem::Tls, Sent::No), "{text}: {error:?}");
    }
}

#[tokio::test]
async fn a_handshake_that_breaks_is_told_from_one_that_fails() {
    let transport = trusting().build().unwrap();
    for fault in [Fault::CloseAtOnce, Fault::ResetBeforeRead] {
        let error = ask(&transport, &FaultServer::always(fault)).await.unwrap_err();
        assert_eq!(facts(&error), (TransportProblem::Broken, Sent::No), "{fault:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_handshake_that_hangs_counts_as_time_to_connect() {
    // It waits for the end of a head that never comes.
    let server = FaultServer::always(Fault::Nothing);
    let transport = trusting().connect_timeout(Duration::from_millis(150)).build().unwrap();
    let error = ask(&transport, &server).await.unwrap_err();
    assert_eq!(facts(&error), (TransportProblem::ConnectTimeout, Sent::No), "{error:?}");
}

/// Without the farewell of TLS, the end of a connection is not the end of a body: anybody could have cut it.
#[tokio::test]
async fn a_body_that_ends_with_the_connection_alone_is_not_whole() {
    for fault in
        [Fault::Http10, Fault::LengthTooLong, Fault::CutAfterHeaders, Fault::ChunkedCut, Fault::ResetInBody]
    {
        let server = server(Certificate::Good, ALL_VERSIONS, fault);
        let error = ask(&trusting().build().unwrap(), &server).await.unwrap_err();
        assert_eq!(facts(&error), (TransportProblem::Broken, Sent::Maybe), "{fault:?}: {error:?}");
        assert_eq!(arrived(&server), 1, "{fault:?}");
    }
}
