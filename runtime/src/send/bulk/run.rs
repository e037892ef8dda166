//! How a run went.

use std::fmt;

use super::{ItemFault, Progress};
use crate::send::journal::{BatchId, Report};

/// How a run went: what became of each item.
///
/// `Display` is the summary of the report, with the troubles below. Neither it nor `Debug` shows an item's
/// data.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct BulkRun {
    /// Every item that this run read, in exactly one list. An item that an earlier run with the same journal
    /// settled is in the list that it ended in then. [`Ledger::items`](crate::send::journal::Ledger::items) tells
    /// of the journal's whole life.
    pub report: Report,
    /// What is wrong with each item that was set aside or refused by name in this run.
    pub faults: Vec<ItemFault>,
    /// The items that were sent although the validator warns of something, such as a member that the
    /// definition does not name. At most 1,000; [`Progress::warnings`] counts all warnings.
    pub warnings: Vec<ItemFault>,
    /// Batches that were not taken, or of which the service did not say how they ended.
    pub troubles: Vec<Trouble>,
    /// The counts of this run.
    pub progress: Progress,
    /// How many items of the input were not read, because the run ended early; `None`: the input does not
    /// say.
    pub unread: Option<u64>,
}

/// What went wrong with a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trouble {
    /// Which one.
    pub batch: BatchId,
    /// A sentence.
    pub what: String,
}

/// How many troubles are shown.
const SHOWN: usize = 10;

impl BulkRun {
    /// Returns true if every item was read, taken and processed.
    #[must_use]
    pub fn is_all_accepted(&self) -> bool {
        self.report.is_all_accepted() && self.unread == Some(0)
    }

    /// Returns true if every item was read and taken, though the service may still be at work on some: all
    /// that can be had with [`Bulk::without_waiting`](super::Bulk::without_waiting).
    #[must_use]
    pub fn is_all_taken(&self) -> bool {
        self.report.is_all_taken() && self.unread == Some(0)
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

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.batch, self.what)
    }
}

impl fmt::Display for BulkRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_counts(f)?;
        self.report.write_names(f)?;
        for trouble in self.troubles.iter().take(SHOWN) {
            write!(f, "\n  {trouble}")?;
        }
        match self.troubles.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more troubles"),
        }
    }
}
