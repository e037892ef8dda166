//! The summary of a report.

use std::fmt;

use super::{Report, ReportItem};

/// How many keys of a kind are shown.
const SHOWN: usize = 10;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_counts(f)?;
        self.write_names(f)
    }
}

impl Report {
    /// Writes how many items there are of each kind, on one line.
    pub(crate) fn write_counts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            0 => return f.write_str("no items"),
            1 => f.write_str("1 item")?,
            count => write!(f, "{count} items")?,
        }
        let mut separator = ": ";
        for (fate, list) in self.lists().iter().filter(|(_, list)| !list.is_empty()) {
            write!(f, "{separator}{} {fate}", list.len())?;
            separator = ", ";
        }
        Ok(())
    }

    /// Writes a line for each kind that somebody must look at, with the first names.
    pub(crate) fn write_names(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (fate, list) in self.lists().iter().skip(1).filter(|(_, list)| !list.is_empty()) {
            write!(f, "\n  {fate}: ")?;
            keys(f, list)?;
        }
        Ok(())
    }
}

fn keys(f: &mut fmt::Formatter<'_>, list: &[ReportItem]) -> fmt::Result {
    for (index, item) in list.iter().take(SHOWN).enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        write!(f, "{separator}{}", item.name())?;
        if let Some(reason) = &item.reason {
            write!(f, " ({reason})")?;
        } else if !item.codes.is_empty() {
            write!(f, " ({})", item.codes.join(", "))?;
        }
    }
    match list.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        others => write!(f, " and {others} more"),
    }
}
