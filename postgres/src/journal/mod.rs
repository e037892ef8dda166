//! The journal of bulk runs that many senders share.

mod check;
mod claim;
mod items;
mod read;
mod report;
mod row;
mod snapshot;
mod statement;
mod step;
mod take_over;

use std::{
    collections::HashMap,
    ops::Range,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use specwright_runtime::{
    client::BoxFuture,
    journal::{
        BatchClaim, BatchId, Claimed, HashKey, ItemKey, JournalError, Record, RecordError, ReportOf,
        ReportStream, RunId, RunScope, RunStart, SetAsideFrom, SharedBatch, SharedJournal, Standing,
        TakeOver,
    },
};

pub use check::JournalCheck;
pub use report::UnfinishedStream;

use super::{database::Database, error::PostgresError};

/// How many batch numbers a sender draws at a time; the sequence has the same.
const NUMBERS: u64 = 1000;

/// The journal of bulk runs in a PostgreSQL database, which any number of senders on any number of hosts
/// write at the same time.
///
/// An item, known by operation, target and key, is in one batch, whoever sends it. A batch belongs to the
/// sender that claimed it for as long as its lease; after that another one may take it over, and the first
/// can't write any more. Data of items is not stored.
///
/// ```no_run
/// # async fn run() -> Result<(), specwright_postgres::PostgresError> {
/// use specwright_postgres::PostgresJournal;
/// use std::time::Duration;
///
/// let journal = PostgresJournal::connect("postgres://cards@db.example/cards").await?;
/// let journal = journal.with_lease(Duration::from_secs(30));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct PostgresJournal {
    database: Database,
    lease: Duration,
    patience: Duration,
    round_trips: AtomicU64,
    /// The numbers of scopes that were seen.
    scopes: Mutex<HashMap<(String, String), i32>>,
    hash_key: Mutex<Option<HashKey>>,
}

impl PostgresJournal {
    /// Connects to the database at a URL: see [`Database::connect`].
    ///
    /// # Errors
    ///
    /// As [`Database::connect`].
    pub async fn connect(url: &str) -> Result<Self, PostgresError> {
        Ok(Self::new(Database::connect(url).await?))
    }

    /// Returns the journal in a database whose schema is there.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self {
            database,
            lease: Duration::from_secs(60),
            patience: Duration::from_secs(300),
            round_trips: AtomicU64::default(),
            scopes: Mutex::default(),
            hash_key: Mutex::default(),
        }
    }

    /// Sets how long a sender has a batch, besides the time of an attempt, before others may take it over.
    /// The default is 60 s. A short one makes others continue sooner; one that is shorter than the database
    /// is away makes batches change their sender, which is safe, but may send items twice.
    #[must_use]
    pub fn with_lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }

    /// Sets for how long a run waits while the database is away. The default is 5 minutes.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Returns how many times a statement was sent and its answer awaited.
    #[must_use]
    pub fn round_trips(&self) -> u64 {
        self.round_trips.load(Ordering::Relaxed)
    }

    fn known_scope(&self, operation: &str, target: &str) -> Option<i32> {
        let scopes = self.scopes.lock().unwrap_or_else(PoisonError::into_inner);
        scopes.get(&(operation.to_owned(), target.to_owned())).copied()
    }

    fn remember_scope(&self, operation: &str, target: &str, scope: i32) {
        let mut scopes = self.scopes.lock().unwrap_or_else(PoisonError::into_inner);
        scopes.insert((operation.to_owned(), target.to_owned()), scope);
    }

    fn known_hash_key(&self) -> Option<HashKey> {
        *self.hash_key.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember_hash_key(&self, key: HashKey) {
        *self.hash_key.lock().unwrap_or_else(PoisonError::into_inner) = Some(key);
    }
}

impl SharedJournal for PostgresJournal {
    fn lease(&self) -> Duration {
        self.lease
    }

    fn begin_run<'a>(&'a self, scope: &'a RunScope) -> BoxFuture<'a, Result<RunStart, JournalError>> {
        Box::pin(async move { self.start_run(scope).await.map_err(JournalError::other) })
    }

    fn batch_numbers(&self) -> BoxFuture<'_, Result<Range<u64>, JournalError>> {
        Box::pin(async move { self.draw_numbers().await.map_err(JournalError::other) })
    }

    fn claim(&self, claim: BatchClaim) -> BoxFuture<'_, Result<Claimed, RecordError>> {
        Box::pin(self.claim_items(claim))
    }

    fn append<'a>(
        &'a self,
        known: &'a SharedBatch,
        record: Record,
        lease: Duration,
    ) -> BoxFuture<'a, Result<SharedBatch, RecordError>> {
        Box::pin(self.write_step(known, record, lease))
    }

    fn set_aside(&self, aside: SetAsideFrom) -> BoxFuture<'_, Result<Option<SharedBatch>, RecordError>> {
        Box::pin(self.write_aside(aside))
    }

    fn renew<'a>(&'a self, batches: &'a [(BatchId, u64)]) -> BoxFuture<'a, Result<(), JournalError>> {
        Box::pin(async move { self.renew_leases(batches).await.map_err(JournalError::other) })
    }

    fn take_over<'a>(
        &'a self,
        run: RunId,
        scope: &'a RunScope,
        which: TakeOver<'a>,
    ) -> BoxFuture<'a, Result<Vec<SharedBatch>, JournalError>> {
        Box::pin(async move { self.take_over_batches(run, scope, which).await.map_err(JournalError::other) })
    }

    fn standing<'a>(
        &'a self,
        scope: &'a RunScope,
        keys: &'a [ItemKey],
    ) -> BoxFuture<'a, Result<Vec<Standing>, JournalError>> {
        Box::pin(async move { self.batches_with(scope, keys).await.map_err(JournalError::other) })
    }

    fn end_run<'a>(
        &'a self,
        run: RunId,
        batches: &'a [(BatchId, u64)],
    ) -> BoxFuture<'a, Result<(), JournalError>> {
        Box::pin(async move { self.finish_run(run, batches).await.map_err(JournalError::other) })
    }

    fn report(&self, of: ReportOf) -> ReportStream<'_> {
        self.report_items(&of)
    }
}
