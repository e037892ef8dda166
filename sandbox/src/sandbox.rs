//! A running sandbox: the store, the rules in force, and who waits for changes.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;
use tracing::{error, info};

use crate::bulk::{BulkRequestRecord, Caller, Item, Kind};
use crate::faults::{Faults, Operation, Rule, Trouble};
use crate::instant::Instant;
use crate::store::{Processing, Store, StoreError};

/// How many refused requests are remembered.
const REFUSED: usize = 100;

/// How long the processing pauses when the store has failed.
const PAUSE: Duration = Duration::from_secs(1);

/// What all requests to a sandbox share.
#[derive(Debug)]
pub struct Sandbox {
    store: Store,
    processing: Processing,
    faults: Mutex<Faults>,
    refused: Mutex<VecDeque<Refused>>,
    /// Counts changes of what the sandbox has to tell.
    changes: watch::Sender<u64>,
    is_closing: AtomicBool,
    base_url: String,
    started_at: Instant,
}

/// A request that was refused, without any value of it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// When.
    pub at: Instant,
    /// The operation, if the request was for one.
    pub operation: Option<&'static str>,
    /// The status of the answer.
    pub status: u16,
    /// What was wrong with the body, as code and data path.
    pub violations: Vec<(String, String)>,
}

impl Sandbox {
    /// Creates a sandbox that is called at `base_url`.
    #[must_use]
    pub fn new(store: Store, processing: Processing, rules: Vec<Rule>, base_url: String) -> Arc<Self> {
        Arc::new(Self {
            store,
            processing,
            faults: Mutex::new(Faults::new(rules, processing.seed, Instant::now())),
            refused: Mutex::default(),
            changes: watch::Sender::new(0),
            is_closing: AtomicBool::new(false),
            base_url,
            started_at: Instant::now(),
        })
    }

    /// Returns where the sandbox is called: scheme, host and port.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns when the sandbox was created.
    pub(crate) fn started_at(&self) -> Instant {
        self.started_at
    }

    /// Returns the store, for reading. What is written to it goes through the methods of the sandbox.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Keeps a request that has passed all checks, and whether it is to end with warnings. It is on disk when
    /// this returns.
    ///
    /// # Errors
    ///
    /// The store failed.
    pub async fn accept(
        self: &Arc<Self>,
        caller: Caller,
        kind: Kind,
        items: Vec<Item>,
        has_warnings: bool,
    ) -> Result<BulkRequestRecord, StoreError> {
        let delay = self.processing.delay;
        let accepted = self.write(move |store| {
            let now = Instant::now();
            store.accept(caller, kind, &items, has_warnings, now, now.after(delay))
        });
        let accepted = accepted.await?;
        info!(id = accepted.id, kind = ?accepted.kind, items = accepted.total, "a bulk request was accepted");
        self.changed();
        Ok(accepted)
    }

    /// Does something that waits for the disk, without keeping other requests waiting.
    ///
    /// # Errors
    ///
    /// The store failed.
    pub(crate) async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        write: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let sandbox = self.clone();
        match tokio::task::spawn_blocking(move || write(&sandbox.store)).await {
            Ok(result) => result,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // The runtime is ending, and whoever waits here with it.
                Err(_) => std::future::pending().await,
            },
        }
    }

    /// Processes what is due, until the future is dropped.
    pub async fn process(self: Arc<Self>) {
        let mut changes = self.changes.subscribe();
        loop {
            let processing = self.processing;
            let processed = self.write(move |store| store.process(&processing, Instant::now())).await;
            let wait = match processed {
                Ok(processed) if processed.is_empty() => self.next_due(),
                Ok(processed) => {
                    for record in &processed {
                        let BulkRequestRecord { id, status, ignored, .. } = record;
                        info!(id, ?status, ignored, "a bulk request was processed");
                    }
                    self.changed();
                    continue;
                }
                Err(error) => {
                    error!(%error, "bulk requests can't be processed");
                    Some(PAUSE)
                }
            };
            // Whatever is accepted meanwhile is due later; with nothing to do, it is waited for.
            let change = changes.changed();
            match wait {
                Some(wait) => _ = tokio::time::timeout(wait, change).await,
                None => _ = change.await,
            }
        }
    }

    /// Returns how long it is until something is due, or `None` if nothing is in progress.
    fn next_due(&self) -> Option<Duration> {
        match self.store.next_due() {
            Ok(due) => due.map(|due| due.since(Instant::now())),
            Err(error) => {
                error!(%error, "the queue can't be read");
                Some(PAUSE)
            }
        }
    }

    /// Returns what goes wrong with a call.
    pub(crate) fn meet(&self, operation: Operation) -> Trouble {
        let trouble = locked(&self.faults).meet(operation, Instant::now());
        if trouble != Trouble::default() {
            info!(?operation, ?trouble, "a call meets a fault");
            self.changed();
        }
        trouble
    }

    /// Returns the rules in force.
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        locked(&self.faults).rules()
    }

    /// Replaces the rules.
    pub fn set_rules(&self, rules: Vec<Rule>) {
        info!(rules = rules.len(), "the rules of faults were set");
        *locked(&self.faults) = Faults::new(rules, self.processing.seed, Instant::now());
        self.changed();
    }

    /// Remembers a request that was refused.
    pub(crate) fn refuse(&self, refused: Refused) {
        let mut all = locked(&self.refused);
        all.truncate(REFUSED - 1);
        all.push_front(refused);
        drop(all);
        self.changed();
    }

    /// Returns the requests that were refused, the last one first.
    #[must_use]
    pub fn refused(&self) -> Vec<Refused> {
        locked(&self.refused).iter().cloned().collect()
    }

    /// Says that the sandbox ends, so that nobody waits for changes any more.
    pub(crate) fn close(&self) {
        self.is_closing.store(true, Ordering::Relaxed);
        self.changed();
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.is_closing.load(Ordering::Relaxed)
    }

    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }
}

/// No line that holds a lock here can leave what it guards half changed.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
