//! Batches of an earlier run that are still to be sent: their bodies are made anew, item by item, as the
//! caller brings them.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;

use super::{
    BulkRequest, OnUnclear,
    batch::{Encoded, Named},
    sender::Sender,
};
use crate::{
    send::journal::{Batch, BatchId, BodyDigest, Journal, Key, Standing, State, Step},
    violations::Violations,
};

/// What an earlier run left.
#[derive(Default)]
pub(super) struct Reclaim {
    /// Items that are to be sent: their batch, and their index in it.
    indexes: HashMap<Key, (BatchId, usize)>,
    partials: BTreeMap<BatchId, Partial>,
}

/// An item that the caller brings again.
pub(super) struct Brought {
    pub(super) name: Named,
    pub(super) text: Bytes,
    /// What the validator says of it.
    pub(super) violations: Violations,
}

/// What comes of an item that the caller brings again.
#[derive(Default)]
pub(super) struct Placed {
    /// The batch, if that was the last item of it.
    pub(super) complete: Option<Reclaimed>,
    /// A bad item that is in no batch, because another one has its key.
    pub(super) displaced: Option<Brought>,
}

/// A batch whose items come one by one, in any order.
struct Partial {
    items: Vec<Option<Brought>>,
    /// How many are not there, or bad.
    missing: usize,
    /// `Some`: the request is to be sent as it was planned, if the items are still the same.
    body: Option<BodyDigest>,
}

/// A batch as far as the caller brought it.
pub(super) struct Reclaimed {
    pub(super) old: BatchId,
    pub(super) encoded: Encoded,
    /// Whether it is the request that was planned, to the byte.
    pub(super) is_same: bool,
}

impl Reclaim {
    /// What the journal holds of this operation and target.
    pub(super) fn of<R: BulkRequest, J: Journal + 'static>(sender: &Sender<R, J>) -> Self {
        sender.state(|state| {
            let mut new = Self::default();
            let leave = sender.on_unclear() == OnUnclear::Leave;
            let ours =
                |operation: &str, target: &str| operation == sender.operation && target == sender.target;
            for batch in state.batches().filter(|batch| ours(&batch.plan().operation, &batch.plan().target)) {
                let is_whole = match batch.step() {
                    Step::Send | Step::Refused { .. } => true,
                    Step::Decide if !leave => true,
                    Step::PlanRest if !(leave && batch.may_have_been_received()) => false,
                    _ => continue,
                };
                new.add(state, batch, is_whole);
            }
            new
        })
    }

    fn add(&mut self, state: &State, batch: &Batch, is_whole: bool) {
        let all: Vec<&Key> = state.keys_in(batch).collect();
        let is_refused = |key: &Key| matches!(batch.standing(key), Standing::Refused { .. });
        let unnamed: Vec<&Key> = all.iter().copied().filter(|key| !is_refused(key)).collect();
        // Where the service named none, it refused the request, and all items of it may be sent.
        let left = if is_whole || unnamed.is_empty() { all } else { unnamed };
        for (index, key) in left.iter().enumerate() {
            self.indexes.insert((*key).clone(), (batch.id(), index));
        }
        let items = left.iter().map(|_| None).collect();
        let body = is_whole.then_some(batch.plan().body);
        self.partials.insert(batch.id(), Partial { items, missing: left.len(), body });
    }

    /// Returns true if the item is to be sent, and no good one was brought yet.
    pub(super) fn wants(&self, key: &Key) -> bool {
        self.indexes.contains_key(key)
    }

    /// Takes an item that is to be sent. One that is bad keeps its place in the batch only until a good one
    /// with its key comes.
    pub(super) fn take(&mut self, item: Brought, member: &str) -> Placed {
        let mut taken = Placed::default();
        let Some((old, index)) = self.indexes.get(&item.name.key).copied() else { return taken };
        let Some(partial) = self.partials.get_mut(&old) else { return taken };
        let Some(slot) = partial.items.get_mut(index) else { return taken };
        if item.is_bad() {
            match slot {
                Some(_) => taken.displaced = Some(item),
                None => *slot = Some(item),
            }
            return taken;
        }
        self.indexes.remove(&item.name.key);
        taken.displaced = slot.replace(item);
        partial.missing -= 1;
        if partial.missing == 0 {
            taken.complete = self.partials.remove(&old).and_then(|partial| partial.finish(old, member));
        }
        taken
    }

    /// What was brought in part. The caller has no more.
    pub(super) fn finish(&mut self, member: &str) -> Vec<Reclaimed> {
        let partials = std::mem::take(&mut self.partials);
        partials.into_iter().filter_map(|(old, partial)| partial.finish(old, member)).collect()
    }
}

impl Brought {
    fn is_bad(&self) -> bool {
        self.violations.errors().next().is_some()
    }
}

impl Partial {
    fn finish(self, old: BatchId, member: &str) -> Option<Reclaimed> {
        let brought = self.items.into_iter().flatten();
        let items: Vec<(Named, Bytes)> = brought.map(|item| (item.name, item.text)).collect();
        if items.is_empty() {
            return None;
        }
        let encoded = Encoded::of(member, items);
        let is_same = self.missing == 0 && self.body == Some(encoded.digest());
        Some(Reclaimed { old, encoded, is_same })
    }
}
