//! The next step of each batch, and of all of them after a crash.

use super::{Batch, BatchPhase, JournalState};
use crate::send::journal::Acceptance;

/// The next step of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NextStep<'a> {
    /// Send it: the service surely does not have it.
    Send,
    /// Send it again, marked, or stop: the service may have it. The caller chooses.
    Decide,
    /// Plan the items that are left in it as a new batch that replaces it: its own request will not be
    /// sent any more.
    PlanRest,
    /// The service refused the request as a whole and would do so again, unless something else changes: the
    /// token, the size, the definition. The caller chooses.
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// Ask the service how far it is.
    Poll(&'a Acceptance),
    /// Nothing: it is over, or it was accepted without an id to ask for.
    Nothing,
}

impl Batch {
    /// Returns the next step.
    #[must_use]
    pub fn next_step(&self) -> NextStep<'_> {
        if self.is_over() {
            return NextStep::Nothing;
        }
        match &self.phase {
            BatchPhase::Accepted(acceptance) if acceptance.request_id.is_some() => NextStep::Poll(acceptance),
            BatchPhase::Accepted(_) | BatchPhase::Finished { .. } => NextStep::Nothing,
            _ if !self.is_whole() => NextStep::PlanRest,
            _ if self.may_have_been_received() => NextStep::Decide,
            BatchPhase::Refused { status, .. } => NextStep::Refused { status: *status },
            _ => NextStep::Send,
        }
    }
}

/// All batches by their next step, in the order of their numbers.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Resume<'a> {
    /// Planned and never tried: safe to send.
    pub never_tried: Vec<&'a Batch>,
    /// Tried, and surely not received: safe to send.
    pub not_received: Vec<&'a Batch>,
    /// To be planned anew without the items that the service refused.
    pub to_plan: Vec<&'a Batch>,
    /// May have been received: to be sent again with the mark of a resend, or closed.
    pub unclear: Vec<&'a Batch>,
    /// Refused as a whole: to be sent again once the cause is gone, or closed.
    pub refused: Vec<&'a Batch>,
    /// Accepted: to be polled.
    pub to_poll: Vec<&'a Batch>,
    /// Nothing is to be done.
    pub done: Vec<&'a Batch>,
}

impl JournalState {
    /// Returns all batches by their next step.
    #[must_use]
    pub fn resume(&self) -> Resume<'_> {
        let mut resume = Resume::default();
        for batch in self.batches() {
            let list = match batch.next_step() {
                NextStep::Send if batch.attempts() == 0 => &mut resume.never_tried,
                NextStep::Send => &mut resume.not_received,
                NextStep::PlanRest => &mut resume.to_plan,
                NextStep::Decide => &mut resume.unclear,
                NextStep::Refused { .. } => &mut resume.refused,
                NextStep::Poll(_) => &mut resume.to_poll,
                NextStep::Nothing => &mut resume.done,
            };
            list.push(batch);
        }
        resume
    }
}

impl Resume<'_> {
    /// Returns true if nothing is left to do.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let lists = [
            &self.never_tried,
            &self.not_received,
            &self.to_plan,
            &self.unclear,
            &self.refused,
            &self.to_poll,
        ];
        lists.iter().all(|list| list.is_empty())
    }
}
