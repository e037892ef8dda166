//! What the state knows of an item.

use super::{Batch, ItemState, JournalState};
use crate::send::journal::ItemKey;

impl JournalState {
    /// Returns the state of an item, or `None` if the journal does not know it, so that it may be planned.
    #[must_use]
    pub fn item_state(&self, operation: &str, target: &str, key: &ItemKey) -> Option<ItemState<'_>> {
        let hash = self.item(operation, target, key);
        match self.batch_of_item.get(&hash) {
            Some(holder) => self.batches.get(holder).map(|batch| batch.item_state(key)),
            None => self
                .settled
                .item_state(hash)
                .or_else(|| self.aside.get(&hash).map(|aside| ItemState::SetAside { codes: &aside.codes })),
        }
    }

    /// Returns the state of an item whose batch is settled.
    pub(in crate::send::journal) fn settled_state(&self, hash: u128) -> Option<ItemState<'_>> {
        if self.batch_of_item.contains_key(&hash) { None } else { self.settled.item_state(hash) }
    }

    /// Returns the batch that an item was put in last, if that is not settled.
    #[must_use]
    pub fn batch_of(&self, operation: &str, target: &str, key: &ItemKey) -> Option<&Batch> {
        self.batches.get(self.batch_of_item.get(&self.item(operation, target, key))?)
    }

    /// Returns the items that are in this batch and in no later one.
    pub fn keys_in<'a>(&'a self, batch: &'a Batch) -> impl Iterator<Item = &'a ItemKey> {
        let here = batch.id();
        let here = batch.items().filter(move |(_, hash)| self.batch_of_item.get(hash) == Some(&here));
        here.map(|(key, _)| key)
    }

    /// Returns the items that the validator refused, in no particular order: operation, target, key and
    /// codes.
    pub fn set_aside_items(&self) -> impl Iterator<Item = (&str, &str, &ItemKey, &[String])> {
        self.aside.values().filter_map(|aside| {
            let scope = self.scopes.get(usize::try_from(aside.scope).ok()?)?;
            Some((scope.operation.as_str(), scope.target.as_str(), &aside.key, aside.codes.as_slice()))
        })
    }
}
