//! Asking what became of a batch that the service took.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::{BulkRequest, sender::Sender};
use crate::send::{
    client::{Call, Style, read},
    journal::{Acceptance, BatchId, Journal, Key, Outcome, Record, RecordError, Resume},
    operation::Location,
    poll::{Ending, Poller},
};

impl<R: BulkRequest, J: Journal + 'static> Sender<R, J> {
    /// Whether batches are waited for: the caller wants it, and the definition says how to ask and when to
    /// end.
    pub(super) fn waits(&self) -> bool {
        self.options.wait && self.bulk.status.is_some_and(|status| status.operation.poll.is_some())
    }

    /// The batches of earlier runs that the service took and was not done with.
    pub(super) fn to_poll(&self) -> Vec<(BatchId, String)> {
        self.state(|state| {
            let Resume { to_poll, .. } = state.resume();
            let ours = to_poll.into_iter().filter(|batch| {
                let plan = batch.plan();
                plan.operation == self.operation && plan.target == self.target
            });
            let id = |acceptance: &Acceptance| acceptance.request_id.clone();
            ours.filter_map(|batch| Some((batch.id(), batch.acceptance().and_then(id)?))).collect()
        })
    }

    /// Takes the items of those batches for the items of this run.
    pub(super) fn take_pending(&self) {
        let pending = self.to_poll();
        let keys: Vec<Key> = self.state(|state| {
            let batches = pending.into_iter().filter_map(|(batch, _)| state.batch(batch));
            batches.flat_map(|batch| state.keys_in(batch)).cloned().collect()
        });
        self.account(|account| keys.into_iter().for_each(|key| account.add(key, None)));
    }

    /// Asks until the service is done with a batch, and writes that down. An error is the journal's.
    pub(super) async fn poll(
        &self,
        batch: BatchId,
        request_id: String,
        is_fresh: bool,
        gate: Arc<Semaphore>,
    ) -> Result<(), RecordError> {
        let Some(call) = self.question(&request_id) else { return Ok(()) };
        let pace = self.options.pace;
        let poller = Poller::new(call, read::nothing, |_| None::<()>).pace(pace).gate(gate);
        // Nobody is done in the moment in which the work begins.
        let poller = if is_fresh { poller.delay(pace.first) } else { poller };
        let poller = match self.options.deadline {
            Some(deadline) => poller.deadline(deadline),
            None => poller.without_deadline(),
        };
        let end = match poller.await {
            Ok(end) => end,
            Err(error) => {
                tracing::warn!(%batch, %error, "the batch came to no end that is known");
                self.trouble(batch, error.to_string());
                return Ok(());
            }
        };
        let outcome = match end.ending {
            Ending::Success | Ending::Warning => Outcome::Clean,
            Ending::Failure => Outcome::WithErrors,
        };
        self.record(Record::Finished { batch, status: end.state, outcome }).await?;
        tracing::info!(%batch, ?outcome, "the service is done with the batch");
        let items = self.state(|state| state.batch(batch).map_or(0, |batch| batch.plan().keys.len()));
        self.board.tell(|progress| progress.finished += items as u64);
        Ok(())
    }

    /// The call that asks about a request.
    fn question(&self, request_id: &str) -> Option<Call> {
        let status = self.bulk.status?;
        let mut call = self.request.call().sibling(status.operation);
        // It is the id of the batch, if the caller gave one.
        call.options.correlation_id = None;
        let name = status.parameter;
        let parameter = status.operation.parameters.iter().find(|parameter| parameter.name == name);
        match parameter.map_or(Location::Path, |parameter| parameter.location) {
            Location::Path => call.path(name, request_id, Style::simple(false)),
            Location::Query => call.query(name, request_id, Style::form(true)),
            Location::Header => call.header(name, request_id, Style::simple(false)),
            Location::Cookie => call.cookie(name, request_id, Style::form(true)),
        }
        Some(call)
    }
}
