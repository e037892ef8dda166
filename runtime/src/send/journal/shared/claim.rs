//! What a sender asks a shared journal for, and what it gets.

use std::{ops::Range, time::Duration};

use super::SharedBatch;
use crate::send::journal::{Batch, BatchId, BatchPlan, HashKey, ItemKey, Record, RefusedItem};

/// The number of a run in a shared journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub u64);

/// What a run is about. Keys are told apart within an operation and a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunScope {
    /// The `operationId`.
    pub operation: String,
    /// Where the items go, such as the id of a company.
    pub target: String,
    /// The name of the input.
    pub input: String,
}

/// A run that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunStart {
    /// Its number.
    pub run: RunId,
    /// The secret of all hashes of the journal.
    pub hash_key: HashKey,
    /// Numbers for its first batches.
    pub batches: Range<u64>,
}

/// Batches that a sender takes over, if their leases have run out.
#[derive(Debug, Clone, Copy)]
pub enum TakeOver<'a> {
    /// Those with higher numbers than this one, in the order of their numbers, and at most so many. An
    /// accepted one has a lease from then on, because its new sender asks the service about it. Any other has
    /// none before its next attempt: whoever has its items first sends it.
    After(BatchId, u32),
    /// Those of these items. The sender has the items, and so it has a lease of each.
    With(&'a [ItemKey]),
}

/// A sender's wish to have these items, and to send them at once.
#[derive(Debug, Clone)]
pub struct BatchClaim {
    /// The run.
    pub run: RunId,
    /// The items, and the number of the new batch.
    pub plan: BatchPlan,
    /// The batch that the items were in before, as the sender knows it.
    pub replaces: Option<SharedBatch>,
    /// The beginning of the first attempt. It is written only if no item is lost, for the body is another one
    /// otherwise.
    pub begin: Record,
    /// For how long the sender has the batch.
    pub lease: Duration,
    /// Items that the validator has refused since the last claim.
    pub aside: Vec<RefusedItem>,
}

/// The answer to a claim.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The new batch, with the items that nobody else had; `None` if others have all of them.
    pub batch: Option<SharedBatch>,
    /// The batch that it replaces, after its items went.
    pub replaced: Option<SharedBatch>,
    /// The items that another batch has.
    pub lost: Vec<ItemKey>,
}

/// How it stands with items, whoever sent them.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The batch that they are in, with no other of its items.
    pub batch: Batch,
    /// Whether a sender has the batch right now.
    pub is_under_way: bool,
}

/// Items that the validator refused.
#[derive(Debug, Clone)]
pub struct SetAsideFrom {
    /// The run.
    pub run: RunId,
    /// The `operationId`.
    pub operation: String,
    /// Where the items would have gone.
    pub target: String,
    /// The items, and why.
    pub items: Vec<RefusedItem>,
    /// The batch that they were in before, as the sender knows it.
    pub from: Option<SharedBatch>,
}

/// Which items of a shared journal are reported.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReportOf {
    /// All.
    All,
    /// Those of the batches that a run planned, and those that it set aside.
    Run(RunId),
    /// Those that were planned or set aside in this time, in seconds since 1970 (UTC).
    Time(Range<u64>),
}
