//! Calls against the sandbox.

use concur_cards::blocking::Wait as _;
use concur_cards::client::{COMPANY_TOKEN, Client, OAuth2, ServiceError, Token};
use concur_cards::models::BulkRequestStatus;
use concur_cards::transport::{Crypto, ReqwestTransport};

use crate::sample::{COMPANY, accounts, builder, transactions};
use concur_cards_sandbox::tokens::Application;

use crate::local_sandbox::{APPLICATION, LocalSandbox};

#[test]
fn a_call_is_accepted_and_worked_off() {
    let service = LocalSandbox::paused();
    let client: Client = builder(service.url(), service.token()).build().unwrap();
    let accepted = client
        .create_accounts_bulk(COMPANY, &accounts(&["a-1", "a-2"]))
        .correlation_id("6f1b8d20-3c47-4e9b-8a1d-94c05b7e62af")
        .send()
        .wait()
        .unwrap();
    assert_eq!((accepted.status, accepted.attempts), (202, 1));
    assert_eq!(accepted.correlation_id.as_deref(), Some("6f1b8d20-3c47-4e9b-8a1d-94c05b7e62af"));
    assert_eq!(service.items(), 2);

    let state = || {
        let call = client.get_bulk_request(COMPANY, &accepted.value.request_id).send();
        call.wait().unwrap().into_value().status
    };
    assert_eq!(state(), BulkRequestStatus::InProgress);
    service.process();
    assert_eq!(state(), BulkRequestStatus::CompletedSuccessfully);
    let unknown = client.get_bulk_request(COMPANY, "nobody").send().wait().unwrap_err();
    assert!(unknown.is_not_found());
}

#[test]
fn the_service_and_the_client_refuse_the_same() {
    let service = LocalSandbox::start();
    let client: Client = builder(service.url(), service.token()).build().unwrap();
    let call = || client.create_accounts_bulk(COMPANY, &accounts(&["a-1", "a 2", "a-1"]));
    let ours = call().send().wait().unwrap_err();
    let theirs = call().without_validation().send().wait().unwrap_err();
    assert!(ours.is_invalid() && ours.attempts() == 0 && theirs.status() == Some(400));
    let list = |error: &concur_cards::client::Error| -> Vec<String> {
        let errors = error.violations().unwrap().errors();
        errors.map(|found| format!("{} at {}", found.code(), found.data_path())).collect()
    };
    let expected =
        ["invalidCharsExternalId at accounts[1].externalId", "duplicateExternalId at accounts[2].externalId"];
    assert_eq!(list(ours.error()), expected);
    assert_eq!(list(theirs.error()), expected);
    let Some(ServiceError::BadRequest(errors)) = theirs.failure() else { panic!("{theirs}") };
    assert_eq!(errors[0].error_code, "invalidRequest");
    assert_eq!(service.items(), 0);
}

#[test]
fn company_tokens_are_got_renewed_and_stored() {
    let service = LocalSandbox::start();
    let tokens = || {
        let Application { id, secret, request_token } = *APPLICATION;
        OAuth2::password(&COMPANY_TOKEN, id, secret, COMPANY, request_token)
            .token_url(format!("{}/oauth2/v0/token", service.url()))
    };
    let client: Client = Client::builder()
        .transport(ReqwestTransport::builder().no_proxy().build().unwrap())
        .allow_host("127.0.0.1")
        .token(tokens())
        .build()
        .unwrap();
    // The server is the one that the token names.
    let send = |key: &str| client.create_transactions_bulk(COMPANY, &transactions(&[key])).send().wait();
    service.count("token", "[]");
    send("t-1").unwrap();
    send("t-2").unwrap();
    assert_eq!(service.counted(), 1);
    service
        .count("token", r#"[{"fault": "expiredToken", "operation": "createTransactionsBulk", "count": 1}]"#);
    let renewed = send("t-3").unwrap();
    assert_eq!((renewed.attempts, service.counted()), (2, 1));
}

#[test]
fn two_clients_with_other_cryptography_live_in_one_process() {
    let service = LocalSandbox::start();
    for crypto in [Crypto::AwsLcRs, Crypto::Ring] {
        let transport = ReqwestTransport::builder().no_proxy().crypto(crypto).build().unwrap();
        let client: Client = Client::builder()
            .transport(transport)
            .base_url(service.url())
            .allow_host("127.0.0.1")
            .token(Token::new(service.token().to_owned()))
            .build()
            .unwrap();
        client.get_bulk_request(COMPANY, "x").send_raw().wait().unwrap();
    }
}

#[test]
fn calls_go_side_by_side() {
    let service = LocalSandbox::start();
    let client: Client = builder(service.url(), service.token()).build().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let client = &client;
            scope.spawn(move || {
                for call in 0..20 {
                    let key = format!("a-{thread}-{call}");
                    client.create_accounts_bulk(COMPANY, &accounts(&[&key])).send().wait().unwrap();
                }
            });
        }
    });
    assert_eq!(service.items(), 160);
}
