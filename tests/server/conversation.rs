//! The generated client and the generated server: what goes in on one side comes out on the other.

use std::sync::Arc;

use concur_cards::client::{Client, Token};
use concur_cards::models::{
    BulkApiResponse, BulkRequest, BulkRequestStatus, CreateAccountList, CreateTransactionList,
};
use concur_cards::server::{Settings, router_with};
use concur_cards::testing::InstantClock;
use proptest::prelude::*;

use crate::api::{COMPANY, Cards, TOKEN, WEAK_TOKEN, routed};
use crate::direct::Direct;
use crate::sample::{accounts, transactions};

fn client(cards: &Arc<Cards>, token: &str) -> Client {
    let router = routed(cards);
    let builder = Client::builder().transport(Direct(router)).clock(InstantClock::new());
    builder.token(Token::new(token)).build().unwrap()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn accepted(id: &str) -> BulkApiResponse {
    serde_json::from_value(serde_json::json!({
        "requestId": id, "links": [{"rel": "self", "href": "/bulkrequests/1"}]
    }))
    .unwrap()
}

fn state(status: &str, total: u32) -> BulkRequest {
    serde_json::from_value(serde_json::json!({
        "requestId": "r-1", "status": status, "receivedAt": "2024-07-24T09:30:00.000Z",
        "totalElements": total, "type": "POST_ACCOUNT",
    }))
    .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_sent_arrives(
        keys in prop::collection::btree_set("[A-Za-z0-9_-]{1,50}", 1..4),
        request_id in "[ -~äß€]{1,20}",
        id in "\\PC{1,20}",
        total in 0u32..1000,
    ) {
        let cards = Arc::new(Cards::default());
        *cards.accepted.lock().unwrap() = Some(accepted(&id));
        *cards.state.lock().unwrap() = Some(state("COMPLETED_SUCCESSFULLY", total));
        let client = client(&cards, TOKEN);
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();

        let list: CreateAccountList = accounts(&keys);
        let response = block_on(client.create_accounts_bulk(COMPANY, &list).send()).unwrap();
        prop_assert_eq!(response.value, accepted(&id));
        let seen = cards.seen();
        prop_assert_eq!((&*seen.company, &*seen.principal), (COMPANY, "cards.account.writeonly"));
        prop_assert_eq!(seen.accounts, Some(list));

        let list: CreateTransactionList = transactions(&keys);
        let response = block_on(client.create_transactions_bulk(COMPANY, &list).send()).unwrap();
        prop_assert_eq!(response.value, accepted(&id));
        prop_assert_eq!(cards.seen().transactions, Some(list));

        // A segment of dots would be another path, and the client refuses it.
        if !matches!(&*request_id, "." | "..") {
            let response = block_on(client.get_bulk_request(COMPANY, &request_id).send()).unwrap();
            prop_assert_eq!(response.value, state("COMPLETED_SUCCESSFULLY", total));
            prop_assert_eq!(cards.seen().request, request_id);
        }
    }
}

#[test]
fn failures_are_those_of_the_clients_enum() {
    use concur_cards::client::ServiceError;

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
    let wrong = BulkRequest { status: BulkRequestStatus::from("LOST"), ..state("IN_PROGRESS", 1) };
    *cards.state.lock().unwrap() = Some(wrong);
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
