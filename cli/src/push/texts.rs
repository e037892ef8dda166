//! From the items of an input to what the client sends, byte for byte.

use std::collections::HashMap;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use concur_cards::bulk::JsonItem;
use serde_json::value::RawValue;

use crate::input::{Ending, Item, Items, Problem, Undecodable};

/// The items of an input as texts. What is no JSON is handed on too: the run sets it aside.
pub(super) struct Texts {
    items: Items,
    /// How many were handed on.
    count: u64,
    /// Why an item is no JSON, by its ordinal in the run.
    undecodable: HashMap<u64, Undecodable>,
    has_ended: bool,
}

/// So long somebody may wait for the number of the items that were not read.
const PATIENCE: Duration = Duration::from_secs(2);

impl Texts {
    pub(super) fn new(items: Items) -> Self {
        Self { items, count: 0, undecodable: HashMap::new(), has_ended: false }
    }

    /// Returns why an item of the run is no JSON, if that is what is wrong with it.
    pub(super) fn undecodable(&self, ordinal: u64) -> Option<&Undecodable> {
        self.undecodable.get(&ordinal)
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

    /// Counts the items that were not handed on. A pipe whose other end stays open is not waited for, and
    /// what can't be read to its end has no number.
    pub(super) fn count_rest(self) -> Option<u64> {
        let (sender, counted) = mpsc::channel();
        let mut items = self.items;
        thread::spawn(move || {
            let rest = items.by_ref().fold(0, |count: u64, _| count + 1);
            // Nobody waits any more where that took too long.
            let _ = sender.send(items.finish().ok().map(|_| rest));
        });
        counted.recv_timeout(PATIENCE).ok().flatten()
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
            self.undecodable.insert(self.count, found);
            text
        });
        self.count += 1;
        Some(JsonItem::new(text).at_line(position.line))
    }

    /// Before the end was seen, nobody can know that every item was read.
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.has_ended.then_some(0))
    }
}
