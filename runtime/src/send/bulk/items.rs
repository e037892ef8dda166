//! The items of a run, and what is wrong with some of them.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

use super::{ItemFault, fault::codes, run::BatchError};
use crate::send::journal::{Batch, BatchId, ItemKey, ItemState, JournalState, Report, ReportItem};

/// The maximum number of items with warnings that are kept; the others are counted.
const WARNED: usize = 1000;

/// What is said of items that another sender has.
const UNDER_WAY: &str = "another sender has it under way";

/// The items of a run, shared by its requests.
#[derive(Default)]
pub(super) struct SharedItems(Mutex<RunItems>);

impl SharedItems {
    /// Changes the items. They are whole after each change, even if somebody panicked.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut RunItems) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Records what went wrong with a batch.
    pub(super) fn batch_error(&self, batch: BatchId, message: String) {
        self.change(|items| items.batch_errors.push(BatchError { batch, message }));
    }

    pub(super) fn into_inner(self) -> RunItems {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The items of a run and what is wrong with some.
#[derive(Default)]
pub(super) struct RunItems {
    /// By ordinal.
    items: Vec<Item>,
    /// Codes of the items that were set aside, by ordinal.
    aside: HashMap<u64, Vec<String>>,
    pub(super) faults: Vec<ItemFault>,
    pub(super) warnings: Vec<ItemFault>,
    pub(super) batch_errors: Vec<BatchError>,
}

struct Item {
    key: ItemKey,
    line: Option<u64>,
}

impl RunItems {
    /// Adds the next item of the input.
    pub(super) fn add(&mut self, key: ItemKey, line: Option<u64>) {
        self.items.push(Item { key, line });
    }

    /// Returns the keys of all items.
    pub(super) fn keys(&self) -> Vec<ItemKey> {
        self.items.iter().map(|item| item.key.clone()).collect()
    }

    /// Records why an item was not sent, or was refused by name.
    pub(super) fn fault(&mut self, fault: ItemFault) {
        self.faults.push(fault);
    }

    /// Records why an item was set aside. That is final, whatever happens to another item with its key.
    pub(super) fn set_aside(&mut self, fault: ItemFault) {
        self.aside.insert(fault.ordinal, codes(&fault.violations));
        self.faults.push(fault);
    }

    pub(super) fn warn(&mut self, warnings: impl IntoIterator<Item = ItemFault>) {
        let capacity = WARNED.saturating_sub(self.warnings.len());
        self.warnings.extend(warnings.into_iter().take(capacity));
    }

    /// Returns the state of each item of this run. `under_way` has the batches that other senders are
    /// sending.
    pub(super) fn report(
        &self,
        state: &JournalState,
        under_way: &HashSet<BatchId>,
        operation: &str,
        target: &str,
    ) -> Report {
        let mut report = Report::default();
        let blank = ReportItem::new(ItemKey::ordinal(0), operation.into(), target.into());
        let mut last: Option<(BatchId, ReportItem)> = None;
        for (ordinal, item) in (0..).zip(&self.items) {
            let (key, ordinal) = (item.key.clone(), Some(ordinal));
            if let Some(codes) = ordinal.and_then(|ordinal| self.aside.get(&ordinal)) {
                let item = ReportItem { key, ordinal, line: item.line, ..blank.clone() };
                report.add(item, ItemState::SetAside { codes });
                continue;
            }
            let of_batch = state.batch_of(operation, target, &key).map(|batch| of_batch(&mut last, batch));
            let state = state.item_state(operation, target, &key);
            let mut of_batch = of_batch.unwrap_or_else(|| blank.clone());
            if of_batch.batch.is_some_and(|batch| under_way.contains(&batch)) {
                of_batch.reason = Some(UNDER_WAY.to_owned());
                of_batch.under_way = true;
            }
            let item = ReportItem { key: key.clone(), ordinal, line: item.line, ..of_batch };
            // What the journal does not know was read and never recorded.
            report.add(item, state.unwrap_or(ItemState::NotSent { status: None }));
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
