//! The tables of the database, and how records are written in them.

use redb::{
    MultimapTableHandle as _, ReadableTable, Table, TableDefinition, TableHandle as _, WriteTransaction,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

/// Bulk requests by their ordinal, as JSON.
pub(super) const REQUESTS: TableDefinition<u64, &[u8]> = TableDefinition::new("requests");
/// The ordinals of bulk requests by the ids that callers were told.
pub(super) const REQUEST_IDS: TableDefinition<&str, u64> = TableDefinition::new("request ids");
/// Items by the ordinal of their request and their index in it, as JSON.
pub(super) const ITEMS: TableDefinition<(u64, u32), &[u8]> = TableDefinition::new("items");
/// The queue: when the work on a request goes on, in milliseconds, and its ordinal.
pub(super) const QUEUE: TableDefinition<(u64, u64), ()> = TableDefinition::new("queue");
/// Accounts by company and external id, and whether they are virtual.
pub(super) const ACCOUNTS: TableDefinition<(&str, &str), bool> = TableDefinition::new("accounts");
/// Transactions by company and external id, with the ordinal of the request that created them.
pub(super) const TRANSACTIONS: TableDefinition<(&str, &str), u64> = TableDefinition::new("transactions");
/// Access tokens, and what they are good for, as JSON.
pub(super) const ACCESS_TOKENS: TableDefinition<&str, &[u8]> = TableDefinition::new("access tokens");
/// Refresh tokens, and what they are good for, as JSON.
pub(super) const REFRESH_TOKENS: TableDefinition<&str, &[u8]> = TableDefinition::new("refresh tokens");

/// Creates the tables that are not there yet, unless the database is of another program.
pub(super) fn create(transaction: &WriteTransaction) -> Result<(), StoreError> {
    let mut names: Vec<String> = transaction.list_tables()?.map(|table| table.name().to_owned()).collect();
    names.extend(transaction.list_multimap_tables()?.map(|table| table.name().to_owned()));
    if !names.is_empty() && !names.iter().any(|name| name == REQUESTS.name()) {
        return Err(StoreError::foreign());
    }
    transaction.open_table(REQUESTS)?;
    transaction.open_table(REQUEST_IDS)?;
    transaction.open_table(ITEMS)?;
    transaction.open_table(QUEUE)?;
    transaction.open_table(ACCOUNTS)?;
    transaction.open_table(TRANSACTIONS)?;
    transaction.open_table(ACCESS_TOKENS)?;
    transaction.open_table(REFRESH_TOKENS)?;
    Ok(())
}

/// Returns the record of a key.
pub(super) fn get<'k, K, R>(
    table: &impl ReadableTable<K, &'static [u8]>,
    key: impl std::borrow::Borrow<K::SelfType<'k>>,
) -> Result<Option<R>, StoreError>
where
    K: redb::Key + 'static,
    R: DeserializeOwned,
{
    match table.get(key)? {
        Some(found) => Ok(Some(serde_json::from_slice(found.value())?)),
        None => Ok(None),
    }
}

/// Writes the record of a key.
pub(super) fn put<'k, K>(
    table: &mut Table<'_, K, &'static [u8]>,
    key: impl std::borrow::Borrow<K::SelfType<'k>>,
    record: &impl Serialize,
) -> Result<(), StoreError>
where
    K: redb::Key + 'static,
{
    table.insert(key, serde_json::to_vec(record)?.as_slice())?;
    Ok(())
}
