//! One batch: what was done with it, and what may come next.

use std::collections::BTreeMap;

use super::Standing;
use crate::send::journal::{Acceptance, Attempt, BatchId, Illegal, Key, Outcome, Plan, Refusal};

/// A batch, as the records tell of it.
#[derive(Debug, Clone)]
pub struct Batch {
    pub(super) plan: Plan,
    /// Of its items, in their order.
    hashes: Vec<u128>,
    pub(super) scope: u32,
    pub(super) phase: Phase,
    /// The last attempt that was begun.
    pub(super) last: Option<Attempt>,
    /// How many attempts before the last one may have been received, those of the batch that it replaces
    /// included.
    pub(super) doubts: u32,
    pub(super) closed: bool,
    /// How many items went to other batches.
    pub(super) moved: usize,
    /// The items that the service refused by name, with its codes.
    pub(super) refused: BTreeMap<Key, Vec<String>>,
}

/// The point where a batch is.
#[derive(Debug, Clone)]
pub(super) enum Phase {
    Planned,
    /// An attempt was begun and nothing is written of its end.
    Open,
    NotReceived,
    Unclear,
    Refused {
        status: u16,
        codes: Vec<String>,
        /// Whether the service named items. If not, it refused all of them.
        by_name: bool,
    },
    Accepted(Acceptance),
    Finished {
        acceptance: Acceptance,
        status: String,
        outcome: Outcome,
    },
}

impl Phase {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Open => "sending",
            Self::NotReceived => "not_received",
            Self::Unclear => "unclear",
            Self::Refused { .. } => "refused",
            Self::Accepted(_) => "accepted",
            Self::Finished { .. } => "finished",
        }
    }
}

impl Batch {
    pub(super) fn new(plan: Plan, hashes: Vec<u128>, scope: u32, doubts: u32) -> Self {
        Self {
            plan,
            hashes,
            scope,
            phase: Phase::Planned,
            last: None,
            doubts,
            closed: false,
            moved: 0,
            refused: BTreeMap::new(),
        }
    }

    /// Its number.
    #[must_use]
    pub fn id(&self) -> BatchId {
        self.plan.batch
    }

    /// What was planned.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns its items with their hashes.
    pub(super) fn items(&self) -> impl Iterator<Item = (&Key, u128)> {
        self.plan.keys.iter().zip(self.hashes.iter().copied())
    }

    /// How many attempts were begun.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.last.as_ref().map_or(0, |last| last.attempt)
    }

    /// The last attempt that was begun: its correlation id is what the service's support can search for.
    #[must_use]
    pub fn last_attempt(&self) -> Option<&Attempt> {
        self.last.as_ref()
    }

    /// How the service took it, if it did.
    #[must_use]
    pub fn acceptance(&self) -> Option<&Acceptance> {
        match &self.phase {
            Phase::Accepted(acceptance) | Phase::Finished { acceptance, .. } => Some(acceptance),
            _ => None,
        }
    }

    /// The service's last word and what it means, if its work on the batch ended.
    #[must_use]
    pub fn end(&self) -> Option<(&str, Outcome)> {
        match &self.phase {
            Phase::Finished { status, outcome, .. } => Some((status, *outcome)),
            _ => None,
        }
    }

    /// Whether the next attempt must be marked: the service may have the items, or some of them, already.
    #[must_use]
    pub fn may_have_been_received(&self) -> bool {
        self.doubts > 0 || matches!(self.phase, Phase::Open | Phase::Unclear)
    }

    /// Whether it was sent again after an attempt without an answer.
    #[must_use]
    pub fn was_sent_twice(&self) -> bool {
        self.doubts > 0 && self.last.is_some()
    }

    /// Returns true if the service refused its items, and not the request as such or an item by name.
    pub(crate) fn is_rejected(&self) -> bool {
        let keys = self.plan.keys.first();
        keys.is_some_and(|key| matches!(self.standing(key), Standing::Refused { sent_twice: false, .. }))
    }

    /// How many attempts may have been received, the last included. One that ended with errors brought in
    /// some items.
    pub(super) fn doubts_so_far(&self) -> u32 {
        let last = matches!(self.phase, Phase::Open | Phase::Unclear | Phase::Finished { .. });
        self.doubts.saturating_add(u32::from(last))
    }

    /// Returns true if nothing is to be done any more: it is final, or the caller closed it.
    pub(super) fn is_over(&self) -> bool {
        self.closed || self.is_final()
    }

    /// Returns true if no record can follow: the service ended its work on it, or every item was refused by
    /// name or went elsewhere.
    pub(in crate::send::journal) fn is_final(&self) -> bool {
        matches!(self.phase, Phase::Finished { .. }) || self.left() == 0
    }

    /// How many items neither were refused by name nor went to another batch.
    pub(super) fn left(&self) -> usize {
        self.plan.keys.len() - self.refused.len() - self.moved
    }

    /// Whether the request can go out as it was planned.
    pub(super) fn is_whole(&self) -> bool {
        self.moved == 0 && self.refused.is_empty()
    }

    fn out_of_order(&self, record: &'static str) -> Illegal {
        let after = if self.closed { "closed" } else { self.phase.name() };
        Illegal::OutOfOrder { batch: self.id(), record, after }
    }

    pub(super) fn check_begin(
        &self,
        attempt: &Attempt,
        marked: bool,
        record: &'static str,
    ) -> Result<(), Illegal> {
        let at_rest = matches!(
            self.phase,
            Phase::Planned | Phase::NotReceived | Phase::Unclear | Phase::Refused { .. }
        );
        if self.closed || !at_rest || !self.is_whole() {
            return Err(self.out_of_order(record));
        }
        let may_have_been_received = self.may_have_been_received();
        if marked != may_have_been_received {
            return Err(Illegal::WrongMark { batch: self.id(), may_have_been_received });
        }
        self.check_number(attempt.attempt, self.attempts() + 1)
    }

    /// An end follows its attempt, or comes late: an unclear attempt may still turn out one way or the other.
    pub(super) fn check_end(&self, attempt: u32, record: &'static str) -> Result<(), Illegal> {
        let is_late = matches!(self.phase, Phase::Unclear) && record != "unclear" && self.moved == 0;
        if self.closed || !(is_late || matches!(self.phase, Phase::Open)) {
            return Err(self.out_of_order(record));
        }
        self.check_number(attempt, self.attempts())
    }

    fn check_number(&self, found: u32, expected: u32) -> Result<(), Illegal> {
        if found == expected {
            Ok(())
        } else {
            Err(Illegal::WrongAttempt { batch: self.id(), expected, found })
        }
    }

    pub(super) fn check_finish(&self, record: &'static str) -> Result<(), Illegal> {
        match self.phase {
            Phase::Accepted(_) if !self.closed => Ok(()),
            _ => Err(self.out_of_order(record)),
        }
    }

    pub(super) fn check_close(&self, record: &'static str) -> Result<(), Illegal> {
        let is_barred = self.closed || self.is_final() || matches!(self.phase, Phase::Open);
        if is_barred { Err(self.out_of_order(record)) } else { Ok(()) }
    }

    /// Items may leave a batch at rest, a closed one too; its own request will not be sent any more. Those
    /// that the service works on stay, and so do those of a batch that is final.
    pub(super) fn check_leave(&self, record: &'static str) -> Result<(), Illegal> {
        let stays = self.is_final() || matches!(self.phase, Phase::Open | Phase::Accepted(_));
        if stays { Err(self.out_of_order(record)) } else { Ok(()) }
    }

    /// An acceptance can be taken back where nothing can be asked with it.
    pub(super) fn check_reopen(&self, record: &'static str) -> Result<(), Illegal> {
        match &self.phase {
            Phase::Accepted(acceptance) if !self.closed && acceptance.request_id.is_none() => Ok(()),
            _ => Err(self.out_of_order(record)),
        }
    }

    pub(super) fn begin(&mut self, attempt: Attempt) {
        self.doubts = self.doubts_so_far();
        self.last = Some(attempt);
        self.phase = Phase::Open;
    }

    pub(super) fn refuse(&mut self, refusal: Refusal) {
        self.refused = refusal.items.into_iter().map(|item| (item.key, item.codes)).collect();
        let by_name = !self.refused.is_empty();
        self.phase = Phase::Refused { status: refusal.status, codes: refusal.codes, by_name };
    }

    pub(super) fn finish(&mut self, status: String, outcome: Outcome) {
        let acceptance = match &self.phase {
            Phase::Accepted(acceptance) => acceptance.clone(),
            _ => return,
        };
        self.phase = Phase::Finished { acceptance, status, outcome };
    }

    pub(super) fn leave(&mut self, key: &Key) {
        self.refused.remove(key);
        self.moved += 1;
    }
}
