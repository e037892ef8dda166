//! A journal with its state. Only records that can follow are written.

use std::collections::HashSet;

use super::{
    BatchId, HashKey, ItemState, Journal, JournalError, JournalState, Record, RecordError, Report, ReportItem,
};

/// A journal, and the state that its records add up to.
///
/// Writing blocks until the record is on the disk: keep it off the threads of an async runtime, and behind
/// one lock when batches go out side by side.
#[derive(Debug)]
pub struct Ledger<J> {
    journal: J,
    state: JournalState,
}

impl<J: Journal> Ledger<J> {
    /// Reads the journal. One that is empty is begun, with a secret of its own for hashes.
    ///
    /// # Errors
    ///
    /// The journal can't be read, or its records contradict each other.
    pub fn open(mut journal: J) -> Result<Self, JournalError> {
        let mut state = read(&mut journal)?;
        if state.is_empty() {
            let began = Record::Began { hash_key: HashKey::random() };
            journal.append(&began)?;
            // Nothing was there that it could contradict.
            let _ = state.apply(began);
        }
        Ok(Self { journal, state })
    }

    /// Returns the journal and its state apart.
    pub(crate) fn into_parts(self) -> (J, JournalState) {
        (self.journal, self.state)
    }

    /// Returns the state.
    #[must_use]
    pub fn state(&self) -> &JournalState {
        &self.state
    }

    /// Returns the journal.
    #[must_use]
    pub fn journal(&self) -> &J {
        &self.journal
    }

    /// Writes a record and applies it to the state. On an error it is not applied; see [`RecordError`].
    ///
    /// Text of the service that is not fit for a file, such as a code with a card number in it, is left out.
    pub fn record(&mut self, record: Record) -> Result<(), RecordError> {
        let record = record.guarded();
        self.state.check(&record).map_err(RecordError::Illegal)?;
        match self.journal.append(&record) {
            Ok(()) => self.state.apply(record).map_err(RecordError::Illegal),
            Err(source) => Err(RecordError::Write { record: Box::new(record), source }),
        }
    }

    /// Records that the attempts which a crash interrupted are unclear, and returns their batches. Nothing
    /// may be sent before.
    pub fn end_interrupted(&mut self) -> Result<Vec<BatchId>, RecordError> {
        let interrupted: Vec<_> = self.state.interrupted().collect();
        for (batch, attempt) in &interrupted {
            self.record(Record::Unclear { batch: *batch, attempt: *attempt })?;
        }
        Ok(interrupted.into_iter().map(|(batch, _)| batch).collect())
    }

    /// Calls `visit` with each item that the journal knows, once, with its state. This covers all runs of the
    /// journal, and takes 16 bytes of memory for an item.
    ///
    /// Items of batches that a compaction dropped have no names any more; [`JournalState::settled_items`]
    /// counts them too.
    ///
    /// # Errors
    ///
    /// The journal can't be read.
    pub fn items(&mut self, visit: &mut dyn FnMut(ReportItem, ItemState<'_>)) -> Result<(), JournalError> {
        let Self { journal, state } = self;
        let mut reported = HashSet::new();
        journal.replay(&mut |record| {
            if let Record::Planned(plan) = record {
                state.items_of(&plan, &mut reported, visit);
            }
            Ok(())
        })?;
        state.items_aside(visit);
        Ok(())
    }

    /// Returns what happened to each item that the journal knows by name: see [`Ledger::items`].
    ///
    /// # Errors
    ///
    /// The journal can't be read.
    pub fn report(&mut self) -> Result<Report, JournalError> {
        let mut report = Report::default();
        self.items(&mut |item, state| report.add(item, state))?;
        Ok(report)
    }

    /// Drops the records of batches that the service has finished or that have no items left, and those of
    /// items that were set aside. Returns how many batches went.
    ///
    /// Closed batches stay, because what is known of their items may say less than that they are over; so do
    /// those that share items with a batch that stays.
    ///
    /// Hashes of the items stay, so that none of them is sent again. A crash leaves either the whole journal
    /// or the shorter one.
    ///
    /// # Errors
    ///
    /// The journal can't be read or replaced.
    pub fn compact(&mut self) -> Result<usize, JournalError> {
        let state = self.state.settled();
        let stays = state.stays();
        let mut dropped = 0;
        let mut keep = |record: &Record| {
            let keeps = matches!(record, Record::Began { .. }) || record.batch().is_some_and(&stays);
            dropped += usize::from(!keeps && matches!(record, Record::Planned(_)));
            keeps
        };
        let last = Record::Compacted { next_batch: state.next_batch() };
        self.journal.retain(&mut keep, &mut state.settled_records().chain([last]))?;
        self.state = read(&mut self.journal)?;
        Ok(dropped)
    }
}

/// Returns the state of a journal; of batches that are over, only the hashes of their items.
fn read(journal: &mut impl Journal) -> Result<JournalState, JournalError> {
    let mut state = JournalState::default();
    state.settle_batches(true);
    journal.replay(&mut |record| state.apply(record))?;
    state.settle_batches(false);
    Ok(state)
}
