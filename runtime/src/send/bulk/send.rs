//! Sends one batch, and the batches that are made of its items.

use std::collections::HashSet;

use tracing::Instrument as _;

use super::{
    BulkProblem, BulkRequest, ItemFault,
    attempt::{AttemptFailure, BatchAttempts},
    batch::ItemId,
    failure::is_for_all,
    plan::PlannedBatch,
    progress::RunClock,
    run_journal::RunJournal,
    sender::BulkSender,
};
use crate::{
    send::{
        client::{Call, Cause, Error, Prepared},
        journal::{Batch, BatchId, Journal, RecordError},
        retry::{Retry, RetryOutcome, Stopped},
    },
    violations::Violations,
};

/// Content Too Large.
const TOO_LARGE: u16 = 413;

/// The outcome of a batch and of those that were made of its items.
#[derive(Default)]
pub(super) struct SendOutcome {
    /// The accepted batches that have a request id.
    pub(super) accepted: Vec<(BatchId, String)>,
    /// Whether any batch was accepted.
    pub(super) any_accepted: bool,
    /// The last failure.
    pub(super) failure: Option<SendFailure>,
}

/// Why a batch was not accepted.
pub(super) struct SendFailure {
    error: Error,
    /// Whether every batch would fail in the same way.
    pub(super) is_for_all: bool,
}

/// The outcome of one request.
enum RequestOutcome {
    Accepted(Option<String>),
    /// The service named items.
    ItemsRefused(Vec<ItemFault>, Error),
    Failed(SendFailure),
    /// Other senders have items of the batch.
    Reduced,
    /// Another sender has taken the batch over.
    TakenOver(RecordError),
    Stopped,
}

impl<R: BulkRequest, J: Journal + 'static> BulkSender<R, J> {
    /// Sends a batch, and the batches that are made of its items. An error is the journal's.
    pub(super) async fn send(&self, batch: PlannedBatch) -> Result<SendOutcome, RecordError> {
        let mut outcome = SendOutcome::default();
        let mut todo = vec![batch];
        while let Some(planned) = todo.pop() {
            let span = tracing::info_span!(
                "bulk.batch",
                operation = self.journal.operation,
                batch = planned.batch.0,
                items = planned.encoded.len(),
                bytes = planned.encoded.body.len(),
                correlation_id = tracing::field::Empty,
            );
            let count = planned.encoded.len() as u64;
            self.monitor.report(|progress| progress.sent += count);
            match self.request(&planned).instrument(span).await? {
                RequestOutcome::Accepted(request_id) => {
                    self.monitor.report(|progress| progress.accepted += count);
                    outcome.any_accepted = true;
                    outcome.accepted.extend(request_id.map(|id| (planned.batch, id)));
                }
                RequestOutcome::ItemsRefused(faults, error) => {
                    let rejected = faults.iter().filter(|fault| !fault.sent_twice).count() as u64;
                    self.monitor.report(|progress| progress.rejected += rejected);
                    if planned.rounds == 0 && faults.len() < planned.encoded.len() {
                        self.items.batch_error(planned.batch, error.to_string());
                    }
                    let refused: HashSet<u64> = faults.iter().map(|fault| fault.ordinal).collect();
                    self.items.change(|items| faults.into_iter().for_each(|fault| items.fault(fault)));
                    if !self.monitor.is_stopping() {
                        todo.extend(plan_rest(&self.journal, &planned, &refused).await?);
                    }
                }
                RequestOutcome::Failed(failure) if failure.is_too_large() && planned.encoded.len() > 1 => {
                    todo.extend(plan_halves(&self.journal, planned).await?);
                }
                RequestOutcome::Failed(failure) => {
                    if self.journal.batch(planned.batch, Batch::is_rejected) {
                        self.monitor.report(|progress| progress.rejected += count);
                    }
                    self.items.batch_error(planned.batch, failure.error.to_string());
                    if failure.is_too_large() {
                        // That one item is too large says nothing about the others.
                        continue;
                    }
                    let is_for_all = failure.is_for_all;
                    outcome.failure = Some(failure);
                    if is_for_all {
                        // The rest would fail in the same way. It is planned, and so it is reported.
                        break;
                    }
                }
                RequestOutcome::Reduced => {
                    let (rest, lost) = self.journal.rest_of(planned.batch, &planned.encoded);
                    self.monitor.report(|progress| {
                        progress.sent -= count;
                        progress.known += lost.len() as u64;
                    });
                    self.elsewhere.add(lost);
                    todo.extend(rest.map(|encoded| PlannedBatch { encoded, ..planned }));
                }
                RequestOutcome::TakenOver(error) => {
                    tracing::warn!(batch = planned.batch.0, %error);
                    self.items.batch_error(planned.batch, error.to_string());
                    self.elsewhere.add(planned.encoded.texts());
                }
                RequestOutcome::Stopped => {}
            }
        }
        Ok(outcome)
    }

    /// Makes all attempts of one request.
    async fn request(&self, batch: &PlannedBatch) -> Result<RequestOutcome, RecordError> {
        let call = self.template.call(batch.encoded.body.clone());
        let prepared = match call.prepare() {
            Ok(prepared) => prepared,
            Err(error) => {
                let error = Error::unsent(self.journal.operation, Cause::Request(error));
                return Ok(RequestOutcome::Failed(SendFailure { error, is_for_all: true }));
            }
        };
        tracing::Span::current().record("correlation_id", prepared.correlation_id.as_str());
        let shared = &call.client.shared;
        let policy = call.options.policy(&shared.policy);
        let clock = RunClock { clock: shared.clock.as_ref(), monitor: &self.monitor };
        // A wait that another request was asked for is not part of the deadline.
        self.pause.wait(&clock).await;
        let attempts = BatchAttempts {
            template: &self.template,
            journal: &self.journal,
            pause: &self.pause,
            clock: &clock,
            policy: &policy,
            random: shared.random.as_ref(),
            batch,
            call: &call,
            prepared: &prepared,
        };
        let outcome = Retry::new(&policy, &shared.budget, &clock, shared.random.as_ref())
            .repeatable(self.template.repeatable(self.on_unclear))
            .run(|attempt| attempts.make(attempt))
            .await;
        request_outcome(&call, &prepared, outcome)
    }
}

impl SendFailure {
    fn is_too_large(&self) -> bool {
        self.error.status() == Some(TOO_LARGE)
    }
}

impl From<SendFailure> for BulkProblem {
    fn from(SendFailure { error, is_for_all }: SendFailure) -> Self {
        if is_for_all { Self::Refused(error) } else { Self::Failing(error) }
    }
}

/// Plans the items of a batch that the service did not name as a new batch.
async fn plan_rest<J: Journal + 'static>(
    journal: &RunJournal<J>,
    old: &PlannedBatch,
    refused: &HashSet<u64>,
) -> Result<Option<PlannedBatch>, RecordError> {
    let Some(rounds) = old.rounds.checked_sub(1) else { return Ok(None) };
    let is_refused = |item: Option<&ItemId>| item.is_some_and(|item| refused.contains(&item.ordinal));
    let rest = old.encoded.only(|index| !is_refused(old.encoded.items.get(index)));
    let Some(encoded) = rest else { return Ok(None) };
    let batch = journal.plan(&encoded, Some(old.batch)).await?;
    Ok(Some(PlannedBatch { batch, encoded, rounds }))
}

/// Plans the items of a batch that is too large as two batches. The second is sent last.
async fn plan_halves<J: Journal + 'static>(
    journal: &RunJournal<J>,
    old: PlannedBatch,
) -> Result<Vec<PlannedBatch>, RecordError> {
    let PlannedBatch { batch: old, encoded, rounds } = old;
    let Some(is_second) = encoded.halves() else { return Ok(Vec::new()) };
    let mut halves = Vec::with_capacity(2);
    for second in [true, false] {
        if let Some(encoded) = encoded.only(|index| is_second(index) == second) {
            let batch = journal.plan(&encoded, Some(old)).await?;
            halves.push(PlannedBatch { batch, encoded, rounds });
        }
    }
    Ok(halves)
}

/// Makes the outcome of a request out of that of its attempts.
fn request_outcome(
    call: &Call,
    prepared: &Prepared<'_>,
    outcome: RetryOutcome<Option<String>, AttemptFailure>,
) -> Result<RequestOutcome, RecordError> {
    let RetryOutcome { result, attempts, resent, waited, .. } = outcome;
    let stopped = match result {
        Ok(request_id) => {
            tracing::info!(attempts, resent, "the service accepted the batch");
            return Ok(RequestOutcome::Accepted(request_id));
        }
        Err(stopped) => stopped,
    };
    let Stopped { error, reason, sent, may_have_taken_effect, safe_to_resend, .. } = stopped;
    let (cause, faults) = match error {
        AttemptFailure::Journal(error) if error.is_taken_over() => {
            return Ok(RequestOutcome::TakenOver(error));
        }
        AttemptFailure::Journal(error) => return Err(error),
        AttemptFailure::Reduced => return Ok(RequestOutcome::Reduced),
        AttemptFailure::Stopped => return Ok(RequestOutcome::Stopped),
        AttemptFailure::Call(cause, faults) => (cause, faults),
    };
    tracing::warn!(attempts, resent, named = faults.len(), %reason, "the batch was not accepted");
    let is_for_all = is_for_all(&cause);
    let stopped = Stopped { error: cause, reason, sent, may_have_taken_effect, safe_to_resend };
    let outcome = RetryOutcome { result: Err(stopped), attempts, resent, waited };
    Ok(match call.result_of(outcome, prepared, Violations::default()) {
        Err(error) if faults.is_empty() => RequestOutcome::Failed(SendFailure { error, is_for_all }),
        Err(error) => RequestOutcome::ItemsRefused(faults, error),
        // An error stays one.
        Ok(_) => RequestOutcome::Stopped,
    })
}
