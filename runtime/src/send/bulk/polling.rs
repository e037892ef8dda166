//! Polls the state of a batch that the service accepted.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::{
    BulkRequest, items::SharedItems, options::BulkOptions, progress::RunMonitor, run_journal::RunJournal,
    template::RequestTemplate,
};
use crate::send::{
    client::read,
    journal::{BatchId, BatchOutcome, Journal, Record, RecordError},
    poll::{PollOutcome, Poller},
};

/// A batch that the service accepted.
pub(super) struct AcceptedBatch {
    pub(super) batch: BatchId,
    pub(super) request_id: String,
    /// Whether this run has just sent it.
    pub(super) is_fresh: bool,
}

/// Polls until the service has finished a batch, and records that. Returns the batch if another sender has it
/// by now, which asks too. An error is the journal's.
pub(super) async fn poll<R: BulkRequest, J: Journal + 'static>(
    template: &RequestTemplate<R>,
    journal: &RunJournal<J>,
    monitor: &RunMonitor,
    items: &SharedItems,
    options: &BulkOptions,
    accepted: AcceptedBatch,
    gate: Arc<Semaphore>,
) -> Result<Option<BatchId>, RecordError> {
    let AcceptedBatch { batch, request_id, is_fresh } = accepted;
    let Some(call) = template.status_call(&request_id) else { return Ok(None) };
    let backoff = options.poll_backoff;
    let poller = Poller::new(call, read::nothing, |_| None::<()>).backoff(backoff).gate(gate);
    // No work is finished in the moment in which it begins.
    let poller = if is_fresh { poller.delay(backoff.first) } else { poller };
    let poller = match options.deadline {
        Some(deadline) => poller.deadline(deadline),
        None => poller.without_deadline(),
    };
    let last = match poller.await {
        Ok(last) => last,
        Err(error) => {
            tracing::warn!(%batch, %error, "the final state of the batch is not known");
            items.batch_error(batch, error.to_string());
            return Ok(None);
        }
    };
    let outcome = match last.outcome {
        PollOutcome::Success | PollOutcome::Warning => BatchOutcome::Clean,
        PollOutcome::Failure => BatchOutcome::WithErrors,
    };
    match journal.record(Record::Finished { batch, status: last.state, outcome }).await {
        Err(error) if error.is_taken_over() => {
            tracing::warn!(%batch, %error);
            return Ok(Some(batch));
        }
        recorded => recorded?,
    }
    tracing::info!(%batch, ?outcome, "the service has finished the batch");
    let count = journal.batch(batch, |batch| batch.plan().keys.len());
    monitor.report(|progress| progress.finished += count as u64);
    Ok(None)
}
