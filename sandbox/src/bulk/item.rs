//! One item of a bulk request.

use concur_cards::models::{CreateAccount, CreateAccountType, CreateTransaction};
use serde::{Deserialize, Serialize};

/// What is kept of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The key of the item in the company.
    pub external_id: String,
    /// What the item is, and what it refers to.
    #[serde(flatten)]
    pub role: Role,
    /// What became of it.
    #[serde(default)]
    pub outcome: Outcome,
}

/// What an item is, and what it refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// An individual or managing account; others may be billed through it.
    Account,
    /// A virtual account, with the external id of its billing account.
    Virtual(String),
    /// A transaction, with the external id of its account.
    Transaction(String),
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// It has not been processed yet.
    #[default]
    Waiting,
    /// It was created.
    Created,
    /// It was ignored with an error.
    Ignored(Reason),
}

/// Why an item was ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// An earlier request created an item with the same external id.
    AlreadyKnown,
    /// The billing account of a virtual account is neither known nor in the same request.
    UnknownBillingAccount,
    /// The billing account of a virtual account is virtual itself.
    VirtualBillingAccount,
    /// The account of a transaction was never created.
    UnknownAccount,
}

impl From<&CreateAccount> for Item {
    fn from(account: &CreateAccount) -> Self {
        // Validators have seen the body: a virtual account has a billing account.
        let billed_through = account.billing_account.as_ref().map(|billing| billing.external_id.clone());
        let role = match billed_through {
            Some(parent) if account.account_type == CreateAccountType::Virtual => Role::Virtual(parent),
            _ => Role::Account,
        };
        Self { external_id: account.external_id.clone(), role, outcome: Outcome::Waiting }
    }
}

impl From<&CreateTransaction> for Item {
    fn from(transaction: &CreateTransaction) -> Self {
        let role = Role::Transaction(transaction.account.external_id.clone());
        Self { external_id: transaction.external_id.clone(), role, outcome: Outcome::Waiting }
    }
}
