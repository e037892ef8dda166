//! A batch as plain data: what a journal that is no sequence of records keeps of it.

use std::collections::BTreeMap;

use super::{Batch, BatchPhase, JournalState};
use crate::send::journal::{AttemptRecord, BatchId, BatchPlan, HashKey, ItemKey};

/// All that is known of a batch, as plain data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BatchParts {
    /// The plan. Items that went to other batches since may be left out of it.
    pub plan: BatchPlan,
    /// How many items it was planned with.
    pub size: usize,
    /// How many of them went to other batches.
    pub moved: usize,
    /// The items that the service refused by name, with its codes.
    pub refused: BTreeMap<ItemKey, Vec<String>>,
    /// The point where it is.
    pub phase: BatchPhase,
    /// The last attempt that was begun.
    pub last_attempt: Option<AttemptRecord>,
    /// How many attempts before the last one may have been received, those of the batch that it replaces
    /// included.
    pub unclear_attempts: u32,
    /// Whether somebody closed it.
    pub closed: bool,
}

impl Batch {
    /// Returns the batch that these parts describe.
    #[must_use]
    pub fn restore(parts: BatchParts) -> Self {
        let BatchParts { plan, size, moved, refused, phase, last_attempt, unclear_attempts, closed } = parts;
        Self {
            plan,
            hashes: Vec::new(),
            scope: 0,
            phase,
            last: last_attempt,
            unclear_attempts,
            closed,
            size,
            moved,
            refused,
        }
    }

    /// Returns all that is known of the batch.
    #[must_use]
    pub fn parts(&self) -> BatchParts {
        BatchParts {
            plan: self.plan.clone(),
            size: self.size,
            moved: self.moved,
            refused: self.refused.clone(),
            phase: self.phase.clone(),
            last_attempt: self.last.clone(),
            unclear_attempts: self.unclear_attempts,
            closed: self.closed,
        }
    }

    /// Returns the point where it is.
    #[must_use]
    pub fn phase(&self) -> &BatchPhase {
        &self.phase
    }
}

impl JournalState {
    /// Returns the state of a journal without batches, whose hashes are made with this key.
    #[must_use]
    pub fn with_hash_key(hash_key: HashKey) -> Self {
        Self { hash_key: Some(hash_key), ..Self::default() }
    }

    /// Takes a batch as another journal has it, in place of what was known of it and of its items.
    pub fn adopt(&mut self, mut batch: Batch) {
        let id = batch.id();
        batch.scope = self.scope_for(&batch.plan.operation, &batch.plan.target);
        batch.hashes = self.hashes_of(&batch.plan);
        for hash in &batch.hashes {
            self.aside.remove(hash);
            self.batch_of_item.insert(*hash, id);
        }
        self.batches.insert(id, batch);
    }

    /// Takes more items of a batch that was adopted.
    pub(crate) fn adopt_more(&mut self, mut batch: Batch) {
        if let Some(known) = self.batches.remove(&batch.id()) {
            batch.plan.keys.extend(known.plan.keys);
            batch.refused.extend(known.refused);
        }
        self.adopt(batch);
    }

    /// Forgets a batch, and which items are in it.
    pub(crate) fn forget(&mut self, id: BatchId) {
        let Some(batch) = self.batches.remove(&id) else { return };
        for hash in &batch.hashes {
            if self.batch_of_item.get(hash) == Some(&id) {
                self.batch_of_item.remove(hash);
            }
        }
    }
}
