//! What all parts of a run share: the request, the journal, and the account so far.

use std::sync::{Mutex, PoisonError};

use super::{
    Bulk, BulkProblem, BulkRequest, BulkRun, OnUnclear, account::Account, options::Options, pause::Pause,
    progress::Board, run::Trouble, writer::Writer,
};
use crate::send::{
    client::{Call, Cause, Error},
    journal::{BatchId, Journal, Key, Record, RecordError, Standing, State, is_fit},
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
    pub(super) pause: Pause,
    writer: Writer<J>,
    account: Mutex<Account>,
    /// The number that was given to the last batch, which may not be written down yet.
    last_batch: Mutex<u64>,
}

/// The target goes to the disk as it is, unless it looks like a secret: then it is a number that only tells
/// it from others.
fn fit(target: String) -> String {
    if target.is_empty() || is_fit(&target) {
        return target;
    }
    format!("#{:08x}", crc32fast::hash(target.as_bytes()))
}

impl<R: BulkRequest, J: Journal + 'static> Sender<R, J> {
    /// Opens the journal and writes down what an earlier run left open. Nothing can be sent before.
    pub(super) async fn open(bulk: Bulk<R, J>) -> Result<Self, BulkProblem> {
        let Bulk { request, journal, mut options } = bulk;
        let (operation, target) = (request.call().operation, fit(request.call().target()));
        let Some(description) = operation.bulk else { return Err(BulkProblem::NoBulk(operation.id)) };
        let media_types = operation.request.map_or(&[][..], |body| body.media_types);
        let json = media_types.iter().find(|media_type| media_type.contains("json"));
        let new = Self {
            request,
            bulk: description,
            media_type: json.copied().unwrap_or("application/json"),
            operation: operation.id,
            target,
            board: Board::new(options.progress.take()),
            options,
            pause: Pause::default(),
            writer: Writer::open(journal).await.map_err(BulkProblem::Open)?,
            account: Mutex::default(),
            last_batch: Mutex::default(),
        };
        new.check_request()?;
        let interrupted: Vec<(BatchId, u32)> = new.state(|state| state.interrupted().collect());
        for (batch, attempt) in interrupted {
            new.record(Record::Unclear { batch, attempt }).await.map_err(BulkProblem::Journal)?;
        }
        Ok(new)
    }

    /// What is wrong with the request itself would be wrong with every batch.
    fn check_request(&self) -> Result<(), BulkProblem> {
        let call = self.call(bytes::Bytes::new());
        let unsent = |cause| BulkProblem::Request(Error::unsent(self.operation, cause));
        let of_parameters = call.violations_of_parameters();
        if of_parameters.errors().next().is_some() {
            return Err(unsent(Cause::Invalid(of_parameters)));
        }
        call.prepare().map(drop).map_err(|error| unsent(Cause::Request(error)))
    }

    /// The request with this body.
    pub(super) fn call(&self, body: bytes::Bytes) -> Call {
        let mut call = self.request.call().clone();
        call.bytes(self.media_type, body);
        call
    }

    /// Writes a step down. After an error, what depends on it must not be done.
    pub(super) async fn record(&self, record: Record) -> Result<(), RecordError> {
        self.writer.record(record).await
    }

    /// Looks at the journal's state.
    pub(super) fn state<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        self.writer.state(look)
    }

    /// Looks at how it stands with an item.
    pub(super) fn standing<T>(&self, key: &Key, look: impl FnOnce(Option<Standing<'_>>) -> T) -> T {
        self.state(|state| look(state.standing(self.operation, &self.target, key)))
    }

    /// Returns the hash that the journal's state knows an item by.
    pub(super) fn item(&self, key: &Key) -> u128 {
        self.state(|state| state.item(self.operation, &self.target, key))
    }

    /// Returns a number for a new batch. Several may be written down at the same time.
    pub(super) fn new_batch(&self) -> BatchId {
        let next = self.state(State::next_batch).0;
        let mut last = self.last_batch.lock().unwrap_or_else(PoisonError::into_inner);
        *last = next.max(last.saturating_add(1));
        BatchId(*last)
    }

    /// Adds to what is remembered for the caller. Items of records grow and shrink whole, even when somebody
    /// panicked.
    pub(super) fn account<T>(&self, change: impl FnOnce(&mut Account) -> T) -> T {
        change(&mut self.account.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn trouble(&self, batch: BatchId, what: String) {
        self.account(|account| account.troubles.push(Trouble { batch, what }));
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

    /// Closes the journal, and returns the account: every item that was read is in it.
    pub(super) async fn into_run(self, unread: Option<u64>) -> BulkRun {
        let Self { writer, account, operation, target, board, .. } = self;
        let state = writer.close().await;
        let account = account.into_inner().unwrap_or_else(PoisonError::into_inner);
        BulkRun {
            report: account.report(&state, operation, &target),
            faults: account.faults,
            warnings: account.warnings,
            troubles: account.troubles,
            progress: board.now(),
            unread,
        }
    }
}
