//! A batch as a row, and back.

use std::{collections::BTreeMap, time::Duration};

use specwright_runtime::journal::{
    Acceptance, AttemptRecord, Batch, BatchId, BatchOutcome, BatchParts, BatchPhase, BatchPlan, BodyDigest,
    Lease, SharedBatch,
};
use tokio_postgres::{Row, types::Type};

use super::{items::key, statement::Parameter};
use crate::error::PostgresError;

/// What is read of `batches b` and `scopes s`.
pub(super) const COLUMNS: &str = "
    b.batch, s.operation, s.target, b.epoch, b.version, extract(epoch FROM b.lease_until)::float8 AS until,
    b.phase, b.is_closed, b.size, b.moved, b.body_length, b.body_crc32, b.replaces, b.attempts,
    b.unclear_attempts, (extract(epoch FROM b.attempt_at) * 1000)::bigint AS attempt_at, b.correlation_id,
    b.request_id, b.answered_correlation_id, b.http_status, b.codes, b.refused_by_name, b.service_status,
    b.outcome, b.lease_until > now() AS is_leased";

/// What is read of the items of a batch, in their order.
pub(super) const ITEM_COLUMNS: &str = "
    array_agg(key ORDER BY ordinal) AS keys, array_agg(is_hashed ORDER BY ordinal) AS are_hashed,
    array_agg(to_jsonb(codes)::text ORDER BY ordinal) AS codes_of_items";

/// What changes with the steps of a batch, as columns.
pub(super) struct StepColumns {
    phase: &'static str,
    is_over: bool,
    is_closed: bool,
    moved: i32,
    attempts: i32,
    unclear_attempts: i32,
    /// In milliseconds since 1970.
    attempt_at: Option<f64>,
    correlation_id: Option<String>,
    request_id: Option<String>,
    answered_correlation_id: Option<String>,
    http_status: Option<i32>,
    codes: Option<Vec<String>>,
    refused_by_name: bool,
    service_status: Option<String>,
    outcome: Option<&'static str>,
}

impl StepColumns {
    /// The names, in the order of [`StepColumns::parameters`].
    pub(super) const NAMES: [&str; 15] = [
        "phase",
        "is_over",
        "is_closed",
        "moved",
        "attempts",
        "unclear_attempts",
        "attempt_at",
        "correlation_id",
        "request_id",
        "answered_correlation_id",
        "http_status",
        "codes",
        "refused_by_name",
        "service_status",
        "outcome",
    ];

    pub(super) fn of(batch: &Batch) -> Self {
        let parts = batch.parts();
        let acceptance = batch.acceptance();
        let (http_status, codes, refused_by_name) = match parts.phase {
            BatchPhase::Refused { status, codes, by_name } => (Some(status.into()), Some(codes), by_name),
            _ => (None, None, false),
        };
        let outcome = batch.end().map(|(_, outcome)| match outcome {
            BatchOutcome::Clean => "clean",
            BatchOutcome::WithErrors => "with_errors",
        });
        let attempt = parts.last_attempt.as_ref();
        Self {
            phase: batch.phase().name(),
            is_over: batch.is_over(),
            is_closed: parts.closed,
            moved: small(parts.moved),
            attempts: small(batch.attempts()),
            unclear_attempts: small(parts.unclear_attempts),
            attempt_at: attempt.and_then(|attempt| attempt.at).map(milliseconds),
            correlation_id: attempt.and_then(|attempt| attempt.correlation_id.clone()),
            request_id: acceptance.and_then(|acceptance| acceptance.request_id.clone()),
            answered_correlation_id: acceptance.and_then(|acceptance| acceptance.correlation_id.clone()),
            http_status,
            codes,
            refused_by_name,
            service_status: batch.end().map(|(status, _)| status.to_owned()),
            outcome,
        }
    }

    pub(super) fn parameters(&self) -> [Parameter<'_>; 15] {
        [
            (&self.phase, Type::TEXT),
            (&self.is_over, Type::BOOL),
            (&self.is_closed, Type::BOOL),
            (&self.moved, Type::INT4),
            (&self.attempts, Type::INT4),
            (&self.unclear_attempts, Type::INT4),
            (&self.attempt_at, Type::FLOAT8),
            (&self.correlation_id, Type::TEXT),
            (&self.request_id, Type::TEXT),
            (&self.answered_correlation_id, Type::TEXT),
            (&self.http_status, Type::INT4),
            (&self.codes, Type::TEXT_ARRAY),
            (&self.refused_by_name, Type::BOOL),
            (&self.service_status, Type::TEXT),
            (&self.outcome, Type::TEXT),
        ]
    }
}

/// Returns the expression of a column's value, which is the parameter of this number.
pub(super) fn value(column: &str, number: usize) -> String {
    match column {
        "attempt_at" => format!("to_timestamp(${number} / 1000)"),
        _ => format!("${number}"),
    }
}

/// Returns a count as a column has it; none comes near the limit.
pub(super) fn small(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}

/// Returns a number as a column of 64 bits has it.
pub(super) fn large(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "a time in milliseconds has far fewer digits")]
fn milliseconds(at: u64) -> f64 {
    at as f64
}

/// Returns a time as a parameter, in seconds since 1970, or a duration.
pub(super) fn until(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

/// Returns the batch of a row, with the items that were read with it.
pub(super) fn batch(row: &Row) -> Result<SharedBatch, PostgresError> {
    read(row).ok_or_else(|| {
        let batch = row.try_get::<_, i64>("batch").unwrap_or_default();
        PostgresError::Damaged { row: format!("the row of batch {batch}") }
    })
}

fn read(row: &Row) -> Option<SharedBatch> {
    let number = |column| row.try_get::<_, i64>(column).ok().and_then(|number| u64::try_from(number).ok());
    let count = |column| row.try_get::<_, i32>(column).ok().and_then(|count| u32::try_from(count).ok());
    let id = BatchId(number("batch")?);
    let attempts = count("attempts")?;
    let at: Option<i64> = row.try_get("attempt_at").ok()?;
    let last_attempt = (attempts > 0).then_some(AttemptRecord {
        batch: id,
        attempt: attempts,
        correlation_id: row.try_get("correlation_id").ok()?,
        at: at.and_then(|at| u64::try_from(at).ok()),
    });
    let replaces: Option<i64> = row.try_get("replaces").ok()?;
    let crc32 = u32::try_from(number("body_crc32")?).ok()?;
    let texts: Option<Vec<&str>> = row.try_get("keys").ok()?;
    let are_hashed: Option<Vec<bool>> = row.try_get("are_hashed").ok()?;
    let codes: Option<Vec<Option<&str>>> = row.try_get("codes_of_items").ok()?;
    let (mut keys, mut refused) = (Vec::new(), BTreeMap::new());
    for ((text, is_hashed), codes) in
        texts.into_iter().flatten().zip(are_hashed.into_iter().flatten()).zip(codes.into_iter().flatten())
    {
        let key = key(text, is_hashed)?;
        if let Some(codes) = codes {
            refused.insert(key.clone(), serde_json::from_str(codes).ok()?);
        }
        keys.push(key);
    }
    let plan = BatchPlan {
        batch: id,
        operation: row.try_get("operation").ok()?,
        target: row.try_get("target").ok()?,
        keys,
        body: BodyDigest { length: number("body_length")?, crc32 },
        replaces: replaces.and_then(|old| u64::try_from(old).ok()).map(BatchId),
    };
    let parts = BatchParts {
        plan,
        size: usize::try_from(count("size")?).ok()?,
        moved: usize::try_from(count("moved")?).ok()?,
        refused,
        phase: phase(row, id, attempts)?,
        last_attempt,
        unclear_attempts: count("unclear_attempts")?,
        closed: row.try_get("is_closed").ok()?,
    };
    let lease = Lease { epoch: number("epoch")?, until: until(row.try_get("until").ok()?) };
    Some(SharedBatch { batch: Batch::restore(parts), lease, version: number("version")? })
}

fn phase(row: &Row, batch: BatchId, attempt: u32) -> Option<BatchPhase> {
    let acceptance = || {
        Some(Acceptance {
            batch,
            attempt,
            request_id: row.try_get("request_id").ok()?,
            correlation_id: row.try_get("answered_correlation_id").ok()?,
        })
    };
    let phase: &str = row.try_get("phase").ok()?;
    Some(match phase {
        "planned" => BatchPhase::Planned,
        "sending" => BatchPhase::Open,
        "not_received" => BatchPhase::NotReceived,
        "unclear" => BatchPhase::Unclear,
        "refused" => BatchPhase::Refused {
            status: u16::try_from(row.try_get::<_, i32>("http_status").ok()?).ok()?,
            codes: row.try_get::<_, Option<Vec<String>>>("codes").ok()?.unwrap_or_default(),
            by_name: row.try_get("refused_by_name").ok()?,
        },
        "accepted" => BatchPhase::Accepted(acceptance()?),
        "finished" => BatchPhase::Finished {
            acceptance: acceptance()?,
            status: row.try_get("service_status").ok()?,
            outcome: match row.try_get("outcome").ok()? {
                "clean" => BatchOutcome::Clean,
                "with_errors" => BatchOutcome::WithErrors,
                _ => return None,
            },
        },
        _ => return None,
    })
}
