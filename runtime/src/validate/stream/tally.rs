//! What is counted in a stream.

/// The counts of a validated stream.
#[must_use]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// The number of errors, those included that were not handed out.
    pub errors: u64,
    /// The number of warnings, those included that were not handed out.
    pub warnings: u64,
    /// The number of violations that were not handed out, because an item has more than
    /// [`Validation::limit`](crate::Validation::limit) allows.
    pub left_out: u64,
    /// The number of items that were read one by one.
    pub items: u64,
    /// The number of those items that have violations.
    pub items_with_violations: u64,
    /// The number of bytes that were read.
    pub bytes: u64,
}
