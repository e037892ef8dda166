//! A journal in memory.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{IllegalRecord, Journal, JournalError, Record, RecordPosition};

/// A journal that is gone when the process ends: for tests, and for sends that need not outlive a crash.
///
/// Clones share the records, so a test can drop a sender, as a crash would, and give a clone to another. As
/// with every journal, one at a time may write: the first clone that reads or writes keeps the others out
/// until it is dropped.
#[derive(Debug, Default)]
pub struct MemoryJournal {
    shared: Arc<Shared>,
    /// Whether this clone is the one that writes.
    is_writer: bool,
}

#[derive(Debug, Default)]
struct Shared {
    records: Mutex<Vec<Record>>,
    has_writer: AtomicBool,
}

impl MemoryJournal {
    /// Creates an empty journal.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns all records so far.
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
        work(&mut self.shared.records.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn become_writer(&mut self) -> Result<(), JournalError> {
        if !self.is_writer && self.shared.has_writer.swap(true, Ordering::AcqRel) {
            return Err(JournalError::InUse { path: PathBuf::new() });
        }
        self.is_writer = true;
        Ok(())
    }
}

impl Clone for MemoryJournal {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), is_writer: false }
    }
}

impl Drop for MemoryJournal {
    fn drop(&mut self) {
        if self.is_writer {
            self.shared.has_writer.store(false, Ordering::Release);
        }
    }
}

impl Journal for MemoryJournal {
    fn append(&mut self, record: &Record) -> Result<(), JournalError> {
        self.become_writer()?;
        self.with(|records| records.push(record.clone()));
        Ok(())
    }

    fn replay(
        &mut self,
        visit: &mut dyn FnMut(Record) -> Result<(), IllegalRecord>,
    ) -> Result<(), JournalError> {
        self.become_writer()?;
        for (line, record) in (1..).zip(self.records()) {
            visit(record).map_err(|source| JournalError::Illegal {
                position: RecordPosition { line, offset: 0 },
                source,
            })?;
        }
        Ok(())
    }

    fn retain(
        &mut self,
        keep: &mut dyn FnMut(&Record) -> bool,
        more: &mut dyn Iterator<Item = Record>,
    ) -> Result<(), JournalError> {
        self.become_writer()?;
        self.with(|records| {
            records.retain(|record| keep(record));
            records.extend(more);
        });
        Ok(())
    }

    fn blocks(&self) -> bool {
        false
    }
}
