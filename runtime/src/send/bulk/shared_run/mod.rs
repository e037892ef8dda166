//! The records of a run in a journal that other senders write too.
//!
//! A plan stays here until its batch is sent: claiming its items and beginning the first attempt is one step.
//! The state here is that of the run's own batches, and of those that it took over. What the run reports
//! comes from the journal.

mod others;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::send::journal::{
    Batch, BatchClaim, BatchId, BatchPhase, Claimed, HashKey, ItemKey, JournalError, JournalState, Record,
    RecordError, RefusedItem, RunId, RunScope, RunStart, SetAside, SetAsideFrom, SharedBatch, SharedJournal,
    Standing,
};

/// How many items are asked for at a time at the end of a run.
const LOOKED_UP: usize = 50_000;

/// A run in a shared journal.
pub(super) struct SharedRun {
    journal: Arc<dyn SharedJournal>,
    scope: RunScope,
    run: RunId,
    hash_key: HashKey,
    state: Mutex<JournalState>,
    /// The batches that are in the journal, as they were last seen there.
    known: Mutex<HashMap<BatchId, SharedBatch>>,
    numbers: tokio::sync::Mutex<Range<u64>>,
    /// Items that were refused and are not recorded yet.
    aside: Mutex<Vec<RefusedItem>>,
    /// The hashes of items that other senders have.
    lost: Mutex<HashSet<u128>>,
    /// The last batch that was looked at for batches without a sender; `None`: there are no more.
    swept: Mutex<Option<BatchId>>,
}

/// What a journal has at the end of a run.
#[derive(Default)]
pub(super) struct ClosedRun {
    pub(super) state: JournalState,
    /// The batches that other senders are sending.
    pub(super) under_way: HashSet<BatchId>,
    /// Why the journal could not be asked, if so.
    pub(super) error: Option<JournalError>,
}

/// The beginning of an attempt.
pub(super) enum Begun {
    /// It is recorded, and the request may go out.
    Attempt {
        number: u32,
        is_resend: bool,
        /// For how long the sender has the batch at least, if that has an end.
        lease: Option<Duration>,
    },
    /// Others have some of the items or all. What is left of the batch is to be sent.
    Reduced,
}

/// What is here is whole after each change, even if somebody panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl SharedRun {
    /// Begins a run, and takes over what other senders left.
    pub(super) async fn open(journal: Arc<dyn SharedJournal>, scope: RunScope) -> Result<Self, JournalError> {
        let RunStart { run, hash_key, batches } = journal.begin_run(&scope).await?;
        let opened = Self {
            journal,
            scope,
            run,
            hash_key,
            state: Mutex::new(JournalState::with_hash_key(hash_key)),
            known: Mutex::default(),
            numbers: tokio::sync::Mutex::new(batches),
            aside: Mutex::default(),
            lost: Mutex::default(),
            swept: Mutex::new(Some(BatchId(0))),
        };
        opened.sweep().await?;
        Ok(opened)
    }

    /// Returns the number of the run in the journal.
    pub(super) fn number(&self) -> RunId {
        self.run
    }

    /// Looks at the state of the run's batches. `look` must be quick.
    pub(super) fn state<T>(&self, look: impl FnOnce(&JournalState) -> T) -> T {
        look(&locked(&self.state))
    }

    /// Returns true if another sender has the item, as far as this run has met it.
    pub(super) fn is_lost(&self, hash: u128) -> bool {
        locked(&self.lost).contains(&hash)
    }

    /// Returns the number of a new batch. Numbers rise within a run.
    pub(super) async fn next_batch(&self) -> Result<BatchId, JournalError> {
        let mut numbers = self.numbers.lock().await;
        if numbers.is_empty() {
            *numbers = self.journal.batch_numbers().await?;
        }
        numbers.next().map(BatchId).ok_or(JournalError::Poisoned)
    }

    /// Writes a record, or keeps it until the batch is claimed. After an error, what depends on it must not
    /// be done.
    pub(super) async fn record(&self, record: Record) -> Result<(), RecordError> {
        let record = record.guarded();
        match record {
            Record::SetAside(aside) => self.set_aside(aside).await,
            Record::Planned(_) => self.apply(record),
            record => self.append(record, self.journal.lease()).await,
        }
    }

    fn apply(&self, record: Record) -> Result<(), RecordError> {
        locked(&self.state).apply(record).map_err(RecordError::Illegal)
    }

    fn known(&self, batch: BatchId) -> Option<SharedBatch> {
        locked(&self.known).get(&batch).cloned()
    }

    /// Keeps a batch as the journal has it now. One that is over needs no lease.
    fn keep(&self, batch: SharedBatch) {
        let mut known = locked(&self.known);
        if batch.batch.is_final() {
            known.remove(&batch.batch.id());
        } else {
            known.insert(batch.batch.id(), batch);
        }
    }

    async fn append(&self, record: Record, lease: Duration) -> Result<(), RecordError> {
        let known = record.batch().and_then(|batch| self.known(batch));
        let Some(known) = known else { return Err(RecordError::TakenOver { record: Box::new(record) }) };
        match self.journal.append(&known, record.clone(), lease).await {
            Ok(next) => {
                self.apply(record)?;
                self.keep(next);
                Ok(())
            }
            Err(error) => {
                if error.is_taken_over() {
                    locked(&self.known).remove(&known.batch.id());
                }
                Err(error)
            }
        }
    }

    /// Records the beginning of an attempt. `limit` is the longest time that it takes.
    pub(super) async fn begin(&self, begin: Record, limit: Duration) -> Result<Begun, RecordError> {
        let is_resend = matches!(begin, Record::Resending(_));
        let (Record::Sending(attempt) | Record::Resending(attempt)) = &begin else {
            return Err(RecordError::Write { record: Box::new(begin), source: JournalError::Poisoned });
        };
        let (batch, number) = (attempt.batch, attempt.attempt);
        let lease = self.journal.lease().saturating_add(limit);
        let attempt = Begun::Attempt { number, is_resend, lease: Some(lease) };
        if self.known(batch).is_some() {
            return self.append(begin, lease).await.map(|()| attempt);
        }
        let Some(plan) = self.state(|state| state.batch(batch).map(|batch| batch.plan().clone())) else {
            return Ok(Begun::Reduced);
        };
        let aside = std::mem::take(&mut *locked(&self.aside));
        let replaces = plan.replaces.and_then(|old| self.known(old));
        let claim = BatchClaim { run: self.run, plan, replaces, begin, lease, aside };
        let Claimed { batch: claimed, replaced, lost } = self.journal.claim(claim).await?;
        if let Some(replaced) = replaced {
            self.keep(replaced);
        }
        let mut state = locked(&self.state);
        state.forget(batch);
        if let Some(claimed) = claimed {
            state.adopt(claimed.batch.clone());
            drop(state);
            self.keep(claimed);
        }
        if !lost.is_empty() {
            let RunScope { operation, target, .. } = &self.scope;
            locked(&self.lost).extend(lost.iter().map(|key| self.hash_key.item(operation, target, key)));
            tracing::info!(%batch, items = lost.len(), "other senders have items of the batch");
        }
        Ok(if lost.is_empty() { attempt } else { Begun::Reduced })
    }

    /// Keeps refused items until the next claim. Those that leave a batch are recorded at once.
    async fn set_aside(&self, aside: SetAside) -> Result<(), RecordError> {
        let from = aside.replaces.and_then(|old| self.known(old));
        let items = aside.items.clone();
        self.apply(Record::SetAside(aside))?;
        if from.is_some() {
            return self.write_aside(items, from).await;
        }
        locked(&self.aside).extend(items);
        Ok(())
    }

    async fn write_aside(
        &self,
        items: Vec<RefusedItem>,
        from: Option<SharedBatch>,
    ) -> Result<(), RecordError> {
        let RunScope { operation, target, .. } = self.scope.clone();
        let left =
            self.journal.set_aside(SetAsideFrom { run: self.run, operation, target, items, from }).await?;
        if let Some(left) = left {
            self.keep(left);
        }
        Ok(())
    }

    /// Returns how long a sender has a batch.
    pub(super) fn lease(&self) -> Duration {
        self.journal.lease()
    }

    /// Returns the time after which leases are to be renewed.
    pub(super) fn renewal(&self) -> Duration {
        self.journal.lease() / 3
    }

    /// Extends the leases of the batches that are under way.
    pub(super) async fn renew(&self) {
        let batches =
            self.leased(|batch| matches!(batch.phase(), BatchPhase::Open | BatchPhase::Accepted(_)));
        if batches.is_empty() {
            return;
        }
        if let Err(error) = self.journal.renew(&batches).await {
            tracing::warn!(%error, "the leases of {} batches are not renewed", batches.len());
        }
    }

    fn leased(&self, wanted: impl Fn(&Batch) -> bool) -> Vec<(BatchId, u64)> {
        let known = locked(&self.known);
        let wanted = known.values().filter(|known| wanted(&known.batch));
        wanted.map(|known| (known.batch.id(), known.lease.epoch)).collect()
    }

    /// Ends the run, and returns how the journal has these items, whoever sent them. If it can't be asked,
    /// returns what the run knows, which is in the journal too.
    pub(super) async fn close(self, keys: &[ItemKey]) -> ClosedRun {
        let mut closed = ClosedRun::default();
        match self.end(keys, &mut closed).await {
            Ok(()) => closed,
            Err(error) => ClosedRun {
                state: self.state.into_inner().unwrap_or_else(PoisonError::into_inner),
                error: Some(error),
                ..ClosedRun::default()
            },
        }
    }

    async fn end(&self, keys: &[ItemKey], closed: &mut ClosedRun) -> Result<(), JournalError> {
        let aside = std::mem::take(&mut *locked(&self.aside));
        if !aside.is_empty() {
            self.write_aside(aside, None).await.map_err(|error| match error {
                RecordError::Write { source, .. } => source,
                error => JournalError::other(error),
            })?;
        }
        self.journal.end_run(self.run, &self.leased(|_| true)).await?;
        closed.state = JournalState::with_hash_key(self.hash_key);
        for keys in keys.chunks(LOOKED_UP) {
            for Standing { batch, is_under_way } in self.journal.standing(&self.scope, keys).await? {
                closed.under_way.extend(is_under_way.then(|| batch.id()));
                closed.state.adopt_more(batch);
            }
        }
        Ok(())
    }
}
