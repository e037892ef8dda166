//! A sender that follows the protocol, small enough to be seen at a glance. It ends at the first error of the
//! journal, as if it had been killed there.

use std::collections::{BTreeMap, HashSet};

use super::{service::*, *};

/// What the caller has, and keeps through crashes.
pub(super) struct Caller {
    /// In order; a key may come twice.
    pub(super) items: Vec<String>,
    /// Those that the validator refuses.
    pub(super) invalid: HashSet<String>,
    /// The account of what a compaction dropped: each item and its list.
    pub(super) settled: BTreeMap<String, Fate>,
}

/// The name of an item in accounts: its key, or its position.
pub(super) fn name(key: &ItemKey) -> String {
    key.to_string()
}

pub(super) struct ProtocolSender<'a, J> {
    pub(super) ledger: Ledger<J>,
    pub(super) service: &'a mut FakeService,
    pub(super) caller: &'a mut Caller,
    pub(super) dice: Dice,
}

type Done = Result<(), RecordError>;

impl<J: Journal> ProtocolSender<'_, J> {
    /// Everything there is to do, after a start or after a crash.
    pub(super) fn run(&mut self) -> Done {
        self.ledger.end_interrupted()?;
        loop {
            let are_all_here = self.bring_items()?;
            let batches: Vec<BatchId> = self.ledger.state().batches().map(Batch::id).collect();
            for batch in batches {
                self.advance(batch)?;
            }
            if are_all_here && self.ledger.state().resume().is_done() {
                return Ok(());
            }
            if self.dice.percent(10) {
                self.compact()?;
            }
        }
    }

    /// Plans what the journal does not know, or a part of it, and sets aside what can't be planned. Tells
    /// whether it was all.
    fn bring_items(&mut self) -> Result<bool, RecordError> {
        let mut seen = HashSet::new();
        let mut fresh = Vec::new();
        for (position, item) in (0..).zip(self.caller.items.clone()) {
            let is_repeat = !seen.insert(item.clone());
            let key = if is_repeat { ItemKey::ordinal(position) } else { ItemKey::verbatim(&item) };
            let state = self.ledger.state().item_state("createPets", "shop-1", &key);
            if matches!(state, Some(ItemState::SetAside { .. })) && !is_repeat && self.dice.percent(5) {
                // The caller corrected it.
                self.caller.invalid.remove(&item);
                fresh.push(key);
                continue;
            }
            if state.is_some() {
                continue;
            }
            if is_repeat || self.caller.invalid.contains(&item) {
                self.set_aside(key, None)?;
            } else {
                fresh.push(key);
            }
        }
        while !fresh.is_empty() {
            let rest = fresh.split_off(fresh.len().min(1 + self.dice.below(4)));
            self.plan(fresh, None)?;
            fresh = rest;
            if self.dice.percent(50) {
                return Ok(fresh.is_empty());
            }
        }
        Ok(true)
    }

    fn set_aside(&mut self, key: ItemKey, replaces: Option<BatchId>) -> Done {
        self.ledger.record(Record::SetAside(SetAside {
            operation: "createPets".to_owned(),
            target: "shop-1".to_owned(),
            items: vec![RefusedItem { key, codes: vec!["invalid".to_owned()] }],
            replaces,
        }))
    }

    fn plan(&mut self, keys: Vec<ItemKey>, replaces: Option<BatchId>) -> Done {
        self.ledger.record(Record::Planned(BatchPlan {
            batch: self.ledger.state().next_batch(),
            operation: "createPets".to_owned(),
            target: "shop-1".to_owned(),
            body: BodyDigest::of(b""),
            keys,
            replaces,
        }))
    }

    fn advance(&mut self, id: BatchId) -> Done {
        let batch = self.ledger.state().batch(id).unwrap().clone();
        match batch.next_step() {
            NextStep::Send if self.dice.percent(10) => self.change(&batch),
            NextStep::Decide | NextStep::Refused { .. } if self.dice.percent(20) => {
                self.ledger.record(Record::Closed { batch: id })
            }
            NextStep::Decide if self.dice.percent(20) => self.plan_rest(&batch),
            NextStep::Decide if self.dice.percent(20) => self.ask_support(&batch),
            NextStep::Send | NextStep::Decide | NextStep::Refused { .. } => self.send(&batch),
            NextStep::PlanRest => self.plan_rest(&batch),
            NextStep::Poll(acceptance) => {
                let outcome = self.service.get(acceptance.request_id.as_ref().unwrap());
                self.ledger.record(Record::Finished { batch: id, status: "DONE".to_owned(), outcome })
            }
            NextStep::Nothing => Ok(()),
        }
    }

    /// The caller's items are others now: one of them is not valid any more.
    fn change(&mut self, batch: &Batch) -> Done {
        let key = self.ledger.state().keys_in(batch).next().unwrap().clone();
        self.caller.invalid.insert(name(&key));
        self.set_aside(key, Some(batch.id()))
    }

    fn plan_rest(&mut self, batch: &Batch) -> Done {
        let is_left = |key: &&ItemKey| !matches!(batch.item_state(key), ItemState::Refused { .. });
        let mut keys: Vec<ItemKey> = self.ledger.state().keys_in(batch).filter(is_left).cloned().collect();
        keys.truncate(1 + self.dice.below(keys.len()));
        self.plan(keys, Some(batch.id()))
    }

    /// Somebody looked for the last attempt, and writes down how it ended.
    fn ask_support(&mut self, batch: &Batch) -> Done {
        let Some(last) = batch.last_attempt() else { return Ok(()) };
        let end = match self.service.by_correlation.get(last.correlation_id.as_ref().unwrap()) {
            Some(id) => acceptance(batch.id(), last.attempt, id),
            None => not_received(batch.id().0, last.attempt),
        };
        if self.ledger.state().check(&end).is_ok() { self.ledger.record(end) } else { Ok(()) }
    }

    fn send(&mut self, batch: &Batch) -> Done {
        let (id, number) = (batch.id(), batch.attempts() + 1);
        let items: Vec<String> = batch.plan().keys.iter().map(name).collect();
        let attempt = attempt(id.0, number);
        let correlation_id = attempt.correlation_id.clone().unwrap();
        if batch.may_have_been_received() {
            self.ledger.record(Record::Resending(attempt))?;
        } else {
            let already = items.iter().find(|item| self.service.taken.contains_key(*item));
            assert_eq!(already, None, "sent twice without the mark");
            self.ledger.record(Record::Sending(attempt))?;
        }
        let end = match self.service.post(&mut self.dice, &correlation_id, &items) {
            FakeResponse::NotReceived => not_received(id.0, number),
            FakeResponse::Nothing => unclear(id.0, number),
            FakeResponse::RefusedWhole(status) => refused(id.0, number, status, &[]),
            FakeResponse::RefusedItems(names) => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                refused(id.0, number, 400, &names)
            }
            FakeResponse::Accepted(request_id) => acceptance(id, number, &request_id),
        };
        self.ledger.record(end)
    }

    /// The caller keeps the account of what goes. Items that were set aside are brought again.
    fn compact(&mut self) -> Done {
        let failed = |source| RecordError::Write { record: Box::new(unclear(0, 0)), source };
        let report = self.ledger.report().map_err(failed)?;
        let state = self.ledger.state();
        let goes = |item: &ReportItem| match state.batch_of(&item.operation, &item.target, &item.key) {
            Some(batch) => batch.is_final(),
            None => state.settled_state(state.item(&item.operation, &item.target, &item.key)).is_some(),
        };
        let over = report.iter().filter(|(_, item)| goes(item)).map(|(fate, item)| (name(&item.key), fate));
        self.caller.settled.extend(over);
        self.ledger.compact().map(drop).map_err(failed)
    }
}

fn acceptance(batch: BatchId, attempt: u32, request_id: &str) -> Record {
    let request_id = Some(request_id.to_owned());
    Record::Accepted(Acceptance { batch, attempt, request_id, correlation_id: None })
}

/// Each item of a report and its list. An item in two lists is a failure.
pub(super) fn account(report: &Report) -> BTreeMap<String, Fate> {
    let mut account = BTreeMap::new();
    for (list, items) in report.lists() {
        for item in items {
            assert_eq!(account.insert(name(&item.key), list), None, "{} is reported twice", item.key);
        }
    }
    account
}
