//! What a run remembers of its items, beside the journal: which they are, and what is wrong with them.

use std::collections::HashMap;

use super::{ItemFault, Trouble, fault::codes};
use crate::send::journal::{Batch, BatchId, Key, Report, ReportItem, Standing, State};

/// So many items with warnings are kept; the others are counted.
const WARNED: usize = 1000;

/// The items of a run and what is wrong with some.
#[derive(Default)]
pub(super) struct Account {
    /// By ordinal.
    items: Vec<Item>,
    /// Codes of the items that were set aside, by ordinal.
    aside: HashMap<u64, Vec<String>>,
    pub(super) faults: Vec<ItemFault>,
    pub(super) warnings: Vec<ItemFault>,
    pub(super) troubles: Vec<Trouble>,
}

struct Item {
    key: Key,
    line: Option<u64>,
}

impl Account {
    /// Adds the next item of the input.
    pub(super) fn add(&mut self, key: Key, line: Option<u64>) {
        self.items.push(Item { key, line });
    }

    /// Notes why an item was not sent, or was refused by name.
    pub(super) fn fault(&mut self, fault: ItemFault) {
        self.faults.push(fault);
    }

    /// The same for an item that was set aside: it ends here, whatever becomes of another item with its key.
    pub(super) fn set_aside(&mut self, fault: ItemFault) {
        self.aside.insert(fault.ordinal, codes(&fault.violations));
        self.faults.push(fault);
    }

    pub(super) fn warn(&mut self, warnings: impl IntoIterator<Item = ItemFault>) {
        let room = WARNED.saturating_sub(self.warnings.len());
        self.warnings.extend(warnings.into_iter().take(room));
    }

    /// Returns what became of each item of this run.
    pub(super) fn report(&self, state: &State, operation: &str, target: &str) -> Report {
        let mut report = Report::default();
        let blank = ReportItem::new(Key::ordinal(0), operation.into(), target.into());
        let mut last: Option<(BatchId, ReportItem)> = None;
        for (ordinal, item) in (0..).zip(&self.items) {
            let (key, ordinal) = (item.key.clone(), Some(ordinal));
            if let Some(codes) = ordinal.and_then(|ordinal| self.aside.get(&ordinal)) {
                let item = ReportItem { key, ordinal, line: item.line, ..blank.clone() };
                report.add(item, Standing::SetAside { codes });
                continue;
            }
            let of_batch = state.batch_of(operation, target, &key).map(|batch| of_batch(&mut last, batch));
            let standing = state.standing(operation, target, &key);
            let of_batch = of_batch.unwrap_or_else(|| blank.clone());
            let item = ReportItem { key: key.clone(), ordinal, line: item.line, ..of_batch };
            // What the journal does not know was read and never written down.
            report.add(item, standing.unwrap_or(Standing::NotSent { status: None }));
        }
        report
    }
}

/// Items of a batch mostly follow each other, and share what is the same for all of them.
fn of_batch(last: &mut Option<(BatchId, ReportItem)>, batch: &Batch) -> ReportItem {
    match last {
        Some((id, item)) if *id == batch.id() => item.clone(),
        _ => {
            let item = ReportItem::of_batch(batch);
            *last = Some((batch.id(), item.clone()));
            item
        }
    }
}
