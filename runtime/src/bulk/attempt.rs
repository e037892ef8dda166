//! One attempt, with what must be in the journal before it and after it.

use std::time::UNIX_EPOCH;

use super::{BulkRequest, ItemFault, send::Work, sender::Sender};
use crate::{
    client::{Call, Cause, Prepared},
    journal::{self, Acceptance, Journal, Record, RecordError},
    poll::member,
    retry::{self, Failure},
};

/// Why a batch was not taken.
#[derive(Debug)]
pub(super) enum Failed {
    /// The call failed; the service may have named items.
    Call(Cause, Vec<ItemFault>),
    /// The journal failed.
    Journal(RecordError),
    /// The run is being stopped, so that there was no attempt.
    Stopped,
}

impl<R: BulkRequest, J: Journal> Sender<R, J> {
    /// Makes one attempt. What it gives is on the disk already: the request id of the accepted batch, if there is one.
    pub(super) async fn attempt(
        &self,
        work: &Work,
        call: &Call,
        prepared: &Prepared<'_>,
        mut attempt: retry::Attempt,
    ) -> Result<Option<String>, Failure<Failed>> {
        if self.board.is_stopping() {
            return Err(Failure::not_sent(Failed::Stopped).permanent());
        }
        let journal = |error| Failure::not_sent(Failed::Journal(error)).permanent();
        let (number, is_resend) = self.begin(work, prepared).map_err(journal)?;
        // An attempt of an earlier run counts too.
        attempt.resend = is_resend;
        let failure = match prepared.attempt(attempt).await {
            Ok(answer) => {
                let request_id = self.bulk.request_id.and_then(|name| member(answer.body(), name));
                let correlation_id = Some(call.correlation_id_of(Some(&answer), prepared));
                let (batch, attempt) = (work.batch, number);
                let id = request_id.clone();
                // From here on only the journal could lose it.
                self.record(Record::Accepted(Acceptance { batch, attempt, request_id, correlation_id }))
                    .map_err(journal)?;
                return Ok(id);
            }
            Err(failure) => failure,
        };
        let (record, faults) = self.end_of(work, number, &failure);
        self.record(record).map_err(journal)?;
        Err(failure.map(|cause| Failed::Call(cause, faults)))
    }

    /// Writes down that an attempt begins, and gives its number and whether it must be marked.
    fn begin(&self, work: &Work, prepared: &Prepared<'_>) -> Result<(u32, bool), RecordError> {
        let (number, is_resend) = self.state(|state| {
            let batch = state.batch(work.batch);
            let number = batch.map_or(0, journal::Batch::attempts).saturating_add(1);
            (number, batch.is_some_and(journal::Batch::may_have_been_received))
        });
        let wall = self.request.call().client.shared.clock.wall();
        let at = wall.duration_since(UNIX_EPOCH).ok().and_then(|since| u64::try_from(since.as_millis()).ok());
        let correlation_id = Some(prepared.correlation_id.clone());
        let attempt = journal::Attempt { batch: work.batch, attempt: number, correlation_id, at };
        self.record(if is_resend { Record::Resending(attempt) } else { Record::Sending(attempt) })?;
        Ok((number, is_resend))
    }
}
