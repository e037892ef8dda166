//! The summary of a report.

use std::fmt;

use super::{Report, ReportItem};

/// How many keys of a kind are shown.
const SHOWN: usize = 10;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            0 => return f.write_str("no items"),
            1 => f.write_str("1 item")?,
            count => write!(f, "{count} items")?,
        }
        let mut separator = ": ";
        for (name, list) in self.lists().iter().filter(|(_, list)| !list.is_empty()) {
            write!(f, "{separator}{} {name}", list.len())?;
            separator = ", ";
        }
        for (name, list) in self.lists().iter().skip(1).filter(|(_, list)| !list.is_empty()) {
            write!(f, "\n  {name}: ")?;
            keys(f, list)?;
        }
        Ok(())
    }
}

fn keys(f: &mut fmt::Formatter<'_>, list: &[ReportItem]) -> fmt::Result {
    for (place, item) in list.iter().take(SHOWN).enumerate() {
        let separator = if place == 0 { "" } else { ", " };
        write!(f, "{separator}{}", item.key)?;
        if !item.codes.is_empty() {
            write!(f, " ({})", item.codes.join(", "))?;
        }
    }
    match list.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        others => write!(f, " and {others} more"),
    }
}
