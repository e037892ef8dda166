//! Connections that are kept, and those that should not have been.

use std::time::Duration;

use specwright_runtime::client::TransportProblem;
use specwright_runtime::retry::Sent;

use crate::ask::{builder, facts, get, post, send, transport};
use crate::faults::{Fault, FaultServer};

fn wait(server: &FaultServer, is_so: impl Fn(&FaultServer) -> bool) {
    assert!(tokio::task::block_in_place(|| server.wait_until(is_so)));
}

/// A connection is back in the pool a moment after its answer, and who comes in between makes another one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn few_connections_serve_many_requests() {
    let server = FaultServer::always(Fault::Nothing);
    let transport = transport();
    for _ in 0..50 {
        // Clones share the pool.
        send(&transport.clone(), post(&server.url("/"), "{}")).await.unwrap();
    }
    assert_eq!(server.seen().len(), 50);
    assert!(server.connections() < 25, "{}", server.connections());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_was_closed_while_idle_is_replaced() {
    let server = FaultServer::always(Fault::CloseWhenIdle);
    let transport = transport();
    for number in 1..=5 {
        send(&transport, post(&server.url("/"), "{}")).await.unwrap();
        wait(&server, |server| server.left() == number);
    }
    assert_eq!(server.seen().len(), 5);
}

/// The server closes while the next request is under way: it may have read it, for all that the client knows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_closes_on_the_next_request_is_not_tried_again() {
    for fault in [Fault::ResetBeforeRead, Fault::ResetAfterRequest, Fault::CloseAfterRequest] {
        let mut reused = false;
        // Until the second request has met the first one's connection.
        for _ in 0..50 {
            let server = FaultServer::sequence(&[Fault::Nothing, fault]);
            let transport = transport();
            send(&transport, post(&server.url("/"), "{}")).await.unwrap();
            let error = send(&transport, post(&server.url("/"), "{}")).await.unwrap_err();
            assert_eq!(facts(&error), (TransportProblem::Broken, Sent::Maybe), "{fault:?}");
            let seen = server.seen();
            assert_eq!(seen.len(), 2, "{fault:?}");
            reused = seen[0].connection == seen[1].connection;

            send(&transport, post(&server.url("/"), "{}")).await.unwrap();
            assert_eq!(server.seen().len(), 3, "{fault:?}");
            if reused {
                break;
            }
        }
        assert!(reused, "{fault:?}");
    }
}

/// Whatever is left of one answer must not be taken for the next.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_asked_for_is_no_answer_to_the_next_request() {
    for fault in [Fault::Unasked, Fault::LengthTooShort] {
        let server = FaultServer::sequence(&[fault]);
        let transport = transport();
        send(&transport, get(&server.url("/first"))).await.unwrap();
        match send(&transport, get(&server.url("/second"))).await {
            Ok(answer) => assert_eq!(answer.body(), r#"{"status":"fine"}"#, "{fault:?}"),
            Err(error) => assert_eq!(error.sent(), Sent::Maybe, "{fault:?}: {error:?}"),
        }
        assert_eq!(send(&transport, get(&server.url("/"))).await.unwrap().body(), r#"{"status":"fine"}"#);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_nobody_uses_is_closed() {
    let server = FaultServer::always(Fault::Nothing);
    let transport = builder().pool_idle_timeout(Duration::from_millis(20)).build().unwrap();
    send(&transport, get(&server.url("/"))).await.unwrap();
    tokio::time::sleep(Duration::from_millis(60)).await;
    send(&transport, get(&server.url("/"))).await.unwrap();
    let seen = server.seen();
    assert_ne!(seen[0].connection, seen[1].connection);
}

/// The task of a pooled connection ends with its runtime; another runtime must not suffer for it.
#[test]
fn a_transport_outlives_the_runtime_of_its_connections() {
    let server = FaultServer::always(Fault::Nothing);
    let transport = transport();
    for number in 1..=3 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let answer = runtime.block_on(send(&transport, get(&server.url("/"))));
        assert_eq!(answer.unwrap().status(), 200, "runtime {number}");
    }
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redirect_is_an_answer_and_not_followed() {
    let server = FaultServer::sequence(&[Fault::Redirect(307)]);
    let answer = send(&transport(), post(&server.url("/"), "{}")).await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["location"]),
        (307, &"/elsewhere".parse().unwrap())
    );
    assert_eq!(server.seen().len(), 1);
}
