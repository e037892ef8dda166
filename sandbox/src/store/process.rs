//! The work on bulk requests whose time has come.

use std::collections::BTreeMap;
use std::time::Duration;

use redb::{ReadableDatabase as _, ReadableTable as _, Table};

use super::tables::{ACCOUNTS, ITEMS, QUEUE, REQUESTS, TRANSACTIONS, get, put};
use super::{Store, StoreError};
use crate::bulk::{BulkRequestRecord, Item, Known, Outcome, Referred, Role, Status, outcome};
use crate::instant::Instant;

/// How requests are processed.
#[derive(Debug, Clone, Copy)]
pub struct Processing {
    /// How long a request is in progress.
    pub delay: Duration,
    /// What share of the requests of several items is processed in two steps, from 0 to 1.
    pub partial: f64,
    /// Decides which ones these are.
    pub seed: u64,
}

/// Requests that one transaction works off at most, so that others get their turn.
const AT_ONCE: usize = 64;

impl Store {
    /// Processes requests whose time has come, and returns them as they are now. If there are any, more may
    /// be left.
    ///
    /// # Errors
    ///
    /// The database failed: none of them is processed, and all stay in the queue.
    pub fn process(
        &self,
        processing: &Processing,
        now: Instant,
    ) -> Result<Vec<BulkRequestRecord>, StoreError> {
        if self.next_due()?.is_none_or(|due| due > now) {
            return Ok(Vec::new());
        }
        let transaction = self.database.begin_write()?;
        let mut processed = Vec::new();
        {
            let mut queue = transaction.open_table(QUEUE)?;
            let mut requests = transaction.open_table(REQUESTS)?;
            let mut work = Work {
                items: transaction.open_table(ITEMS)?,
                accounts: transaction.open_table(ACCOUNTS)?,
                transactions: transaction.open_table(TRANSACTIONS)?,
            };
            for (due, ordinal) in due(&queue, now)? {
                queue.remove((due, ordinal))?;
                let Some(mut record) = get::<_, BulkRequestRecord>(&requests, ordinal)? else { continue };
                let until = processing.until(ordinal, &record);
                work.process(ordinal, &mut record, until)?;
                if record.processed < record.total {
                    record.status = Status::Partial;
                    queue.insert((now.after(processing.delay).0, ordinal), ())?;
                } else {
                    record.status = match record.ignored {
                        0 if record.has_warnings => Status::DoneWithWarnings,
                        0 => Status::Done,
                        _ => Status::DoneWithErrors,
                    };
                    record.completed_at = Some(now);
                }
                put(&mut requests, ordinal, &record)?;
                processed.push(record);
            }
        }
        transaction.commit()?;
        Ok(processed)
    }

    /// Returns when the next work is to be done, or `None` if nothing is in progress.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub fn next_due(&self) -> Result<Option<Instant>, StoreError> {
        let queue = self.database.begin_read()?.open_table(QUEUE)?;
        Ok(queue.first()?.map(|(key, _)| Instant(key.value().0)))
    }
}

fn due(queue: &Table<'_, (u64, u64), ()>, now: Instant) -> Result<Vec<(u64, u64)>, StoreError> {
    let due = queue.range(..=(now.0, u64::MAX))?.take(AT_ONCE);
    due.map(|entry| Ok(entry?.0.value())).collect()
}

impl Processing {
    /// Returns how many items of a request are processed when this step is over.
    fn until(&self, ordinal: u64, record: &BulkRequestRecord) -> u32 {
        let is_partial = record.processed == 0 && record.total > 1 && self.is_partial(ordinal);
        if is_partial { record.total / 2 } else { record.total }
    }

    fn is_partial(&self, ordinal: u64) -> bool {
        crate::chance::is_hit(self.seed, ordinal, self.partial)
    }
}

/// The tables that the items of a request are held against.
struct Work<'t> {
    items: Table<'t, (u64, u32), &'static [u8]>,
    accounts: Table<'t, (&'static str, &'static str), bool>,
    transactions: Table<'t, (&'static str, &'static str), u64>,
}

impl Work<'_> {
    /// Processes the items of a request up to an index, and counts them in its record.
    fn process(
        &mut self,
        ordinal: u64,
        record: &mut BulkRequestRecord,
        until: u32,
    ) -> Result<(), StoreError> {
        let beside = self.beside(ordinal)?;
        for index in record.processed..until {
            let Some(mut item) = get::<_, Item>(&self.items, (ordinal, index))? else { continue };
            let known = self.known(&record.caller.company, &item, &beside)?;
            item.outcome = outcome(&item, known);
            match item.outcome {
                Outcome::Created => self.create(ordinal, &record.caller.company, &item)?,
                _ => record.ignored += 1,
            }
            put(&mut self.items, (ordinal, index), &item)?;
        }
        record.processed = until;
        Ok(())
    }

    /// Returns the accounts of a request by external id, as which they may be referred to from within it, and
    /// whether each is virtual.
    fn beside(&self, ordinal: u64) -> Result<BTreeMap<String, bool>, StoreError> {
        let mut accounts = BTreeMap::new();
        for entry in self.items.range((ordinal, 0)..=(ordinal, u32::MAX))? {
            let item: Item = serde_json::from_slice(entry?.1.value())?;
            match item.role {
                Role::Account => accounts.insert(item.external_id, false),
                Role::Virtual(_) => accounts.insert(item.external_id, true),
                // A request has items of one kind alone.
                Role::Transaction(_) => break,
            };
        }
        Ok(accounts)
    }

    fn known(
        &self,
        company: &str,
        item: &Item,
        beside: &BTreeMap<String, bool>,
    ) -> Result<Known, StoreError> {
        let key = (company, item.external_id.as_str());
        let account = |id: &str| -> Result<Option<bool>, StoreError> {
            Ok(self.accounts.get((company, id))?.map(|is_virtual| is_virtual.value()))
        };
        let (itself, referred_to) = match &item.role {
            Role::Account => (self.accounts.get(key)?.is_some(), None),
            Role::Virtual(parent) => {
                // An account that is known already stays what it is.
                let referred_to = account(parent)?.or_else(|| beside.get(parent).copied());
                (self.accounts.get(key)?.is_some(), referred_to)
            }
            Role::Transaction(parent) => (self.transactions.get(key)?.is_some(), account(parent)?),
        };
        Ok(Known { itself, referred_to: referred_to.map(|is_virtual| Referred { is_virtual }) })
    }

    fn create(&mut self, ordinal: u64, company: &str, item: &Item) -> Result<(), StoreError> {
        let key = (company, item.external_id.as_str());
        match item.role {
            Role::Account => self.accounts.insert(key, false).map(drop),
            Role::Virtual(_) => self.accounts.insert(key, true).map(drop),
            Role::Transaction(_) => self.transactions.insert(key, ordinal).map(drop),
        }?;
        Ok(())
    }
}
