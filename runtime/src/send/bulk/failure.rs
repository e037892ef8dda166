//! What a failed attempt means for the journal, and for the items.

use super::{
    ItemFault, RefusedBy,
    fault::{ViolationsByItem, codes},
    plan::PlannedBatch,
};
use crate::{
    send::{
        client::{Cause, TransportProblem},
        journal::{Record, Refusal},
        retry::{FailedAttempt, Sent},
    },
    violations::Severity,
};

/// The statuses that are about the items, and may name some.
const MAY_NAME_ITEMS: [u16; 3] = [400, 409, 422];

/// The statuses that every later batch would get too, unless somebody changes something: the token, its
/// rights, the target, the kind of request.
const FOR_ALL: [u16; 6] = [401, 403, 404, 405, 410, 415];

/// Returns the record of how an attempt failed, and the items that the service named. `list` is the member
/// that holds the items; `sent_twice` says whether an earlier attempt may have been received.
pub(super) fn failure_record(
    planned: &PlannedBatch,
    list: &str,
    sent_twice: bool,
    attempt: u32,
    failure: &FailedAttempt<Cause>,
) -> (Record, Vec<ItemFault>) {
    let batch = planned.batch;
    let status = match failure.sent() {
        Sent::No => return (Record::NotReceived { batch, attempt }, Vec::new()),
        Sent::Answered(status) if !failure.sent().may_have_taken_effect() => status,
        // Anything but a clear refusal may have been accepted: 408, 5xx, a redirect, a missing response.
        Sent::Answered(_) | Sent::Maybe => return (Record::Unclear { batch, attempt }, Vec::new()),
    };
    let found = match failure.error().violations() {
        Some(violations) => {
            let count = if MAY_NAME_ITEMS.contains(&status) { planned.encoded.len() } else { 0 };
            ViolationsByItem::of(violations, Severity::Error, list, count)
        }
        None => ViolationsByItem::default(),
    };
    let fault = |(index, violations)| {
        let item = planned.encoded.items.get(index)?;
        Some(ItemFault { sent_twice, ..ItemFault::new(item, RefusedBy::Service, violations) })
    };
    let faults: Vec<ItemFault> = found.items.into_iter().filter_map(fault).collect();
    let items = faults.iter().map(ItemFault::refused).collect();
    let codes = codes(&found.others);
    (Record::Refused(Refusal { batch, attempt, status, codes, items }), faults)
}

/// Returns true if the failure would be the same for all later batches.
pub(super) fn is_for_all(cause: &Cause) -> bool {
    match cause {
        Cause::Request(_) | Cause::Invalid(_) => true,
        Cause::Token(error) => !error.is_transient(),
        Cause::Transport(error) => {
            matches!(error.problem(), TransportProblem::Tls | TransportProblem::Unsendable)
        }
        Cause::Status(response, _) | Cause::Unreadable(response, _) => {
            FOR_ALL.contains(&response.status().as_u16())
        }
    }
}
