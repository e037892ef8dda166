//! Statements that wait while the database is away.

use std::{sync::atomic::Ordering, time::Duration};

use tokio::time::{Instant, sleep, timeout};
use tokio_postgres::{
    Row,
    types::{ToSql, Type},
};

use super::PostgresJournal;
use crate::error::PostgresError;

/// A value of a statement, and its type: without a name the statement needs no round trip to be prepared, and
/// a pooler may give each one another connection.
pub(super) type Parameter<'a> = (&'a (dyn ToSql + Sync), Type);

/// How long a statement may take. A network that is cut says nothing.
const LONGEST: Duration = Duration::from_secs(30);
/// The waits before a statement is tried again.
const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How long a caller waits for the database yet.
pub(super) struct Patience {
    end: Instant,
    wait: Duration,
    /// Whether something failed before, so that it is not known whether it was done.
    pub(super) in_doubt: bool,
}

impl Patience {
    /// Waits before the next try, or returns the error if that would be in vain.
    pub(super) async fn wait(&mut self, error: PostgresError) -> Result<(), PostgresError> {
        if !error.is_transient() || Instant::now() + self.wait > self.end {
            return Err(error);
        }
        sleep(self.wait).await;
        self.wait = (self.wait * 2).min(LONGEST_WAIT);
        self.in_doubt = true;
        Ok(())
    }
}

/// Waits for the answer to a statement as long as one may take.
pub(super) async fn answered<T>(
    doing: &'static str,
    answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, PostgresError> {
    let Ok(answer) = timeout(LONGEST, answer).await else {
        return Err(PostgresError::Silent { doing, waited: LONGEST });
    };
    answer.map_err(PostgresError::doing(doing))
}

impl PostgresJournal {
    pub(super) fn patience(&self) -> Patience {
        Patience { end: Instant::now() + self.patience, wait: FIRST_WAIT, in_doubt: false }
    }

    /// Runs one statement, which is a transaction by itself: one round trip.
    pub(super) async fn rows(
        &self,
        doing: &'static str,
        sql: &str,
        parameters: &[Parameter<'_>],
    ) -> Result<Vec<Row>, PostgresError> {
        let client = self.database.client().await?;
        self.round_trips.fetch_add(1, Ordering::Relaxed);
        let rows = answered(doing, client.query_typed(sql, parameters)).await;
        if matches!(rows, Err(PostgresError::Silent { .. })) {
            // Whatever comes on this connection later belongs to nobody.
            drop(deadpool_postgres::Object::take(client));
        }
        rows
    }

    /// Runs one statement that may be run twice, again and again while the database is away.
    pub(super) async fn patient_rows(
        &self,
        doing: &'static str,
        sql: &str,
        parameters: &[Parameter<'_>],
    ) -> Result<Vec<Row>, PostgresError> {
        let mut patience = self.patience();
        loop {
            match self.rows(doing, sql, parameters).await {
                Ok(rows) => return Ok(rows),
                Err(error) => patience.wait(error).await?,
            }
        }
    }
}
