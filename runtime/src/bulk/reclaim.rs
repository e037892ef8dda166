//! Batches of an earlier run that are still to be sent: their bodies are made anew, item by item, as the caller brings
//! them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    BulkRequest, OnUnclear,
    batch::{Encoded, Named},
    sender::Sender,
};
use crate::journal::{Batch, BatchId, BodyDigest, Journal, Key, Standing, State, Step};

/// What an earlier run left.
#[derive(Default)]
pub(super) struct Reclaim {
    /// Items that the journal knows and the caller has not brought in this run.
    known: HashSet<Key>,
    /// Those of them that are to be sent, and their places.
    places: HashMap<Key, (BatchId, usize)>,
    partials: BTreeMap<BatchId, Partial>,
}

/// A batch whose items come one by one, in any order.
struct Partial {
    items: Vec<Option<(Named, Vec<u8>)>>,
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

/// What the journal has of an item that the caller brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing, or nothing of an earlier run.
    Unknown,
    /// Nothing is to be done with it.
    Settled,
    /// It is to be sent.
    Open,
}

impl Reclaim {
    /// What the journal holds of this operation and target.
    pub(super) fn of<R: BulkRequest, J: Journal>(sender: &Sender<R, J>) -> Self {
        sender.state(|state| {
            let mut new = Self::default();
            let leave = sender.on_unclear() == OnUnclear::Leave;
            let ours =
                |operation: &str, target: &str| operation == sender.operation && target == sender.target;
            for batch in state.batches().filter(|batch| ours(&batch.plan().operation, &batch.plan().target)) {
                new.known.extend(batch.plan().keys.iter().cloned());
                let is_whole = match batch.step() {
                    Step::Send | Step::Refused { .. } => true,
                    Step::Decide if !leave => true,
                    Step::PlanRest if !(leave && batch.may_have_been_received()) => false,
                    _ => continue,
                };
                new.add(state, batch, is_whole);
            }
            let aside = state.set_aside_items().filter(|(operation, target, ..)| ours(operation, target));
            new.known.extend(aside.map(|(_, _, key, _)| key.clone()));
            new
        })
    }

    fn add(&mut self, state: &State, batch: &Batch, is_whole: bool) {
        let all: Vec<&Key> = state.keys_in(batch).collect();
        let is_refused = |key: &Key| matches!(batch.standing(key), Standing::Refused { .. });
        let unnamed: Vec<&Key> = all.iter().copied().filter(|key| !is_refused(key)).collect();
        // Where the service named none, it refused the request, and all items of it may be sent.
        let left = if is_whole || unnamed.is_empty() { all } else { unnamed };
        for (place, key) in left.iter().enumerate() {
            self.places.insert((*key).clone(), (batch.id(), place));
        }
        let items = left.iter().map(|_| None).collect();
        let body = is_whole.then_some(batch.plan().body);
        self.partials.insert(batch.id(), Partial { items, missing: left.len(), body });
    }

    /// What is known of an item. It is told once; a second item of the same key is another one.
    pub(super) fn look_up(&mut self, key: &Key) -> Before {
        match (self.known.remove(key), self.places.contains_key(key)) {
            (false, _) => Before::Unknown,
            (true, false) => Before::Settled,
            (true, true) => Before::Open,
        }
    }

    /// Takes an item that is to be sent. The batch is given when it is complete.
    pub(super) fn take(&mut self, name: Named, bytes: Vec<u8>, member: &str) -> Option<Reclaimed> {
        let (old, place) = self.places.remove(&name.key)?;
        let partial = self.partials.get_mut(&old)?;
        *partial.items.get_mut(place)? = Some((name, bytes));
        partial.missing -= 1;
        if partial.missing > 0 {
            return None;
        }
        self.partials.remove(&old)?.finish(old, member)
    }

    /// What was brought in part. The caller has no more.
    pub(super) fn finish(&mut self, member: &str) -> Vec<Reclaimed> {
        let partials = std::mem::take(&mut self.partials);
        partials.into_iter().filter_map(|(old, partial)| partial.finish(old, member)).collect()
    }
}

impl Partial {
    fn finish(self, old: BatchId, member: &str) -> Option<Reclaimed> {
        let items: Vec<(Named, Vec<u8>)> = self.items.into_iter().flatten().collect();
        if items.is_empty() {
            return None;
        }
        let encoded = Encoded::of(member, items);
        let is_same = self.missing == 0 && self.body == Some(encoded.digest());
        Some(Reclaimed { old, encoded, is_same })
    }
}
