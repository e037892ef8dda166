//! Every fault of the way to the service, against every operation: how the call ends, how often it was sent,
//! and that nothing of it is shown.

use std::time::Duration;

use concur_cards::blocking::Wait as _;
use concur_cards::client::{Client, Error};
use concur_cards::retry::{Backoff, Policy};
use concur_cards::transport::ReqwestTransport;

use crate::faults::{Answer, Fault, FaultServer, Seen};
use crate::sample::{COMPANY, accounts, builder, transactions};

const OPERATIONS: [&str; 3] = ["createAccountsBulk", "createTransactionsBulk", "getBulkRequest"];

/// What the service answers where nothing is wrong.
fn fine(seen: &Seen) -> Answer {
    if seen.head.starts_with("GET ") {
        let body = r#"{"requestId":"1","status":"IN_PROGRESS","receivedAt":"2024-07-24T09:30:00Z","totalElements":1,"type":"POST_ACCOUNT"}"#;
        Answer::new(200, body)
    } else {
        Answer::new(202, r#"{"requestId":"1"}"#)
    }
}

/// Sends one call of the operation, and gives the attempts and whether one was marked as a resend.
fn call(client: &Client, operation: &str) -> Result<(u32, bool), Error> {
    match operation {
        "createAccountsBulk" => {
            let answer = client.create_accounts_bulk(COMPANY, &accounts(&["secret-key"])).send().wait()?;
            Ok((answer.attempts, answer.resent))
        }
        "createTransactionsBulk" => {
            let answer =
                client.create_transactions_bulk(COMPANY, &transactions(&["secret-key"])).send().wait()?;
            Ok((answer.attempts, answer.resent))
        }
        _ => {
            let answer = client.get_bulk_request(COMPANY, "secret-key").send().wait()?;
            Ok((answer.attempts, answer.resent))
        }
    }
}

/// Three attempts, and next to no wait between them.
fn client(server: &FaultServer) -> Client {
    let quick = Backoff::new(Duration::from_millis(1), Duration::from_millis(2));
    let policy = Policy::new().attempts(3).transient(quick).throttled(quick);
    let connect = Duration::from_millis(400);
    let transport = ReqwestTransport::builder().no_proxy().connect_timeout(connect).build().unwrap();
    builder(&server.url(""), "token")
        .transport(transport)
        .retry(policy.hints(Duration::ZERO, Duration::from_millis(2)))
        .timeout(Duration::from_millis(1_500))
        .max_response_bytes(64 << 10)
        .build()
        .unwrap()
}

/// Faults that only the end of the time for an attempt ends.
fn is_slow(fault: Fault) -> bool {
    matches!(fault, Fault::Hang | Fault::HangAfterHeaders | Fault::HangInBody | Fault::ConnectHang)
}

#[test]
fn every_fault_ends_every_operation_well() {
    std::thread::scope(|scope| {
        for operation in OPERATIONS {
            scope.spawn(move || {
                for fault in Fault::ALL.iter().filter(|fault| !is_slow(**fault)) {
                    lasting(operation, *fault);
                    passing(operation, *fault);
                }
            });
        }
    });
}

#[test]
fn a_service_that_hangs_costs_the_time_of_an_attempt() {
    std::thread::scope(|scope| {
        for operation in OPERATIONS {
            for fault in Fault::ALL.iter().filter(|fault| is_slow(**fault)) {
                scope.spawn(move || lasting(operation, *fault));
            }
        }
    });
}

/// The fault is there at every attempt.
fn lasting(operation: &str, fault: Fault) {
    let server = FaultServer::start(&[], fault, fine, |tcp| Box::new(tcp));
    let what = format!("{operation}, {fault:?}");
    match call(&client(&server), operation) {
        Ok((attempts, resent)) => {
            assert!(server.seen().len() >= usize::from(attempts > 0), "{what}");
            assert!(attempts == 1 && !resent, "{what}: {attempts}");
        }
        Err(error) => {
            assert!((1..=3).contains(&error.attempts()), "{what}: {error}");
            let seen = server.seen().len();
            assert!(
                seen <= error.attempts() as usize,
                "{what}: {seen} requests in {} attempts",
                error.attempts()
            );
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("secret") && !shown.contains("html"), "{what}: {shown}");
            assert!(shown.starts_with(operation) && error.correlation_id().is_some(), "{what}: {shown}");
            let hangs = matches!(fault, Fault::Hang | Fault::HangAfterHeaders | Fault::HangInBody);
            assert_eq!(error.is_timeout(), is_slow(fault), "{what}: {error}");
            assert!(!hangs || error.may_have_been_received(), "{what}: {error}");
            if matches!(fault, Fault::Refuse | Fault::ConnectHang) {
                assert!(error.is_connect() && !error.may_have_been_received(), "{what}: {error}");
            }
            // The definition says that a repeat does no harm, of each of the three.
            assert!(error.is_safe_to_resend(), "{what}: {error}");
        }
    }
}

/// The fault is there once, and then all is well.
fn passing(operation: &str, fault: Fault) {
    // What is about connections rather than requests is there for good.
    if matches!(fault, Fault::Refuse | Fault::CloseAtOnce) {
        return;
    }
    let server = FaultServer::start(&[fault], Fault::Nothing, fine, |tcp| Box::new(tcp));
    let what = format!("{operation}, {fault:?} once");
    match call(&client(&server), operation) {
        Ok((attempts, resent)) => {
            assert!((1..=2).contains(&attempts), "{what}: {attempts}");
            assert!(!resent || attempts == 2, "{what}");
        }
        // What another attempt would not mend is told at once.
        Err(error) => assert_eq!(error.attempts(), 1, "{what}: {error}"),
    }
}
