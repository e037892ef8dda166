//! Items to send.

use concur_cards::Validate as _;
use concur_cards::models::{CreateAccount, CreateAccountList, CreateTransaction, CreateTransactionList};

pub(crate) const COMPANY: &str = "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b10";

/// An account of this key, which keeps every rule if the key does.
pub(crate) fn account(key: &str) -> CreateAccount {
    let json = format!(
        r#"{{"accountType":"I","cardProductDescription":"Corporate Gold","cardProductType":"CORP","externalId":"{key}",
        "lastSegment":"4417","liabilityType":"IBIP","nameOnCard":"MILA JANSEN","provider":{{"countryCode":"US"}}}}"#
    );
    serde_json::from_str(&json).unwrap()
}

pub(crate) fn accounts(keys: &[&str]) -> CreateAccountList {
    let items: Vec<CreateAccount> = keys.iter().map(|key| account(key)).collect();
    CreateAccountList::builder().accounts(items).build().unwrap()
}

pub(crate) fn transaction(key: &str) -> CreateTransaction {
    let amount = r#"{"value":405.10,"currencyCode":"EUR"}"#;
    let json = format!(
        r#"{{"account":{{"externalId":"acct-1"}},"externalId":"{key}","merchant":{{"name":"Alpine Rail"}},
        "postedAmount":{amount},"postedDate":"2024-07-24","transactionAmount":{amount},"transactionDate":"2024-07-23",
        "type":"CHG"}}"#
    );
    let value: CreateTransaction = serde_json::from_str(&json).unwrap();
    assert!(value.validate().is_empty() || key.is_empty(), "{}", value.validate());
    value
}

pub(crate) fn transactions(keys: &[&str]) -> CreateTransactionList {
    let items: Vec<CreateTransaction> = keys.iter().map(|key| transaction(key)).collect();
    CreateTransactionList::builder().transactions(items).build().unwrap()
}
