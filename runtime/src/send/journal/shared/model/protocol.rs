//! What a world goes by.

use std::time::Duration;

use crate::send::journal::{Record, SharedBatch, StepError};

/// The functions that an implementation calls, or others with a mistake.
#[derive(Clone, Copy)]
pub(super) struct Protocol {
    pub(super) append: fn(&SharedBatch, &SharedBatch, Record, Duration) -> Result<SharedBatch, StepError>,
    pub(super) taken_over: fn(&SharedBatch, Duration, Duration) -> Option<SharedBatch>,
    /// An item that a batch has can't be claimed for another one.
    pub(super) claims_once: bool,
    /// The beginning of an attempt is written before its request is sent.
    pub(super) writes_first: bool,
}

impl Protocol {
    pub(super) const REAL: Self = Self {
        append: SharedBatch::append,
        taken_over: SharedBatch::taken_over,
        claims_once: true,
        writes_first: true,
    };
}

/// How far a world is followed.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) items: u8,
    /// Of one batch.
    pub(super) attempts: u32,
    /// Of one batch: how many senders have had it, one after the other.
    pub(super) epochs: u64,
}
