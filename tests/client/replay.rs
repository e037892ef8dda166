//! As those test who depend on the crate: scripted answers and a clock that needs no time.

use std::sync::Arc;

use concur_cards::blocking::Wait as _;
use concur_cards::client::{Client, ServiceError, Token};
use concur_cards::testing::{Fixed, InstantClock, Replay, Reply};

use crate::sample::{COMPANY, transactions};

fn client(replay: &Replay, clock: &Arc<InstantClock>) -> Client {
    Client::builder()
        .transport(replay.clone())
        .clock(clock.clone())
        .random(Fixed::LONGEST)
        .token(Token::new("token"))
        .build()
        .unwrap()
}

#[test]
fn a_maintenance_window_is_waited_for() {
    let replay = Replay::new()
        .then(Reply::status(503).header("Retry-After", "300"))
        .then(Reply::json(202, r#"{"requestId":"17"}"#));
    let clock = Arc::new(InstantClock::new());
    let client = client(&replay, &clock);
    let answer = client.create_transactions_bulk(COMPANY, &transactions(&["t-1"])).send().wait().unwrap();
    assert_eq!((answer.value.request_id.as_str(), answer.attempts, answer.resent), ("17", 2, true));
    assert_eq!(clock.sleeps().iter().map(std::time::Duration::as_secs).collect::<Vec<_>>(), [300]);

    let sent = replay.requests();
    assert_eq!(
        sent[0].url,
        "https://us.api.concursolutions.com/cards/v4/companies/5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b10/transactions/bulk"
    );
    assert_eq!(sent[0].headers["concur-correlationid"], sent[1].headers["concur-correlationid"]);
    assert_eq!(sent[0].body, sent[1].body);
}

#[test]
fn errors_have_their_types() {
    let one = r#"{"errorCode":"invalidJson","errorMessage":"The request body is not a valid JSON"}"#;
    for body in [one.to_owned(), format!("[{one}]")] {
        let clock = Arc::new(InstantClock::new());
        let client = client(&Replay::new().then(Reply::json(400, body)), &clock);
        let error =
            client.create_transactions_bulk(COMPANY, &transactions(&["t-1"])).send().wait().unwrap_err();
        let Some(ServiceError::BadRequest(errors)) = error.failure() else { panic!("{error}") };
        assert_eq!((errors.len(), errors[0].error_code.as_str()), (1, "invalidJson"));
    }
    let clock = Arc::new(InstantClock::new());
    let client = client(&Replay::new().then(Reply::body(418, "tea")), &clock);
    let error = client.get_bulk_request(COMPANY, "1").send().wait().unwrap_err();
    assert_eq!((error.status(), error.body().unwrap().as_ref()), (Some(418), &b"tea"[..]));
    assert!(matches!(error.failure(), Some(ServiceError::Other)), "{error}");
}

#[test]
fn a_company_that_is_no_uuid_is_told_before_anything_leaves() {
    let replay = Replay::new();
    let client = client(&replay, &Arc::new(InstantClock::new()));
    let told = |violations: Option<&concur_cards::Violations>| {
        let violations = violations.unwrap().iter();
        violations
            .map(|violation| format!("{} at {}", violation.code(), violation.data_path()))
            .collect::<Vec<_>>()
    };
    let error = client.create_transactions_bulk("ACME", &transactions(&["t-1"])).send().wait().unwrap_err();
    assert!(error.is_invalid(), "{error}");
    assert_eq!(told(error.violations()), ["invalidUUID at companyId"]);
    let error = client.get_bulk_request("ACME", "17").send().wait().unwrap_err();
    assert_eq!(told(error.violations()), ["invalidUUID at companyId"]);

    let items = transactions(&["t-1"]).transactions;
    let run = client.create_transactions_bulk_items("ACME").send_all(items).wait();
    let error = run.unwrap_err().to_string();
    assert!(error.contains("invalidUUID at companyId"), "{error}");
    assert!(replay.requests().is_empty());
}
