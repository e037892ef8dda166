//! The records of a run: its journal, for one operation and one target.

use std::{
    sync::{Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use super::{batch::EncodedBatch, writer::JournalWriter};
use crate::send::journal::{
    Acceptance, AttemptRecord, Batch, BatchId, BatchPlan, ItemKey, ItemState, Journal, JournalError,
    JournalState, Record, RecordError, RefusedItem, SetAside, is_fit,
};

/// The journal of a run. Its records are about one operation and one target.
pub(super) struct RunJournal<J> {
    writer: JournalWriter<J>,
    pub(super) operation: &'static str,
    target: String,
    /// The number of the last batch, which may not be recorded yet.
    last_batch: Mutex<u64>,
}

impl<J: Journal + 'static> RunJournal<J> {
    /// Opens the journal.
    pub(super) async fn open(
        journal: J,
        operation: &'static str,
        target: String,
    ) -> Result<Self, JournalError> {
        let writer = JournalWriter::open(journal).await?;
        Ok(Self { writer, operation, target: fit(target), last_batch: Mutex::default() })
    }

    /// Records that the attempts which an earlier run left open are unclear. Nothing may be sent before.
    pub(super) async fn end_interrupted(&self) -> Result<(), RecordError> {
        let interrupted: Vec<(BatchId, u32)> = self.state(|state| state.interrupted().collect());
        for (batch, attempt) in interrupted {
            self.record(Record::Unclear { batch, attempt }).await?;
        }
        Ok(())
    }

    /// Writes a record. After an error, what depends on it must not be done.
    pub(super) async fn record(&self, record: Record) -> Result<(), RecordError> {
        self.writer.record(record).await
    }

    /// Passes the state of the journal to `look`.
    pub(super) fn state<T>(&self, look: impl FnOnce(&JournalState) -> T) -> T {
        self.writer.state(look)
    }

    /// Passes a batch, if it is not settled, to `look`, and returns the default value otherwise.
    pub(super) fn batch<T: Default>(&self, batch: BatchId, look: impl FnOnce(&Batch) -> T) -> T {
        self.state(|state| state.batch(batch).map(look).unwrap_or_default())
    }

    /// Passes the state of an item to `look`.
    pub(super) fn item_state<T>(&self, key: &ItemKey, look: impl FnOnce(Option<ItemState<'_>>) -> T) -> T {
        self.state(|state| look(state.item_state(self.operation, &self.target, key)))
    }

    /// Returns the hash that the journal knows an item by.
    pub(super) fn item_hash(&self, key: &ItemKey) -> u128 {
        self.state(|state| state.item(self.operation, &self.target, key))
    }

    /// Returns true if the batch is about the operation and the target of this run.
    pub(super) fn owns(&self, batch: &Batch) -> bool {
        let plan = batch.plan();
        plan.operation == self.operation && plan.target == self.target
    }

    /// Returns the accepted batches that the service has not finished, with their request ids.
    pub(super) fn accepted_batches(&self) -> Vec<(BatchId, String)> {
        self.state(|state| {
            let ours = state.resume().to_poll.into_iter().filter(|batch| self.owns(batch));
            let id = |acceptance: &Acceptance| acceptance.request_id.clone();
            ours.filter_map(|batch| Some((batch.id(), batch.acceptance().and_then(id)?))).collect()
        })
    }

    /// Records the plan of a batch, and returns its number.
    pub(super) async fn plan(
        &self,
        encoded: &EncodedBatch,
        replaces: Option<BatchId>,
    ) -> Result<BatchId, RecordError> {
        let batch = self.next_batch();
        self.record(Record::Planned(BatchPlan {
            batch,
            operation: self.operation.to_owned(),
            target: self.target.clone(),
            keys: encoded.keys(),
            body: encoded.digest(),
            replaces,
        }))
        .await?;
        tracing::debug!(%batch, operation = self.operation, items = encoded.len(), "a batch is planned");
        Ok(batch)
    }

    /// Records, at once, those of these items that are set aside and of which the journal does not know it.
    pub(super) async fn set_aside(
        &self,
        items: Vec<RefusedItem>,
        replaces: Option<BatchId>,
    ) -> Result<(), RecordError> {
        let is_new = |item: &RefusedItem| {
            self.item_state(&item.key, |state| match state {
                None => true,
                Some(ItemState::SetAside { codes }) => replaces.is_none() && *codes != *item.codes,
                Some(_) => replaces.is_some(),
            })
        };
        let items: Vec<RefusedItem> = items.into_iter().filter(is_new).collect();
        if items.is_empty() {
            return Ok(());
        }
        tracing::info!(operation = self.operation, items = items.len(), "items are set aside");
        let (operation, target) = (self.operation.to_owned(), self.target.clone());
        self.record(Record::SetAside(SetAside { operation, target, items, replaces })).await
    }

    /// Records that an attempt begins, and returns its number and whether it is marked as a resend.
    pub(super) async fn begin_attempt(
        &self,
        batch: BatchId,
        correlation_id: &str,
        now: SystemTime,
    ) -> Result<(u32, bool), RecordError> {
        let (attempts, is_resend) =
            self.batch(batch, |batch| (batch.attempts(), batch.may_have_been_received()));
        let attempt = attempts.saturating_add(1);
        let at = now.duration_since(UNIX_EPOCH).ok().and_then(|since| u64::try_from(since.as_millis()).ok());
        let record = AttemptRecord { batch, attempt, correlation_id: Some(correlation_id.to_owned()), at };
        self.record(if is_resend { Record::Resending(record) } else { Record::Sending(record) }).await?;
        Ok((attempt, is_resend))
    }

    /// Closes the journal, and returns its last state with the target of the run.
    pub(super) async fn close(self) -> (JournalState, String) {
        (self.writer.close().await, self.target)
    }

    /// Returns a number for a new batch. Several may be recorded at the same time.
    fn next_batch(&self) -> BatchId {
        let next = self.state(JournalState::next_batch).0;
        let mut last = self.last_batch.lock().unwrap_or_else(PoisonError::into_inner);
        *last = next.max(last.saturating_add(1));
        BatchId(*last)
    }
}

/// Returns the target as it is recorded. One that looks like a secret is replaced by a checksum, which tells
/// it from others.
fn fit(target: String) -> String {
    if target.is_empty() || is_fit(&target) {
        return target;
    }
    format!("#{:08x}", crc32fast::hash(target.as_bytes()))
}
