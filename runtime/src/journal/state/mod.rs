//! What the records say, taken together. Records come in one after the other; a record that can't follow is refused and
//! changes nothing.

mod batch;
mod check;
mod groups;
mod standing;
mod step;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use batch::Batch;
use batch::Phase;
pub use standing::Standing;
pub use step::{Resume, Step};

use super::{BatchId, Illegal, Key, Plan, Record, SetAside};
use groups::Groups;

/// What was sent, what was not, and what is unknown: of each batch and of each item.
///
/// It takes some 150 bytes for each item of the journal; compact the journal now and then.
#[derive(Debug, Clone, Default)]
pub struct State {
    scopes: Vec<Scope>,
    batches: BTreeMap<BatchId, Batch>,
    /// The batch that an item was put in last.
    homes: HashMap<ScopedKey, BatchId>,
    /// Items that the validator refused. None of them has a home.
    aside: BTreeMap<ScopedKey, Aside>,
    groups: Groups,
    next: Option<BatchId>,
}

/// Where the same key is the same item.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Scope {
    operation: String,
    target: String,
}

/// Why an item was set aside, and the batch that it was in before.
#[derive(Debug, Clone)]
struct Aside {
    codes: Vec<String>,
    from: Option<BatchId>,
}

type ScopedKey = (u32, Key);

impl State {
    /// The state after these records, or the place (counted from 0) of the first that can't follow those before it.
    pub fn replay(records: impl IntoIterator<Item = Record>) -> Result<Self, (usize, Illegal)> {
        let mut state = Self::default();
        for (place, record) in records.into_iter().enumerate() {
            state.apply(record).map_err(|illegal| (place, illegal))?;
        }
        Ok(state)
    }

    /// Takes the next record. When it can't follow, nothing changes.
    pub fn apply(&mut self, record: Record) -> Result<(), Illegal> {
        self.check(&record)?;
        self.take(record);
        Ok(())
    }

    /// All batches, in the order of their numbers.
    pub fn batches(&self) -> impl Iterator<Item = &Batch> {
        self.batches.values()
    }

    /// One batch.
    #[must_use]
    pub fn batch(&self, id: BatchId) -> Option<&Batch> {
        self.batches.get(&id)
    }

    /// The number for the next batch.
    #[must_use]
    pub fn next_batch(&self) -> BatchId {
        self.next.unwrap_or(BatchId(1))
    }

    /// The batches that a crash left in the middle of an attempt, with the number of it.
    pub fn interrupted(&self) -> impl Iterator<Item = (BatchId, u32)> {
        let open = self.batches().filter(|batch| matches!(batch.phase, Phase::Open));
        open.map(|batch| (batch.id(), batch.attempts()))
    }

    /// The batches that a compaction keeps: those that are not over, with all that they passed items to or had them
    /// from.
    pub(super) fn batches_to_keep(&self) -> BTreeSet<BatchId> {
        let live = self.batches().filter(|batch| !batch.is_over());
        let groups: BTreeSet<BatchId> = live.map(|batch| self.groups.of(batch.id())).collect();
        self.batches.keys().copied().filter(|batch| groups.contains(&self.groups.of(*batch))).collect()
    }

    fn scope_of(&self, operation: &str, target: &str) -> Option<u32> {
        let place =
            self.scopes.iter().position(|scope| scope.operation == operation && scope.target == target)?;
        u32::try_from(place).ok()
    }

    fn scope_for(&mut self, operation: String, target: String) -> u32 {
        self.scope_of(&operation, &target).unwrap_or_else(|| {
            self.scopes.push(Scope { operation, target });
            u32::try_from(self.scopes.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// Takes a record that [`State::check`] let pass.
    fn take(&mut self, record: Record) {
        match record {
            Record::Planned(plan) => self.plan(plan),
            Record::SetAside(aside) => self.set_aside(aside),
            Record::Compacted { next_batch } => self.next = Some(next_batch),
            Record::Sending(attempt) | Record::Resending(attempt) => {
                self.with(attempt.batch, |batch| batch.begin(attempt));
            }
            Record::NotReceived { batch, .. } => self.with(batch, |batch| batch.phase = Phase::NotReceived),
            Record::Unclear { batch, .. } => self.with(batch, |batch| batch.phase = Phase::Unclear),
            Record::Accepted(acceptance) => {
                self.with(acceptance.batch, |batch| batch.phase = Phase::Accepted(acceptance));
            }
            Record::Refused(refusal) => self.with(refusal.batch, |batch| batch.refuse(refusal)),
            Record::Finished { batch, status, outcome } => {
                self.with(batch, |batch| batch.finish(status, outcome));
            }
            Record::Closed { batch } => self.with(batch, |batch| batch.closed = true),
        }
    }

    fn with(&mut self, batch: BatchId, change: impl FnOnce(&mut Batch)) {
        if let Some(batch) = self.batches.get_mut(&batch) {
            change(batch);
        }
    }

    fn plan(&mut self, plan: Plan) {
        let scope = self.scope_for(plan.operation.clone(), plan.target.clone());
        let doubts = plan.replaces.and_then(|old| self.batches.get(&old)).map_or(0, Batch::doubts_so_far);
        for key in &plan.keys {
            let place = (scope, key.clone());
            let from = self.aside.remove(&place).and_then(|aside| aside.from);
            if let Some(old) = self.homes.insert(place, plan.batch) {
                self.groups.join(old, plan.batch);
                self.with(old, |batch| batch.leave(key));
            } else if let Some(old) = from {
                self.groups.join(old, plan.batch);
            }
        }
        self.next = Some(BatchId(plan.batch.0.saturating_add(1)));
        self.batches.insert(plan.batch, Batch::new(plan, scope, doubts));
    }

    fn set_aside(&mut self, aside: SetAside) {
        let scope = self.scope_for(aside.operation, aside.target);
        for item in aside.items {
            let place = (scope, item.key);
            let left = self.homes.remove(&place);
            if let Some(old) = left {
                self.with(old, |batch| batch.leave(&place.1));
            }
            let before = self.aside.get(&place).and_then(|aside| aside.from);
            self.aside.insert(place, Aside { codes: item.codes, from: left.or(before) });
        }
    }
}
