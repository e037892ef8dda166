//! What an attempt that failed means for the journal, and for the items.

use super::{
    BulkRequest, ItemFault, RefusedBy,
    fault::{Sorted, codes},
    send::Work,
    sender::Sender,
};
use crate::{
    send::{
        client::{Cause, Trouble},
        journal::{Journal, Record, Refusal},
        retry::{Failure, Sent},
    },
    violations::Severity,
};

/// The statuses that are about the items, and may name some.
const MAY_NAME_ITEMS: [u16; 3] = [400, 409, 422];

/// The statuses that every later batch would get too, unless somebody changes something: the token, its
/// rights, the target, the kind of request.
const FOR_ALL: [u16; 6] = [401, 403, 404, 405, 410, 415];

impl<R: BulkRequest, J: Journal + 'static> Sender<R, J> {
    /// The record of how the attempt ended, and the items that the service named.
    pub(super) fn end_of(
        &self,
        work: &Work,
        attempt: u32,
        failure: &Failure<Cause>,
    ) -> (Record, Vec<ItemFault>) {
        let batch = work.batch;
        match failure.sent() {
            Sent::No => (Record::NotReceived { batch, attempt }, Vec::new()),
            // What is no clear refusal may have been taken: 408 and 5xx, a redirect, an answer that never
            // came.
            sent if sent.may_have_taken_effect() => (Record::Unclear { batch, attempt }, Vec::new()),
            Sent::Answered(status) => {
                let sorted = self.named(work, status, failure.error());
                let sent_twice = self.state(|state| {
                    state.batch(batch).is_some_and(crate::send::journal::Batch::was_sent_twice)
                });
                let faults: Vec<ItemFault> = sorted
                    .items
                    .into_iter()
                    .filter_map(|(index, found)| {
                        let name = work.encoded.items.get(index)?;
                        Some(ItemFault { sent_twice, ..ItemFault::new(name, RefusedBy::Service, found) })
                    })
                    .collect();
                let items = faults.iter().map(ItemFault::refused).collect();
                let codes = codes(&sorted.others);
                (Record::Refused(Refusal { batch, attempt, status, codes, items }), faults)
            }
            Sent::Maybe => (Record::Unclear { batch, attempt }, Vec::new()),
        }
    }

    fn named(&self, work: &Work, status: u16, cause: &Cause) -> Sorted {
        let Some(violations) = cause.violations() else { return Sorted::default() };
        let count = if MAY_NAME_ITEMS.contains(&status) { work.encoded.len() } else { 0 };
        Sorted::of(violations, Severity::Error, self.bulk.items, count)
    }
}

/// Whether what failed would fail for all batches that follow.
pub(super) fn is_for_all(cause: &Cause) -> bool {
    match cause {
        Cause::Request(_) | Cause::Invalid(_) => true,
        Cause::Token(error) => !error.is_transient(),
        Cause::Transport(error) => matches!(error.trouble(), Trouble::Tls | Trouble::Unsendable),
        Cause::Status(answer, _) | Cause::Unreadable(answer, _) => {
            FOR_ALL.contains(&answer.status().as_u16())
        }
    }
}
