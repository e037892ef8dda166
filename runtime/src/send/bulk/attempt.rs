//! One attempt, with what must be in the journal before it and after it.

use std::time::{Duration, UNIX_EPOCH};

use super::{BulkRequest, ItemFault, progress::Watched, send::Work, sender::Sender};
use crate::send::{
    client::{
        Call, Cause, Prepared, Received, TransportError, Trouble, described::check_described,
        read::Unreadable,
    },
    journal::{self, Acceptance, Journal, Record, RecordError},
    poll::member,
    retry::{self, Clock as _, Failure, Kind, Sent},
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

impl<R: BulkRequest, J: Journal + 'static> Sender<R, J> {
    /// Makes one attempt. What it gives is on the disk already: the request id of the accepted batch, if
    /// there is one.
    pub(super) async fn attempt(
        &self,
        work: &Work,
        call: &Call,
        prepared: &Prepared<'_>,
        mut attempt: retry::Attempt,
    ) -> Result<Option<String>, Failure<Failed>> {
        let clock = Watched { clock: call.client.shared.clock.as_ref(), board: &self.board };
        let paused = self.wait_for_pause(&clock).await;
        if self.board.is_stopping() {
            return Err(Failure::not_sent(Failed::Stopped).permanent());
        }
        attempt.remaining = attempt.remaining.map(|remaining| remaining.saturating_sub(paused));
        if attempt.remaining.is_some_and(|remaining| remaining.is_zero()) {
            // What is begun now would be given up at once, and nobody would know what became of it.
            let late = TransportError::new(Trouble::Timeout(Duration::ZERO), Sent::No);
            return Err(Failure::not_sent(Failed::Call(Cause::Transport(late), Vec::new())));
        }
        let journal = |error| Failure::not_sent(Failed::Journal(error)).permanent();
        let (number, is_resend) = self.begin(work, prepared).await.map_err(journal)?;
        // An attempt of an earlier run counts too.
        attempt.resend = is_resend;
        let failure = match prepared.attempt(attempt).await {
            Ok(answer) => match self.accepted(&answer) {
                Ok(request_id) => {
                    let correlation_id = Some(call.correlation_id_of(Some(&answer), prepared));
                    let (batch, attempt) = (work.batch, number);
                    let id = request_id.clone();
                    // From here on only the journal could lose it.
                    let record = Record::Accepted(Acceptance { batch, attempt, request_id, correlation_id });
                    return self.record(record).await.map(|()| id).map_err(journal);
                }
                // Somebody answered, and who knows whether it was the service.
                Err(error) => Failure::maybe_sent(Cause::Unreadable(Box::new(answer), error)),
            },
            Err(failure) => failure,
        };
        if failure.kind() == Some(Kind::Throttled) {
            let policy = call.options.policy(&call.client.shared.policy);
            let wait = failure.hint().unwrap_or(policy.throttled.first);
            self.pause.extend(
                clock.now().saturating_add(
                    wait.clamp(policy.hint_floor, policy.hint_ceiling.max(policy.hint_floor)),
                ),
            );
        }
        let (record, faults) = self.end_of(work, number, &failure);
        self.record(record).await.map_err(journal)?;
        Err(failure.map(|cause| Failed::Call(cause, faults)))
    }

    /// Waits while the service wants to be left alone, and returns for how long.
    pub(super) async fn wait_for_pause(&self, clock: &Watched<'_>) -> Duration {
        let began = clock.now();
        while let Some(left) = self.pause.left(clock.now()).filter(|_| !self.board.is_stopping()) {
            clock.sleep(left).await;
        }
        clock.now().saturating_sub(began)
    }

    /// Returns the request id if the answer is what the definition describes as a success; otherwise why it
    /// is not.
    fn accepted(&self, answer: &Received) -> Result<Option<String>, Unreadable> {
        check_described(self.request.call().operation, answer)?;
        R::check_success(answer)?;
        let Some(name) = self.bulk.request_id else { return Ok(None) };
        let id = member(answer.body(), name).filter(|id| !id.is_empty());
        id.map(Some).ok_or(Unreadable::new("it names no request id"))
    }

    /// Writes down that an attempt begins, and gives its number and whether it must be marked.
    async fn begin(&self, work: &Work, prepared: &Prepared<'_>) -> Result<(u32, bool), RecordError> {
        let (number, is_resend) = self.state(|state| {
            let batch = state.batch(work.batch);
            let number = batch.map_or(0, journal::Batch::attempts).saturating_add(1);
            (number, batch.is_some_and(journal::Batch::may_have_been_received))
        });
        let wall = self.request.call().client.shared.clock.wall();
        let at = wall.duration_since(UNIX_EPOCH).ok().and_then(|since| u64::try_from(since.as_millis()).ok());
        let correlation_id = Some(prepared.correlation_id.clone());
        let attempt = journal::Attempt { batch: work.batch, attempt: number, correlation_id, at };
        self.record(if is_resend { Record::Resending(attempt) } else { Record::Sending(attempt) }).await?;
        Ok((number, is_resend))
    }
}
