//! What all parts of a run share: the request, the journal, and the account so far.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    Bulk, BulkProblem, BulkRequest, BulkRun, ItemFault, OnUnclear, options::Options, progress::Board,
    run::Trouble,
};
use crate::{
    client::{Call, Cause, Error},
    journal::{BatchId, Journal, JournalError, Key, Ledger, Record, RecordError, State, is_fit},
    operation::{self, Repeatable},
};

/// A run.
pub(super) struct Sender<R, J> {
    pub(super) request: R,
    pub(super) bulk: operation::Bulk,
    pub(super) media_type: &'static str,
    pub(super) operation: &'static str,
    pub(super) target: String,
    pub(super) options: Options,
    pub(super) board: Board,
    ledger: Mutex<Ledger<J>>,
    account: Mutex<Account>,
}

/// What is remembered for the caller, beside the journal.
#[derive(Default)]
struct Account {
    faults: Vec<ItemFault>,
    troubles: Vec<Trouble>,
    /// Items that were read and may not be in the journal, because it failed.
    unwritten: Vec<Key>,
}

/// Items of records grow and shrink whole, even when somebody panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The target goes to the disk as it is, unless it looks like a secret: then it is a number that only tells it from
/// others.
fn fit(target: String) -> String {
    if target.is_empty() || is_fit(&target) {
        return target;
    }
    format!("#{:08x}", crc32fast::hash(target.as_bytes()))
}

impl<R: BulkRequest, J: Journal> Sender<R, J> {
    /// Opens the journal and writes down what an earlier run left open. Nothing can be sent before.
    pub(super) fn open(bulk: Bulk<R, J>) -> Result<Self, BulkProblem> {
        let Bulk { request, journal, mut options } = bulk;
        let (operation, target) = (request.call().operation, fit(request.call().target()));
        let Some(description) = operation.bulk else { return Err(BulkProblem::NoBulk(operation.id)) };
        let media_types = operation.request.map_or(&[][..], |body| body.media_types);
        let json = media_types.iter().find(|media_type| media_type.contains("json"));
        let media_type = json.copied().unwrap_or("application/json");
        let board = Board::new(options.progress.take());
        let ledger = Mutex::new(Ledger::open(journal).map_err(BulkProblem::Open)?);
        let account = Mutex::default();
        let operation = operation.id;
        let new = Self {
            request,
            bulk: description,
            media_type,
            operation,
            target,
            options,
            board,
            ledger,
            account,
        };
        // What is wrong with the request itself would be wrong with every batch.
        let call = new.call(bytes::Bytes::new());
        let unsent = |cause| BulkProblem::Request(Error::unsent(operation, cause));
        let of_parameters = call.violations_of_parameters();
        if of_parameters.errors().next().is_some() {
            return Err(unsent(Cause::Invalid(of_parameters)));
        }
        call.prepare().map_err(|error| unsent(Cause::Request(error)))?;
        locked(&new.ledger).end_interrupted().map_err(BulkProblem::Journal)?;
        Ok(new)
    }

    /// The request with this body.
    pub(super) fn call(&self, body: bytes::Bytes) -> Call {
        let mut call = self.request.call().clone();
        call.bytes(self.media_type, body);
        call
    }

    /// Writes a step down. After an error, what depends on it must not be done.
    pub(super) fn record(&self, record: Record) -> Result<(), RecordError> {
        let Some(writes) = &self.options.writes else { return locked(&self.ledger).record(record) };
        let mut written = None;
        writes(&mut || {
            if written.is_none() {
                written = Some(locked(&self.ledger).record(record.clone()));
            }
        });
        // Whoever did not call it has written nothing, and nothing may be sent then.
        let nothing = || RecordError::Write { record: Box::new(record), source: JournalError::Poisoned };
        written.unwrap_or_else(|| Err(nothing()))
    }

    /// Looks at the journal's state.
    pub(super) fn state<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(locked(&self.ledger).state())
    }

    pub(super) fn faults(&self, faults: impl IntoIterator<Item = ItemFault>) {
        locked(&self.account).faults.extend(faults);
    }

    pub(super) fn trouble(&self, batch: BatchId, what: String) {
        locked(&self.account).troubles.push(Trouble { batch, what });
    }

    pub(super) fn unwritten(&self, keys: impl IntoIterator<Item = Key>) {
        locked(&self.account).unwritten.extend(keys);
    }

    /// What the caller wants done with a batch that may have been received.
    pub(super) fn on_unclear(&self) -> OnUnclear {
        let by_definition = match self.request.call().operation.repeatable {
            Repeatable::Never => OnUnclear::Leave,
            Repeatable::ByKey | Repeatable::Always => OnUnclear::Resend,
        };
        self.options.on_unclear.unwrap_or(by_definition)
    }

    /// Whether an attempt may follow one that may have been received.
    pub(super) fn repeatable(&self) -> Repeatable {
        match (self.on_unclear(), self.request.call().operation.repeatable) {
            (OnUnclear::Leave, _) => Repeatable::Never,
            // The caller knows better than the definition.
            (OnUnclear::Resend, Repeatable::Never) => Repeatable::ByKey,
            (OnUnclear::Resend, known) => known,
        }
    }

    /// The account. Every item that was read is in it.
    pub(super) fn into_run(self) -> BulkRun {
        let ledger = self.ledger.into_inner().unwrap_or_else(PoisonError::into_inner);
        let account = self.account.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut report = ledger.report();
        report.keep_only(self.operation, &self.target);
        let unknown = |key: &Key| ledger.state().standing(self.operation, &self.target, key).is_none();
        let unwritten: HashSet<Key> = account.unwritten.into_iter().filter(unknown).collect();
        report.add_not_sent(self.operation, &self.target, unwritten);
        BulkRun { report, faults: account.faults, troubles: account.troubles, progress: self.board.now() }
    }
}
