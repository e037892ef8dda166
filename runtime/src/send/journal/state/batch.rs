//! One batch: what was done with it, and what may come next.

use std::collections::BTreeMap;

use super::item_state::ItemState;
use crate::send::journal::{Acceptance, AttemptRecord, BatchId, BatchOutcome, BatchPlan, ItemKey};

/// The state of a batch.
#[derive(Debug, Clone)]
pub struct Batch {
    pub(super) plan: BatchPlan,
    /// Of its items, in their order.
    pub(super) hashes: Vec<u128>,
    pub(super) scope: u32,
    pub(super) phase: BatchPhase,
    /// The last attempt that was begun.
    pub(super) last: Option<AttemptRecord>,
    /// How many attempts before the last one may have been received, those of the batch that it replaces
    /// included.
    pub(super) unclear_attempts: u32,
    pub(super) closed: bool,
    /// How many items it was planned with.
    pub(super) size: usize,
    /// How many items went to other batches.
    pub(super) moved: usize,
    /// The items that the service refused by name, with its codes.
    pub(super) refused: BTreeMap<ItemKey, Vec<String>>,
}

/// The point where a batch is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BatchPhase {
    /// No attempt was begun.
    Planned,
    /// An attempt was begun and nothing is written of its end.
    Open,
    /// The last attempt surely did not reach the service.
    NotReceived,
    /// The last attempt may have reached the service.
    Unclear,
    /// The service took nothing of the last attempt.
    Refused {
        /// The HTTP status.
        status: u16,
        /// Codes that belong to no single item.
        codes: Vec<String>,
        /// Whether the service named items. If not, it refused all of them.
        by_name: bool,
    },
    /// The service accepted it.
    Accepted(Acceptance),
    /// The service has finished it.
    Finished {
        /// The acceptance.
        acceptance: Acceptance,
        /// The final state as the service names it.
        status: String,
        /// What the state means.
        outcome: BatchOutcome,
    },
}

impl BatchPhase {
    /// Returns the name of the record that led here.
    #[must_use]
    pub fn name(&self) -> &'static str {
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
    pub(in crate::send::journal) fn new(
        plan: BatchPlan,
        hashes: Vec<u128>,
        scope: u32,
        unclear_attempts: u32,
    ) -> Self {
        Self {
            size: plan.keys.len(),
            plan,
            hashes,
            scope,
            phase: BatchPhase::Planned,
            last: None,
            unclear_attempts,
            closed: false,
            moved: 0,
            refused: BTreeMap::new(),
        }
    }

    /// Returns the number of the batch.
    #[must_use]
    pub fn id(&self) -> BatchId {
        self.plan.batch
    }

    /// Returns the plan.
    #[must_use]
    pub fn plan(&self) -> &BatchPlan {
        &self.plan
    }

    /// Returns its items with their hashes.
    pub(super) fn items(&self) -> impl Iterator<Item = (&ItemKey, u128)> {
        self.plan.keys.iter().zip(self.hashes.iter().copied())
    }

    /// Returns the number of attempts that were begun.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.last.as_ref().map_or(0, |last| last.attempt)
    }

    /// Returns the last attempt that was begun. The support of the service can search for its correlation id.
    #[must_use]
    pub fn last_attempt(&self) -> Option<&AttemptRecord> {
        self.last.as_ref()
    }

    /// Returns the acceptance, if the service accepted the batch.
    #[must_use]
    pub fn acceptance(&self) -> Option<&Acceptance> {
        match &self.phase {
            BatchPhase::Accepted(acceptance) | BatchPhase::Finished { acceptance, .. } => Some(acceptance),
            _ => None,
        }
    }

    /// Returns the final state as the service names it and its meaning, if the service has finished the
    /// batch.
    #[must_use]
    pub fn end(&self) -> Option<(&str, BatchOutcome)> {
        match &self.phase {
            BatchPhase::Finished { status, outcome, .. } => Some((status, *outcome)),
            _ => None,
        }
    }

    /// Returns true if the service may already have some of the items, so that the next attempt must be
    /// marked as a resend.
    #[must_use]
    pub fn may_have_been_received(&self) -> bool {
        self.unclear_attempts > 0 || matches!(self.phase, BatchPhase::Open | BatchPhase::Unclear)
    }

    /// Returns true if the batch was sent again after an attempt without a response.
    #[must_use]
    pub fn was_sent_twice(&self) -> bool {
        self.unclear_attempts > 0 && self.last.is_some()
    }

    /// Returns true if the service refused its items, and not the request as such or an item by name.
    pub(crate) fn is_rejected(&self) -> bool {
        let keys = self.plan.keys.first();
        keys.is_some_and(|key| matches!(self.item_state(key), ItemState::Refused { sent_twice: false, .. }))
    }

    /// How many attempts may have been received, the last included. One that ended with errors brought in
    /// some items.
    pub(in crate::send::journal) fn unclear_attempts_so_far(&self) -> u32 {
        let last = matches!(self.phase, BatchPhase::Open | BatchPhase::Unclear | BatchPhase::Finished { .. });
        self.unclear_attempts.saturating_add(u32::from(last))
    }

    /// Returns true if nothing is to be done any more: it is final, or the caller closed it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.closed || self.is_final()
    }

    /// Returns true if no record can follow: the service ended its work on it, or every item was refused by
    /// name or went elsewhere.
    pub(crate) fn is_final(&self) -> bool {
        matches!(self.phase, BatchPhase::Finished { .. }) || self.left() == 0
    }

    /// How many items neither were refused by name nor went to another batch.
    pub(super) fn left(&self) -> usize {
        self.size.saturating_sub(self.refused.len() + self.moved)
    }

    /// Whether the request can go out as it was planned.
    pub(super) fn is_whole(&self) -> bool {
        self.moved == 0 && self.refused.is_empty()
    }
}

/// The statuses that are about the items of a request. All others are about the request as such: the token,
/// its rights, the target, the kind of request, the moment.
const OF_ITEMS: [u16; 4] = [400, 409, 413, 422];

impl Batch {
    /// Returns the state of an item that is in this batch and in no later one.
    #[must_use]
    pub fn item_state(&self, key: &ItemKey) -> ItemState<'_> {
        let sent_twice = self.unclear_attempts > 0;
        match &self.phase {
            BatchPhase::Open | BatchPhase::Unclear => ItemState::Unclear { sent_twice },
            BatchPhase::Accepted(_) => ItemState::Pending,
            BatchPhase::Finished { outcome: BatchOutcome::Clean, .. } => ItemState::Accepted,
            BatchPhase::Finished { .. } if sent_twice => ItemState::SentTwice,
            BatchPhase::Finished { .. } => ItemState::WithErrors,
            BatchPhase::Refused { status, codes, by_name } => {
                self.refused_item_state(key, *status, codes, *by_name)
            }
            BatchPhase::Planned | BatchPhase::NotReceived => self.unsent_item_state(None),
        }
    }

    /// A refusal that names items says that the others would have been taken; one that names none is about
    /// all. But that a request as a whole is refused, say for its token, tells nothing of an earlier one that
    /// may have been received.
    fn refused_item_state<'a>(
        &'a self,
        key: &ItemKey,
        status: u16,
        codes: &'a [String],
        by_name: bool,
    ) -> ItemState<'a> {
        match self.refused.get(key) {
            Some(codes) => ItemState::Refused { status, codes, sent_twice: self.unclear_attempts > 0 },
            None if by_name || self.unclear_attempts > 0 => self.unsent_item_state(None),
            None if OF_ITEMS.contains(&status) => ItemState::Refused { status, codes, sent_twice: false },
            None => self.unsent_item_state(Some(status)),
        }
    }

    /// The last attempt, if there was one, did not bring the item in; one before it may have.
    fn unsent_item_state(&self, status: Option<u16>) -> ItemState<'_> {
        match self.unclear_attempts {
            0 => ItemState::NotSent { status },
            unclear_attempts => ItemState::Unclear { sent_twice: unclear_attempts > 1 },
        }
    }
}
