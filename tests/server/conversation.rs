//! The generated client and the generated server: what goes in on one side comes out on the other.

use std::sync::Arc;

use concur_cards::Validate;
use concur_cards::client::{CallError, Client, Response, ServiceError, Token};
use concur_cards::models::{BulkApiResponse, BulkRequest, CreateAccountList, CreateTransactionList};
use concur_cards::server::{Settings, router_with};
use concur_cards::testing::InstantClock;
use proptest::prelude::*;

use crate::api::{Cards, TOKEN, WEAK_TOKEN, routed};
use crate::arbitrary::{self, Enums};
use crate::direct::Direct;
use crate::items::{COMPANY, accounts, transactions};
use crate::json::Json;

fn client(cards: &Arc<Cards>, token: &str) -> Client {
    let router = routed(cards);
    let builder = Client::builder().transport(Direct(router)).clock(InstantClock::new());
    builder.token(Token::new(token)).build().unwrap()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn decoded<T: serde::de::DeserializeOwned>(value: &Json) -> T {
    serde_json::from_str(&value.to_string()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    /// What keeps all rules arrives as it was sent, and what does not is refused with the violations that the
    /// client would have found itself.
    #[test]
    fn requests_arrive_or_are_refused_for_what_they_break(
        accounts in arbitrary::value("CreateAccountList", Enums::Named),
        transactions in arbitrary::value("CreateTransactionList", Enums::Named),
        answer in arbitrary::value("BulkApiResponse", Enums::Named),
    ) {
        let cards = Arc::new(Cards::default());
        let answer: BulkApiResponse = decoded(&answer);
        *cards.accepted.lock().unwrap() = Some(answer.clone());
        let client = client(&cards, TOKEN);

        let list: CreateAccountList = decoded(&accounts);
        let call = client.create_accounts_bulk(COMPANY, &list).without_validation();
        let found = cards_found(block_on(call.send()), &answer);
        prop_assert_eq!(found, errors(&list));
        prop_assert_eq!(cards.seen().accounts, errors(&list).is_empty().then_some(list));

        let list: CreateTransactionList = decoded(&transactions);
        let call = client.create_transactions_bulk(COMPANY, &list).without_validation();
        let found = cards_found(block_on(call.send()), &answer);
        prop_assert_eq!(found, errors(&list));
        prop_assert_eq!(cards.seen().transactions, errors(&list).is_empty().then_some(list));
    }

    #[test]
    fn responses_arrive_as_they_were_returned(
        keys in prop::collection::btree_set("[A-Za-z0-9_-]{1,9}", 1..4),
        request_id in "[ -~äß€]{1,20}",
        state in arbitrary::value("BulkRequest", Enums::Named),
    ) {
        let cards = Arc::new(Cards::default());
        let state: BulkRequest = decoded(&state);
        *cards.state.lock().unwrap() = Some(state.clone());
        let client = client(&cards, TOKEN);
        // A segment of dots would be another path, and the client refuses it.
        if !matches!(&*request_id, "." | "..") {
            let response = block_on(client.get_bulk_request(COMPANY, &request_id).send());
            let seen = cards.seen();
            prop_assert_eq!((&*seen.company, &*seen.principal), (COMPANY, "cards.bulkrequest.read"));
            prop_assert_eq!(seen.request, request_id);
            match response {
                Ok(response) => prop_assert_eq!(response.value, state),
                Err(error) => prop_assert!(state.validate().errors().next().is_some(), "{}", error),
            }
        }
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let list = transactions(&keys);
        let _ = block_on(client.create_transactions_bulk(COMPANY, &list).send());
        prop_assert_eq!(cards.seen().transactions, Some(list));
    }
}

/// Returns code and data path of each error of a value.
fn errors(value: &impl Validate) -> Vec<(String, String)> {
    let found = value.validate();
    found.errors().map(|error| (error.code().to_owned(), error.data_path().to_owned())).collect()
}

/// Returns those of a refused call.
fn cards_found(
    result: Result<Response<BulkApiResponse>, CallError<ServiceError>>,
    answer: &BulkApiResponse,
) -> Vec<(String, String)> {
    match result {
        Ok(response) => {
            assert_eq!(response.value, *answer);
            Vec::new()
        }
        Err(error) => {
            let found = error.error().violations().unwrap_or_else(|| panic!("{error}"));
            found.iter().map(|error| (error.code().to_owned(), error.data_path().to_owned())).collect()
        }
    }
}

#[test]
fn failures_are_those_of_the_clients_enum() {
    let cards = Arc::new(Cards::default());
    let good = client(&cards, TOKEN);
    let list = accounts(&["a-1", "a-1"]);
    let refused = good.create_accounts_bulk(COMPANY, &list).without_validation().send();
    let refused = block_on(refused).unwrap_err();
    let Some(ServiceError::BadRequest(errors)) = refused.failure() else { panic!("{refused}") };
    assert_eq!(errors[0].data_path.as_deref(), Some(&*format!("/v4/companies/{COMPANY}/accounts/bulk")));
    assert_eq!(errors[0].errors.as_ref().unwrap()[0].error_code, "duplicateExternalId");
    let known = refused.error().violations().expect("the client reads them");
    assert_eq!(known.with_code("duplicateExternalId").count(), 1);

    let missing = block_on(good.get_bulk_request(COMPANY, "r-1").send()).unwrap_err();
    assert!(matches!(missing.failure(), Some(ServiceError::NotFound)));
    let limited = good.create_transactions_bulk(COMPANY, &transactions(&["t-1"])).send();
    assert!(matches!(block_on(limited).unwrap_err().failure(), Some(ServiceError::TooManyRequests)));
    for (token, is_it) in [
        (WEAK_TOKEN, (|failure| matches!(failure, ServiceError::Forbidden)) as fn(&ServiceError) -> bool),
        ("bad", |failure| matches!(failure, ServiceError::Unauthorized)),
    ] {
        let error = block_on(client(&cards, token).get_bulk_request(COMPANY, "r-1").send()).unwrap_err();
        assert!(error.failure().is_some_and(is_it), "{error}");
    }
}

#[test]
fn a_response_that_the_definition_does_not_allow_is_told_at_once() {
    let cards = Arc::new(Cards::default());
    let wrong = r#"{"requestId":"r-1","status":"LOST","receivedAt":"2024-07-24T09:30:00.000Z","totalElements":1,
        "type":"POST_ACCOUNT"}"#;
    *cards.state.lock().unwrap() = Some(serde_json::from_str(wrong).unwrap());
    let request = || {
        http::Request::get(format!("/cards/v4/companies/{COMPANY}/bulkrequests/r-1"))
            .header("Authorization", format!("Bearer {TOKEN}"))
            .body(bytes::Bytes::new())
            .unwrap()
    };
    let strict = router_with(Arc::clone(&cards), Settings::new().check_responses(true));
    let response = block_on(crate::direct::answer(&strict, request()));
    assert_eq!(response.status(), 500);
    let lax = router_with(cards, Settings::new().check_responses(false));
    assert_eq!(block_on(crate::direct::answer(&lax, request())).status(), 200);
}
