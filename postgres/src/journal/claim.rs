//! Claims items for a new batch, and begins its first attempt: one statement, one transaction.

use std::{collections::HashSet, time::Duration};

use specwright_runtime::journal::{
    BatchClaim, Claimed, ItemKey, JournalError, Record, RecordError, SharedBatch,
};
use tokio_postgres::types::Type;

use super::{
    PostgresJournal,
    items::{ItemColumns, RefusedColumns, written},
    read::only,
    row::{StepColumns, large, small, until, value},
    statement::Parameter,
    step::Write,
};
use crate::error::PostgresError;

/// The items that nobody has, in the order of their hashes: two senders that want the same ones wait for each
/// other in one order, and neither for ever.
const FREE_ITEMS: &str = "
taken AS (
    INSERT INTO specwright.items (scope, hash, key, is_hashed, batch, ordinal)
    SELECT $2, hash, key, is_hashed, $1, ordinal FROM wanted ORDER BY hash
    ON CONFLICT (scope, hash) DO NOTHING
    RETURNING hash
)";

/// The items of the batch that is replaced, if this sender has it still.
const ITEMS_OF_REPLACED: &str = "
left_batch AS (
    UPDATE specwright.batches
    SET moved = moved + cardinality($4), version = version + 1, changed_at = now(),
        is_over = is_over OR $18
    WHERE batch = $12 AND epoch = $13 AND version = $14
    RETURNING batch
),
taken AS (
    UPDATE specwright.items SET batch = $1, ordinal = wanted.ordinal, codes = NULL
    FROM wanted, left_batch
    WHERE items.scope = $2 AND items.hash = wanted.hash AND items.batch = left_batch.batch
    RETURNING items.hash
)";

/// A batch that is to be made of a claim.
struct NewBatch<'a> {
    claim: &'a BatchClaim,
    scope: i32,
    items: ItemColumns,
    aside: RefusedColumns,
    /// As it is if others have none of the items, with the attempt begun.
    begun: SharedBatch,
    /// The batch that it replaces, after its items went.
    replaced: Option<SharedBatch>,
}

impl PostgresJournal {
    pub(super) async fn claim_items(&self, claim: BatchClaim) -> Result<Claimed, RecordError> {
        let failed = |error: PostgresError| RecordError::Write {
            record: Box::new(claim.begin.clone()),
            source: JournalError::other(error),
        };
        let plan = &claim.plan;
        let scope = self.scope(&plan.operation, &plan.target).await.map_err(failed)?;
        let hash_key = self.hash_key().await.map_err(failed)?;
        let planned = SharedBatch::planned(plan.clone(), claim.replaces.as_ref(), Duration::ZERO);
        let replaced = claim.replaces.as_ref().map(|old| {
            old.without(&Record::Planned(plan.clone()), plan.keys.len()).map_err(RecordError::Illegal)
        });
        let new = NewBatch {
            scope,
            items: ItemColumns::of(hash_key, &plan.operation, &plan.target, &plan.keys),
            aside: RefusedColumns::of(hash_key, &plan.operation, &plan.target, &claim.aside),
            begun: planned.after(claim.begin.clone()).map_err(RecordError::Illegal)?,
            replaced: replaced.transpose()?,
            claim: &claim,
        };
        let mut patience = self.patience();
        loop {
            // Nobody else has the number: if the batch is there, an earlier try made it.
            let found = if patience.in_doubt { self.find_claimed(&new).await } else { Ok(None) };
            let tried = match found {
                Ok(None) => self.try_claim(&new).await,
                Ok(Some(found)) => Ok(found),
                Err(error) => Err(error),
            };
            match tried {
                Ok(Write::Done(claimed)) => return Ok(claimed),
                Ok(Write::TakenOver) => {
                    return Err(RecordError::TakenOver { record: Box::new(claim.begin.clone()) });
                }
                Err(error) => patience.wait(error).await.map_err(failed)?,
            }
        }
    }

    async fn try_claim(&self, new: &NewBatch<'_>) -> Result<Write<Claimed>, PostgresError> {
        let plan = &new.claim.plan;
        let known = new.claim.replaces.as_ref();
        let lease = new.claim.lease.as_secs_f64();
        let columns = StepColumns::of(&new.begun.batch);
        let [hashes, keys, is_hashed] = new.items.parameters();
        let [aside_hashes, aside_keys, aside_is_hashed] = new.aside.items.parameters();
        let unclear_attempts = small(new.begun.batch.parts().unclear_attempts);
        let (batch, run) = (large(plan.batch.0), large(new.claim.run.0));
        let (length, crc32) = (large(plan.body.length), i64::from(plan.body.crc32));
        let old = known.map(|old| large(old.batch.id().0));
        let (epoch, version) = (known.map(|old| large(old.lease.epoch)), known.map(|old| large(old.version)));
        let old_is_over = new.replaced.as_ref().is_some_and(|old| old.batch.is_over());
        let mut parameters: Vec<Parameter<'_>> = vec![
            (&batch, Type::INT8),
            (&new.scope, Type::INT4),
            (&run, Type::INT8),
            hashes,
            keys,
            is_hashed,
            (&length, Type::INT8),
            (&crc32, Type::INT8),
            (&lease, Type::FLOAT8),
            (&unclear_attempts, Type::INT4),
            (&new.aside.codes, Type::TEXT_ARRAY),
            (&old, Type::INT8),
            (&epoch, Type::INT8),
            (&version, Type::INT8),
            aside_hashes,
            aside_keys,
            aside_is_hashed,
            (&old_is_over, Type::BOOL),
        ];
        let first = parameters.len() + 1;
        parameters.extend(columns.parameters());
        let sql = statement(known.is_some(), first);
        let rows = self.rows("claim items", &sql, &parameters).await?;
        let row = only(&rows, "a claim")?;
        if !row.get::<_, bool>("is_known") {
            return Ok(Write::TakenOver);
        }
        let lost: Vec<Vec<u8>> = row.get("lost");
        let lease_until: Option<f64> = row.get("until");
        Ok(Write::Done(new.claimed(&lost.into_iter().collect(), lease_until)))
    }

    /// Returns what an earlier try of this claim did, if it did anything.
    async fn find_claimed(&self, new: &NewBatch<'_>) -> Result<Option<Write<Claimed>>, PostgresError> {
        let Some(batch) = self.batch(large(new.claim.plan.batch.0)).await? else { return Ok(None) };
        if batch.lease.epoch != new.begun.lease.epoch {
            return Ok(Some(Write::TakenOver));
        }
        let has: HashSet<&ItemKey> = batch.batch.plan().keys.iter().collect();
        let lost = new.claim.plan.keys.iter().filter(|key| !has.contains(key)).cloned().collect();
        Ok(Some(Write::Done(Claimed { replaced: new.replaced.clone(), lost, batch: Some(batch) })))
    }
}

impl NewBatch<'_> {
    /// Returns the answer to the claim, without the items that others have.
    fn claimed(&self, lost: &HashSet<Vec<u8>>, lease_until: Option<f64>) -> Claimed {
        let with_lease = |mut batch: SharedBatch| {
            batch.lease.until = until(lease_until.unwrap_or_default());
            batch
        };
        if lost.is_empty() {
            let batch = Some(with_lease(self.begun.clone()));
            return Claimed { batch, replaced: self.replaced.clone(), lost: Vec::new() };
        }
        let mut plan = self.claim.plan.clone();
        let (mut left, mut gone) = (Vec::new(), Vec::new());
        for (key, hash) in plan.keys.drain(..).zip(&self.items.hashes) {
            if lost.contains(hash) { gone.push(key) } else { left.push(key) }
        }
        plan.keys = left;
        let batch = lease_until.map(|_| with_lease(SharedBatch::planned(plan, None, Duration::ZERO)));
        Claimed { batch, replaced: self.replaced.clone(), lost: gone }
    }
}

/// Returns the statement. `first` is the number of the first of the columns that change with steps; where
/// items are lost the batch is only planned, and these columns are as they are before any attempt.
fn statement(replaces: bool, first: usize) -> String {
    let names = StepColumns::NAMES.join(", ");
    let values: Vec<String> = StepColumns::NAMES
        .iter()
        .zip(first..)
        .map(|(name, number)| {
            let begun = value(name, number);
            match *name {
                "phase" => format!("CASE WHEN counted.is_whole THEN {begun} ELSE 'planned' END"),
                "attempts" => format!("CASE WHEN counted.is_whole THEN {begun} ELSE 0 END"),
                "unclear_attempts" => format!("CASE WHEN counted.is_whole THEN {begun} ELSE $10 END"),
                "attempt_at" | "correlation_id" => format!("CASE WHEN counted.is_whole THEN {begun} END"),
                _ => begun,
            }
        })
        .collect();
    let values = values.join(", ");
    let items = if replaces { ITEMS_OF_REPLACED } else { FREE_ITEMS };
    let is_known = if replaces { "EXISTS (SELECT 1 FROM left_batch)" } else { "true" };
    let aside = written([15, 16, 17, 11]);
    format!(
        "WITH wanted AS MATERIALIZED (
            SELECT hash, key, is_hashed, ordinal::integer
            FROM unnest($4, $5, $6) WITH ORDINALITY AS item (hash, key, is_hashed, ordinal)
        ), {items}, counted AS (
            SELECT count(*) AS items, count(*) = cardinality($4) AS is_whole FROM taken
        ), planned AS (
            INSERT INTO specwright.batches (batch, scope, run, holder, version, lease_until, size,
                body_length, body_crc32, replaces, {names})
            SELECT $1, $2, $3, $3, CASE WHEN counted.is_whole THEN 1 ELSE 0 END,
                clock_timestamp() + $9 * interval '1 second', counted.items, $7, $8, $12, {values}
            FROM counted WHERE counted.items > 0
            RETURNING lease_until
        ), {aside}
        SELECT {is_known} AS is_known,
            ARRAY(SELECT hash FROM wanted EXCEPT SELECT hash FROM taken) AS lost,
            (SELECT extract(epoch FROM lease_until)::float8 FROM planned) AS until"
    )
}
