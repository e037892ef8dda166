//! A poller, as a future and as a stream.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_core::Stream;
use tokio::sync::Semaphore;

use super::{FinalState, PollBackoff, PollError, PolledState, state::PollState};
use crate::send::client::{BoxFuture, Call, ReadFailure, ReadResponse};

/// For how long 404 is no error.
const PATIENCE: Duration = Duration::from_secs(60);

/// When polling ends.
const DEADLINE: Duration = Duration::from_secs(3600);

/// Makes the same call again and again until the state is final: see [the module](super).
///
/// `.await` gives the final response. As a [`Stream`], or with [`Poller::next`], it gives every state that is
/// seen, and ends after the final one or after the first error.
#[must_use = "a poller does nothing until it is awaited"]
pub struct Poller<T, F> {
    /// `None` after the end, and while `step` has it.
    machine: Option<Box<PollState<T, F>>>,
    operation: &'static str,
    step: Option<BoxFuture<'static, Step<T, F>>>,
}

type Step<T, F> = (Box<PollState<T, F>>, Result<PolledState<T>, PollError<F>>);

impl<T: 'static, F: 'static> Poller<T, F> {
    /// Creates a poller that makes this call. Generated code calls it.
    pub fn new(call: Call, read: ReadResponse<T>, failure: ReadFailure<F>) -> Self {
        let operation = call.operation.id;
        let machine = PollState {
            call,
            read,
            failure,
            backoff: PollBackoff::new(),
            delay: Duration::ZERO,
            patience: PATIENCE,
            deadline: Some(DEADLINE),
            gate: None,
            start: None,
            calls: 0,
            hint: None,
            state: None,
            unreadable: 0,
        };
        Self { machine: Some(Box::new(machine)), operation, step: None }
    }

    /// Sets the waits between two calls.
    pub fn backoff(self, backoff: PollBackoff) -> Self {
        self.with(|machine| machine.backoff = backoff)
    }

    /// Sets the wait before the first call.
    pub fn delay(self, delay: Duration) -> Self {
        self.with(|machine| machine.delay = delay)
    }

    /// Sets for how long 404 is no error, because the service may not know its request yet.
    pub fn patience(self, patience: Duration) -> Self {
        self.with(|machine| machine.patience = patience)
    }

    /// Sets the time, from the first wait or call on, after which polling ends with an error.
    pub fn deadline(self, deadline: Duration) -> Self {
        self.with(|machine| machine.deadline = Some(deadline))
    }

    /// Removes the deadline.
    pub fn without_deadline(self) -> Self {
        self.with(|machine| machine.deadline = None)
    }

    /// Makes each call with a permit of this semaphore.
    pub(crate) fn gate(self, gate: Arc<Semaphore>) -> Self {
        self.with(|machine| machine.gate = Some(gate))
    }

    fn with(mut self, change: impl FnOnce(&mut PollState<T, F>)) -> Self {
        // After the end there is nothing left to change.
        self.machine.as_deref_mut().map(change);
        self
    }
}

impl<T: Send + 'static, F: Send + 'static> Poller<T, F> {
    /// Waits for the next state and returns it, or `None` after the end.
    ///
    /// # Errors
    ///
    /// The deadline passed, or the last call failed for good: see [`PollError`].
    pub async fn next(&mut self) -> Option<Result<PolledState<T>, PollError<F>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: Send + 'static, F: Send + 'static> Stream for Poller<T, F> {
    type Item = Result<PolledState<T>, PollError<F>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.step.is_none() {
            let Some(mut machine) = this.machine.take() else { return Poll::Ready(None) };
            this.step = Some(Box::pin(async move {
                let ended = machine.step().await;
                (machine, ended)
            }));
        }
        let Some(step) = &mut this.step else { return Poll::Ready(None) };
        let (machine, ended) = ready!(step.as_mut().poll(context));
        this.step = None;
        if ended.as_ref().is_ok_and(|seen| seen.outcome.is_none()) {
            this.machine = Some(machine);
        }
        Poll::Ready(Some(ended))
    }
}

impl<T: Send + 'static, F: Send + 'static> IntoFuture for Poller<T, F> {
    type Output = Result<FinalState<T>, PollError<F>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            loop {
                match self.next().await {
                    Some(Ok(PolledState { response, state, outcome: Some(outcome) })) => {
                        return Ok(FinalState { response, state, outcome });
                    }
                    Some(Ok(_)) => {}
                    Some(Err(error)) => return Err(error),
                    None => return Err(PollError::over(self.operation)),
                }
            }
        })
    }
}

impl<T, F> fmt::Debug for Poller<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let machine = self.machine.as_deref();
        f.debug_struct("Poller")
            .field("call", &machine.map(|machine| &machine.call))
            .field("calls", &machine.map(|machine| machine.calls))
            .finish_non_exhaustive()
    }
}
