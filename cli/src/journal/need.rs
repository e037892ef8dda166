//! What a batch needs before it is over.

use concur_cards::journal::{Batch, NextStep, Record};

/// The name of what a batch needs that may have been received and has no answer.
pub(super) const UNCLEAR: &str = "unclear";

/// What a batch needs: its name in JSON, and the words for people.
pub(super) struct Need {
    pub(super) name: &'static str,
    pub(super) words: &'static str,
    pub(super) status: Option<u16>,
}

impl Need {
    /// Returns what a batch needs, if it needs anything. `is_under_way` says that a sender has it right now.
    pub(super) fn of(batch: &Batch, is_under_way: bool) -> Option<Self> {
        let need = |name, words| Some(Self { name, words, status: None });
        match batch.next_step() {
            NextStep::Send | NextStep::Decide | NextStep::PlanRest | NextStep::Refused { .. }
                if is_under_way =>
            {
                need("under_way", "under way, a sender has it")
            }
            NextStep::Decide => need(UNCLEAR, "unclear, the service may have it"),
            NextStep::PlanRest if batch.may_have_been_received() => {
                need(UNCLEAR, "unclear, the service may have it")
            }
            NextStep::PlanRest => need("not_sent", "not sent without the items that the service refused"),
            NextStep::Refused { status } => {
                need("refused", "refused as a whole").map(|need| Self { status: Some(status), ..need })
            }
            NextStep::Send => need("not_sent", "not sent"),
            NextStep::Poll(_) => need("pending", "pending, the service has not said how its work ended"),
            // Nobody can ask about it, unless somebody takes the acceptance back.
            NextStep::Nothing if batch.check(&Record::Reopened { batch: batch.id() }).is_ok() => {
                need("accepted_without_request_id", "accepted without a request id")
            }
            _ => None,
        }
    }
}
