//! Drives a run: reads items, sends batches and polls accepted ones, a limited number at a time.

use std::{
    collections::VecDeque,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use futures_core::Stream;
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use tokio::sync::Semaphore;

use super::{
    BulkProblem, BulkRequest,
    batcher::{Batcher, NewBatches},
    elsewhere::{OtherSenders, OthersPause},
    input::InputItem,
    plan::PlannedBatch,
    polling::{AcceptedBatch, poll},
    send::SendOutcome,
    sender::BulkSender,
};
use crate::send::{
    client::BoxFuture,
    journal::{BatchId, Journal, JournalError, RecordError},
};

/// The number of items after which other tasks get a turn: a stream that is always ready would block them.
const TURN: u32 = 1024;

/// Sends all items, and waits for accepted batches if the options say so. Nothing new is begun when `stop` is
/// complete.
pub(super) async fn drive<R, J, S>(
    sender: &BulkSender<R, J>,
    mut items: Pin<&mut S>,
    stop: BoxFuture<'_, ()>,
) -> Result<(), BulkProblem>
where
    R: BulkRequest,
    J: Journal + 'static,
    S: Stream<Item = InputItem>,
{
    if sender.options.resumes {
        sender.add_pending_items();
    }
    let mut batcher = Batcher::new(sender.planner(), &sender.options, sender.on_unclear);
    Run::new(sender, stop).drive(&mut batcher, &mut items).await
}

/// Everything that is under way.
struct Run<'a, R, J> {
    sender: &'a BulkSender<R, J>,
    sends: FuturesUnordered<BoxFuture<'a, Result<SendOutcome, RecordError>>>,
    polls: FuturesUnordered<BoxFuture<'a, Result<Option<BatchId>, RecordError>>>,
    /// The permits for polling.
    gate: Arc<Semaphore>,
    /// Planned batches that wait to be sent.
    ready: VecDeque<PlannedBatch>,
    /// A look at the items that other senders have.
    others: Option<BoxFuture<'a, LookedAfter>>,
    others_pause: OthersPause,
    /// Until the caller wants the run to end.
    told_to_end: Option<BoxFuture<'a, ()>>,
    /// Why nothing more is sent.
    stop: Option<BulkProblem>,
    /// Whether accepted batches are polled.
    polls_batches: bool,
    /// The number of batches in a row that were not accepted.
    failures: u32,
    turn: u32,
    /// Renews the leases of a journal that others write too.
    renewals: Option<BoxFuture<'a, ()>>,
}

/// How items stand at other senders, and the batches that were taken over from some.
type LookedAfter = (OtherSenders, Vec<BatchId>, Option<JournalError>);

enum Event {
    Item(Option<InputItem>),
    Sent(Result<SendOutcome, RecordError>),
    Polled(Result<Option<BatchId>, RecordError>),
    ToldToEnd,
    Others(LookedAfter),
    /// Nothing is under way.
    Idle,
}

impl<'a, R: BulkRequest, J: Journal + 'static> Run<'a, R, J> {
    fn new(sender: &'a BulkSender<R, J>, stop: BoxFuture<'a, ()>) -> Self {
        let concurrency = sender.options.concurrency.max(1);
        Self {
            sender,
            sends: FuturesUnordered::new(),
            polls: FuturesUnordered::new(),
            gate: Arc::new(Semaphore::new(concurrency.min(Semaphore::MAX_PERMITS))),
            ready: VecDeque::new(),
            others: None,
            others_pause: OthersPause::default(),
            told_to_end: Some(stop),
            stop: None,
            polls_batches: sender.waits(),
            failures: 0,
            turn: 0,
            renewals: sender.journal.renewals(sender.template.clock()),
        }
    }

    async fn drive<S: Stream<Item = InputItem>>(
        mut self,
        batcher: &mut Batcher<'a, R, J>,
        items: &mut Pin<&mut S>,
    ) -> Result<(), BulkProblem> {
        for (batch, request_id) in self.sender.journal.accepted_batches() {
            self.begin_polling(AcceptedBatch { batch, request_id, is_fresh: false });
        }
        let mut is_reading = true;
        loop {
            self.begin_sends();
            let is_held_up = self.sender.elsewhere.is_too_much();
            if is_held_up && self.others.is_none() {
                self.others = self.look_after(false);
            }
            let may_read = is_reading && self.stop.is_none() && self.ready.is_empty() && !is_held_up;
            if is_reading && self.stop.is_some() {
                is_reading = false;
                // What was read is reported, although it will not be sent.
                batcher.finish(false).await.map_err(BulkProblem::Journal)?;
            }
            let event = poll_fn(|context| self.next_event(context, items, may_read)).await;
            let handled = match event {
                Event::Item(Some(item)) => batcher.add(item).await.map(|new| self.add_batches(new)),
                Event::Item(None) => {
                    is_reading = false;
                    batcher.finish(true).await.map(|new| self.add_batches(new))
                }
                Event::Sent(outcome) => outcome.map(|outcome| self.handle(outcome)),
                Event::Polled(result) => result.map(|lost| self.wait_for_batch(lost)),
                Event::ToldToEnd => {
                    self.stop_all(BulkProblem::Stopped);
                    Ok(())
                }
                Event::Others(looked) => self.handle_others(looked, batcher, !is_reading).await,
                Event::Idle => match self.look_after(true) {
                    None => break,
                    looking => {
                        self.others = looking;
                        Ok(())
                    }
                },
            };
            // What is under way is dropped with the run: nothing can be recorded any more.
            handled.map_err(BulkProblem::Journal)?;
        }
        self.stop.map_or(Ok(()), Err)
    }

    /// Begins as many requests as the options allow.
    fn begin_sends(&mut self) {
        if self.stop.is_some() {
            self.ready.clear();
        }
        while self.sends.len() < self.sender.options.concurrency.max(1) {
            let Some(batch) = self.ready.pop_front() else { break };
            self.sends.push(Box::pin(self.sender.send(batch)));
        }
        let (sending, polling) = (self.sends.len(), self.polls.len());
        self.sender.monitor.count(|progress| (progress.sending, progress.polling) = (sending, polling));
    }

    fn begin_polling(&mut self, accepted: AcceptedBatch) {
        if self.polls_batches {
            let BulkSender { template, journal, monitor, items, options, .. } = self.sender;
            let gate = self.gate.clone();
            self.polls.push(Box::pin(poll(template, journal, monitor, items, options, accepted, gate)));
        }
    }

    fn next_event<S: Stream<Item = InputItem>>(
        &mut self,
        context: &mut Context<'_>,
        items: &mut Pin<&mut S>,
        may_read: bool,
    ) -> Poll<Event> {
        if let Some(renewals) = &mut self.renewals {
            // It never ends.
            let _ = renewals.as_mut().poll(context);
        }
        if let Some(told_to_end) = &mut self.told_to_end
            && told_to_end.as_mut().poll(context).is_ready()
        {
            self.told_to_end = None;
            return Poll::Ready(Event::ToldToEnd);
        }
        if let Poll::Ready(Some(outcome)) = self.sends.poll_next_unpin(context) {
            return Poll::Ready(Event::Sent(outcome));
        }
        if let Poll::Ready(Some(result)) = self.polls.poll_next_unpin(context) {
            return Poll::Ready(Event::Polled(result));
        }
        if let Some(others) = &mut self.others
            && let Poll::Ready(looked) = others.as_mut().poll(context)
        {
            self.others = None;
            return Poll::Ready(Event::Others(looked));
        }
        if may_read {
            self.turn += 1;
            if self.turn < TURN {
                return items.as_mut().poll_next(context).map(Event::Item);
            }
            self.turn = 0;
            context.waker().wake_by_ref();
        } else if self.sends.is_empty() && self.polls.is_empty() && self.others.is_none() {
            return Poll::Ready(Event::Idle);
        }
        Poll::Pending
    }

    /// Adds the items of an accepted batch that another sender has by now to those that are waited for.
    fn wait_for_batch(&self, lost: Option<BatchId>) {
        let Some(lost) = lost else { return };
        let keys = self.sender.journal.batch(lost, |batch| batch.plan().keys.clone());
        self.sender.elsewhere.add_accepted(keys);
    }

    /// Asks how it stands with the items that other senders have, and takes over what some have left. `None`:
    /// there are none, or the run has waited for long enough at its end.
    fn look_after(&mut self, is_end: bool) -> Option<BoxFuture<'a, LookedAfter>> {
        let BulkSender { journal, elsewhere, options, template, .. } = self.sender;
        let lease = journal.lease()?;
        let (keys, sweeps) = (elsewhere.keys(), is_end && self.polls_batches && journal.sweeps());
        if self.stop.is_some() || (keys.is_empty() && !sweeps) {
            return None;
        }
        let clock = template.clock();
        let default = || if options.wait { lease.saturating_mul(3) } else { Duration::ZERO };
        let wait = options.wait_for_others.unwrap_or_else(default);
        let pause = self.others_pause.next(clock.now(), wait, lease, is_end)?;
        Some(Box::pin(async move {
            clock.sleep(pause).await;
            journal.look_after(&keys, sweeps).await
        }))
    }

    async fn handle_others(
        &mut self,
        looked: LookedAfter,
        batcher: &mut Batcher<'a, R, J>,
        is_complete: bool,
    ) -> Result<(), RecordError> {
        let (others, taken, error) = looked;
        // What was taken over before it is this run's all the same.
        if let Some(error) = error {
            tracing::warn!(%error, "the journal can't be asked about items of other senders");
        }
        if !taken.is_empty() {
            self.others_pause = OthersPause::default();
        }
        for (batch, request_id) in self.sender.journal.accepted_batches() {
            if taken.contains(&batch) {
                self.begin_polling(AcceptedBatch { batch, request_id, is_fresh: false });
            }
        }
        let items = self.sender.elsewhere.update(&others);
        let new = batcher.take_over(&taken, items, is_complete).await?;
        self.add_batches(new);
        Ok(())
    }

    fn add_batches(&mut self, new: NewBatches) {
        self.ready.extend(new.batches);
        self.sender.elsewhere.add(new.lost);
        if let Some(problem) = new.stop {
            self.stop_sending(problem);
        }
    }

    fn handle(&mut self, outcome: SendOutcome) {
        for (batch, request_id) in outcome.accepted {
            self.begin_polling(AcceptedBatch { batch, request_id, is_fresh: true });
        }
        if outcome.any_accepted {
            self.failures = 0;
        }
        if let Some(failure) = outcome.failure {
            self.failures += 1;
            if failure.is_for_all || self.failures >= self.sender.options.give_up_after {
                // A service that refuses, or does not respond, is not asked about earlier batches either.
                self.stop_all(failure.into());
            }
        }
    }

    fn stop_all(&mut self, problem: BulkProblem) {
        self.others = None;
        self.polls_batches = false;
        self.polls.clear();
        self.stop_sending(problem);
    }

    fn stop_sending(&mut self, problem: BulkProblem) {
        tracing::warn!(operation = self.sender.journal.operation, "the run ends early");
        self.sender.monitor.stop();
        self.stop.get_or_insert(problem);
    }
}
