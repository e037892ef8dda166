//! How it stands with an item.

use super::{Batch, Phase, State};
use crate::send::journal::{Key, Outcome};

/// How it stands with one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing<'a> {
    /// The service surely does not have it.
    NotSent {
        /// The HTTP status with which the service refused the last request as such, whatever items were in
        /// it.
        status: Option<u16>,
    },
    /// It may have been received, and no answer says whether it was.
    Unclear {
        /// Whether it was sent again after that, and again without a clear end.
        sent_twice: bool,
    },
    /// The service took it and works on it, as far as is known.
    Pending,
    /// The service took it and processed the whole batch.
    Accepted,
    /// The service took it, but did not process all items of the batch, and does not say which.
    WithErrors,
    /// The same, for a batch that was sent twice: the errors may be there because the first was received too.
    SentTwice,
    /// The service refused it: by name, or with all other items of the request.
    Refused {
        /// The HTTP status.
        status: u16,
        /// Why.
        codes: &'a [String],
        /// Whether the batch was sent before without an answer.
        sent_twice: bool,
    },
    /// The validator refused it.
    SetAside {
        /// Why.
        codes: &'a [String],
    },
}

impl State {
    /// Returns how it stands with an item; `None` if the journal does not know it: it may be planned.
    #[must_use]
    pub fn standing(&self, operation: &str, target: &str, key: &Key) -> Option<Standing<'_>> {
        let hash = self.item(operation, target, key);
        match self.homes.get(&hash) {
            Some(home) => self.batches.get(home).map(|batch| batch.standing(key)),
            None => self
                .settled
                .standing(hash)
                .or_else(|| self.aside.get(&hash).map(|aside| Standing::SetAside { codes: &aside.codes })),
        }
    }

    /// Returns how it stands with an item that is in no batch any more, because its batch is settled.
    pub(in crate::send::journal) fn settled_standing(&self, hash: u128) -> Option<Standing<'_>> {
        if self.homes.contains_key(&hash) { None } else { self.settled.standing(hash) }
    }

    /// Returns the batch that an item was put in last, if that is not settled.
    #[must_use]
    pub fn batch_of(&self, operation: &str, target: &str, key: &Key) -> Option<&Batch> {
        self.batches.get(self.homes.get(&self.item(operation, target, key))?)
    }

    /// Returns the items that are in this batch and in no later one.
    pub fn keys_in<'a>(&'a self, batch: &'a Batch) -> impl Iterator<Item = &'a Key> {
        let here = batch.id();
        let here = batch.items().filter(move |(_, hash)| self.homes.get(hash) == Some(&here));
        here.map(|(key, _)| key)
    }

    /// Returns the items that the validator refused, in no particular order: operation, target, key and
    /// codes.
    pub fn set_aside_items(&self) -> impl Iterator<Item = (&str, &str, &Key, &[String])> {
        self.aside.values().filter_map(|aside| {
            let scope = self.scopes.get(usize::try_from(aside.scope).ok()?)?;
            Some((scope.operation.as_str(), scope.target.as_str(), &aside.key, aside.codes.as_slice()))
        })
    }
}

/// The statuses that are about the items of a request. All others are about the request as such: the token,
/// its rights, the target, the kind of request, the moment.
const OF_ITEMS: [u16; 4] = [400, 409, 413, 422];

impl Batch {
    /// How it stands with an item that is in this batch and in no later one.
    #[must_use]
    pub fn standing(&self, key: &Key) -> Standing<'_> {
        let sent_twice = self.doubts > 0;
        match &self.phase {
            Phase::Open | Phase::Unclear => Standing::Unclear { sent_twice },
            Phase::Accepted(_) => Standing::Pending,
            Phase::Finished { outcome: Outcome::Clean, .. } => Standing::Accepted,
            Phase::Finished { .. } if sent_twice => Standing::SentTwice,
            Phase::Finished { .. } => Standing::WithErrors,
            Phase::Refused { status, codes, by_name } => self.standing_refused(key, *status, codes, *by_name),
            Phase::Planned | Phase::NotReceived => self.standing_unsent(None),
        }
    }

    /// A refusal that names items says that the others would have been taken; one that names none is about
    /// all. But that a request as a whole is refused, say for its token, tells nothing of an earlier one that
    /// may have been received.
    fn standing_refused<'a>(
        &'a self,
        key: &Key,
        status: u16,
        codes: &'a [String],
        by_name: bool,
    ) -> Standing<'a> {
        match self.refused.get(key) {
            Some(codes) => Standing::Refused { status, codes, sent_twice: self.doubts > 0 },
            None if by_name || self.doubts > 0 => self.standing_unsent(None),
            None if OF_ITEMS.contains(&status) => Standing::Refused { status, codes, sent_twice: false },
            None => self.standing_unsent(Some(status)),
        }
    }

    /// The last attempt, if there was one, did not bring the item in; one before it may have.
    fn standing_unsent(&self, status: Option<u16>) -> Standing<'_> {
        match self.doubts {
            0 => Standing::NotSent { status },
            doubts => Standing::Unclear { sent_twice: doubts > 1 },
        }
    }
}
