//! A journal that many senders write at the same time, on one machine or on many.

mod batch;
mod claim;
#[cfg(test)]
mod model;

use std::{ops::Range, pin::Pin, time::Duration};

use futures_core::Stream;

pub use batch::{Lease, SharedBatch, StepError};
pub use claim::{BatchClaim, Claimed, ReportOf, RunId, RunScope, RunStart, SetAsideFrom, Standing, TakeOver};

use super::{BatchId, Fate, ItemKey, JournalError, Record, RecordError, ReportItem};
use crate::send::client::BoxFuture;

/// The items of a report, one by one.
pub type ReportStream<'a> = Pin<Box<dyn Stream<Item = Result<(Fate, ReportItem), JournalError>> + Send + 'a>>;

/// Stores the steps of batches of many senders, on one machine or on many.
///
/// A [`Journal`](super::Journal) has one writer, which knows all of it. Here a sender knows the batches that
/// it works on, and nothing else. It asks the journal for them, step by step:
///
/// | step | what the journal does, at one stroke |
/// |---|---|
/// | [`claim`](Self::claim) | makes a batch of items that nobody has, and begins its first attempt |
/// | [`append`](Self::append) | writes one more step, if the sender still has the batch |
/// | [`renew`](Self::renew) | extends leases |
/// | [`take_over`](Self::take_over) | gives batches whose lease has run out to another sender |
/// | [`standing`](Self::standing) | says how it stands with items, whoever sent them |
///
/// [`SharedBatch`] is the protocol of one batch without its journal: pure functions, which an implementation
/// calls and a model can check. [`Batch::check`](super::Batch::check) is the part that files have in common
/// with it.
///
/// # Leases and epochs
///
/// Whoever has a batch has it for a time. After that, another sender may take it over, which raises the epoch
/// of the batch. Every write names the epoch and the version that the writer knows, and is refused if they
/// are others: a sender that was away for too long can write nothing. It can't begin an attempt either,
/// because that is a write. Time is that of the journal, never that of a sender's machine.
///
/// # Implementations
///
/// An implementation waits while what it stores in is away, for as long as its settings say; the sender does
/// nothing new meanwhile. A step whose outcome it could not learn, because a connection was lost, it looks up
/// before it answers.
pub trait SharedJournal: Send + Sync {
    /// Returns how long a sender has a batch before others may take it over.
    fn lease(&self) -> Duration;

    /// Begins a run of a sender.
    fn begin_run<'a>(&'a self, scope: &'a RunScope) -> BoxFuture<'a, Result<RunStart, JournalError>>;

    /// Returns numbers for new batches, which nobody else gets.
    fn batch_numbers(&self) -> BoxFuture<'_, Result<Range<u64>, JournalError>>;

    /// Gives the items to a new batch, and begins its first attempt if no item is lost to another sender.
    ///
    /// # Errors
    ///
    /// [`RecordError::TakenOver`] if the batch that this one replaces belongs to another sender by now.
    fn claim(&self, claim: BatchClaim) -> BoxFuture<'_, Result<Claimed, RecordError>>;

    /// Writes one step of a batch, and returns the batch after it. `known` is the batch as the sender has it.
    /// The beginning of an attempt extends the lease by `lease`.
    ///
    /// # Errors
    ///
    /// [`RecordError::TakenOver`] if another sender has the batch by now; nothing was written.
    fn append<'a>(
        &'a self,
        known: &'a SharedBatch,
        record: Record,
        lease: Duration,
    ) -> BoxFuture<'a, Result<SharedBatch, RecordError>>;

    /// Records items that the validator refused. Returns the batch that they were in before, without them.
    fn set_aside(&self, aside: SetAsideFrom) -> BoxFuture<'_, Result<Option<SharedBatch>, RecordError>>;

    /// Extends the leases of batches, as far as their epochs are still these.
    fn renew<'a>(&'a self, batches: &'a [(BatchId, u64)]) -> BoxFuture<'a, Result<(), JournalError>>;

    /// Takes over batches of the run's operation and target whose lease has run out, and returns them. An
    /// attempt that is open becomes unclear.
    fn take_over<'a>(
        &'a self,
        run: RunId,
        scope: &'a RunScope,
        which: TakeOver<'a>,
    ) -> BoxFuture<'a, Result<Vec<SharedBatch>, JournalError>>;

    /// Returns how it stands with items that are in batches.
    fn standing<'a>(
        &'a self,
        scope: &'a RunScope,
        keys: &'a [ItemKey],
    ) -> BoxFuture<'a, Result<Vec<Standing>, JournalError>>;

    /// Ends a run, and the leases of what it has not finished: another one may go on at once.
    fn end_run<'a>(
        &'a self,
        run: RunId,
        batches: &'a [(BatchId, u64)],
    ) -> BoxFuture<'a, Result<(), JournalError>>;

    /// Returns every item that the journal knows, or some, each once and one after the other.
    fn report(&self, of: ReportOf) -> ReportStream<'_>;
}
