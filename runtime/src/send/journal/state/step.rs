//! What is to be done next, with each batch and with all of them after a crash.

use super::{Batch, Phase, State};
use crate::send::journal::Acceptance;

/// What is to be done next with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step<'a> {
    /// Send it: the service surely does not have it.
    Send,
    /// Send it again, marked, or stop: the service may have it. The caller chooses.
    Decide,
    /// Plan the items that are left in it as a new batch that replaces it: its own request will not be sent
    /// any more.
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
    /// What is to be done next.
    #[must_use]
    pub fn step(&self) -> Step<'_> {
        if self.is_over() {
            return Step::Nothing;
        }
        match &self.phase {
            Phase::Accepted(acceptance) if acceptance.request_id.is_some() => Step::Poll(acceptance),
            Phase::Accepted(_) | Phase::Finished { .. } => Step::Nothing,
            _ if !self.is_whole() => Step::PlanRest,
            _ if self.may_have_been_received() => Step::Decide,
            Phase::Refused { status, .. } => Step::Refused { status: *status },
            _ => Step::Send,
        }
    }
}

/// All batches by what is to be done next, in the order of their numbers.
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
    /// Accepted: to be asked for.
    pub to_poll: Vec<&'a Batch>,
    /// Nothing is to be done.
    pub done: Vec<&'a Batch>,
}

impl State {
    /// What is to be done to bring everything to an end.
    #[must_use]
    pub fn resume(&self) -> Resume<'_> {
        let mut resume = Resume::default();
        for batch in self.batches() {
            let list = match batch.step() {
                Step::Send if batch.attempts() == 0 => &mut resume.never_tried,
                Step::Send => &mut resume.not_received,
                Step::PlanRest => &mut resume.to_plan,
                Step::Decide => &mut resume.unclear,
                Step::Refused { .. } => &mut resume.refused,
                Step::Poll(_) => &mut resume.to_poll,
                Step::Nothing => &mut resume.done,
            };
            list.push(batch);
        }
        resume
    }
}

impl Resume<'_> {
    /// Whether nothing is left to do.
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
