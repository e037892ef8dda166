//! A journal whose writes a test controls.

use super::*;
use crate::send::journal::{IllegalRecord, Journal, JournalError};

/// A journal in memory that calls a function for each record.
pub(super) struct HookedJournal<F> {
    memory: MemoryJournal,
    append: F,
    blocks: bool,
}

/// Creates a journal that calls `append` for each record.
pub(super) fn hooked<F>(memory: &MemoryJournal, append: F) -> HookedJournal<F>
where
    F: FnMut(&mut MemoryJournal, &Record) -> Result<(), JournalError> + Send,
{
    HookedJournal { memory: memory.clone(), append, blocks: false }
}

impl<F> HookedJournal<F> {
    /// Makes the run call the journal on a thread of its own.
    pub(super) fn blocking(self) -> Self {
        Self { blocks: true, ..self }
    }
}

impl<F> Journal for HookedJournal<F>
where
    F: FnMut(&mut MemoryJournal, &Record) -> Result<(), JournalError> + Send,
{
    fn append(&mut self, record: &Record) -> Result<(), JournalError> {
        (self.append)(&mut self.memory, record)
    }

    fn replay(
        &mut self,
        visit: &mut dyn FnMut(Record) -> Result<(), IllegalRecord>,
    ) -> Result<(), JournalError> {
        self.memory.replay(visit)
    }

    fn retain(
        &mut self,
        keep: &mut dyn FnMut(&Record) -> bool,
        more: &mut dyn Iterator<Item = Record>,
    ) -> Result<(), JournalError> {
        self.memory.retain(keep, more)
    }

    fn blocks(&self) -> bool {
        self.blocks
    }
}
