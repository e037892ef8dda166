//! The last look at a batch before it is planned.

use super::{
    BulkProblem, BulkRequest, ItemFault, OnInvalid, RefusedBy,
    batch::Encoded,
    fault::{Sorted, codes},
    send::Work,
    sender::Sender,
};
use crate::{
    Violations,
    journal::{BatchId, Journal, Plan, Record, RecordError, RefusedItem, SetAside, Standing},
    validate::Validate as _,
};

/// What comes of a batch that was looked at.
pub(super) struct Screened {
    /// What is to be sent, and is planned already.
    pub(super) work: Option<Work>,
    /// Why nothing more is to be sent, if so.
    pub(super) stop: Option<BulkProblem>,
}

impl<R: BulkRequest, J: Journal> Sender<R, J> {
    /// Sets aside what is not valid, and plans the rest. `aside` was found before; `replaces` is the batch that the items
    /// come from.
    pub(super) fn plan(
        &self,
        encoded: Option<Encoded>,
        aside: Vec<RefusedItem>,
        replaces: Option<BatchId>,
    ) -> Result<Screened, RecordError> {
        let mut names = encoded.as_ref().map(Encoded::keys).unwrap_or_default();
        names.extend(aside.iter().map(|item| item.key.clone()));
        let had_any_aside = !aside.is_empty();
        let checked = encoded.map(|encoded| self.check(encoded)).unwrap_or_default();
        let found_any = had_any_aside || !checked.faults.is_empty();
        let planned = self.write_down(&checked, aside, replaces).inspect_err(|_| self.unwritten(names))?;
        self.board.tell(|progress| {
            progress.set_aside += checked.faults.len() as u64;
            progress.warnings += checked.warnings;
        });
        self.faults(checked.faults);
        let stop = match checked.others {
            Some(others) => Some(BulkProblem::Body(others)),
            None if found_any && self.options.on_invalid == OnInvalid::Stop => Some(BulkProblem::Invalid),
            None => None,
        };
        let work = planned.zip(checked.good).map(|(batch, encoded)| self.work(batch, encoded));
        Ok(Screened { work, stop })
    }

    pub(super) fn work(&self, batch: BatchId, encoded: Encoded) -> Work {
        Work { batch, encoded, rounds: self.options.rounds }
    }

    /// Takes bad items out until the rest is good as the list that it is sent as: without one item another may break a
    /// rule.
    fn check(&self, encoded: Encoded) -> Checked {
        let call = self.request.call();
        let Some(validation) = call.validation() else {
            return Checked { good: Some(encoded), ..Checked::default() };
        };
        let mut checked = Checked::default();
        let mut rest = Some(encoded);
        while let Some(encoded) = rest {
            let violations = validation.body(R::Body::SCHEMA, R::Body::DEFINITION, &encoded.body);
            let sorted = Sorted::of(&violations, self.bulk.items, encoded.len());
            if sorted.items.is_empty() {
                checked.warnings = violations.warnings().count() as u64;
                if sorted.others.is_empty() {
                    checked.good = Some(encoded);
                } else {
                    checked.faults.extend(
                        encoded
                            .items
                            .iter()
                            .map(|name| ItemFault::new(name, RefusedBy::Validator, sorted.others.clone())),
                    );
                    checked.others = Some(sorted.others);
                }
                return checked;
            }
            rest = encoded.only(|place| !sorted.items.contains_key(&place));
            let bad = sorted.items.into_iter().filter_map(|(place, violations)| {
                Some(ItemFault::new(encoded.items.get(place)?, RefusedBy::Validator, violations))
            });
            checked.faults.extend(bad);
        }
        checked
    }

    fn write_down(
        &self,
        checked: &Checked,
        mut aside: Vec<RefusedItem>,
        replaces: Option<BatchId>,
    ) -> Result<Option<BatchId>, RecordError> {
        let bad = checked.faults.iter().map(ItemFault::refused);
        match replaces {
            None => aside.extend(bad),
            // What the service may have cannot be set aside: it stays in its batch, unclear.
            Some(old) if self.is_in_doubt(old) => {}
            Some(_) => self.set_aside(bad.collect(), replaces)?,
        }
        self.set_aside(aside, None)?;
        let Some(good) = &checked.good else { return Ok(None) };
        self.write_plan(good, replaces).map(Some)
    }

    pub(super) fn write_plan(
        &self,
        encoded: &Encoded,
        replaces: Option<BatchId>,
    ) -> Result<BatchId, RecordError> {
        let batch = self.state(crate::journal::State::next_batch);
        self.record(Record::Planned(Plan {
            batch,
            operation: self.operation.to_owned(),
            target: self.target.clone(),
            keys: encoded.keys(),
            body: encoded.digest(),
            replaces,
        }))?;
        tracing::debug!(%batch, operation = self.operation, items = encoded.len(), "a batch is planned");
        Ok(batch)
    }

    fn is_in_doubt(&self, batch: BatchId) -> bool {
        self.state(|state| state.batch(batch).is_some_and(crate::journal::Batch::may_have_been_received))
    }

    /// One record for all that the journal does not know to be aside, and that no batch holds.
    fn set_aside(&self, items: Vec<RefusedItem>, replaces: Option<BatchId>) -> Result<(), RecordError> {
        let is_news = |item: &RefusedItem| {
            self.state(|state| match state.standing(self.operation, &self.target, &item.key) {
                None => true,
                Some(Standing::SetAside { codes }) => replaces.is_none() && *codes != *item.codes,
                Some(_) => replaces.is_some(),
            })
        };
        let items: Vec<RefusedItem> = items.into_iter().filter(is_news).collect();
        if items.is_empty() {
            return Ok(());
        }
        tracing::info!(operation = self.operation, items = items.len(), "items are set aside");
        let (operation, target) = (self.operation.to_owned(), self.target.clone());
        self.record(Record::SetAside(SetAside { operation, target, items, replaces }))
    }
}

/// What the validator said of a batch.
#[derive(Default)]
struct Checked {
    good: Option<Encoded>,
    faults: Vec<ItemFault>,
    /// What is wrong with the list itself, so that nothing of it can be sent.
    others: Option<Violations>,
    warnings: u64,
}

/// An item that is set aside for a reason of our own.
pub(super) fn aside(name: &super::batch::Named, code: &crate::Code) -> (ItemFault, RefusedItem) {
    let violations = [crate::Violation::new(code, "")].into_iter().collect();
    let fault = ItemFault::new(name, RefusedBy::Validator, violations);
    let item = RefusedItem { key: fault.key.clone(), codes: codes(&fault.violations) };
    (fault, item)
}
