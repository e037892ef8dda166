//! A bulk request as the store keeps it.

use std::error::Error;
use std::fmt;

use concur_cards::models::{BulkRequest, BulkRequestStatus, BulkRequestType};
use concur_cards::{ParseError, Violations};
use serde::{Deserialize, Serialize};

use crate::instant::Instant;

/// Who makes a call: the application and the company that its token belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// The client id of the application.
    pub application: String,
    /// The id of the company.
    pub company: String,
}

/// What a bulk request creates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// Card accounts.
    Accounts,
    /// Card transactions.
    Transactions,
}

/// How far a bulk request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// No item has been processed.
    InProgress,
    /// Some items have been processed; the others follow.
    Partial,
    /// Every item was created.
    Done,
    /// Every item was created, and something is to be told about it.
    DoneWithWarnings,
    /// Every item was processed, and at least one of them ignored.
    DoneWithErrors,
}

/// A bulk request without its items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkRequestRecord {
    /// The id that the caller was told.
    pub id: String,
    /// Who made it.
    #[serde(flatten)]
    pub caller: Caller,
    /// What it creates.
    pub kind: Kind,
    /// When it was accepted.
    pub received_at: Instant,
    /// When its last item was processed.
    pub completed_at: Option<Instant>,
    /// How far it is.
    pub status: Status,
    /// How many items it has.
    pub total: u32,
    /// How many of them have been processed.
    pub processed: u32,
    /// How many of those were ignored.
    pub ignored: u32,
    /// Whether it ends with warnings, unless an item is ignored.
    #[serde(default)]
    pub has_warnings: bool,
}

/// Why a record can't be told as the service tells it.
#[derive(Debug)]
pub enum NotTold {
    /// A time is out of range.
    Time(ParseError),
    /// A member is missing.
    Violations(Violations),
}

impl fmt::Display for NotTold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(error) => error.fmt(f),
            Self::Violations(violations) => violations.fmt(f),
        }
    }
}

impl Error for NotTold {}

impl BulkRequestRecord {
    /// Returns the state as the service tells it.
    ///
    /// # Errors
    ///
    /// A time lies behind the year 9999.
    pub fn state(&self) -> Result<BulkRequest, NotTold> {
        let mut builder = BulkRequest::builder()
            .request_id(&self.id)
            .received_at(self.received_at.timestamp().map_err(NotTold::Time)?)
            .status(BulkRequestStatus::from(self.status))
            .total_elements(i32::try_from(self.total).unwrap_or(i32::MAX))
            .r#type(BulkRequestType::from(self.kind));
        if let Some(completed_at) = self.completed_at {
            builder = builder.completed_at(completed_at.timestamp().map_err(NotTold::Time)?);
        }
        builder.build().map_err(NotTold::Violations)
    }
}

impl From<Status> for BulkRequestStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::InProgress => Self::InProgress,
            Status::Partial => Self::ProcessedPartiallyPendingRetry,
            Status::Done => Self::CompletedSuccessfully,
            Status::DoneWithWarnings => Self::CompletedWithWarnings,
            Status::DoneWithErrors => Self::CompletedWithErrors,
        }
    }
}

impl From<Kind> for BulkRequestType {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Accounts => Self::AccountCreation,
            Kind::Transactions => Self::TransactionCreation,
        }
    }
}
