//! Checks whether a record can follow.

use std::collections::HashSet;

use super::{BatchPhase, ByValue, JournalState};
use crate::send::journal::{
    Acceptance, AttemptRecord, Batch, BatchId, BatchPlan, IllegalRecord, ItemKey, Record, Refusal,
    RefusedItem, SetAside,
};

impl JournalState {
    /// Checks that the record can follow the earlier ones.
    pub fn check(&self, record: &Record) -> Result<(), IllegalRecord> {
        let name = record.name();
        match record {
            Record::Began { .. } if self.hash_key.is_some() || !self.scopes.is_empty() => {
                Err(IllegalRecord::BeganTwice)
            }
            Record::Compacted { next_batch } if *next_batch < self.next_batch() => {
                Err(IllegalRecord::NotABatch(*next_batch))
            }
            Record::Began { .. } | Record::Settled { .. } | Record::Compacted { .. } => Ok(()),
            Record::Planned(plan) => self.check_plan(plan, &self.hashes_of(plan), name),
            Record::SetAside(aside) => self.check_aside(aside, record),
            Record::Refused(refusal) => self.check_refusal(refusal, record),
            Record::Sending(AttemptRecord { batch, .. })
            | Record::Resending(AttemptRecord { batch, .. })
            | Record::Accepted(Acceptance { batch, .. })
            | Record::NotReceived { batch, .. }
            | Record::Unclear { batch, .. }
            | Record::Reopened { batch }
            | Record::Finished { batch, .. }
            | Record::Closed { batch } => self.known(*batch)?.check(record),
        }
    }

    fn known(&self, batch: BatchId) -> Result<&Batch, IllegalRecord> {
        self.batches.get(&batch).ok_or(IllegalRecord::UnknownBatch(batch))
    }

    pub(super) fn check_plan(
        &self,
        plan: &BatchPlan,
        hashes: &[u128],
        record: &'static str,
    ) -> Result<(), IllegalRecord> {
        if plan.keys.is_empty() || plan.batch < self.next_batch() {
            return Err(IllegalRecord::NotABatch(plan.batch));
        }
        if let Some(old) = plan.replaces {
            self.known(old)?.check_leave(record)?;
        }
        let mut met = HashSet::with_capacity_and_hasher(plan.keys.len(), ByValue::default());
        for (key, hash) in plan.keys.iter().zip(hashes.iter().copied()) {
            if !met.insert(hash) {
                return Err(IllegalRecord::KeyTwice { key: key.clone(), batch: plan.batch });
            }
            self.check_holder(key, hash, plan.replaces)?;
        }
        Ok(())
    }

    /// An item is new, or comes from the batch that is replaced, or the service refused it by name.
    fn check_holder(
        &self,
        key: &ItemKey,
        hash: u128,
        replaces: Option<BatchId>,
    ) -> Result<(), IllegalRecord> {
        match (self.batch_of_item.get(&hash).copied(), replaces) {
            (None, _) if self.settled.is_closed(hash) => Err(IllegalRecord::KeySettled { key: key.clone() }),
            (None, None) => Ok(()),
            (Some(holder), None) if self.known(holder)?.refused_for_sure(key) => Ok(()),
            (Some(holder), Some(old)) if holder == old => Ok(()),
            (Some(holder), _) => Err(IllegalRecord::KeyTaken { key: key.clone(), by: holder }),
            (None, Some(old)) => Err(IllegalRecord::ForeignKey { key: key.clone(), batch: old }),
        }
    }

    /// An item is set aside before it is in a batch, or taken out of one that the service surely does not
    /// have.
    fn check_aside(&self, aside: &SetAside, record: &Record) -> Result<(), IllegalRecord> {
        if let Some(old) = aside.replaces {
            self.known(old)?.check(record)?;
        }
        let hasher = self.hasher_of(&aside.operation, &aside.target);
        let mut keys = HashSet::new();
        for RefusedItem { key, .. } in &aside.items {
            let hash = key.hash(hasher.clone());
            let holder = self.batch_of_item.get(&hash).copied();
            match (holder, aside.replaces) {
                (None, None) if self.settled.item_state(hash).is_some() => {
                    return Err(IllegalRecord::KeySettled { key: key.clone() });
                }
                (Some(holder), None) => return Err(IllegalRecord::KeyTaken { key: key.clone(), by: holder }),
                (_, Some(old)) if holder != Some(old) || !keys.insert(key) => {
                    return Err(IllegalRecord::ForeignKey { key: key.clone(), batch: old });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn check_refusal(&self, refusal: &Refusal, record: &Record) -> Result<(), IllegalRecord> {
        let batch = self.known(refusal.batch)?;
        batch.check(record)?;
        let foreign = refusal.items.iter().find(|item| {
            self.batch_of_item.get(&self.hash_in(batch.scope, &item.key)) != Some(&refusal.batch)
        });
        match foreign {
            Some(item) => Err(IllegalRecord::ForeignKey { key: item.key.clone(), batch: refusal.batch }),
            None => Ok(()),
        }
    }
}

impl Batch {
    /// Whether the service refused the item by name, and no earlier attempt may have brought it in.
    fn refused_for_sure(&self, key: &ItemKey) -> bool {
        self.unclear_attempts == 0
            && matches!(self.phase, BatchPhase::Refused { .. })
            && self.refused.contains_key(key)
    }
}
