//! What the store tells.

use redb::{ReadableDatabase as _, ReadableTable as _, ReadableTableMetadata as _};

use super::tables::{ACCOUNTS, ITEMS, REQUEST_IDS, REQUESTS, TRANSACTIONS, get};
use super::{Store, StoreError};
use crate::bulk::{BulkRequestRecord, Item, Kind};

/// Requests of a list that goes back in time.
#[derive(Debug)]
pub struct Listed {
    /// The requests, the last accepted first.
    pub requests: Vec<BulkRequestRecord>,
    /// How many requests there are in all.
    pub total: u64,
}

impl Store {
    /// Returns the request of an id.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub fn request(&self, id: &str) -> Result<Option<BulkRequestRecord>, StoreError> {
        let transaction = self.database.begin_read()?;
        match transaction.open_table(REQUEST_IDS)?.get(id)? {
            Some(ordinal) => get(&transaction.open_table(REQUESTS)?, ordinal.value()),
            None => Ok(None),
        }
    }

    /// Returns the latest requests, at most so many.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub fn latest(&self, most: usize) -> Result<Listed, StoreError> {
        let requests = self.database.begin_read()?.open_table(REQUESTS)?;
        let latest = requests.iter()?.rev().take(most);
        let records = latest.map(|entry| Ok(serde_json::from_slice(entry?.1.value())?));
        Ok(Listed { requests: records.collect::<Result<_, StoreError>>()?, total: requests.len()? })
    }

    /// Returns items of the request of an id in the order of its body, from an index on and at most so many.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub fn items(&self, id: &str, from: u32, most: usize) -> Result<Vec<Item>, StoreError> {
        let transaction = self.database.begin_read()?;
        let Some(ordinal) = transaction.open_table(REQUEST_IDS)?.get(id)?.map(|found| found.value()) else {
            return Ok(Vec::new());
        };
        let items = transaction.open_table(ITEMS)?;
        let items = items.range((ordinal, from)..=(ordinal, u32::MAX))?.take(most);
        items.map(|entry| Ok(serde_json::from_slice(entry?.1.value())?)).collect()
    }

    /// Returns how many accounts or transactions have been created.
    ///
    /// # Errors
    ///
    /// The database failed.
    pub fn created(&self, kind: Kind) -> Result<u64, StoreError> {
        let transaction = self.database.begin_read()?;
        Ok(match kind {
            Kind::Accounts => transaction.open_table(ACCOUNTS)?.len()?,
            Kind::Transactions => transaction.open_table(TRANSACTIONS)?.len()?,
        })
    }
}
