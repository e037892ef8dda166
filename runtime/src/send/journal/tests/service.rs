//! A service that takes batches, ignores items that it has, and can't be asked what it has. It is the truth
//! that reports are held against; it knows nothing of journals.

use std::collections::{HashMap, HashSet};

use super::{BatchOutcome, Dice};

/// What the sender sees of an attempt.
#[derive(Debug)]
pub(super) enum FakeResponse {
    /// No connection.
    NotReceived,
    /// Silence.
    Nothing,
    /// 202.
    Accepted(String),
    /// 400 for some items.
    RefusedItems(Vec<String>),
    /// 401, say.
    RefusedWhole(u16),
}

/// A service with its memory.
#[derive(Debug)]
pub(super) struct FakeService {
    /// Items that it has, by the request that brought them.
    pub(super) taken: HashMap<String, String>,
    /// Items that it refuses with 400.
    pub(super) refuses: HashSet<String>,
    /// Items that it takes and then can't process.
    pub(super) fails: HashSet<String>,
    requests: HashMap<String, BatchOutcome>,
    /// Requests in which it found items that it had already.
    pub(super) with_repeats: HashSet<String>,
    /// Requests by correlation id: support finds those whose answer was lost, or came when nobody was there
    /// any more.
    pub(super) by_correlation: HashMap<String, String>,
    /// In percent.
    pub(super) trouble: usize,
}

impl FakeService {
    pub(super) fn new(trouble: usize) -> Self {
        Self {
            taken: HashMap::new(),
            refuses: HashSet::new(),
            fails: HashSet::new(),
            requests: HashMap::new(),
            with_repeats: HashSet::new(),
            by_correlation: HashMap::new(),
            trouble,
        }
    }

    /// One attempt, with what may happen on the way.
    pub(super) fn post(&mut self, dice: &mut Dice, correlation_id: &str, items: &[String]) -> FakeResponse {
        if dice.percent(self.trouble) {
            return match dice.below(4) {
                0 => FakeResponse::NotReceived,
                1 => FakeResponse::Nothing,
                2 => FakeResponse::RefusedWhole(401),
                _ => {
                    self.receive(correlation_id, items);
                    FakeResponse::Nothing
                }
            };
        }
        self.receive(correlation_id, items)
    }

    fn receive(&mut self, correlation_id: &str, items: &[String]) -> FakeResponse {
        let refused: Vec<String> =
            items.iter().filter(|item| self.refuses.contains(*item)).cloned().collect();
        if !refused.is_empty() {
            return FakeResponse::RefusedItems(refused);
        }
        let id = format!("request-{}", self.requests.len());
        let mut outcome = BatchOutcome::Clean;
        for item in items {
            if self.taken.contains_key(item) {
                self.with_repeats.insert(id.clone());
                outcome = BatchOutcome::WithErrors;
            } else if self.fails.contains(item) {
                outcome = BatchOutcome::WithErrors;
            } else {
                self.taken.insert(item.clone(), id.clone());
            }
        }
        self.requests.insert(id.clone(), outcome);
        self.by_correlation.insert(correlation_id.to_owned(), id.clone());
        FakeResponse::Accepted(id)
    }

    /// How a request ended.
    pub(super) fn get(&self, id: &str) -> BatchOutcome {
        self.requests[id]
    }
}
