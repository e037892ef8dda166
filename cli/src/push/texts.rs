//! From the items of an input to what the client sends, byte for byte.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use concur_cards::bulk::JsonItem;
use serde_json::value::RawValue;

use crate::input::{Ending, Item, Items, Problem, Undecodable};

/// Why items are no JSON, by their ordinals in the run.
pub(super) type AllUndecodable = HashMap<u64, Undecodable>;

/// The items of an input as texts. What is no JSON is handed on too: the run sets it aside.
pub(super) struct Texts {
    items: Items,
    /// How many were handed on.
    count: u64,
    undecodable: Arc<Mutex<AllUndecodable>>,
    has_ended: bool,
}

impl Texts {
    pub(super) fn new(items: Items, undecodable: Arc<Mutex<AllUndecodable>>) -> Self {
        Self { items, count: 0, undecodable, has_ended: false }
    }

    /// Returns whether the iterator came to its end.
    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Returns how many items were handed on.
    pub(super) fn handed_on(&self) -> u64 {
        self.count
    }

    /// Says how the reading ended.
    pub(super) fn finish(self) -> Result<Ending, Problem> {
        self.items.finish()
    }

    /// Counts the items that were not handed on, if that takes no longer than `patience`.
    pub(super) fn count_rest(self, patience: Duration) -> Option<u64> {
        let (sender, counted) = mpsc::channel();
        let mut items = self.items;
        thread::spawn(move || {
            let rest = items.by_ref().fold(0, |count: u64, _| count + 1);
            // Nobody waits any more where that took too long.
            let _ = sender.send(items.finish().ok().map(|_| rest));
        });
        counted.recv_timeout(patience).ok().flatten()
    }
}

impl Iterator for Texts {
    type Item = JsonItem;

    fn next(&mut self) -> Option<JsonItem> {
        let Some(Item { position, text, .. }) = self.items.next() else {
            self.has_ended = true;
            return None;
        };
        let text = text.unwrap_or_else(|mut found| {
            let mut text = std::mem::take(&mut found.text);
            // The reader is stricter than the run, and what it can't read must not be sent.
            if serde_json::from_slice::<&RawValue>(&text).is_ok() {
                text.clear();
            }
            let mut all = self.undecodable.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(self.count, found);
            text
        });
        self.count += 1;
        Some(JsonItem::new(text).at_line(position.line))
    }
}
