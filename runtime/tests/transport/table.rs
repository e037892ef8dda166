//! Every fault, and what the caller is told of it.

use std::time::Duration;

use specwright_runtime::client::TransportProblem;
use specwright_runtime::retry::Sent;

use crate::ask::{builder, facts, post, send, told};
use crate::faults::{Fault, FaultServer};

#[derive(Debug, Clone, PartialEq, Eq)]
enum Expected {
    /// An answer, whose body begins so.
    Answer(u16, &'static str),
    Error(TransportProblem, Sent),
    /// Nothing: whoever waits must have a limit of time.
    Nothing,
}

const FINE: &str = r#"{"status":"fine"}"#;
const BROKEN: Expected = Expected::Error(TransportProblem::Broken, Sent::Maybe);
const GARBLED: Expected = Expected::Error(TransportProblem::Garbled, Sent::Maybe);
const TOO_LARGE: Expected = Expected::Error(TransportProblem::TooLarge(64 << 10), Sent::Maybe);

fn expected(fault: Fault) -> Expected {
    match fault {
        Fault::Refuse => Expected::Error(TransportProblem::Connect, Sent::No),
        Fault::ConnectHang => Expected::Error(TransportProblem::ConnectTimeout, Sent::No),

        Fault::CloseAtOnce
        | Fault::CutAt(_)
        | Fault::ResetBeforeRead
        | Fault::ResetMidRequest
        | Fault::ResetAfterRequest
        | Fault::CloseAfterRequest
        | Fault::CutInStatusLine
        | Fault::CutInHeaders
        | Fault::ResetInHeaders
        | Fault::CutAfterHeaders
        | Fault::ResetInBody
        | Fault::LengthTooLong
        | Fault::ChunkedCut => BROKEN,

        Fault::TwoLengths
        | Fault::LengthNoNumber
        | Fault::ChunkedGarbled
        | Fault::Garbage
        | Fault::BinaryGarbage
        | Fault::BadHeader
        | Fault::EndlessHeaders => GARBLED,

        Fault::HugeLength | Fault::EndlessBody | Fault::EndlessChunks => TOO_LARGE,

        Fault::Hang | Fault::HangAfterHeaders | Fault::HangInBody => Expected::Nothing,

        Fault::Nothing
        | Fault::SlowBytes
        | Fault::Chunked
        | Fault::Http10
        | Fault::Interim
        | Fault::CloseWhenIdle
        | Fault::Unasked => Expected::Answer(200, FINE),
        Fault::GarbageAfterJson => Expected::Answer(200, r#"{"status":"fine"}</html>"#),
        Fault::LengthTooShort => Expected::Answer(200, r#"{"status":"fi"#),
        Fault::HtmlBadGateway => Expected::Answer(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
        Fault::EmptyAccepted => Expected::Answer(202, ""),
        Fault::EarlyRefusal => Expected::Answer(413, "{}"),
        Fault::Status(status) => Expected::Answer(status, FINE),
        Fault::BareStatus(status) | Fault::Redirect(status) => Expected::Answer(status, ""),
    }
}

/// Sends one request to a server with this fault, and holds what comes of it against the table.
async fn meet(fault: Fault) {
    let server = FaultServer::always(fault);
    let timeout = if fault == Fault::ConnectHang { 150 } else { 10_000 };
    let transport = builder().connect_timeout(Duration::from_millis(timeout)).build().unwrap();
    // More than the buffers of a connection hold, where the server does not read it all.
    let length = if matches!(fault, Fault::ResetMidRequest | Fault::EarlyRefusal) { 16 << 20 } else { 1000 };
    let mut exchange = Box::pin(send(&transport, post(&server.url("/items"), vec![b'x'; length])));

    let outcome = if expected(fault) == Expected::Nothing {
        let none = async {
            let arrived = || server.seen().iter().any(|seen| seen.body.len() == length);
            while !arrived() {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        tokio::select! {
            outcome = &mut exchange => Some(outcome),
            () = none => None,
        }
    } else {
        Some(exchange.as_mut().await)
    };
    drop(exchange);

    let found = match &outcome {
        None => Expected::Nothing,
        Some(Err(error)) => {
            let (trouble, sent) = facts(error);
            Expected::Error(trouble, sent)
        }
        Some(Ok(answer)) => {
            let Expected::Answer(_, body) = expected(fault) else { panic!("{fault:?}: {answer:?}") };
            assert_eq!(answer.body(), body, "{fault:?}");
            Expected::Answer(answer.status().as_u16(), body)
        }
    };
    assert_eq!(found, expected(fault), "{fault:?}: {outcome:?}");

    let arrived = server.seen().len();
    let can_arrive = !matches!(fault, Fault::Refuse | Fault::ConnectHang | Fault::CloseAtOnce);
    assert_eq!(arrived, usize::from(can_arrive), "{fault:?}: how often it arrived");
    if found == Expected::Nothing {
        let left = tokio::task::block_in_place(|| server.wait_until(|server| server.left() == 1));
        assert!(left, "{fault:?}: who no longer waits ends the connection");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_is_told_apart_and_sent_once() {
    let all = Fault::ALL.iter().map(|&fault| tokio::spawn(meet(fault)));
    for meeting in all.collect::<Vec<_>>() {
        meeting.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_cut_anywhere_is_broken() {
    // Of 92 bytes in all.
    for end in 0..92 {
        meet(Fault::CutAt(end)).await;
    }
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_no_connection() {
    // RFC 6761 reserves `invalid`, and a label of more than 63 letters leaves the machine on no account.
    let url = format!("http://{}.invalid/", "x".repeat(70));
    let error = send(&crate::ask::transport(), post(&url, "{}")).await.unwrap_err();
    assert_eq!(facts(&error), (TransportProblem::Connect, Sent::No));
}

#[tokio::test]
async fn an_error_keeps_its_cause_and_not_the_url() {
    let server = FaultServer::always(Fault::Refuse);
    let error =
        send(&crate::ask::transport(), post(&server.url("/secret?key=secret"), "")).await.unwrap_err();
    let text = told(&error);
    assert!(text.contains("refused"), "{text}");
    assert!(!text.contains("secret") && !format!("{error:?}").contains("secret"), "{error:?}");
}
