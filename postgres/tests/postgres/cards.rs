//! Transactions, and a service that takes them within the process of the test.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use concur_cards::{
    bulk::JsonItem,
    client::{Client, Token},
    journal::Report,
    retry::{Policy, Sent},
    transport::{BoxFuture, Exchange, ResponseLimits, Transport, TransportError, TransportProblem},
};
use http::{Request, Response};
use serde_json::{Value, json};

pub(crate) const COMPANY: &str = "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b10";

/// A transaction with this external id.
pub(crate) fn transaction(id: &str) -> String {
    let amount = json!({"value": 405.1, "currencyCode": "EUR"});
    json!({
        "account": {"externalId": "acct-1"}, "externalId": id, "merchant": {"name": "Alpine Rail"},
        "postedAmount": amount, "postedDate": "2024-07-24", "transactionAmount": amount,
        "transactionDate": "2024-07-23", "type": "CHG",
    })
    .to_string()
}

pub(crate) fn items(ids: impl IntoIterator<Item = u32>) -> Vec<JsonItem> {
    ids.into_iter().map(|id| transaction(&format!("t-{id}")).into()).collect()
}

/// A service that takes everything, and remembers it.
#[derive(Clone, Default)]
pub(crate) struct Service(Arc<Taken>);

#[derive(Default)]
struct Taken {
    requests: Mutex<Vec<Vec<String>>>,
    loses_answers: AtomicBool,
}

impl Service {
    pub(crate) fn client(&self) -> Client {
        let builder = Client::builder().transport(self.clone()).token(Token::new("local"));
        builder.retry(Policy::new().attempts(1)).build().unwrap()
    }

    pub(crate) fn lose_answers(&self, loses: bool) {
        self.0.loses_answers.store(loses, Ordering::Relaxed);
    }

    /// How often it took each item.
    pub(crate) fn taken(&self) -> BTreeMap<String, u32> {
        let mut taken = BTreeMap::new();
        for id in self.0.requests.lock().unwrap().iter().flatten() {
            *taken.entry(id.clone()).or_default() += 1;
        }
        taken
    }

    fn answer(&self, request: &Request<Bytes>) -> Exchange {
        let body = if request.method() == "POST" {
            let body: Value = serde_json::from_slice(request.body()).unwrap();
            let items = body["transactions"].as_array().unwrap().iter();
            let ids = items.map(|item| item["externalId"].as_str().unwrap().to_owned()).collect();
            let mut requests = self.0.requests.lock().unwrap();
            requests.push(ids);
            if self.0.loses_answers.load(Ordering::Relaxed) {
                return Err(TransportError::new(TransportProblem::Broken, Sent::Maybe));
            }
            json!({"requestId": format!("request-{}", requests.len())})
        } else {
            json!({
                "requestId": "r", "status": "COMPLETED_SUCCESSFULLY", "type": "POST_TRANSACTION",
                "receivedAt": "2024-07-24T09:30:00.000Z", "totalElements": 1,
            })
        };
        let status = if request.method() == "POST" { 202 } else { 200 };
        let response = Response::builder().status(status).header("content-type", "application/json");
        Ok(response.body(body.to_string().into()).unwrap())
    }
}

impl Transport for Service {
    fn send(&self, request: Request<Bytes>, _: ResponseLimits) -> BoxFuture<'_, Exchange> {
        Box::pin(async move {
            // Others get a turn, as they would on a network.
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
            self.answer(&request)
        })
    }
}

/// How many items are in each list of a report that has some.
pub(crate) fn counts(report: &Report) -> String {
    report.to_string().lines().next().unwrap_or_default().to_owned()
}
