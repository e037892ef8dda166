//! What becomes of an input, and how far its validation is.

use std::sync::atomic::AtomicU64;

use crate::input::Kind;

/// What became of an input.
pub(super) struct Outcome {
    pub(super) items: u64,
    /// Unknown where the reading failed.
    pub(super) items_with_findings: Option<u64>,
    /// How many items of the other kind were not read.
    pub(super) others: Option<(Kind, u64)>,
    /// Why it could not be read to its end.
    pub(super) problem: Option<String>,
}

/// How far the validation is, for those who wait.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) items: AtomicU64,
    pub(super) errors: AtomicU64,
}
