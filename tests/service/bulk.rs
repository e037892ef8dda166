//! Bulk calls and their states.

use std::collections::{BTreeMap, BTreeSet};

use concur_cards::models::{CreateAccountList, CreateTransactionList};
use concur_cards::{Validate as _, Violations};
use serde_json::json;

use super::{Answer, json, status};

/// How often a request is still in progress when it is asked about.
const PENDING: u32 = 1;

/// What was taken.
#[derive(Default)]
pub(crate) struct Books {
    /// By company, list and external id.
    known: BTreeSet<(String, &'static str, String)>,
    requests: BTreeMap<(String, String), Request>,
    /// The external ids of each, in their order.
    taken: Vec<Vec<String>>,
}

struct Request {
    kind: &'static str,
    total: usize,
    /// Items that were known already: they end with an error.
    known: usize,
    asked: u32,
}

impl Books {
    pub(crate) fn items(&self) -> usize {
        self.known.len()
    }

    pub(crate) fn taken(&self) -> &[Vec<String>] {
        &self.taken
    }
}

/// Answers what lies below a company.
pub(crate) fn answer(method: &str, company: &str, path: &[&str], body: &[u8], books: &mut Books) -> Answer {
    match (method, path) {
        ("POST", ["accounts", "bulk"]) => take(company, "accounts", body, books),
        ("POST", ["transactions", "bulk"]) => take(company, "transactions", body, books),
        ("GET", ["bulkrequests", id]) => {
            match books.requests.get_mut(&(company.to_owned(), (*id).to_owned())) {
                Some(request) => state(id, request),
                None => status(404),
            }
        }
        _ => status(404),
    }
}

fn take(company: &str, list: &'static str, body: &[u8], books: &mut Books) -> Answer {
    let violations = match list {
        "accounts" => CreateAccountList::validate_json(body),
        _ => CreateTransactionList::validate_json(body),
    };
    if violations.errors().next().is_some() {
        return json(400, &errors(company, list, &violations));
    }
    let items: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let keys = items[list].as_array().into_iter().flatten();
    let keys: Vec<String> = keys.filter_map(|item| item["externalId"].as_str().map(str::to_owned)).collect();
    let total = keys.len();
    books.taken.push(keys.clone());
    let known =
        keys.into_iter().filter(|key| !books.known.insert((company.to_owned(), list, key.clone()))).count();
    let id = format!("request-{}", books.requests.len() + 1);
    let kind = if list == "accounts" { "POST_ACCOUNT" } else { "POST_TRANSACTION" };
    books.requests.insert((company.to_owned(), id.clone()), Request { kind, total, known, asked: 0 });
    json(202, &json!({"requestId": id, "links": [{"rel": "self", "href": format!("/bulkrequests/{id}")}]}))
}

/// The service writes its errors in its own form, and so does the crate; the path of the call is the
/// service's to add.
fn errors(company: &str, list: &str, violations: &Violations) -> serde_json::Value {
    let mut body = serde_json::to_value(violations).unwrap_or_default();
    body[0]["dataPath"] = format!("/v4/companies/{company}/{list}/bulk").into();
    body
}

fn state(id: &str, request: &mut Request) -> Answer {
    request.asked += 1;
    let word = match request.asked {
        asked if asked <= PENDING => "IN_PROGRESS",
        _ if request.known > 0 => "COMPLETED_WITH_ERRORS",
        _ => "COMPLETED_SUCCESSFULLY",
    };
    json(
        200,
        &json!({
            "requestId": id, "status": word, "receivedAt": "2024-07-24T09:30:00.000Z",
            "totalElements": request.total, "type": request.kind,
        }),
    )
}
