//! One batch from its first attempt to its end, and the batches that come out of it.

use std::collections::HashSet;

use tracing::Instrument as _;

use super::{
    BulkProblem, BulkRequest, ItemFault,
    attempt::Failed,
    batch::{Encoded, Named},
    progress::Watched,
    refusal::is_for_all,
    sender::Sender,
};
use crate::{
    send::{
        client::{Call, Cause, Error, Prepared},
        journal::{Batch, BatchId, Journal, RecordError},
        retry::{Outcome, Retry, Stopped},
    },
    violations::Violations,
};

/// Content Too Large.
const TOO_LARGE: u16 = 413;

/// A batch that is planned, with its body.
pub(super) struct Work {
    pub(super) batch: BatchId,
    pub(super) encoded: Encoded,
    /// How often its rest may be sent again after items of it were refused by name.
    pub(super) rounds: u32,
}

/// What comes of a batch and of those that came out of it.
#[derive(Default)]
pub(super) struct Ended {
    /// Those that the service took, and can be asked about.
    pub(super) accepted: Vec<(BatchId, String)>,
    /// Whether the service took anything.
    pub(super) was_taken: bool,
    /// What went wrong last, and whether it would go wrong with every batch.
    pub(super) failed: Option<(Error, bool)>,
}

/// How one request ended.
enum End {
    Accepted(Option<String>),
    /// The service named items.
    Named(Vec<ItemFault>, Error),
    Failed(Error, bool),
    Stopped,
}

impl<R: BulkRequest, J: Journal + 'static> Sender<R, J> {
    /// Sends a batch, and what becomes of it. An error is the journal's.
    pub(super) async fn send(&self, work: Work) -> Result<Ended, RecordError> {
        let mut ended = Ended::default();
        let mut todo = vec![work];
        while let Some(work) = todo.pop() {
            let span = tracing::info_span!(
                "bulk.batch",
                operation = self.operation,
                batch = work.batch.0,
                items = work.encoded.len(),
                bytes = work.encoded.body.len(),
                correlation_id = tracing::field::Empty,
            );
            let items = work.encoded.len() as u64;
            self.board.tell(|progress| progress.sent += items);
            match self.request(&work).instrument(span).await? {
                End::Accepted(request_id) => {
                    self.board.tell(|progress| progress.accepted += items);
                    ended.was_taken = true;
                    ended.accepted.extend(request_id.map(|id| (work.batch, id)));
                }
                End::Named(faults, error) => {
                    let rejected = faults.iter().filter(|fault| !fault.sent_twice).count() as u64;
                    self.board.tell(|progress| progress.rejected += rejected);
                    if work.rounds == 0 && faults.len() < work.encoded.len() {
                        self.trouble(work.batch, error.to_string());
                    }
                    let named: HashSet<u64> = faults.iter().map(|fault| fault.ordinal).collect();
                    self.account(|account| faults.into_iter().for_each(|fault| account.fault(fault)));
                    todo.extend(self.rest(&work, &named).await?);
                }
                End::Failed(error, _) if error.status() == Some(TOO_LARGE) && work.encoded.len() > 1 => {
                    todo.extend(self.halves(work).await?);
                }
                End::Failed(error, for_all) => {
                    let is_rejected =
                        self.state(|state| state.batch(work.batch).is_some_and(Batch::is_rejected));
                    if is_rejected {
                        self.board.tell(|progress| progress.rejected += items);
                    }
                    self.trouble(work.batch, error.to_string());
                    if error.status() == Some(TOO_LARGE) {
                        // That one item is too large says nothing of the others.
                        continue;
                    }
                    ended.failed = Some((error, for_all));
                    if for_all {
                        // The rest would end the same way; it is planned, and so in the account.
                        break;
                    }
                }
                End::Stopped => {}
            }
        }
        Ok(ended)
    }

    /// All attempts of one request.
    async fn request(&self, work: &Work) -> Result<End, RecordError> {
        let call = self.call(work.encoded.body.clone());
        let prepared = match call.prepare() {
            Ok(prepared) => prepared,
            Err(error) => return Ok(End::Failed(Error::unsent(self.operation, Cause::Request(error)), true)),
        };
        tracing::Span::current().record("correlation_id", prepared.correlation_id.as_str());
        let shared = &call.client.shared;
        let policy = call.options.policy(&shared.policy);
        let clock = Watched { clock: shared.clock.as_ref(), board: &self.board };
        // The deadline of a call is not for what another one was asked to wait.
        self.wait_for_pause(&clock).await;
        let outcome = Retry::new(&policy, &shared.budget, &clock, shared.random.as_ref())
            .repeatable(self.repeatable())
            .run(|attempt| self.attempt(work, &call, &prepared, attempt))
            .await;
        ended(&call, &prepared, outcome)
    }

    /// The items of a batch that the service did not name, planned anew.
    async fn rest(&self, work: &Work, named: &HashSet<u64>) -> Result<Option<Work>, RecordError> {
        let Some(rounds) = work.rounds.checked_sub(1) else { return Ok(None) };
        if self.board.is_stopping() {
            return Ok(None);
        }
        let is_named = |item: Option<&Named>| item.is_some_and(|item| named.contains(&item.ordinal));
        let rest = work.encoded.only(|index| !is_named(work.encoded.items.get(index)));
        let Some(encoded) = rest else { return Ok(None) };
        let batch = self.write_plan(&encoded, Some(work.batch)).await?;
        Ok(Some(Work { batch, encoded, rounds }))
    }

    /// The items of a batch that is too large, as two batches. The second is sent last.
    async fn halves(&self, work: Work) -> Result<Vec<Work>, RecordError> {
        let Work { batch: old, encoded, rounds } = work;
        let Some(is_second) = encoded.halves() else { return Ok(Vec::new()) };
        let mut halves = Vec::with_capacity(2);
        for second in [true, false] {
            if let Some(encoded) = encoded.only(|index| is_second(index) == second) {
                let batch = self.write_plan(&encoded, Some(old)).await?;
                halves.push(Work { batch, encoded, rounds });
            }
        }
        Ok(halves)
    }
}

/// What the attempts came to, with an error for people.
fn ended(
    call: &Call,
    prepared: &Prepared<'_>,
    outcome: Outcome<Option<String>, Failed>,
) -> Result<End, RecordError> {
    let Outcome { result, attempts, resent, waited, .. } = outcome;
    let stopped = match result {
        Ok(request_id) => {
            tracing::info!(attempts, resent, "the service took the batch");
            return Ok(End::Accepted(request_id));
        }
        Err(stopped) => stopped,
    };
    let Stopped { error, reason, sent, may_have_taken_effect, safe_to_resend, .. } = stopped;
    let (cause, faults) = match error {
        Failed::Journal(error) => return Err(error),
        Failed::Stopped => return Ok(End::Stopped),
        Failed::Call(cause, faults) => (cause, faults),
    };
    tracing::warn!(attempts, resent, named = faults.len(), %reason, "the batch was not taken");
    let for_all = is_for_all(&cause);
    let stopped = Stopped { error: cause, reason, sent, may_have_taken_effect, safe_to_resend };
    let outcome = Outcome { result: Err(stopped), attempts, resent, waited };
    Ok(match call.ended(outcome, prepared, Violations::default()) {
        Err(error) if faults.is_empty() => End::Failed(error, for_all),
        Err(error) => End::Named(faults, error),
        // An error stays one.
        Ok(_) => End::Stopped,
    })
}

impl From<(Error, bool)> for BulkProblem {
    fn from((error, for_all): (Error, bool)) -> Self {
        if for_all { Self::Refused(error) } else { Self::Failing(error) }
    }
}
