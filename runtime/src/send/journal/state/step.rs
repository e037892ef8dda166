//! One step of one batch: whether it may follow, and what it changes. Every journal goes by these functions,
//! whether it is a file or shared by many senders.

use std::collections::HashSet;

use super::{Batch, BatchPhase};
use crate::send::journal::{AttemptRecord, BatchOutcome, IllegalRecord, ItemKey, Record, Refusal};

impl Batch {
    /// Checks that the record, which is about this batch, can follow.
    ///
    /// Plans and items that are set aside are about items more than about a batch: whether they can leave
    /// this one is checked, and that is all that one batch can say of them.
    ///
    /// # Errors
    ///
    /// Why the record can't follow.
    pub fn check(&self, record: &Record) -> Result<(), IllegalRecord> {
        let name = record.name();
        match record {
            Record::Sending(attempt) => self.check_begin(attempt, false, name),
            Record::Resending(attempt) => self.check_begin(attempt, true, name),
            Record::NotReceived { attempt, .. } | Record::Unclear { attempt, .. } => {
                self.check_end(*attempt, name)
            }
            Record::Accepted(acceptance) => self.check_end(acceptance.attempt, name),
            Record::Refused(refusal) => self.check_refusal(refusal, name),
            Record::Reopened { .. } => self.check_reopen(name),
            Record::Finished { .. } => self.check_finish(name),
            Record::Closed { .. } => self.check_close(name),
            Record::Planned(_) => self.check_leave(name),
            Record::SetAside(_) => self.check_aside(name),
            Record::Began { .. } | Record::Settled { .. } | Record::Compacted { .. } => {
                Err(self.out_of_order(name))
            }
        }
    }

    /// Takes a record that was checked.
    pub(in crate::send::journal) fn apply(&mut self, record: Record) {
        match record {
            Record::Sending(attempt) | Record::Resending(attempt) => self.begin(attempt),
            Record::NotReceived { .. } => self.phase = BatchPhase::NotReceived,
            Record::Unclear { .. } | Record::Reopened { .. } => self.phase = BatchPhase::Unclear,
            Record::Accepted(acceptance) => self.phase = BatchPhase::Accepted(acceptance),
            Record::Refused(refusal) => self.refuse(refusal),
            Record::Finished { status, outcome, .. } => self.finish(status, outcome),
            Record::Closed { .. } => self.closed = true,
            Record::Began { .. }
            | Record::Planned(_)
            | Record::SetAside(_)
            | Record::Settled { .. }
            | Record::Compacted { .. } => {}
        }
    }

    fn out_of_order(&self, record: &'static str) -> IllegalRecord {
        let after = if self.closed { "closed" } else { self.phase.name() };
        IllegalRecord::OutOfOrder { batch: self.id(), record, after }
    }

    fn check_begin(
        &self,
        attempt: &AttemptRecord,
        marked: bool,
        record: &'static str,
    ) -> Result<(), IllegalRecord> {
        let at_rest = matches!(
            self.phase,
            BatchPhase::Planned | BatchPhase::NotReceived | BatchPhase::Unclear | BatchPhase::Refused { .. }
        );
        if self.closed || !at_rest || !self.is_whole() {
            return Err(self.out_of_order(record));
        }
        let may_have_been_received = self.may_have_been_received();
        if marked != may_have_been_received {
            return Err(IllegalRecord::WrongMark { batch: self.id(), may_have_been_received });
        }
        self.check_number(attempt.attempt, self.attempts() + 1)
    }

    /// An end follows its attempt, or comes late: an unclear attempt may still turn out one way or the other.
    fn check_end(&self, attempt: u32, record: &'static str) -> Result<(), IllegalRecord> {
        let is_late = matches!(self.phase, BatchPhase::Unclear) && record != "unclear" && self.moved == 0;
        if self.closed || !(is_late || matches!(self.phase, BatchPhase::Open)) {
            return Err(self.out_of_order(record));
        }
        self.check_number(attempt, self.attempts())
    }

    fn check_number(&self, found: u32, expected: u32) -> Result<(), IllegalRecord> {
        if found == expected {
            Ok(())
        } else {
            Err(IllegalRecord::WrongAttempt { batch: self.id(), expected, found })
        }
    }

    fn check_finish(&self, record: &'static str) -> Result<(), IllegalRecord> {
        match self.phase {
            BatchPhase::Accepted(_) if !self.closed => Ok(()),
            _ => Err(self.out_of_order(record)),
        }
    }

    fn check_close(&self, record: &'static str) -> Result<(), IllegalRecord> {
        let is_barred = self.closed || self.is_final() || matches!(self.phase, BatchPhase::Open);
        if is_barred { Err(self.out_of_order(record)) } else { Ok(()) }
    }

    /// Items may leave a batch at rest, a closed one too; its own request will not be sent any more. Those
    /// that the service works on stay, and so do those of a batch that is final.
    pub(super) fn check_leave(&self, record: &'static str) -> Result<(), IllegalRecord> {
        let stays = self.is_final() || matches!(self.phase, BatchPhase::Open | BatchPhase::Accepted(_));
        if stays { Err(self.out_of_order(record)) } else { Ok(()) }
    }

    /// An acceptance can be taken back where nothing can be asked with it.
    fn check_reopen(&self, record: &'static str) -> Result<(), IllegalRecord> {
        match &self.phase {
            BatchPhase::Accepted(acceptance) if !self.closed && acceptance.request_id.is_none() => Ok(()),
            _ => Err(self.out_of_order(record)),
        }
    }

    fn begin(&mut self, attempt: AttemptRecord) {
        self.unclear_attempts = self.unclear_attempts_so_far();
        self.last = Some(attempt);
        self.phase = BatchPhase::Open;
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.refused = refusal.items.into_iter().map(|item| (item.key, item.codes)).collect();
        let by_name = !self.refused.is_empty();
        self.phase = BatchPhase::Refused { status: refusal.status, codes: refusal.codes, by_name };
    }

    fn finish(&mut self, status: String, outcome: BatchOutcome) {
        let acceptance = match &self.phase {
            BatchPhase::Accepted(acceptance) => acceptance.clone(),
            _ => return,
        };
        self.phase = BatchPhase::Finished { acceptance, status, outcome };
    }

    pub(super) fn leave(&mut self, key: &ItemKey) {
        self.refused.remove(key);
        self.moved += 1;
    }

    /// Items that were refused by name were in the batch.
    fn check_refusal(&self, refusal: &Refusal, record: &'static str) -> Result<(), IllegalRecord> {
        self.check_end(refusal.attempt, record)?;
        if refusal.items.is_empty() {
            return Ok(());
        }
        let keys: HashSet<&ItemKey> = self.plan.keys.iter().collect();
        match refusal.items.iter().find(|item| !keys.contains(&item.key)) {
            Some(item) => Err(IllegalRecord::ForeignKey { key: item.key.clone(), batch: self.id() }),
            None => Ok(()),
        }
    }

    /// What the service may have can't be set aside.
    fn check_aside(&self, record: &'static str) -> Result<(), IllegalRecord> {
        self.check_leave(record)?;
        if self.unclear_attempts_so_far() > 0 {
            return Err(IllegalRecord::WrongMark { batch: self.id(), may_have_been_received: true });
        }
        Ok(())
    }
}
