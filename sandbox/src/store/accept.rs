//! Bulk requests that are accepted.

use redb::ReadableTable as _;

use super::tables::{ITEMS, QUEUE, REQUEST_IDS, REQUESTS, put};
use super::{Store, StoreError};
use crate::bulk::{BulkRequestRecord, Caller, Item, Kind, Status};
use crate::instant::Instant;

impl Store {
    /// Keeps a request whose body has passed all checks, and queues it for processing at `due`. With
    /// `has_warnings` it ends with warnings, unless an item of it is ignored.
    ///
    /// # Errors
    ///
    /// The database failed: nothing of the request is kept.
    pub fn accept(
        &self,
        caller: Caller,
        kind: Kind,
        items: &[Item],
        has_warnings: bool,
        now: Instant,
        due: Instant,
    ) -> Result<BulkRequestRecord, StoreError> {
        let record = BulkRequestRecord {
            id: uuid::Uuid::new_v4().to_string(),
            caller,
            kind,
            received_at: now,
            completed_at: None,
            status: Status::InProgress,
            total: u32::try_from(items.len()).unwrap_or(u32::MAX),
            processed: 0,
            ignored: 0,
            has_warnings,
        };
        let transaction = self.database.begin_write()?;
        {
            let mut requests = transaction.open_table(REQUESTS)?;
            let ordinal = requests.last()?.map_or(0, |(last, _)| last.value() + 1);
            put(&mut requests, ordinal, &record)?;
            transaction.open_table(REQUEST_IDS)?.insert(record.id.as_str(), ordinal)?;
            let mut table = transaction.open_table(ITEMS)?;
            for (index, item) in (0u32..).zip(items) {
                put(&mut table, (ordinal, index), item)?;
            }
            transaction.open_table(QUEUE)?.insert((due.0, ordinal), ())?;
        }
        transaction.commit()?;
        Ok(record)
    }
}
