//! The records: one for each step of a bulk send.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{BodyDigest, HashKey, ItemHashes, ItemKey, key::is_fit};

/// A batch: the items of one request. Numbers rise within a journal and are never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchId(pub u64);

impl fmt::Display for BatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "batch {}", self.0)
    }
}

/// One step of a bulk send. [The module](super) says which step is written when.
///
/// Records hold keys, never the data of items, so `Debug` is safe to log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Record {
    /// The journal begins: the secret of all its hashes. It is the first record, or there is none.
    Began {
        /// The secret.
        hash_key: HashKey,
    },
    /// These items will be sent in one request.
    Planned(BatchPlan),
    /// The validator refused these items; they will not be sent as they are.
    SetAside(SetAside),
    /// The request is about to go on the wire. Nothing of the batch can have been received before.
    Sending(AttemptRecord),
    /// The same, but the service may have received the items already.
    Resending(AttemptRecord),
    /// The attempt surely did not reach the service: no connection, or none of the request was written.
    NotReceived {
        /// The batch.
        batch: BatchId,
        /// The number of the attempt.
        attempt: u32,
    },
    /// The attempt may have reached the service: no response, or one that does not say.
    Unclear {
        /// The batch.
        batch: BatchId,
        /// The number of the attempt.
        attempt: u32,
    },
    /// The service accepted the batch.
    Accepted(Acceptance),
    /// What counted as accepted had no request id, so that it is not known what the service did: the attempt
    /// is unclear.
    Reopened {
        /// The batch.
        batch: BatchId,
    },
    /// The service took nothing of the attempt, and said so.
    Refused(Refusal),
    /// The service finished a batch that it accepted.
    Finished {
        /// The batch.
        batch: BatchId,
        /// The final state as the service names it.
        status: String,
        /// What the state means.
        outcome: BatchOutcome,
    },
    /// The caller closed the batch: nothing more is to be done. What is known of the items stays as it is.
    Closed {
        /// The batch.
        batch: BatchId,
    },
    /// The records of these items were dropped from the journal: their batches are over.
    Settled {
        /// How they ended.
        #[serde(rename = "standing")]
        state: Settled,
        /// The items; [`JournalState::hash_of`](super::JournalState::hash_of) finds one among them.
        items: ItemHashes,
    },
    /// What was over was dropped from the journal.
    Compacted {
        /// The number of the next batch, so that none is used twice.
        next_batch: BatchId,
    },
}

/// The final state of an item whose batch is settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// The service processed its whole batch.
    Accepted,
    /// The service did not process all items of its batch, and does not say which.
    WithErrors,
    /// It was sent twice, and the response to the second may be about the first.
    SentTwice,
    /// The service refused it by name.
    Refused {
        /// The HTTP status.
        status: u16,
        /// Why.
        codes: Vec<String>,
    },
}

/// The items of one request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BatchPlan {
    /// The number of the batch.
    pub batch: BatchId,
    /// The `operationId`.
    pub operation: String,
    /// Where the items go, such as the id of a company. Keys are told apart within an operation and a target.
    pub target: String,
    /// The items, in the order of the request body.
    pub keys: Vec<ItemKey>,
    /// Of the request body.
    pub body: BodyDigest,
    /// The batch that the items were planned in before. What is unclear there stays unclear here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<BatchId>,
}

/// Items that the validator refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// The `operationId`.
    pub operation: String,
    /// Where the items would have gone.
    pub target: String,
    /// Which ones, and why. An item whose key another item has already is known by a hash:
    /// [`ItemKey::hashed`].
    pub items: Vec<RefusedItem>,
    /// The batch that the items were planned in before. The service surely does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<BatchId>,
}

/// An item that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedItem {
    /// The key of the item.
    pub key: ItemKey,
    /// Why: the service's error codes, or the validator's.
    pub codes: Vec<String>,
}

/// One attempt to send a batch.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AttemptRecord {
    /// The batch.
    pub batch: BatchId,
    /// The number of the attempt, from 1, without gaps.
    pub attempt: u32,
    /// Goes with the request, so that the service's support can find it when no response came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    /// When, in milliseconds since 1970 (UTC). For people; nothing is decided by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u64>,
}

/// The acceptance of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Acceptance {
    /// The batch.
    pub batch: BatchId,
    /// The number of the attempt.
    pub attempt: u32,
    /// The id to poll with, if the service returned one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The one that the service answered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
}

/// The refusal of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The batch.
    pub batch: BatchId,
    /// The number of the attempt.
    pub attempt: u32,
    /// The HTTP status.
    pub status: u16,
    /// Codes that belong to no single item.
    pub codes: Vec<String>,
    /// The items that the service named. The others may be sent without them. Empty: the request was refused
    /// as a whole.
    pub items: Vec<RefusedItem>,
}

/// The outcome of a batch that the service has finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchOutcome {
    /// Every item was processed.
    Clean,
    /// Some items or all were not, and the service does not say which.
    WithErrors,
}

impl Record {
    /// Returns the batch that the record is about; for items that are set aside, the one that they were in
    /// before.
    #[must_use]
    pub fn batch(&self) -> Option<BatchId> {
        match self {
            Self::Planned(plan) => Some(plan.batch),
            Self::Sending(attempt) | Self::Resending(attempt) => Some(attempt.batch),
            Self::Accepted(acceptance) => Some(acceptance.batch),
            Self::Refused(refusal) => Some(refusal.batch),
            Self::NotReceived { batch, .. }
            | Self::Unclear { batch, .. }
            | Self::Reopened { batch }
            | Self::Finished { batch, .. }
            | Self::Closed { batch } => Some(*batch),
            Self::SetAside(aside) => aside.replaces,
            Self::Began { .. } | Self::Settled { .. } | Self::Compacted { .. } => None,
        }
    }

    /// The name of a plan.
    pub(super) const PLANNED: &'static str = "planned";

    /// Returns the name of the record in the journal and in errors.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Began { .. } => "began",
            Self::Planned(_) => Self::PLANNED,
            Self::SetAside(_) => "set_aside",
            Self::Sending(_) => "sending",
            Self::Resending(_) => "resending",
            Self::NotReceived { .. } => "not_received",
            Self::Unclear { .. } => "unclear",
            Self::Accepted(_) => "accepted",
            Self::Reopened { .. } => "reopened",
            Self::Refused(_) => "refused",
            Self::Finished { .. } => "finished",
            Self::Closed { .. } => "closed",
            Self::Settled { .. } => "settled",
            Self::Compacted { .. } => "compacted",
        }
    }

    /// Reads a record as `serde_json` wrote it.
    pub(super) fn read(json: &[u8]) -> Result<Self, serde_json::Error> {
        // Nearly all bytes of a journal are keys of planned items, and serde reads a tagged enum twice.
        if json.starts_with(br#"{"is":"planned","#) {
            return serde_json::from_slice(json).map(Self::Planned);
        }
        serde_json::from_slice(json)
    }

    /// Removes text of the service that must not be recorded: a gateway may respond with anything.
    ///
    /// A request id is kept whatever it looks like, for there is no other way to learn how a batch went.
    pub(crate) fn guarded(mut self) -> Self {
        match &mut self {
            Self::SetAside(aside) => aside.items.iter_mut().for_each(|item| guard(&mut item.codes)),
            Self::Refused(refusal) => {
                guard(&mut refusal.codes);
                refusal.items.iter_mut().for_each(|item| guard(&mut item.codes));
            }
            Self::Accepted(acceptance) => {
                acceptance.correlation_id = acceptance.correlation_id.take().filter(|id| is_fit(id));
            }
            Self::Finished { status, .. } if !is_fit(status) => "[not readable]".clone_into(status),
            _ => {}
        }
        self
    }
}

fn guard(codes: &mut [String]) {
    codes.iter_mut().filter(|code| !is_fit(code)).for_each(|code| "[not readable]".clone_into(code));
}
