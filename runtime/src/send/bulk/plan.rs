//! Validates a batch and plans what is valid of it.

use super::{
    BulkProblem, BulkRequest, ItemFault, OnInvalid, batch::EncodedBatch, items::SharedItems,
    progress::RunMonitor, run_journal::RunJournal, template::RequestTemplate,
};
use crate::send::journal::{Batch, BatchId, Journal, RecordError, RefusedItem};

/// What a batch is planned with.
pub(super) struct Planner<'a, R, J> {
    pub(super) template: &'a RequestTemplate<R>,
    pub(super) journal: &'a RunJournal<J>,
    pub(super) monitor: &'a RunMonitor,
    pub(super) items: &'a SharedItems,
    pub(super) on_invalid: OnInvalid,
    pub(super) rounds: u32,
}

/// A batch that is recorded as planned, with its body.
pub(super) struct PlannedBatch {
    pub(super) batch: BatchId,
    pub(super) encoded: EncodedBatch,
    /// The number of times that its rest may be sent again after items were refused by name.
    pub(super) rounds: u32,
}

/// The outcome of a plan.
pub(super) struct Planned {
    /// The batch to be sent, if any item is valid.
    pub(super) batch: Option<PlannedBatch>,
    /// Why nothing more is to be sent, if so.
    pub(super) stop: Option<BulkProblem>,
}

impl<R: BulkRequest, J: Journal + 'static> Planner<'_, R, J> {
    /// Sets aside what is not valid, and plans the rest. `aside` was found before; `replaces` is the batch
    /// that the items come from.
    pub(super) async fn plan(
        &self,
        encoded: Option<EncodedBatch>,
        mut aside: Vec<RefusedItem>,
        replaces: Option<BatchId>,
    ) -> Result<Planned, RecordError> {
        let checked = encoded.map(|encoded| self.template.check(encoded)).unwrap_or_default();
        let found_any = !aside.is_empty() || !checked.faults.is_empty();
        let is_in_doubt = replaces.is_some_and(|old| self.journal.batch(old, Batch::may_have_been_received));
        let bad: Vec<RefusedItem> = checked.faults.iter().map(ItemFault::refused).collect();
        if replaces.is_none() {
            aside.extend(bad.iter().cloned());
        }
        self.journal.set_aside(aside, None).await?;
        // What the service may have cannot be set aside: it stays in its batch, unclear.
        if replaces.is_some() && !is_in_doubt {
            self.journal.set_aside(bad, replaces).await?;
        }
        let batch = match checked.valid {
            Some(encoded) => {
                let batch = self.journal.plan(&encoded, replaces).await?;
                Some(self.planned(batch, encoded))
            }
            None => None,
        };
        self.monitor.report(|progress| {
            progress.set_aside += checked.faults.len() as u64;
            progress.warnings += checked.warning_count;
        });
        self.items.change(|items| {
            items.warn(checked.warnings);
            for fault in checked.faults {
                if is_in_doubt { items.fault(fault) } else { items.set_aside(fault) }
            }
        });
        let stop = match checked.of_list {
            Some(violations) => Some(BulkProblem::Body(violations)),
            None if found_any && self.on_invalid == OnInvalid::Stop => Some(BulkProblem::Invalid),
            None => None,
        };
        Ok(Planned { batch, stop })
    }

    pub(super) fn planned(&self, batch: BatchId, encoded: EncodedBatch) -> PlannedBatch {
        PlannedBatch { batch, encoded, rounds: self.rounds }
    }
}
