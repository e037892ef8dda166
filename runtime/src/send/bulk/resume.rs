//! Batches of an earlier run that are still to be sent. Their bodies are made anew, item by item, as the
//! caller passes the items again.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;

use super::{
    OnUnclear,
    batch::{EncodedBatch, ItemId},
    run_journal::RunJournal,
};
use crate::{
    send::journal::{Batch, BatchId, BodyDigest, ItemKey, ItemState, Journal, JournalState, NextStep},
    violations::Violations,
};

/// The batches of earlier runs that are still to be sent.
#[derive(Default)]
pub(super) struct ResumedBatches {
    /// The items that are to be sent: their batch, and their index in it.
    indexes: HashMap<ItemKey, (BatchId, usize)>,
    partials: BTreeMap<BatchId, Partial>,
}

/// An item that the caller passes again.
pub(super) struct ResumedItem {
    pub(super) id: ItemId,
    pub(super) text: Bytes,
    /// What the validator found.
    pub(super) violations: Violations,
}

/// The effect of an item that the caller passes again.
#[derive(Default)]
pub(super) struct Addition {
    /// The batch, if that was its last item.
    pub(super) complete: Option<ResumedBatch>,
    /// A bad item that is in no batch, because another one has its key.
    pub(super) displaced: Option<ResumedItem>,
}

/// A batch whose items come one by one, in any order.
struct Partial {
    items: Vec<Option<ResumedItem>>,
    /// The number of items that are not there yet, or bad.
    missing: usize,
    /// The body as it was planned, if the request is to be sent unchanged.
    body: Option<BodyDigest>,
}

/// A batch as far as its items were passed again.
pub(super) struct ResumedBatch {
    pub(super) old: BatchId,
    pub(super) encoded: EncodedBatch,
    /// Whether it is the request that was planned, to the byte.
    pub(super) is_same: bool,
}

impl ResumedBatches {
    /// Returns the batches of the journal that this run has to send.
    pub(super) fn of<J: Journal + 'static>(journal: &RunJournal<J>, on_unclear: OnUnclear) -> Self {
        let mut resumed = Self::default();
        journal.state(|state| {
            let ours = state.batches().filter(|batch| journal.owns(batch));
            ours.for_each(|batch| resumed.add_batch(state, batch, on_unclear));
        });
        resumed
    }

    /// Adds a batch, if it is to be sent.
    pub(super) fn add_batch(&mut self, state: &JournalState, batch: &Batch, on_unclear: OnUnclear) {
        let leave = on_unclear == OnUnclear::Leave;
        let is_whole = match batch.next_step() {
            NextStep::Send | NextStep::Refused { .. } => true,
            NextStep::Decide if !leave => true,
            NextStep::PlanRest if !(leave && batch.may_have_been_received()) => false,
            _ => return,
        };
        self.add(state, batch, is_whole);
    }

    fn add(&mut self, state: &JournalState, batch: &Batch, is_whole: bool) {
        let all: Vec<&ItemKey> = state.keys_in(batch).collect();
        let is_refused = |key: &ItemKey| matches!(batch.item_state(key), ItemState::Refused { .. });
        let unnamed: Vec<&ItemKey> = all.iter().copied().filter(|key| !is_refused(key)).collect();
        // Where the service named none, it refused the request, and all items of it may be sent.
        let left = if is_whole || unnamed.is_empty() { all } else { unnamed };
        for (index, key) in left.iter().enumerate() {
            self.indexes.insert((*key).clone(), (batch.id(), index));
        }
        let items = left.iter().map(|_| None).collect();
        let body = is_whole.then_some(batch.plan().body);
        let partial = Partial { items, missing: left.len(), body };
        // A batch that is taken over once more keeps the items that were passed before.
        let before = self.partials.insert(batch.id(), partial);
        before.into_iter().flat_map(|partial| partial.items).flatten().for_each(|item| self.keep(item));
    }

    /// Puts an item back into its batch, which is not complete.
    fn keep(&mut self, item: ResumedItem) {
        let Some((old, index)) = self.indexes.get(&item.id.key).copied() else { return };
        let Some(partial) = self.partials.get_mut(&old) else { return };
        if !item.is_bad() {
            self.indexes.remove(&item.id.key);
            partial.missing -= 1;
        }
        partial.items[index] = Some(item);
    }

    /// Returns true if the item is to be sent, and no good one was passed yet.
    pub(super) fn wants(&self, key: &ItemKey) -> bool {
        self.indexes.contains_key(key)
    }

    /// Adds an item that is to be sent. A bad one stays in the batch only until a good one with its key
    /// comes.
    pub(super) fn insert(&mut self, item: ResumedItem, list: &str) -> Addition {
        let mut addition = Addition::default();
        let Some((old, index)) = self.indexes.get(&item.id.key).copied() else { return addition };
        let Some(partial) = self.partials.get_mut(&old) else { return addition };
        let Some(slot) = partial.items.get_mut(index) else { return addition };
        if item.is_bad() {
            match slot {
                Some(_) => addition.displaced = Some(item),
                None => *slot = Some(item),
            }
            return addition;
        }
        self.indexes.remove(&item.id.key);
        addition.displaced = slot.replace(item);
        partial.missing -= 1;
        if partial.missing == 0 {
            addition.complete = self.partials.remove(&old).and_then(|partial| partial.finish(old, list));
        }
        addition
    }

    /// Returns the batches that are not complete, after the last item of the input.
    pub(super) fn finish(&mut self, list: &str) -> Vec<ResumedBatch> {
        let partials = std::mem::take(&mut self.partials);
        partials.into_iter().filter_map(|(old, partial)| partial.finish(old, list)).collect()
    }
}

impl ResumedItem {
    fn is_bad(&self) -> bool {
        self.violations.errors().next().is_some()
    }
}

impl Partial {
    fn finish(self, old: BatchId, list: &str) -> Option<ResumedBatch> {
        let present = self.items.into_iter().flatten();
        let items: Vec<(ItemId, Bytes)> = present.map(|item| (item.id, item.text)).collect();
        if items.is_empty() {
            return None;
        }
        let encoded = EncodedBatch::of(list, items);
        let is_same = self.missing == 0 && self.body == Some(encoded.digest());
        Some(ResumedBatch { old, encoded, is_same })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::journal::{BatchPlan, Record};

    fn item(key: &str) -> ResumedItem {
        let id = ItemId { key: ItemKey::verbatim(key), ordinal: 0, line: None };
        ResumedItem { id, text: Bytes::from_static(b"{}"), violations: Violations::default() }
    }

    #[test]
    fn a_batch_that_is_taken_over_once_more_keeps_its_items() {
        let plan = BatchPlan {
            batch: BatchId(1),
            operation: "createPets".to_owned(),
            target: "shop-1".to_owned(),
            keys: ["a", "b"].map(ItemKey::verbatim).into(),
            body: BodyDigest::of(b"{}"),
            replaces: None,
        };
        let state = JournalState::replay([Record::Planned(plan)]).unwrap();
        let batch = state.batch(BatchId(1)).unwrap();
        let mut resumed = ResumedBatches::default();
        resumed.add_batch(&state, batch, OnUnclear::Leave);
        assert!(resumed.insert(item("a"), "pets").complete.is_none());
        resumed.add_batch(&state, batch, OnUnclear::Leave);
        assert!(!resumed.wants(&ItemKey::verbatim("a")), "it was passed");
        let complete = resumed.insert(item("b"), "pets").complete.unwrap();
        assert_eq!(complete.encoded.items.len(), 2);
    }
}
