//! Reads batches and their items.

use std::collections::HashMap;

use specwright_runtime::journal::{Batch, HashKey, ItemKey, RunScope, SharedBatch, Standing};
use tokio_postgres::{Row, types::Type};

use super::{
    PostgresJournal,
    items::{ItemColumns, key},
    row::{self, BatchItem, COLUMNS, IS_LEASED},
};
use crate::error::PostgresError;

impl PostgresJournal {
    /// Returns the batches of these numbers, each with all items that are in it.
    pub(super) async fn batches(&self, numbers: &[i64]) -> Result<Vec<SharedBatch>, PostgresError> {
        let items = self.items_of(numbers).await?;
        Ok(self.with_items(numbers, items).await?.into_iter().map(|(batch, _)| batch).collect())
    }

    /// Returns the batches with these items, and whether a sender has each.
    async fn with_items(
        &self,
        numbers: &[i64],
        mut items: HashMap<i64, Vec<BatchItem>>,
    ) -> Result<Vec<(SharedBatch, bool)>, PostgresError> {
        let sql = format!(
            "SELECT {COLUMNS}, {IS_LEASED} FROM specwright.batches b JOIN specwright.scopes s USING (scope)
             WHERE b.batch = ANY($1) ORDER BY b.batch"
        );
        let rows = self.patient_rows("read batches", &sql, &[(&numbers, Type::INT8_ARRAY)]).await?;
        let batch = |row: &Row| {
            let batch = row::batch(row, items.remove(&row.get("batch")).unwrap_or_default())?;
            Ok((batch, row.get("is_leased")))
        };
        rows.iter().map(batch).collect()
    }

    /// Returns the items of batches, by batch and in their order.
    pub(super) async fn items_of(
        &self,
        numbers: &[i64],
    ) -> Result<HashMap<i64, Vec<BatchItem>>, PostgresError> {
        let sql = "SELECT batch, key, is_hashed, codes FROM specwright.items
                   WHERE batch = ANY($1) ORDER BY batch, ordinal";
        let rows = self.patient_rows("read items", sql, &[(&numbers, Type::INT8_ARRAY)]).await?;
        by_batch(&rows)
    }

    /// Returns how it stands with items that are in batches.
    pub(super) async fn batches_with(
        &self,
        scope: &RunScope,
        keys: &[ItemKey],
    ) -> Result<Vec<Standing>, PostgresError> {
        let number = self.scope(&scope.operation, &scope.target).await?;
        let columns = ItemColumns::of(self.hash_key().await?, &scope.operation, &scope.target, keys);
        let sql = "SELECT batch, key, is_hashed, codes FROM unnest($2) AS wanted (hash)
                   JOIN specwright.items USING (hash) WHERE scope = $1";
        let parameters = [(&number as _, Type::INT4), (&columns.hashes as _, Type::BYTEA_ARRAY)];
        let items = by_batch(&self.patient_rows("look items up", sql, &parameters).await?)?;
        let numbers: Vec<i64> = items.keys().copied().collect();
        self.standings(&numbers, items).await
    }

    /// Returns how it stands with batches that have these items.
    pub(super) async fn standings(
        &self,
        numbers: &[i64],
        items: HashMap<i64, Vec<BatchItem>>,
    ) -> Result<Vec<Standing>, PostgresError> {
        let batches = self.with_items(numbers, items).await?;
        let standing = |(SharedBatch { batch, .. }, is_leased): (SharedBatch, bool)| Standing {
            is_under_way: is_under_way(&batch, is_leased),
            batch,
        };
        Ok(batches.into_iter().map(standing).collect())
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

/// Returns true if a sender has the batch right now.
pub(super) fn is_under_way(batch: &Batch, is_leased: bool) -> bool {
    is_leased && !batch.is_over()
}

fn by_batch(rows: &[Row]) -> Result<HashMap<i64, Vec<BatchItem>>, PostgresError> {
    let mut items: HashMap<i64, Vec<BatchItem>> = HashMap::new();
    for row in rows {
        items.entry(row.get(0)).or_default().push((key(row.get(1), row.get(2))?, row.get(3)));
    }
    Ok(items)
}

/// Returns the row of a query that has one.
pub(super) fn only<'a>(rows: &'a [Row], what: &str) -> Result<&'a Row, PostgresError> {
    rows.first().ok_or_else(|| PostgresError::Damaged { row: what.to_owned() })
}
