//! Whether a record can follow.

use std::collections::HashSet;

use super::{ByValue, Phase, State};
use crate::send::journal::{Batch, BatchId, Illegal, Key, Plan, Record, Refusal, RefusedItem, SetAside};

impl State {
    /// Whether the record can follow those that were taken.
    pub fn check(&self, record: &Record) -> Result<(), Illegal> {
        let name = record.name();
        match record {
            Record::Began { .. } if self.hash_key.is_some() || !self.scopes.is_empty() => {
                Err(Illegal::BeganTwice)
            }
            Record::Compacted { next_batch } if *next_batch < self.next_batch() => {
                Err(Illegal::NotABatch(*next_batch))
            }
            Record::Began { .. } | Record::Settled { .. } | Record::Compacted { .. } => Ok(()),
            Record::Planned(plan) => self.check_plan(plan, &self.hashes_of(plan), name),
            Record::SetAside(aside) => self.check_aside(aside, name),
            Record::Sending(attempt) => self.known(attempt.batch)?.check_begin(attempt, false, name),
            Record::Resending(attempt) => self.known(attempt.batch)?.check_begin(attempt, true, name),
            Record::NotReceived { batch, attempt } | Record::Unclear { batch, attempt } => {
                self.known(*batch)?.check_end(*attempt, name)
            }
            Record::Accepted(acceptance) => self.known(acceptance.batch)?.check_end(acceptance.attempt, name),
            Record::Reopened { batch } => self.known(*batch)?.check_reopen(name),
            Record::Refused(refusal) => self.check_refusal(refusal, name),
            Record::Finished { batch, .. } => self.known(*batch)?.check_finish(name),
            Record::Closed { batch } => self.known(*batch)?.check_close(name),
        }
    }

    fn known(&self, batch: BatchId) -> Result<&Batch, Illegal> {
        self.batches.get(&batch).ok_or(Illegal::UnknownBatch(batch))
    }

    pub(super) fn check_plan(
        &self,
        plan: &Plan,
        hashes: &[u128],
        record: &'static str,
    ) -> Result<(), Illegal> {
        if plan.keys.is_empty() || plan.batch < self.next_batch() {
            return Err(Illegal::NotABatch(plan.batch));
        }
        if let Some(old) = plan.replaces {
            self.known(old)?.check_leave(record)?;
        }
        let mut met = HashSet::with_capacity_and_hasher(plan.keys.len(), ByValue::default());
        for (key, hash) in plan.keys.iter().zip(hashes.iter().copied()) {
            if !met.insert(hash) {
                return Err(Illegal::KeyTwice { key: key.clone(), batch: plan.batch });
            }
            self.check_home(key, hash, plan.replaces)?;
        }
        Ok(())
    }

    /// An item is new, or comes from the batch that is replaced, or the service refused it by name.
    fn check_home(&self, key: &Key, hash: u128, replaces: Option<BatchId>) -> Result<(), Illegal> {
        match (self.homes.get(&hash).copied(), replaces) {
            (None, _) if self.settled.is_closed(hash) => Err(Illegal::KeySettled { key: key.clone() }),
            (None, None) => Ok(()),
            (Some(home), None) if self.known(home)?.refused_for_sure(key) => Ok(()),
            (Some(home), Some(old)) if home == old => Ok(()),
            (Some(home), _) => Err(Illegal::KeyTaken { key: key.clone(), by: home }),
            (None, Some(old)) => Err(Illegal::ForeignKey { key: key.clone(), batch: old }),
        }
    }

    /// An item is set aside before it is in a batch, or taken out of one that the service surely does not
    /// have.
    fn check_aside(&self, aside: &SetAside, record: &'static str) -> Result<(), Illegal> {
        if let Some(old) = aside.replaces {
            let old = self.known(old)?;
            old.check_leave(record)?;
            if old.doubts_so_far() > 0 {
                return Err(Illegal::WrongMark { batch: old.id(), may_have_been_received: true });
            }
        }
        let hasher = self.hasher_of(&aside.operation, &aside.target);
        let mut keys = HashSet::new();
        for RefusedItem { key, .. } in &aside.items {
            let hash = key.hash(hasher.clone());
            let home = self.homes.get(&hash).copied();
            match (home, aside.replaces) {
                (None, None) if self.settled.standing(hash).is_some() => {
                    return Err(Illegal::KeySettled { key: key.clone() });
                }
                (Some(home), None) => return Err(Illegal::KeyTaken { key: key.clone(), by: home }),
                (_, Some(old)) if home != Some(old) || !keys.insert(key) => {
                    return Err(Illegal::ForeignKey { key: key.clone(), batch: old });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn check_refusal(&self, refusal: &Refusal, record: &'static str) -> Result<(), Illegal> {
        let batch = self.known(refusal.batch)?;
        batch.check_end(refusal.attempt, record)?;
        let foreign = refusal
            .items
            .iter()
            .find(|item| self.homes.get(&self.hash_in(batch.scope, &item.key)) != Some(&refusal.batch));
        match foreign {
            Some(item) => Err(Illegal::ForeignKey { key: item.key.clone(), batch: refusal.batch }),
            None => Ok(()),
        }
    }
}

impl Batch {
    /// Whether the service refused the item by name, and no earlier attempt may have brought it in.
    fn refused_for_sure(&self, key: &Key) -> bool {
        self.doubts == 0 && matches!(self.phase, Phase::Refused { .. }) && self.refused.contains_key(key)
    }
}
