//! Steps of a batch: each is one statement, which compares epoch and version and writes nothing if they are
//! others.

use std::time::Duration;

use specwright_runtime::journal::{JournalError, Record, RecordError, SetAside, SetAsideFrom, SharedBatch};
use tokio_postgres::types::Type;

use super::{
    PostgresJournal,
    items::{RefusedColumns, written},
    row::{StepColumns, large, small, until, value},
    statement::{Parameter, Patience},
};
use crate::error::PostgresError;

/// What became of a write.
pub(super) enum Write<T> {
    Done(T),
    /// Another sender has the batch.
    TakenOver,
}

impl PostgresJournal {
    pub(super) async fn write_step(
        &self,
        known: &SharedBatch,
        record: Record,
        lease: Duration,
    ) -> Result<SharedBatch, RecordError> {
        let mut next = known.after(record.clone()).map_err(RecordError::Illegal)?;
        let failed = |error: PostgresError| RecordError::Write {
            record: Box::new(record.clone()),
            source: JournalError::other(error),
        };
        let mut patience = self.patience();
        loop {
            match self.try_step(known, &next, &record, lease, &patience).await {
                Ok(Write::Done(lease_until)) => {
                    next.lease.until = lease_until;
                    return Ok(next);
                }
                Ok(Write::TakenOver) => return Err(RecordError::TakenOver { record: Box::new(record) }),
                Err(error) => patience.wait(error).await.map_err(failed)?,
            }
        }
    }

    async fn try_step(
        &self,
        known: &SharedBatch,
        next: &SharedBatch,
        record: &Record,
        lease: Duration,
        patience: &Patience,
    ) -> Result<Write<Duration>, PostgresError> {
        let begins = matches!(record, Record::Sending(_) | Record::Resending(_));
        let lease = if begins { lease.as_secs_f64() } else { 0.0 };
        let refused = match record {
            Record::Refused(refusal) => refusal.items.as_slice(),
            _ => &[],
        };
        let plan = known.batch.plan();
        let refused = RefusedColumns::of(self.hash_key().await?, &plan.operation, &plan.target, refused);
        let columns = StepColumns::of(&next.batch);
        let (batch, epoch, version) = identity(known);
        let mut parameters: Vec<Parameter<'_>> = vec![
            (&batch, Type::INT8),
            (&epoch, Type::INT8),
            (&version, Type::INT8),
            (&lease, Type::FLOAT8),
            (&refused.items.hashes, Type::BYTEA_ARRAY),
            (&refused.codes, Type::TEXT_ARRAY),
        ];
        let first = parameters.len() + 1;
        parameters.extend(columns.parameters());
        let rows = self.rows("write a step", &step(first), &parameters).await?;
        match rows.first() {
            Some(row) => Ok(Write::Done(until(row.get(0)))),
            None if patience.in_doubt => self.find_step(next).await,
            None => Ok(Write::TakenOver),
        }
    }

    /// Returns whether the batch is as an earlier try would have made it. Nobody else has its epoch.
    async fn find_step(&self, next: &SharedBatch) -> Result<Write<Duration>, PostgresError> {
        let (batch, epoch, version) = identity(next);
        let sql = "SELECT extract(epoch FROM lease_until)::float8 FROM specwright.batches
                   WHERE batch = $1 AND epoch = $2 AND version = $3";
        let parameters = [(&batch as _, Type::INT8), (&epoch as _, Type::INT8), (&version as _, Type::INT8)];
        let rows = self.rows("look a step up", sql, &parameters).await?;
        Ok(rows.first().map_or(Write::TakenOver, |row| Write::Done(until(row.get(0)))))
    }

    pub(super) async fn write_aside(&self, aside: SetAsideFrom) -> Result<Option<SharedBatch>, RecordError> {
        let SetAsideFrom { run, operation, target, items, from } = aside;
        let replaces = from.as_ref().map(|from| from.batch.id());
        let record = Record::SetAside(SetAside { operation, target, items, replaces });
        let Record::SetAside(aside) = &record else { return Ok(None) };
        let left = from.as_ref().map(|from| from.without(&record, aside.items.len()));
        let left = left.transpose().map_err(RecordError::Illegal)?;
        let failed = |error: PostgresError| RecordError::Write {
            record: Box::new(record.clone()),
            source: JournalError::other(error),
        };
        let mut patience = self.patience();
        loop {
            let both = from.as_ref().zip(left.as_ref());
            match self.try_aside(large(run.0), aside, both, &patience).await {
                Ok(Write::Done(())) => return Ok(left),
                Ok(Write::TakenOver) => return Err(RecordError::TakenOver { record: Box::new(record) }),
                Err(error) => patience.wait(error).await.map_err(failed)?,
            }
        }
    }

    /// `from` is the batch that the items leave, as it is known and as it is after that.
    async fn try_aside(
        &self,
        run: i64,
        aside: &SetAside,
        from: Option<(&SharedBatch, &SharedBatch)>,
        patience: &Patience,
    ) -> Result<Write<()>, PostgresError> {
        let scope = self.scope(&aside.operation, &aside.target).await?;
        let hash_key = self.hash_key().await?;
        let refused = RefusedColumns::of(hash_key, &aside.operation, &aside.target, &aside.items);
        let identity = from.map(|(known, _)| identity(known));
        let (batch, epoch, version) =
            (identity.map(|id| id.0), identity.map(|id| id.1), identity.map(|id| id.2));
        let is_over = from.is_some_and(|(_, left)| left.batch.is_over());
        let count = small(refused.codes.len());
        let [hashes, keys, is_hashed] = refused.items.parameters();
        let parameters: [Parameter<'_>; 11] = [
            (&batch, Type::INT8),
            (&scope, Type::INT4),
            (&run, Type::INT8),
            hashes,
            keys,
            is_hashed,
            (&refused.codes, Type::TEXT_ARRAY),
            (&epoch, Type::INT8),
            (&version, Type::INT8),
            (&is_over, Type::BOOL),
            (&count, Type::INT4),
        ];
        let sql = if from.is_some() { leaving() } else { format!("WITH {} SELECT 1", written([4, 5, 6, 7])) };
        let rows = self.rows("set items aside", &sql, &parameters[..]).await?;
        match (rows.first(), from) {
            (None, Some((_, left))) if patience.in_doubt => Ok(match self.find_step(left).await? {
                Write::Done(_) => Write::Done(()),
                Write::TakenOver => Write::TakenOver,
            }),
            (None, _) => Ok(Write::TakenOver),
            (Some(_), _) => Ok(Write::Done(())),
        }
    }
}

/// Returns number, epoch and version as parameters.
fn identity(batch: &SharedBatch) -> (i64, i64, i64) {
    (large(batch.batch.id().0), large(batch.lease.epoch), large(batch.version))
}

/// Returns the statement of a step. `first` is the number of the first of its columns.
fn step(first: usize) -> String {
    let columns: Vec<String> = StepColumns::NAMES
        .iter()
        .zip(first..)
        .map(|(name, number)| format!("{name} = {}", value(name, number)))
        .collect();
    let columns = columns.join(", ");
    format!(
        "WITH step AS (
            UPDATE specwright.batches SET {columns}, version = version + 1, changed_at = now(),
                lease_until = greatest(lease_until, clock_timestamp() + $4 * interval '1 second')
            WHERE batch = $1 AND epoch = $2 AND version = $3
            RETURNING batch, scope, lease_until
        ), named AS (
            UPDATE specwright.items
            SET codes = ARRAY(SELECT jsonb_array_elements_text(refused.codes::jsonb))
            FROM step, unnest($5, $6) AS refused (hash, codes)
            WHERE items.scope = step.scope AND items.hash = refused.hash AND items.batch = step.batch
        )
        SELECT extract(epoch FROM lease_until)::float8 FROM step"
    )
}

/// Returns the statement that takes items out of a batch and sets them aside.
fn leaving() -> String {
    let aside = written([4, 5, 6, 7]);
    format!(
        "WITH left_batch AS (
            UPDATE specwright.batches
            SET moved = moved + $11, version = version + 1, changed_at = now(), is_over = is_over OR $10
            WHERE batch = $1 AND epoch = $8 AND version = $9
            RETURNING batch
        ), gone AS (
            DELETE FROM specwright.items USING left_batch
            WHERE items.scope = $2 AND items.hash = ANY($4) AND items.batch = left_batch.batch
        ), {aside}
        SELECT batch FROM left_batch"
    )
}
