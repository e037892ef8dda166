//! A journal with its state: nothing is written that can't follow, and nothing counts that is not written.

use super::{BatchId, Journal, JournalError, Record, RecordError, Report, State};

/// What a sender holds: a journal, and the state that its records add up to.
///
/// Writing blocks until the record is on the disk: keep it off the threads of an async runtime, and behind one lock when
/// batches go out side by side.
#[derive(Debug)]
pub struct Ledger<J> {
    journal: J,
    state: State,
}

impl<J: Journal> Ledger<J> {
    /// Reads the journal.
    pub fn open(mut journal: J) -> Result<Self, JournalError> {
        let mut state = State::default();
        journal.replay(&mut |record| state.apply(record))?;
        Ok(Self { journal, state })
    }

    /// What is known so far.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The journal itself.
    #[must_use]
    pub fn journal(&self) -> &J {
        &self.journal
    }

    /// Writes a step down and takes it. On an error it counts as not taken; see [`RecordError`].
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

    /// The first thing after a crash: writes down that the attempts in whose middle it came are unclear, and tells their
    /// batches.
    pub fn end_interrupted(&mut self) -> Result<Vec<BatchId>, RecordError> {
        let interrupted: Vec<_> = self.state.interrupted().collect();
        for (batch, attempt) in &interrupted {
            self.record(Record::Unclear { batch: *batch, attempt: *attempt })?;
        }
        Ok(interrupted.into_iter().map(|(batch, _)| batch).collect())
    }

    /// What happened to each item that the journal knows.
    #[must_use]
    pub fn report(&self) -> Report {
        self.state.report()
    }

    /// Drops what is over: batches that need nothing more, and items that were set aside. It tells how many batches went.
    ///
    /// Take the [report](Self::report) before, and do it when the caller will not send the same items again: the journal
    /// knows them no longer. A crash leaves either the whole journal or the shorter one.
    pub fn compact(&mut self) -> Result<usize, JournalError> {
        let kept = self.state.batches_to_keep();
        let dropped = self.state.batches().count() - kept.len();
        let last = Record::Compacted { next_batch: self.state.next_batch() };
        let mut keep = |record: &Record| record.batch().is_some_and(|batch| kept.contains(&batch));
        self.journal.retain(&mut keep, &last)?;
        let mut state = State::default();
        self.journal.replay(&mut |record| state.apply(record))?;
        self.state = state;
        Ok(dropped)
    }
}
