//! The calls of a poller, one after another.

use std::{sync::Arc, time::Duration};

use http::header;
use tokio::sync::Semaphore;

use super::{PollBackoff, PollError, PollOutcome, PolledState, error::PollProblem, member};
use crate::send::{
    client::{
        Call, CallError, Error, RawResponse, ReadFailure, ReadResponse, Response, TransportProblem,
        described::check_described, read::ReadError,
    },
    operation::PollDescription,
    retry::{StopReason, retry_after},
};

/// After so many responses of 2xx in a row that are no success or hold no state, polling ends.
const MAX_UNREADABLE: u32 = 3;

const NO_STATE: ReadError = ReadError::new("the body holds no state");

/// The state of a poller between two calls.
pub(super) struct PollState<T, F> {
    pub(super) call: Call,
    pub(super) read: ReadResponse<T>,
    pub(super) failure: ReadFailure<F>,
    pub(super) backoff: PollBackoff,
    pub(super) delay: Duration,
    pub(super) patience: Duration,
    pub(super) deadline: Option<Duration>,
    /// Limits the concurrent calls of several pollers.
    pub(super) gate: Option<Arc<Semaphore>>,
    pub(super) start: Option<Duration>,
    pub(super) calls: u32,
    pub(super) hint: Option<Duration>,
    pub(super) state: Option<String>,
    pub(super) unreadable: u32,
}

impl<T, F> PollState<T, F> {
    /// Returns the next state that is seen.
    pub(super) async fn step(&mut self) -> Result<PolledState<T>, PollError<F>> {
        let Some(poll) = self.call.operation.poll else {
            return Err(self.error(PollProblem::NoStates, None));
        };
        let mut last = None;
        loop {
            if let Err(problem) = self.pause().await {
                return Err(self.error(problem, last));
            }
            match self.call_once(&poll).await {
                Ok(seen) => return Ok(seen),
                Err(error) if self.is_patient_with(&error) => last = Some(self.call_error(error)),
                Err(error) => {
                    let error = self.call_error(error);
                    return Err(self.error(PollProblem::Call, Some(error)));
                }
            }
        }
    }

    /// Waits until the next call is due, unless that is after the deadline.
    async fn pause(&mut self) -> Result<(), PollProblem> {
        let shared = self.call.client.shared.clone();
        let now = shared.clock.now();
        let start = *self.start.get_or_insert(now);
        let wait = match self.calls.checked_sub(1) {
            None => self.delay,
            Some(number) => self.backoff.wait(number, self.hint.take(), shared.random.as_ref()),
        };
        let due = now.saturating_sub(start).saturating_add(wait);
        match self.deadline {
            Some(deadline) if due >= deadline => return Err(PollProblem::Deadline(deadline)),
            _ if wait.is_zero() => {}
            _ => shared.clock.sleep(wait).await,
        }
        Ok(())
    }

    async fn call_once(&mut self, poll: &PollDescription) -> Result<PolledState<T>, Error> {
        let gate = self.gate.clone();
        // It is never closed, so that there is always a permit in the end.
        let _permit = match &gate {
            Some(gate) => gate.acquire().await.ok(),
            None => None,
        };
        self.calls = self.calls.saturating_add(1);
        let call = self.limited();
        // On the heap, so that the many pollers that only wait are small.
        let budget = &call.client.shared.poll_budget;
        let response = Box::pin(call.exchange(budget)).await.inspect_err(|error| {
            let header = |name| error.headers().and_then(|headers| headers.get(name)?.to_str().ok());
            self.hint = self.requested_wait(header(header::RETRY_AFTER), header(header::DATE));
        })?;
        self.hint = self.requested_wait(response.header("retry-after"), response.header("date"));
        self.read_state(&call, poll, response)
    }

    /// Returns the state that the response reports.
    fn read_state(
        &mut self,
        call: &Call,
        poll: &PollDescription,
        response: Response<RawResponse>,
    ) -> Result<PolledState<T>, Error> {
        let state = check_described(call.operation, &response.value)
            .and_then(|()| member(response.value.body(), poll.status).ok_or(NO_STATE));
        let state = match state {
            Ok(state) => state,
            Err(error) => {
                self.unreadable += 1;
                return Err(call.unreadable(response, error));
            }
        };
        self.unreadable = 0;
        self.state = Some(state.clone());
        let response = call.read(response, self.read)?;
        Ok(PolledState { response, outcome: PollOutcome::of(poll, &state), state })
    }

    /// The call, which must end with the poller.
    fn limited(&self) -> Call {
        let mut call = self.call.clone();
        let shared = &self.call.client.shared;
        if let Some(deadline) = self.deadline {
            let elapsed = shared.clock.now().saturating_sub(self.start.unwrap_or_default());
            let left = deadline.saturating_sub(elapsed);
            let own = call.options.policy(&shared.policy).deadline;
            call.set_deadline(own.map_or(left, |own| own.min(left)));
        }
        call
    }

    fn requested_wait(&self, value: Option<&str>, date: Option<&str>) -> Option<Duration> {
        retry_after(value?, date, self.call.client.shared.clock.system_time())
    }

    /// Whether the next response may be another one.
    fn is_patient_with(&self, error: &Error) -> bool {
        if error.is_unreadable() {
            return (1..MAX_UNREADABLE).contains(&self.unreadable);
        }
        if error.is_not_found() {
            return self.elapsed() < self.patience;
        }
        match error.reason() {
            Some(StopReason::Exhausted | StopReason::Deadline | StopReason::Budget) => true,
            // Polling does no harm, whatever the method.
            Some(StopReason::NotRepeatable) => !matches!(
                error.transport_problem(),
                Some(TransportProblem::TooLarge(_) | TransportProblem::Tls | TransportProblem::Unsendable)
            ),
            _ => false,
        }
    }

    fn elapsed(&self) -> Duration {
        let now = self.call.client.shared.clock.now();
        now.saturating_sub(self.start.unwrap_or(now))
    }

    fn call_error(&self, error: Error) -> CallError<F> {
        CallError::of(error, self.failure)
    }

    fn error(&self, problem: PollProblem, error: Option<CallError<F>>) -> PollError<F> {
        PollError {
            operation: self.call.operation.id,
            problem,
            error,
            state: self.state.clone(),
            calls: self.calls,
            elapsed: self.elapsed(),
        }
    }
}
