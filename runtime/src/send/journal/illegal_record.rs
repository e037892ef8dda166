//! Records that can't follow what was written before them.

use std::fmt;

use super::{BatchId, ItemKey};

/// Why a record can't follow the others. It is a fault of the sender or of the file, never of the items or
/// the service.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IllegalRecord {
    /// A batch must have a number that was not used before, and at least one item.
    NotABatch(BatchId),
    /// No such batch was planned.
    UnknownBatch(BatchId),
    /// Another batch holds the item, and it is not replaced.
    KeyTaken {
        /// The item.
        key: ItemKey,
        /// Who holds it.
        by: BatchId,
    },
    /// The batch of the item is over, and its records may be gone.
    KeySettled {
        /// The item.
        key: ItemKey,
    },
    /// A journal begins once, with its first record.
    BeganTwice,
    /// The batch holds the item twice.
    KeyTwice {
        /// The item.
        key: ItemKey,
        /// Of which batch.
        batch: BatchId,
    },
    /// The batch does not hold the item.
    ForeignKey {
        /// The item.
        key: ItemKey,
        /// Of which batch.
        batch: BatchId,
    },
    /// The attempt has another number.
    WrongAttempt {
        /// Of which batch.
        batch: BatchId,
        /// The number that would be right.
        expected: u32,
        /// The number of the record.
        found: u32,
    },
    /// A batch that may have been received is sent only when it is marked, and no other is marked.
    WrongMark {
        /// Which batch.
        batch: BatchId,
        /// Whether it may have been received.
        may_have_been_received: bool,
    },
    /// The batch is not at the point where the record can follow.
    OutOfOrder {
        /// Which batch.
        batch: BatchId,
        /// The kind of record.
        record: &'static str,
        /// The point where the batch is.
        after: &'static str,
    },
}

impl fmt::Display for IllegalRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotABatch(batch) => write!(f, "{batch} is empty, or its number was used before"),
            Self::UnknownBatch(batch) => write!(f, "{batch} was never planned"),
            Self::KeyTaken { key, by } => write!(f, "the item '{key}' is already in {by}"),
            Self::KeySettled { key } => write!(f, "the batch of the item '{key}' is over"),
            Self::BeganTwice => f.write_str("the journal begins a second time"),
            Self::KeyTwice { key, batch } => write!(f, "the item '{key}' is twice in {batch}"),
            Self::ForeignKey { key, batch } => write!(f, "the item '{key}' is not in {batch}"),
            Self::WrongAttempt { batch, expected, found } => {
                write!(f, "attempt {found} of {batch} is out of turn, {expected} is expected")
            }
            Self::WrongMark { batch, may_have_been_received: true } => {
                write!(f, "{batch} may have been received and is sent without the mark of a resend")
            }
            Self::WrongMark { batch, may_have_been_received: false } => {
                write!(f, "{batch} is marked as a resend but was never received")
            }
            Self::OutOfOrder { batch, record, after } => {
                write!(f, "the record '{record}' can't follow '{after}' of {batch}")
            }
        }
    }
}

impl std::error::Error for IllegalRecord {}
