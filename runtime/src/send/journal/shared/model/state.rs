//! Everything that a world consists of at one moment.

use super::forms::Form;
use crate::send::journal::{Acceptance, AttemptRecord, BatchOutcome, Record, SharedBatch};

/// Everything at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct State {
    pub(super) batches: [Option<Slot>; 2],
    /// In order, because it does not matter which sender is which.
    pub(super) senders: [Sender; 3],
}

/// One batch: what the journal and the service have of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    pub(super) item: u8,
    pub(super) journal: Form,
    /// The attempts whose requests may still arrive, as bits.
    pub(super) on_wire: u8,
    /// The attempts that the service accepted, as bits.
    pub(super) accepted: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sender {
    Idle,
    /// It may send: the beginning is written.
    Begun(Job),
    Waiting(Job),
    Heard(Job, Step),
    AtRest(Job),
}

/// The batch that a sender works on, as it knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Job {
    pub(super) slot: usize,
    pub(super) known: Form,
}

/// What a sender writes of a batch; all but the first and the last are what it may hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Step {
    Begin,
    Accepted,
    /// To the protocol, a refusal is the same.
    NotReceived,
    Unclear,
    Finished,
}

impl State {
    /// Nothing has happened.
    pub(super) fn start() -> Self {
        Self { batches: [None; 2], senders: [Sender::Idle; 3] }
    }

    pub(super) fn with(&self, index: usize, sender: Sender) -> Self {
        let mut next = self.clone();
        next.senders[index] = sender;
        next
    }

    pub(super) fn slot(&mut self, job: Job) -> &mut Slot {
        self.batches[job.slot].as_mut().expect("a job is about a batch")
    }

    pub(super) fn journal(&self, job: Job) -> Form {
        self.batches[job.slot].expect("a job is about a batch").journal
    }
}

impl Sender {
    pub(super) fn job(self) -> Option<Job> {
        match self {
            Self::Idle => None,
            Self::Begun(job) | Self::Waiting(job) | Self::Heard(job, _) | Self::AtRest(job) => Some(job),
        }
    }
}

impl Step {
    pub(super) const ALL: [Self; 5] =
        [Self::Begin, Self::Accepted, Self::NotReceived, Self::Unclear, Self::Finished];

    pub(super) fn record(self, known: &SharedBatch) -> Record {
        let (batch, attempt) = (known.batch.id(), known.batch.attempts());
        match self {
            Self::Begin => {
                let next = AttemptRecord { batch, attempt: attempt + 1, correlation_id: None, at: None };
                let is_resend = known.batch.may_have_been_received();
                if is_resend { Record::Resending(next) } else { Record::Sending(next) }
            }
            Self::Accepted => {
                Record::Accepted(Acceptance { batch, attempt, request_id: None, correlation_id: None })
            }
            Self::NotReceived => Record::NotReceived { batch, attempt },
            Self::Unclear => Record::Unclear { batch, attempt },
            Self::Finished => Record::Finished { batch, status: String::new(), outcome: BatchOutcome::Clean },
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Begin => "begins an attempt",
            Self::Accepted => "writes that it was accepted",
            Self::NotReceived => "writes that it was not received",
            Self::Unclear => "writes that it is unclear",
            Self::Finished => "writes that it is finished",
        }
    }
}
