//! The items that a state or a journal knows, each once.

use std::collections::HashSet;

use super::{Report, ReportItem};
use crate::send::journal::{BatchPlan, ItemState, JournalState};

impl JournalState {
    /// Returns what happened to each item of the batches that are not settled, and to those that were set
    /// aside.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut report = Report::default();
        let mut reported = HashSet::new();
        for batch in self.batches() {
            self.items_of(batch.plan(), &mut reported, &mut |item, state| report.add(item, state));
        }
        self.items_aside(&mut |item, state| report.add(item, state));
        report
    }

    /// Hands on the items of a plan that are in no later batch. `reported` has the settled items that were
    /// handed on already.
    pub(in crate::send::journal) fn items_of(
        &self,
        plan: &BatchPlan,
        reported: &mut HashSet<u128>,
        visit: &mut dyn FnMut(ReportItem, ItemState<'_>),
    ) {
        if let Some(batch) = self.batch(plan.batch) {
            let of_batch = ReportItem::of_batch(batch);
            for key in self.keys_in(batch) {
                visit(ReportItem { key: key.clone(), ..of_batch.clone() }, batch.item_state(key));
            }
        }
        let (operation, target): (std::sync::Arc<str>, std::sync::Arc<str>) =
            (plan.operation.as_str().into(), plan.target.as_str().into());
        for key in &plan.keys {
            let hash = self.item(&plan.operation, &plan.target, key);
            let Some(state) = self.settled_state(hash) else { continue };
            if reported.insert(hash) {
                visit(ReportItem::new(key.clone(), operation.clone(), target.clone()), state);
            }
        }
    }

    /// Hands on the items that the validator refused, in the order of their keys.
    pub(in crate::send::journal) fn items_aside(&self, visit: &mut dyn FnMut(ReportItem, ItemState<'_>)) {
        let mut items: Vec<_> = self.set_aside_items().collect();
        items.sort_unstable();
        for (operation, target, key, codes) in items {
            let item = ReportItem::new(key.clone(), operation.into(), target.into());
            visit(item, ItemState::SetAside { codes });
        }
    }
}
