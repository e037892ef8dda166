//! How a run went.

use std::fmt;

use super::{ItemFault, Progress};
use crate::journal::{BatchId, Report};

/// How a run went: what became of each item.
///
/// `Display` is the summary of the report, with the troubles below. Neither it nor `Debug` shows an item's data.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct BulkRun {
    /// Every item of this operation and target that the journal knows, in exactly one list: those of this run, and those
    /// of earlier runs with the same journal.
    pub report: Report,
    /// What is wrong with each item that was set aside or refused by name in this run.
    pub faults: Vec<ItemFault>,
    /// Batches that were not taken, or of which the service did not say how they ended.
    pub troubles: Vec<Trouble>,
    /// The counts of this run.
    pub progress: Progress,
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
    /// Whether every item was taken and processed.
    #[must_use]
    pub fn is_all_accepted(&self) -> bool {
        self.report.is_all_accepted()
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.batch, self.what)
    }
}

impl fmt::Display for BulkRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.report.fmt(f)?;
        for trouble in self.troubles.iter().take(SHOWN) {
            write!(f, "\n  {trouble}")?;
        }
        match self.troubles.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more troubles"),
        }
    }
}
