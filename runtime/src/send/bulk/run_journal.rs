//! The records of a run: its journal, for one operation and one target.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;

use super::{
    batch::{EncodedBatch, ItemId},
    elsewhere::OtherSenders,
    shared_run::{Begun, ClosedRun, SharedRun},
    writer::JournalWriter,
};
use crate::send::{
    client::BoxFuture,
    journal::{
        Acceptance, AttemptRecord, Batch, BatchId, BatchPlan, ItemKey, ItemState, Journal, JournalError,
        JournalState, Record, RecordError, RefusedItem, RunId, RunScope, SetAside, SharedJournal, is_fit,
    },
    retry::Clock,
};

/// The journal that a run is given.
pub(super) enum JournalChoice<J> {
    /// One that this run alone writes.
    Own(J),
    Shared(Arc<dyn SharedJournal>),
}

/// How a run writes its journal.
enum Access<J> {
    Own(JournalWriter<J>),
    Shared(Box<SharedRun>),
}

/// The journal of a run. Its records are about one operation and one target.
pub(super) struct RunJournal<J> {
    access: Access<J>,
    pub(super) operation: &'static str,
    target: String,
    /// The number of the last batch, which may not be recorded yet.
    last_batch: Mutex<u64>,
}

impl<J: Journal + 'static> RunJournal<J> {
    /// Opens the journal.
    pub(super) async fn open(
        journal: JournalChoice<J>,
        operation: &'static str,
        target: String,
        input: &str,
    ) -> Result<Self, JournalError> {
        let target = fit(target);
        let access = match journal {
            JournalChoice::Own(journal) => Access::Own(JournalWriter::open(journal).await?),
            JournalChoice::Shared(journal) => {
                let (operation, input) = (operation.to_owned(), input.to_owned());
                let scope = RunScope { operation, target: target.clone(), input };
                Access::Shared(Box::new(SharedRun::open(journal, scope).await?))
            }
        };
        Ok(Self { access, operation, target, last_batch: Mutex::default() })
    }

    /// Returns the number of the run, if the journal is shared.
    pub(super) fn run(&self) -> Option<RunId> {
        match &self.access {
            Access::Own(_) => None,
            Access::Shared(run) => Some(run.number()),
        }
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
        match &self.access {
            Access::Own(writer) => writer.record(record).await,
            Access::Shared(run) => run.record(record).await,
        }
    }

    /// Passes the state of the journal to `look`.
    pub(super) fn state<T>(&self, look: impl FnOnce(&JournalState) -> T) -> T {
        match &self.access {
            Access::Own(writer) => writer.state(look),
            Access::Shared(run) => run.state(look),
        }
    }

    /// Passes a batch, if it is not settled, to `look`, and returns the default value otherwise.
    pub(super) fn batch<T: Default>(&self, batch: BatchId, look: impl FnOnce(&Batch) -> T) -> T {
        self.state(|state| state.batch(batch).map(look).unwrap_or_default())
    }

    /// Passes the state of an item to `look`.
    pub(super) fn item_state<T>(&self, key: &ItemKey, look: impl FnOnce(Option<ItemState<'_>>) -> T) -> T {
        if let Access::Shared(run) = &self.access
            && run.is_lost(self.item_hash(key))
        {
            return look(Some(ItemState::NotSent { status: None }));
        }
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
        let plan = |batch| {
            Record::Planned(BatchPlan {
                batch,
                operation: self.operation.to_owned(),
                target: self.target.clone(),
                keys: encoded.keys(),
                body: encoded.digest(),
                replaces,
            })
        };
        let batch = match &self.access {
            Access::Own(_) => self.next_batch(),
            Access::Shared(run) => run
                .next_batch()
                .await
                .map_err(|source| RecordError::Write { record: Box::new(plan(BatchId(0))), source })?,
        };
        self.record(plan(batch)).await?;
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

    /// Records that an attempt begins, which takes `limit` at most.
    pub(super) async fn begin_attempt(
        &self,
        batch: BatchId,
        correlation_id: &str,
        now: SystemTime,
        limit: Duration,
    ) -> Result<Begun, RecordError> {
        let (attempts, is_resend) =
            self.batch(batch, |batch| (batch.attempts(), batch.may_have_been_received()));
        let number = attempts.saturating_add(1);
        let at = now.duration_since(UNIX_EPOCH).ok().and_then(|since| u64::try_from(since.as_millis()).ok());
        let correlation_id = Some(correlation_id.to_owned());
        let record = AttemptRecord { batch, attempt: number, correlation_id, at };
        let record = if is_resend { Record::Resending(record) } else { Record::Sending(record) };
        match &self.access {
            Access::Own(writer) => writer.record(record).await?,
            Access::Shared(run) => return run.begin(record, limit).await,
        }
        Ok(Begun::Attempt { number, is_resend, lease: None })
    }

    /// Returns those of the items that are still in a batch that others had items of, and those that others
    /// have.
    pub(super) fn rest_of(
        &self,
        batch: BatchId,
        encoded: &EncodedBatch,
    ) -> (Option<EncodedBatch>, Vec<(ItemId, Bytes)>) {
        let left: HashSet<ItemKey> = self.batch(batch, |batch| batch.plan().keys.iter().cloned().collect());
        let lost = encoded.texts().filter(|(item, _)| !left.contains(&item.key)).collect();
        let is_left = |index| encoded.items.get(index).is_some_and(|item: &ItemId| left.contains(&item.key));
        (encoded.only(is_left), lost)
    }

    /// Returns how long a sender has a batch, if the journal is shared.
    pub(super) fn lease(&self) -> Option<Duration> {
        match &self.access {
            Access::Own(_) => None,
            Access::Shared(run) => Some(run.lease()),
        }
    }

    /// Returns true if there may be more batches whose sender has gone, whatever items they have.
    pub(super) fn sweeps(&self) -> bool {
        match &self.access {
            Access::Own(_) => false,
            Access::Shared(run) => run.sweeps(),
        }
    }

    /// Returns how these items stand at other senders, and the batches that were taken over from some that
    /// have gone. `sweeps` says that there may be batches of other items too.
    pub(super) async fn look_after(
        &self,
        keys: &[ItemKey],
        sweeps: bool,
    ) -> (OtherSenders, Vec<BatchId>, Option<JournalError>) {
        match &self.access {
            Access::Own(_) => Default::default(),
            Access::Shared(run) => run.look_after(keys, sweeps).await,
        }
    }

    /// Renews the leases of a journal that others write too, again and again; `None` if there are none.
    pub(super) fn renewals<'a>(&'a self, clock: &'a dyn Clock) -> Option<BoxFuture<'a, ()>> {
        let Access::Shared(run) = &self.access else { return None };
        Some(Box::pin(async move {
            loop {
                clock.sleep(run.renewal()).await;
                run.renew().await;
                // A clock whose waits take no time would leave nothing else a turn.
                tokio::task::yield_now().await;
            }
        }))
    }

    /// Closes the journal, and returns what it has of these items, with the target of the run.
    pub(super) async fn close(self, keys: &[ItemKey]) -> (ClosedRun, String) {
        let closed = match self.access {
            Access::Own(writer) => ClosedRun { state: writer.close().await, ..ClosedRun::default() },
            Access::Shared(run) => run.close(keys).await,
        };
        (closed, self.target)
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
