//! A journal in memory.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Illegal, Journal, JournalError, Place, Record};

/// A journal that is gone when the process ends: for tests, and for sends that need not outlive a crash.
///
/// Clones share the records, so a test can drop a sender, as a crash would, and give the journal to another.
#[derive(Debug, Clone, Default)]
pub struct MemoryJournal {
    records: Arc<Mutex<Vec<Record>>>,
}

impl MemoryJournal {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All records so far.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        self.with(|records| records.clone())
    }

    /// Looks at all records so far, without copies of them.
    #[cfg(test)]
    pub(crate) fn look<T>(&self, look: impl FnOnce(&[Record]) -> T) -> T {
        self.with(|records| look(records))
    }

    /// Records are whole or not there, even when somebody panicked.
    fn with<T>(&self, work: impl FnOnce(&mut Vec<Record>) -> T) -> T {
        work(&mut self.records.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Journal for MemoryJournal {
    fn append(&mut self, record: &Record) -> Result<(), JournalError> {
        self.with(|records| records.push(record.clone()));
        Ok(())
    }

    fn replay(&mut self, visit: &mut dyn FnMut(Record) -> Result<(), Illegal>) -> Result<(), JournalError> {
        for (line, record) in (1..).zip(self.records()) {
            visit(record)
                .map_err(|source| JournalError::Illegal { place: Place { line, offset: 0 }, source })?;
        }
        Ok(())
    }

    fn retain(&mut self, keep: &mut dyn FnMut(&Record) -> bool, last: &Record) -> Result<(), JournalError> {
        self.with(|records| {
            records.retain(|record| keep(record));
            records.push(last.clone());
        });
        Ok(())
    }
}
