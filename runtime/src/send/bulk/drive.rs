//! The run itself: items in, requests out, so many at a time.

use std::{
    collections::VecDeque,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_core::Stream;
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use tokio::sync::Semaphore;

use super::{
    BulkProblem, BulkRequest,
    intake::{Intake, Taken},
    item::Offer,
    send::{Ended, Work},
    sender::Sender,
};
use crate::send::{
    client::BoxFuture,
    journal::{BatchId, Journal, RecordError},
};

/// After how many items others get a turn: a stream that is always ready would keep everybody else waiting.
const TURN: u32 = 1024;

/// Everything that is under way.
struct Run<'a, R, J> {
    sender: &'a Sender<R, J>,
    sends: FuturesUnordered<BoxFuture<'a, Result<Ended, RecordError>>>,
    polls: FuturesUnordered<BoxFuture<'a, Result<(), RecordError>>>,
    gate: Arc<Semaphore>,
    /// Planned batches that wait for their turn.
    ready: VecDeque<Work>,
    /// Why nothing more is sent.
    stop: Option<BulkProblem>,
    /// Whether the service is asked about what it took.
    may_ask: bool,
    /// Batches in a row that were not taken.
    failures: u32,
    turn: u32,
}

enum Event {
    Item(Option<Offer>),
    Sent(Result<Ended, RecordError>),
    Polled(Result<(), RecordError>),
    /// Nothing is under way.
    Idle,
}

impl<R: BulkRequest, J: Journal + 'static> Sender<R, J> {
    /// Sends all items and waits for what the caller wants to wait for.
    pub(super) async fn drive<S>(&self, mut items: Pin<&mut S>) -> Result<(), BulkProblem>
    where
        S: Stream<Item = Offer>,
    {
        if self.options.resumes {
            self.take_pending();
        }
        Run::new(self).go(&mut Intake::new(self), &mut items).await
    }
}

impl<'a, R: BulkRequest, J: Journal + 'static> Run<'a, R, J> {
    fn new(sender: &'a Sender<R, J>) -> Self {
        let concurrency = sender.options.concurrency.max(1);
        Self {
            sender,
            sends: FuturesUnordered::new(),
            polls: FuturesUnordered::new(),
            gate: Arc::new(Semaphore::new(concurrency.min(Semaphore::MAX_PERMITS))),
            ready: VecDeque::new(),
            stop: None,
            may_ask: sender.waits(),
            failures: 0,
            turn: 0,
        }
    }

    async fn go<S: Stream<Item = Offer>>(
        mut self,
        intake: &mut Intake<'a, R, J>,
        items: &mut Pin<&mut S>,
    ) -> Result<(), BulkProblem> {
        for (batch, request_id) in self.sender.to_poll() {
            self.watch(batch, request_id, false);
        }
        let mut is_reading = true;
        loop {
            self.fill();
            let may_read = is_reading && self.stop.is_none() && self.ready.is_empty();
            if is_reading && self.stop.is_some() {
                is_reading = false;
                // What was read is in the account, though nobody will send it now.
                intake.finish(false).await.map_err(BulkProblem::Journal)?;
            }
            let event = poll_fn(|context| self.next(context, items, may_read)).await;
            let stop = match event {
                Event::Item(Some(item)) => self.planned(intake.take(item).await),
                Event::Item(None) => {
                    is_reading = false;
                    self.planned(intake.finish(true).await)
                }
                Event::Sent(ended) => self.sent(ended),
                Event::Polled(ended) => ended,
                Event::Idle => break,
            };
            // The rest of what is under way is dropped with the run: nothing can be written any more.
            stop.map_err(BulkProblem::Journal)?;
        }
        self.stop.map_or(Ok(()), Err)
    }

    /// As many requests as there may be.
    fn fill(&mut self) {
        if self.stop.is_some() {
            self.ready.clear();
        }
        while self.sends.len() < self.sender.options.concurrency.max(1) {
            let Some(work) = self.ready.pop_front() else { break };
            self.sends.push(Box::pin(self.sender.send(work)));
        }
        let (sending, polling) = (self.sends.len(), self.polls.len());
        self.sender.board.count(|progress| (progress.sending, progress.polling) = (sending, polling));
    }

    fn next<S: Stream<Item = Offer>>(
        &mut self,
        context: &mut Context<'_>,
        items: &mut Pin<&mut S>,
        may_read: bool,
    ) -> Poll<Event> {
        if let Poll::Ready(Some(ended)) = self.sends.poll_next_unpin(context) {
            return Poll::Ready(Event::Sent(ended));
        }
        if let Poll::Ready(Some(ended)) = self.polls.poll_next_unpin(context) {
            return Poll::Ready(Event::Polled(ended));
        }
        if may_read {
            self.turn += 1;
            if self.turn < TURN {
                return items.as_mut().poll_next(context).map(Event::Item);
            }
            self.turn = 0;
            context.waker().wake_by_ref();
        } else if self.sends.is_empty() && self.polls.is_empty() {
            return Poll::Ready(Event::Idle);
        }
        Poll::Pending
    }

    fn planned(&mut self, taken: Result<Taken, RecordError>) -> Result<(), RecordError> {
        let Taken { work, stop } = taken?;
        self.ready.extend(work);
        if let Some(problem) = stop {
            self.end(problem, true);
        }
        Ok(())
    }

    fn sent(&mut self, ended: Result<Ended, RecordError>) -> Result<(), RecordError> {
        let Ended { accepted, was_taken, failed } = ended?;
        for (batch, request_id) in accepted {
            self.watch(batch, request_id, true);
        }
        if was_taken {
            self.failures = 0;
        }
        if let Some((error, for_all)) = failed {
            self.failures += 1;
            if for_all || self.failures >= self.sender.options.give_up_after {
                self.end((error, for_all).into(), false);
            }
        }
        Ok(())
    }

    fn watch(&mut self, batch: BatchId, request_id: String, is_fresh: bool) {
        if self.may_ask {
            let poll = self.sender.poll(batch, request_id, is_fresh, self.gate.clone());
            self.polls.push(Box::pin(poll));
        }
    }

    /// Sends nothing more. A service that refuses, or does not answer, is not asked about earlier batches
    /// either.
    fn end(&mut self, problem: BulkProblem, may_ask: bool) {
        tracing::warn!(operation = self.sender.operation, "the run ends early");
        self.sender.board.stop();
        if !may_ask {
            self.may_ask = false;
            self.polls.clear();
        }
        self.stop.get_or_insert(problem);
    }
}
