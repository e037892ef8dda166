//! One attempt to send a batch, with the records before it and after it.

use std::time::Duration;

use super::{
    BulkRequest, ItemFault, failure::failure_record, pause::Pause, plan::PlannedBatch, progress::RunClock,
    run_journal::RunJournal, shared_run::Begun, template::RequestTemplate,
};
use crate::send::{
    client::{Call, Cause, Prepared, TransportError, TransportProblem},
    journal::{Acceptance, Batch, Journal, Record, RecordError},
    retry::{Attempt, Clock as _, FailedAttempt, Policy, Random, RetryKind, Sent, keep_to},
};

/// Why a batch was not accepted.
#[derive(Debug)]
pub(super) enum AttemptFailure {
    /// The call failed; the service may have named items.
    Call(Cause, Vec<ItemFault>),
    /// The journal failed.
    Journal(RecordError),
    /// The run is being stopped, so that there was no attempt.
    Stopped,
    /// Other senders have items of the batch, so that there was no attempt.
    Reduced,
}

/// What all attempts to send a batch have in common.
pub(super) struct BatchAttempts<'a, R, J> {
    pub(super) template: &'a RequestTemplate<R>,
    pub(super) journal: &'a RunJournal<J>,
    pub(super) pause: &'a Pause,
    pub(super) clock: &'a RunClock<'a>,
    pub(super) policy: &'a Policy,
    pub(super) random: &'a dyn Random,
    pub(super) batch: &'a PlannedBatch,
    pub(super) call: &'a Call,
    pub(super) prepared: &'a Prepared<'a>,
}

impl<R: BulkRequest, J: Journal + 'static> BatchAttempts<'_, R, J> {
    /// Makes one attempt, and returns the request id of the accepted batch, if there is one. When it returns,
    /// the outcome is recorded.
    pub(super) async fn make(
        &self,
        mut attempt: Attempt,
    ) -> Result<Option<String>, FailedAttempt<AttemptFailure>> {
        let paused = self.pause.wait(self.clock).await;
        if self.clock.monitor.is_stopping() {
            return Err(FailedAttempt::not_sent(AttemptFailure::Stopped).permanent());
        }
        attempt.remaining = attempt.remaining.map(|remaining| remaining.saturating_sub(paused));
        if attempt.remaining.is_some_and(|remaining| remaining.is_zero()) {
            // What begins now would be given up at once, with an unclear outcome.
            let late = TransportError::new(TransportProblem::Timeout(Duration::ZERO), Sent::No);
            return Err(FailedAttempt::not_sent(AttemptFailure::Call(Cause::Transport(late), Vec::new())));
        }
        let (batch, now) = (self.batch.batch, self.clock.system_time());
        let (limit, asked) = (self.prepared.timeout(), self.clock.now());
        let begun = self.journal.begin_attempt(batch, &self.prepared.correlation_id, now, limit).await;
        let Begun::Attempt { number, is_resend, lease } = begun.map_err(journal_failure)? else {
            return Err(FailedAttempt::not_sent(AttemptFailure::Reduced).permanent());
        };
        // An attempt of an earlier run counts too.
        attempt.resend = is_resend;
        if let Some(lease) = lease {
            let left = lease.saturating_sub(self.clock.now().saturating_sub(asked));
            if left < limit {
                // Before its end another sender might have the batch.
                self.record(Record::NotReceived { batch, attempt: number }).await?;
                let late = TransportError::new(TransportProblem::Timeout(Duration::ZERO), Sent::No);
                return Err(FailedAttempt::not_sent(AttemptFailure::Call(
                    Cause::Transport(late),
                    Vec::new(),
                )));
            }
            attempt.remaining = Some(attempt.remaining.map_or(left, |remaining| remaining.min(left)));
        }
        let failure = match self.prepared.attempt(attempt).await {
            Ok(response) => match self.template.request_id(&response) {
                Ok(request_id) => {
                    let correlation_id = Some(self.call.correlation_id_of(Some(&response), self.prepared));
                    let id = request_id.clone();
                    // From here on only the journal could lose it.
                    let record =
                        Record::Accepted(Acceptance { batch, attempt: number, request_id, correlation_id });
                    return self.record(record).await.map(|()| id);
                }
                // Something has answered, perhaps the service.
                Err(error) => FailedAttempt::maybe_sent(Cause::Unreadable(Box::new(response), error)),
            },
            Err(failure) => failure,
        };
        self.pause_all_if_throttled(&failure);
        let list = self.template.description.items;
        let sent_twice = self.journal.batch(batch, Batch::was_sent_twice);
        let (record, faults) = failure_record(self.batch, list, sent_twice, number, &failure);
        self.record(record).await?;
        Err(failure.map(|cause| AttemptFailure::Call(cause, faults)))
    }

    async fn record(&self, record: Record) -> Result<(), FailedAttempt<AttemptFailure>> {
        self.journal.record(record).await.map_err(journal_failure)
    }

    /// Makes all requests of the run wait if the service asks one to.
    fn pause_all_if_throttled(&self, failure: &FailedAttempt<Cause>) {
        if failure.kind() == Some(RetryKind::Throttled) {
            let wait = failure.hint().unwrap_or(self.policy.throttled.first);
            let wait = keep_to(wait, self.policy.hint_floor, self.policy.hint_ceiling, self.random);
            self.pause.extend(self.clock.now().saturating_add(wait));
        }
    }
}

fn journal_failure(error: RecordError) -> FailedAttempt<AttemptFailure> {
    FailedAttempt::not_sent(AttemptFailure::Journal(error)).permanent()
}
