//! The result of a run.

use std::fmt;

use super::{BulkProgress, ItemFault};
use crate::send::journal::{BatchId, Report};

/// The result of a bulk run: the state of each item.
///
/// `Display` is the summary of the report, followed by the errors of batches. Neither it nor `Debug` shows an
/// item's data.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct BulkRun {
    /// Every item that this run read, in exactly one list. An item that an earlier run with the same journal
    /// settled is in the list that it ended in then.
    /// [`Ledger::items`](crate::send::journal::Ledger::items) returns the items of all runs.
    pub report: Report,
    /// The items that were set aside, or rejected by name, in this run.
    pub faults: Vec<ItemFault>,
    /// The items that were sent with warnings of the validator, such as a member that the definition does
    /// not name. At most 1,000; [`BulkProgress::warnings`] counts all warnings.
    pub warnings: Vec<ItemFault>,
    /// The errors of batches that were not accepted, or whose final state is not known.
    pub batch_errors: Vec<BatchError>,
    /// The counts of this run.
    pub progress: BulkProgress,
    /// The number of items that were not read because the run ended early; `None` if the input does not
    /// say.
    pub unread: Option<u64>,
}

/// The error of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchError {
    /// The batch.
    pub batch: BatchId,
    /// A sentence about what happened.
    pub message: String,
}

/// The number of errors that are shown.
const SHOWN: usize = 10;

impl BulkRun {
    /// Returns true if every item was read, accepted and processed.
    #[must_use]
    pub fn is_all_accepted(&self) -> bool {
        self.report.is_all_accepted() && self.unread == Some(0)
    }

    /// Returns true if every item was read and accepted. The service may still be processing some; with
    /// `without_waiting`, that is the best result.
    #[must_use]
    pub fn is_all_accepted_or_pending(&self) -> bool {
        self.report.is_all_accepted_or_pending() && self.unread == Some(0)
    }

    /// Writes the counts on one line.
    pub(super) fn write_counts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.report.write_counts(f)?;
        match self.unread {
            None | Some(0) => Ok(()),
            Some(unread) => write!(f, ", {unread} more not read"),
        }
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.batch, self.message)
    }
}

impl fmt::Display for BulkRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_counts(f)?;
        self.report.write_names(f)?;
        for error in self.batch_errors.iter().take(SHOWN) {
            write!(f, "\n  {error}")?;
        }
        match self.batch_errors.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more errors"),
        }
    }
}
