//! The state that the records add up to. Records are applied one by one; a record that can't follow is
//! refused and changes nothing.

mod batch;
mod check;
mod groups;
mod item_state;
mod lookup;
mod next_step;
mod parts;
mod settled;
mod step;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry},
    fmt,
};

pub use batch::{Batch, BatchPhase};
pub use item_state::ItemState;
pub use next_step::{NextStep, Resume};
pub use parts::BatchParts;

use super::{BatchId, BatchPlan, Fate, HashKey, IllegalRecord, ItemKey, Record, SetAside, hash::ItemHasher};
use groups::Groups;
use settled::{ByValue, SettledItems};

/// The state of each batch and of each item: sent, not sent, or unclear.
///
/// Items of batches that are over when the journal is read take under 40 bytes each, all others some 150.
#[derive(Debug, Clone, Default)]
pub struct JournalState {
    hash_key: Option<HashKey>,
    scopes: Vec<Scope>,
    batches: BTreeMap<BatchId, Batch>,
    /// The batch that an item was put in last, by the hash of the item.
    batch_of_item: HashMap<u128, BatchId, ByValue>,
    /// Items that the validator refused, by their hashes. None of them has a holder.
    aside: HashMap<u128, Aside, ByValue>,
    /// Items whose batches are over and gone.
    settled: SettledItems,
    groups: Groups,
    next: Option<BatchId>,
    /// Whether batches that are over go at once.
    settles: bool,
}

/// Where the same key is the same item.
#[derive(Clone)]
struct Scope {
    operation: String,
    target: String,
    /// With both of them in it.
    hasher: ItemHasher,
}

/// Why an item was set aside, and the batch that it was in before.
#[derive(Debug, Clone)]
struct Aside {
    key: ItemKey,
    scope: u32,
    codes: Vec<String>,
    from: Option<BatchId>,
}

impl JournalState {
    /// Returns the state after these records.
    ///
    /// # Errors
    ///
    /// The index of the first record that can't follow those before it, and why not.
    pub fn replay(records: impl IntoIterator<Item = Record>) -> Result<Self, (usize, IllegalRecord)> {
        let mut state = Self::default();
        for (index, record) in records.into_iter().enumerate() {
            state.apply(record).map_err(|illegal| (index, illegal))?;
        }
        Ok(state)
    }

    /// Takes the next record. When it can't follow, nothing changes.
    ///
    /// # Errors
    ///
    /// Why the record can't follow.
    pub fn apply(&mut self, record: Record) -> Result<(), IllegalRecord> {
        // Nearly all that a journal holds is planned items, and their hashes are needed for both.
        if let Record::Planned(plan) = record {
            let hashes = self.hashes_of(&plan);
            self.check_plan(&plan, &hashes, Record::PLANNED)?;
            self.plan(plan, hashes);
            return Ok(());
        }
        self.check(&record)?;
        self.take(record);
        Ok(())
    }

    /// Returns the hashes of the items of a plan, in their order.
    fn hashes_of(&self, plan: &BatchPlan) -> Vec<u128> {
        let hasher = self.hasher_of(&plan.operation, &plan.target);
        plan.keys.iter().map(|key| key.hash(hasher.clone())).collect()
    }

    /// Returns true if there was no record.
    pub(super) fn is_empty(&self) -> bool {
        self.hash_key.is_none() && self.scopes.is_empty() && self.next.is_none() && self.settled.len() == 0
    }

    /// From here on, batches that are over are forgotten but for the hashes of their items, or not any more.
    pub(super) fn settle_batches(&mut self, settles: bool) {
        self.settles = settles;
    }

    /// Returns a keyed hash of a text that is not fit to be recorded, as the key of an item within
    /// `input`. `repeat` says how many items with the same text came before it in that input.
    #[must_use]
    pub fn hash_of(&self, input: &str, text: &[u8], repeat: u32) -> u128 {
        let hasher = self.hasher().text(b"item").text(input.as_bytes());
        hasher.text(text).text(&repeat.to_le_bytes()).finish()
    }

    fn hasher(&self) -> ItemHasher {
        self.hash_key.unwrap_or_default().hasher()
    }

    /// Returns the batches that are not settled, in the order of their numbers.
    pub fn batches(&self) -> impl Iterator<Item = &Batch> {
        self.batches.values()
    }

    /// Returns a batch, if it is there and not settled.
    #[must_use]
    pub fn batch(&self, id: BatchId) -> Option<&Batch> {
        self.batches.get(&id)
    }

    /// Returns the number for the next batch.
    #[must_use]
    pub fn next_batch(&self) -> BatchId {
        self.next.unwrap_or(BatchId(1))
    }

    /// Returns the batches that a crash left in the middle of an attempt, with the number of it.
    pub fn interrupted(&self) -> impl Iterator<Item = (BatchId, u32)> {
        let open = self.batches().filter(|batch| matches!(batch.phase, BatchPhase::Open));
        open.map(|batch| (batch.id(), batch.attempts()))
    }

    /// Returns the batches that a compaction keeps, as a question: those that are not over, with all that
    /// they passed items to or had them from.
    pub(super) fn stays(&self) -> impl Fn(BatchId) -> bool {
        let live = self.batches().filter(|batch| !batch.is_final());
        let groups: BTreeSet<BatchId> = live.map(|batch| self.groups.of(batch.id())).collect();
        let all = self.groups.clone();
        move |batch| groups.contains(&all.of(batch))
    }

    /// Returns the same state in which all batches that are over are settled.
    pub(super) fn settled(&self) -> Self {
        let mut state = self.clone();
        let over: Vec<BatchId> = state.batches().filter(|batch| batch.is_final()).map(Batch::id).collect();
        for batch in over {
            state.settle(batch);
        }
        state
    }

    /// Returns the items whose batches are over and gone, as records.
    pub(super) fn settled_records(&self) -> impl Iterator<Item = Record> {
        self.settled.records()
    }

    /// Returns how many items there are whose batches are over and gone.
    #[must_use]
    pub fn settled_items(&self) -> usize {
        self.settled.len()
    }

    /// Returns how many of those items ended in which way.
    pub fn settled_fates(&self) -> impl Iterator<Item = (Fate, usize)> {
        self.settled.fates().into_iter()
    }

    fn scope_of(&self, operation: &str, target: &str) -> Option<u32> {
        let index =
            self.scopes.iter().position(|scope| scope.operation == operation && scope.target == target)?;
        u32::try_from(index).ok()
    }

    fn scope_for(&mut self, operation: &str, target: &str) -> u32 {
        self.scope_of(operation, target).unwrap_or_else(|| {
            let hasher = self.scope_hasher(operation, target);
            self.scopes.push(Scope { operation: operation.to_owned(), target: target.to_owned(), hasher });
            u32::try_from(self.scopes.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn scope_hasher(&self, operation: &str, target: &str) -> ItemHasher {
        self.hasher().text(operation.as_bytes()).text(target.as_bytes())
    }

    /// Returns the hash of an item of a scope that is known.
    fn hash_in(&self, scope: u32, key: &ItemKey) -> u128 {
        let scope = usize::try_from(scope).ok().and_then(|index| self.scopes.get(index));
        key.hash(scope.map_or_else(|| self.hasher(), |scope| scope.hasher.clone()))
    }

    /// Returns the hash that an item is known by here.
    pub(crate) fn item(&self, operation: &str, target: &str, key: &ItemKey) -> u128 {
        key.hash(self.hasher_of(operation, target))
    }

    /// Returns what begins the hashes of all items of a scope, known or not.
    fn hasher_of(&self, operation: &str, target: &str) -> ItemHasher {
        let known = self.scopes.iter().find(|scope| scope.operation == operation && scope.target == target);
        known.map_or_else(|| self.scope_hasher(operation, target), |scope| scope.hasher.clone())
    }

    /// Takes a record that [`JournalState::check`] let pass.
    fn take(&mut self, record: Record) {
        match record {
            Record::Began { hash_key } => self.hash_key = Some(hash_key),
            Record::Planned(plan) => {
                let hashes = self.hashes_of(&plan);
                self.plan(plan, hashes);
            }
            Record::SetAside(aside) => self.set_aside(aside),
            Record::Settled { state, items } => {
                for hash in &items.0 {
                    // It stands in the records of a batch that stayed for the sake of another one.
                    self.batch_of_item.remove(hash);
                }
                self.settled.extend(&state, &items);
            }
            Record::Compacted { next_batch } => self.next = Some(next_batch),
            step => {
                if let Some(id) = step.batch() {
                    self.with(id, |batch| batch.apply(step));
                }
            }
        }
    }

    fn with(&mut self, id: BatchId, change: impl FnOnce(&mut Batch)) {
        if let Some(batch) = self.batches.get_mut(&id) {
            change(batch);
            if self.settles && batch.is_final() {
                self.settle(id);
            }
        }
    }

    /// Forgets a batch that is over, but for the hashes of its items and how they ended.
    fn settle(&mut self, id: BatchId) {
        let Some(batch) = self.batches.remove(&id) else { return };
        for (key, hash) in batch.items() {
            let holder = self.batch_of_item.entry(hash);
            if let Entry::Occupied(holder) = holder
                && *holder.get() == id
            {
                holder.remove();
                self.settled.insert(hash, batch.item_state(key));
            }
        }
    }

    fn plan(&mut self, plan: BatchPlan, hashes: Vec<u128>) {
        let scope = self.scope_for(&plan.operation, &plan.target);
        let unclear_attempts =
            plan.replaces.and_then(|old| self.batches.get(&old)).map_or(0, Batch::unclear_attempts_so_far);
        for (key, hash) in plan.keys.iter().zip(hashes.iter().copied()) {
            let from = self.aside.remove(&hash).and_then(|aside| aside.from);
            self.settled.remove_refused(hash);
            if let Some(old) = self.batch_of_item.insert(hash, plan.batch) {
                self.groups.join(old, plan.batch);
                self.with(old, |batch| batch.leave(key));
            } else if let Some(old) = from {
                self.groups.join(old, plan.batch);
            }
        }
        self.next = Some(BatchId(plan.batch.0.saturating_add(1)));
        self.batches.insert(plan.batch, Batch::new(plan, hashes, scope, unclear_attempts));
    }

    fn set_aside(&mut self, aside: SetAside) {
        let scope = self.scope_for(&aside.operation, &aside.target);
        for item in aside.items {
            let hash = self.hash_in(scope, &item.key);
            let left = self.batch_of_item.remove(&hash);
            if let Some(old) = left {
                self.with(old, |batch| batch.leave(&item.key));
            }
            let before = self.aside.get(&hash).and_then(|aside| aside.from);
            let aside = Aside { key: item.key, scope, codes: item.codes, from: left.or(before) };
            self.aside.insert(hash, aside);
        }
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operation, self.target)
    }
}
