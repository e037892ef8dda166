//! Runs and leases: who has which batch, and for how long.

use std::ops::Range;

use specwright_runtime::journal::{BatchId, RunId, RunScope, RunStart, SharedBatch, TakeOver};
use tokio_postgres::types::Type;

use super::{
    NUMBERS, PostgresJournal,
    items::ItemColumns,
    read::{ALL_ITEMS, only},
    row::{self, large},
    statement::Parameter,
};
use crate::error::PostgresError;

/// Which batches may be taken over: those whose lease has run out, and those that this run took over if the
/// answer to an earlier try was lost.
const FREE: &str = "NOT is_over AND (lease_until <= now() OR (holder = $1 AND run <> $1))";

/// Batches that nobody else is taking over right now, after one.
const AFTER: &str = "
    SELECT batch FROM specwright.batches
    WHERE scope = $2 AND {free} AND batch > $4 ORDER BY batch LIMIT $5 FOR UPDATE SKIP LOCKED";

/// Those with certain items.
const WITH: &str = "
    SELECT batch FROM specwright.batches
    WHERE {free} AND batch IN (SELECT batch FROM specwright.items WHERE scope = $2 AND hash = ANY($4))
    ORDER BY batch FOR UPDATE SKIP LOCKED";

/// What [`SharedBatch::taken_over`] says, for these batches. `leased` says which have a lease from now on.
fn statement(batches: &str, leased: &str) -> String {
    let batches = batches.replace("{free}", FREE);
    format!(
        "WITH free AS ({batches})
        UPDATE specwright.batches SET
            epoch = epoch + 1, version = version + 1, holder = $1, changed_at = now(),
            phase = CASE phase WHEN 'sending' THEN 'unclear' ELSE phase END,
            lease_until = now() + CASE WHEN {leased} THEN $3 ELSE 0 END * interval '1 second'
        FROM free WHERE batches.batch = free.batch
        RETURNING batches.batch"
    )
}

impl PostgresJournal {
    pub(super) async fn start_run(&self, scope: &RunScope) -> Result<RunStart, PostgresError> {
        let hash_key = self.hash_key().await?;
        let number = self.scope(&scope.operation, &scope.target).await?;
        let sql = "INSERT INTO specwright.runs (scope, input) VALUES ($1, $2) RETURNING run";
        let parameters = [(&number as _, Type::INT4), (&scope.input as _, Type::TEXT)];
        let rows = self.patient_rows("begin a run", sql, &parameters).await?;
        let run = only(&rows, "a run")?.get::<_, i64>(0);
        let run = RunId(u64::try_from(run).unwrap_or_default());
        Ok(RunStart { run, hash_key, batches: self.draw_numbers().await? })
    }

    pub(super) async fn draw_numbers(&self) -> Result<Range<u64>, PostgresError> {
        let sql = "SELECT nextval('specwright.batch_numbers')";
        let rows = self.patient_rows("draw batch numbers", sql, &[]).await?;
        let first = u64::try_from(only(&rows, "a number")?.get::<_, i64>(0)).unwrap_or_default();
        Ok(first..first + NUMBERS)
    }

    pub(super) async fn take_over_batches(
        &self,
        run: RunId,
        scope: &RunScope,
        which: TakeOver<'_>,
    ) -> Result<Vec<SharedBatch>, PostgresError> {
        let number = self.scope(&scope.operation, &scope.target).await?;
        let (run, lease) = (large(run.0), self.lease.as_secs_f64());
        let mut parameters: Vec<Parameter<'_>> =
            vec![(&run, Type::INT8), (&number, Type::INT4), (&lease, Type::FLOAT8)];
        let (last, limit, items);
        let sql = match which {
            TakeOver::After(batch, most) => {
                (last, limit) = (large(batch.0), i64::from(most));
                parameters.extend([(&last as _, Type::INT8), (&limit as _, Type::INT8)]);
                statement(AFTER, "phase = 'accepted'")
            }
            TakeOver::With(keys) => {
                items = ItemColumns::of(self.hash_key().await?, &scope.operation, &scope.target, keys);
                parameters.push((&items.hashes, Type::BYTEA_ARRAY));
                statement(WITH, "true")
            }
        };
        let rows = self.patient_rows("take batches over", &sql, &parameters).await?;
        let numbers: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        // Whose lease has run out again meanwhile is another's by now.
        let held = "SELECT batch FROM specwright.batches WHERE batch = ANY($1) AND holder = $2";
        let parameters = [(&numbers as _, Type::INT8_ARRAY), (&run as _, Type::INT8)];
        self.read_batches(held, ALL_ITEMS, &parameters, row::batch).await
    }

    pub(super) async fn renew_leases(&self, batches: &[(BatchId, u64)]) -> Result<(), PostgresError> {
        self.set_leases(batches, self.lease.as_secs_f64()).await
    }

    pub(super) async fn finish_run(
        &self,
        run: RunId,
        batches: &[(BatchId, u64)],
    ) -> Result<(), PostgresError> {
        let sql = "UPDATE specwright.runs SET ended_at = now() WHERE run = $1";
        self.patient_rows("end a run", sql, &[(&large(run.0), Type::INT8)]).await?;
        if batches.is_empty() { Ok(()) } else { self.set_leases(batches, 0.0).await }
    }

    /// Extends leases by this time from now on; none ends them.
    async fn set_leases(&self, batches: &[(BatchId, u64)], seconds: f64) -> Result<(), PostgresError> {
        let numbers: Vec<i64> = batches.iter().map(|(batch, _)| large(batch.0)).collect();
        let epochs: Vec<i64> = batches.iter().map(|(_, epoch)| large(*epoch)).collect();
        let sql = "
            UPDATE specwright.batches SET lease_until = CASE
                WHEN $3 > 0 THEN greatest(lease_until, clock_timestamp() + $3 * interval '1 second')
                ELSE least(lease_until, clock_timestamp()) END
            FROM (SELECT * FROM unnest($1, $2) AS lease (batch, epoch) ORDER BY 1) known
            WHERE batches.batch = known.batch AND batches.epoch = known.epoch";
        let parameters = [
            (&numbers as _, Type::INT8_ARRAY),
            (&epochs as _, Type::INT8_ARRAY),
            (&seconds as _, Type::FLOAT8),
        ];
        self.patient_rows("renew leases", sql, &parameters).await.map(drop)
    }
}
