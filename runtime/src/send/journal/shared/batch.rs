//! The protocol of one batch that many senders may write: lease, epoch and version. Pure functions.

use std::{fmt, time::Duration};

use crate::send::journal::{Batch, BatchParts, BatchPhase, BatchPlan, IllegalRecord, Record};

/// For how long a sender has a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lease {
    /// Rises whenever another sender takes the batch over. What is written with a lower one is refused.
    pub epoch: u64,
    /// Until when nobody else may have it, on the journal's clock, since 1970 (UTC).
    pub until: Duration,
}

/// A batch of a shared journal: as the journal has it, or as a sender knows it.
#[derive(Debug, Clone)]
pub struct SharedBatch {
    /// What was done with it.
    pub batch: Batch,
    /// Who may go on.
    pub lease: Lease,
    /// The number of steps so far.
    pub version: u64,
}

/// Why a sender can't write a step.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StepError {
    /// Another sender has the batch by now.
    TakenOver,
    /// The step can't follow.
    Illegal(IllegalRecord),
}

impl SharedBatch {
    /// Returns a new batch of this plan, in the place of the one that it replaces.
    #[must_use]
    pub fn planned(plan: BatchPlan, replaces: Option<&Self>, until: Duration) -> Self {
        let unclear_attempts = replaces.map_or(0, |old| old.batch.unclear_attempts_so_far());
        let batch = Batch::new(plan, Vec::new(), 0, unclear_attempts);
        Self { batch, lease: Lease { epoch: 1, until }, version: 0 }
    }

    /// Returns the batch after a step of the sender that has it. It is computed from what the sender knows,
    /// and written only if [`SharedBatch::is_known_to`] the journal still.
    ///
    /// # Errors
    ///
    /// Why the step can't follow.
    pub fn after(&self, record: Record) -> Result<Self, IllegalRecord> {
        self.batch.check(&record)?;
        let mut next = self.clone();
        next.batch.apply(record);
        next.version += 1;
        Ok(next)
    }

    /// Returns the batch after this many of its items went elsewhere.
    ///
    /// # Errors
    ///
    /// They can't leave it.
    pub fn without(&self, record: &Record, items: usize) -> Result<Self, IllegalRecord> {
        self.batch.check(record)?;
        let parts = self.batch.parts();
        let moved = parts.moved + items;
        Ok(Self {
            batch: Batch::restore(BatchParts { moved, ..parts }),
            version: self.version + 1,
            ..self.clone()
        })
    }

    /// Returns true if a sender that knows the batch like this has it still, and missed no step of it.
    #[must_use]
    pub fn is_known_to(&self, known: &Self) -> bool {
        (self.lease.epoch, self.version) == (known.lease.epoch, known.version)
    }

    /// Returns the batch after a step of a sender that knows it like `known`. An attempt extends the lease to
    /// `until`.
    ///
    /// # Errors
    ///
    /// The sender may not write any more, or the step can't follow.
    pub fn append(&self, known: &Self, record: Record, until: Duration) -> Result<Self, StepError> {
        if !self.is_known_to(known) {
            return Err(StepError::TakenOver);
        }
        let begins = matches!(record, Record::Sending(_) | Record::Resending(_));
        let mut next = self.after(record).map_err(StepError::Illegal)?;
        if begins {
            next.lease.until = next.lease.until.max(until);
        }
        Ok(next)
    }

    /// Returns the batch with a longer lease, if its epoch is still this one.
    #[must_use]
    pub fn renewed(&self, epoch: u64, until: Duration) -> Option<Self> {
        let lease = Lease { epoch, until: self.lease.until.max(until) };
        (self.lease.epoch == epoch).then(|| Self { lease, ..self.clone() })
    }

    /// Returns the batch as another sender takes it over, if it may: the lease has run out, and there is
    /// something to do. An attempt that is open becomes unclear.
    ///
    /// An accepted batch has a lease until `until`, because its new sender asks the service about it at once.
    /// Any other has none before the next attempt: whoever has its items first sends it. Only one that is
    /// taken over with items at hand ([`TakeOver::With`](super::TakeOver::With)) has a lease from then on.
    #[must_use]
    pub fn taken_over(&self, now: Duration, until: Duration) -> Option<Self> {
        if now < self.lease.until || self.batch.is_over() {
            return None;
        }
        let mut next = self.clone();
        if matches!(next.batch.phase(), BatchPhase::Open) {
            let (batch, attempt) = (next.batch.id(), next.batch.attempts());
            next.batch.apply(Record::Unclear { batch, attempt });
        }
        let until = if matches!(next.batch.phase(), BatchPhase::Accepted(_)) { until } else { now };
        next.lease = Lease { epoch: self.lease.epoch + 1, until };
        next.version += 1;
        Some(next)
    }
}

impl fmt::Display for StepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TakenOver => f.write_str("another sender has taken the batch over"),
            Self::Illegal(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StepError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::journal::{AttemptRecord, BatchId, BodyDigest, ItemKey};

    const ID: BatchId = BatchId(7);

    fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn sending(attempt: u32) -> AttemptRecord {
        AttemptRecord { batch: ID, attempt, correlation_id: None, at: None }
    }

    fn planned() -> SharedBatch {
        let plan = BatchPlan {
            batch: ID,
            operation: "createPets".to_owned(),
            target: "shop-1".to_owned(),
            keys: vec![ItemKey::verbatim("rex")],
            body: BodyDigest::of(b"[]"),
            replaces: None,
        };
        SharedBatch::planned(plan, None, secs(60))
    }

    #[test]
    fn who_was_away_too_long_writes_nothing() {
        let begun = planned().append(&planned(), Record::Sending(sending(1)), secs(60)).unwrap();
        assert!(begun.taken_over(secs(59), secs(120)).is_none());
        let taken = begun.taken_over(secs(60), secs(120)).unwrap();
        assert_eq!((taken.batch.phase(), taken.lease.epoch), (&BatchPhase::Unclear, 2));
        let late = Record::NotReceived { batch: ID, attempt: 1 };
        assert_eq!(taken.append(&begun, late, secs(90)).unwrap_err(), StepError::TakenOver);
        assert!(taken.renewed(1, secs(200)).is_none());
        // What may have been received is sent with the mark of a resend, or not at all.
        assert!(taken.append(&taken, Record::Sending(sending(2)), secs(90)).is_err());
        let again = taken.append(&taken, Record::Resending(sending(2)), secs(90)).unwrap();
        assert_eq!(again.lease.until, secs(90));
    }

    #[test]
    fn a_batch_that_is_over_stays_with_its_sender() {
        let closed = planned().append(&planned(), Record::Closed { batch: ID }, secs(60)).unwrap();
        assert!(closed.taken_over(secs(500), secs(600)).is_none());
    }

    #[test]
    fn what_is_unclear_stays_unclear_in_the_batch_that_replaces_it() {
        let begun = planned().after(Record::Sending(sending(1))).unwrap();
        let unclear = begun.after(Record::Unclear { batch: ID, attempt: 1 }).unwrap();
        let mut plan = planned().batch.plan().clone();
        (plan.batch, plan.replaces) = (BatchId(8), Some(ID));
        let left = unclear.without(&Record::Planned(plan.clone()), 1).unwrap();
        assert!(left.taken_over(secs(500), secs(600)).is_none(), "nothing is left in it");
        assert!(SharedBatch::planned(plan, Some(&unclear), secs(9)).batch.may_have_been_received());
    }
}
