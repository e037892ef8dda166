//! Reads batches and their items.

use specwright_runtime::journal::{HashKey, ItemKey, RunScope, SharedBatch, Standing};
use tokio_postgres::{Row, types::Type};

use super::{
    PostgresJournal,
    items::ItemColumns,
    row::{self, COLUMNS, ITEM_COLUMNS},
    statement::Parameter,
};
use crate::error::PostgresError;

/// The items of the batches that are read.
pub(super) const ALL_ITEMS: &str = "SELECT * FROM specwright.items WHERE batch IN (SELECT batch FROM wanted)";

/// Returns the statement that reads the batches whose numbers `batches` selects, in their order, with the items
/// that `items` selects. It is one: between two statements items can go from one batch to another.
pub(super) fn batches_with_items(batches: &str, items: &str) -> String {
    format!(
        "WITH wanted AS MATERIALIZED ({batches}), in_batch AS (
                SELECT batch, {ITEM_COLUMNS} FROM ({items}) AS item GROUP BY batch
            )
            SELECT {COLUMNS}, keys, are_hashed, codes_of_items
            FROM wanted JOIN specwright.batches b USING (batch) JOIN specwright.scopes s USING (scope)
            LEFT JOIN in_batch USING (batch) ORDER BY b.batch"
    )
}

impl PostgresJournal {
    /// Runs the statement of [`batches_with_items`].
    pub(super) async fn read_batches<T>(
        &self,
        batches: &str,
        items: &str,
        parameters: &[Parameter<'_>],
        read: impl FnMut(&Row) -> Result<T, PostgresError>,
    ) -> Result<Vec<T>, PostgresError> {
        let sql = batches_with_items(batches, items);
        self.patient_rows("read batches", &sql, parameters).await?.iter().map(read).collect()
    }

    /// Returns the batch of this number, if there is one, with all items that are in it.
    pub(super) async fn batch(&self, number: i64) -> Result<Option<SharedBatch>, PostgresError> {
        let parameters = [(&number as _, Type::INT8)];
        let found = self.read_batches("SELECT $1 AS batch", ALL_ITEMS, &parameters, row::batch).await?;
        Ok(found.into_iter().next())
    }

    /// Returns how it stands with items that are in batches.
    pub(super) async fn batches_with(
        &self,
        scope: &RunScope,
        keys: &[ItemKey],
    ) -> Result<Vec<Standing>, PostgresError> {
        let number = self.scope(&scope.operation, &scope.target).await?;
        let columns = ItemColumns::of(self.hash_key().await?, &scope.operation, &scope.target, keys);
        let items = "SELECT * FROM specwright.items WHERE scope = $1 AND hash = ANY($2)";
        let batches = format!("SELECT DISTINCT batch FROM ({items}) AS item");
        let parameters = [(&number as _, Type::INT4), (&columns.hashes as _, Type::BYTEA_ARRAY)];
        self.read_batches(&batches, items, &parameters, standing).await
    }

    /// Returns the number of a scope, which is made if it is new.
    pub(super) async fn scope(&self, operation: &str, target: &str) -> Result<i32, PostgresError> {
        if let Some(scope) = self.known_scope(operation, target) {
            return Ok(scope);
        }
        let both = [(&operation as _, Type::TEXT), (&target as _, Type::TEXT)];
        let insert =
            "INSERT INTO specwright.scopes (operation, target) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.patient_rows("make a scope", insert, &both).await?;
        let select = "SELECT scope FROM specwright.scopes WHERE operation = $1 AND target = $2";
        let rows = self.patient_rows("read a scope", select, &both).await?;
        let scope = only(&rows, "a scope")?.get(0);
        self.remember_scope(operation, target, scope);
        Ok(scope)
    }

    /// Returns the secret of the hashes, which is drawn if the journal is new.
    pub(super) async fn hash_key(&self) -> Result<HashKey, PostgresError> {
        if let Some(key) = self.known_hash_key() {
            return Ok(key);
        }
        let damaged = || PostgresError::Damaged { row: "the secret of the journal".to_owned() };
        let drawn = serde_json::to_value(HashKey::random()).map_err(|_| damaged())?;
        let insert = "INSERT INTO specwright.journal (hash_key) VALUES ($1) ON CONFLICT DO NOTHING";
        self.patient_rows("begin the journal", insert, &[(&drawn.as_str(), Type::TEXT)]).await?;
        let select = "SELECT hash_key FROM specwright.journal";
        let rows = self.patient_rows("read the secret of the journal", select, &[]).await?;
        let text: String = only(&rows, "the secret of the journal")?.get(0);
        let key = serde_json::from_value(text.into()).map_err(|_| damaged())?;
        self.remember_hash_key(key);
        Ok(key)
    }
}

/// Returns the batch of a row, and whether a sender has it right now.
pub(super) fn standing(row: &Row) -> Result<Standing, PostgresError> {
    let SharedBatch { batch, .. } = row::batch(row)?;
    Ok(Standing { is_under_way: row.get::<_, bool>("is_leased") && !batch.is_over(), batch })
}

/// Returns the row of a query that has one.
pub(super) fn only<'a>(rows: &'a [Row], what: &str) -> Result<&'a Row, PostgresError> {
    rows.first().ok_or_else(|| PostgresError::Damaged { row: what.to_owned() })
}
