//! The last look at a batch before it is planned.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::{
    BulkProblem, BulkRequest, ItemFault, OnInvalid, RefusedBy,
    batch::{Encoded, Named},
    fault::Sorted,
    send::Work,
    sender::Sender,
};
use crate::{
    send::journal::{BatchId, Journal, Plan, Record, RecordError, RefusedItem, SetAside, Standing},
    validate::Validate as _,
    violations::{Severity, Violation, Violations, codes},
};

/// What comes of a batch that was looked at.
pub(super) struct Screened {
    /// What is to be sent, and is planned already.
    pub(super) work: Option<Work>,
    /// Why nothing more is to be sent, if so.
    pub(super) stop: Option<BulkProblem>,
}

impl<R: BulkRequest, J: Journal + 'static> Sender<R, J> {
    /// Sets aside what is not valid, and plans the rest. `aside` was found before; `replaces` is the batch
    /// that the items come from.
    pub(super) async fn plan(
        &self,
        encoded: Option<Encoded>,
        aside: Vec<RefusedItem>,
        replaces: Option<BatchId>,
    ) -> Result<Screened, RecordError> {
        let found_any = !aside.is_empty();
        let checked = encoded.map(|encoded| self.check(encoded)).unwrap_or_default();
        let found_any = found_any || !checked.faults.is_empty();
        let is_in_doubt = replaces.is_some_and(|old| self.is_in_doubt(old));
        let planned = self.write_down(&checked, aside, replaces, is_in_doubt).await?;
        self.board.tell(|progress| {
            progress.set_aside += checked.faults.len() as u64;
            progress.warnings += checked.warning_count;
        });
        self.account(|account| {
            account.warn(checked.warnings);
            for fault in checked.faults {
                if is_in_doubt { account.fault(fault) } else { account.set_aside(fault) }
            }
        });
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

    /// Returns what is wrong with an item by itself.
    pub(super) fn check_alone(&self, name: &Named, text: &Bytes) -> Violations {
        let body = Encoded::of(self.bulk.items, vec![(name.clone(), text.clone())]).body;
        let call = self.request.call();
        let checked =
            call.validation().map(|validation| validation.body(R::Body::SCHEMA, R::Body::DEFINITION, &body));
        let sorted = Sorted::of(&checked.unwrap_or_default(), Severity::Error, self.bulk.items, 1);
        let mut found = sorted.items.into_values().next().unwrap_or_default();
        found.extend(sorted.others.into_iter().filter(is_unreadable::<R>));
        found
    }

    /// Returns the items that can't be read, for whose sake the body can't. Their violations name no item.
    fn unreadable(&self, encoded: &Encoded) -> BTreeMap<usize, Violations> {
        let alone = |index| {
            let found = self.check_alone(encoded.items.get(index)?, &encoded.text(index)?);
            found.iter().any(is_unreadable::<R>).then_some((index, found))
        };
        (0..encoded.len()).filter_map(alone).collect()
    }

    /// Takes bad items out until the rest is good as the list that it is sent as: without one item another
    /// may break a rule.
    fn check(&self, encoded: Encoded) -> Checked {
        let call = self.request.call();
        let Some(validation) = call.validation() else {
            return Checked { good: Some(encoded), ..Checked::default() };
        };
        let mut checked = Checked::default();
        let mut rest = Some(encoded);
        while let Some(encoded) = rest {
            let violations = validation.body(R::Body::SCHEMA, R::Body::DEFINITION, &encoded.body);
            let fault = |(index, violations)| {
                Some(ItemFault::new(encoded.items.get(index)?, RefusedBy::Validator, violations))
            };
            let mut sorted = Sorted::of(&violations, Severity::Error, self.bulk.items, encoded.len());
            if sorted.others.iter().any(is_unreadable::<R>) {
                sorted.items = self.unreadable(&encoded);
            }
            if sorted.items.is_empty() {
                checked.warning_count = violations.warnings().count() as u64;
                let warned = Sorted::of(&violations, Severity::Warning, self.bulk.items, encoded.len());
                checked.warnings = warned.items.into_iter().filter_map(fault).collect();
                if sorted.others.is_empty() {
                    checked.good = Some(encoded);
                } else {
                    let all = (0..encoded.len()).map(|index| (index, sorted.others.clone()));
                    checked.faults.extend(all.filter_map(fault));
                    checked.others = Some(sorted.others);
                }
                return checked;
            }
            let left = encoded.only(|index| !sorted.items.contains_key(&index));
            checked.faults.extend(sorted.items.into_iter().filter_map(fault));
            rest = left;
        }
        checked
    }

    async fn write_down(
        &self,
        checked: &Checked,
        mut aside: Vec<RefusedItem>,
        replaces: Option<BatchId>,
        is_in_doubt: bool,
    ) -> Result<Option<BatchId>, RecordError> {
        let bad = checked.faults.iter().map(ItemFault::refused);
        match replaces {
            None => aside.extend(bad),
            // What the service may have cannot be set aside: it stays in its batch, unclear.
            Some(_) if is_in_doubt => {}
            Some(_) => self.set_aside(bad.collect(), replaces).await?,
        }
        self.set_aside(aside, None).await?;
        let Some(good) = &checked.good else { return Ok(None) };
        self.write_plan(good, replaces).await.map(Some)
    }

    pub(super) async fn write_plan(
        &self,
        encoded: &Encoded,
        replaces: Option<BatchId>,
    ) -> Result<BatchId, RecordError> {
        let batch = self.new_batch();
        self.record(Record::Planned(Plan {
            batch,
            operation: self.operation.to_owned(),
            target: self.target.clone(),
            keys: encoded.keys(),
            body: encoded.digest(),
            replaces,
        }))
        .await?;
        tracing::debug!(%batch, operation = self.operation, items = encoded.len(), "a batch is planned");
        Ok(batch)
    }

    fn is_in_doubt(&self, batch: BatchId) -> bool {
        self.state(|state| {
            state.batch(batch).is_some_and(crate::send::journal::Batch::may_have_been_received)
        })
    }

    /// One record for all that the journal does not know to be aside, and that no batch holds.
    async fn set_aside(&self, items: Vec<RefusedItem>, replaces: Option<BatchId>) -> Result<(), RecordError> {
        let is_news = |item: &RefusedItem| {
            self.standing(&item.key, |standing| match standing {
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
        self.record(Record::SetAside(SetAside { operation, target, items, replaces })).await
    }
}

/// Returns true if the validator could not read the text: it is no JSON for it, or nested too deep.
fn is_unreadable<R: BulkRequest>(violation: &Violation) -> bool {
    [R::Body::DEFINITION.invalid_json.name, codes::TOO_DEEP.name].contains(&violation.code())
}

/// What the validator said of a batch.
#[derive(Default)]
struct Checked {
    good: Option<Encoded>,
    faults: Vec<ItemFault>,
    /// What is wrong with the list itself, so that nothing of it can be sent.
    others: Option<Violations>,
    /// The items that are good, and what is odd about them.
    warnings: Vec<ItemFault>,
    warning_count: u64,
}
