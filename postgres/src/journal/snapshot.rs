//! A journal as it is at one moment.

use deadpool_postgres::ClientWrapper;
use tokio_postgres::Row;

use super::{
    PostgresJournal,
    statement::{Parameter, answered},
};
use crate::error::PostgresError;

/// A connection on which all statements see the database as it was at the first of them. It is closed with
/// this, so that nobody else gets it with its transaction.
pub(super) struct Snapshot(ClientWrapper);

impl PostgresJournal {
    /// Opens a snapshot, after waiting while the database is away.
    pub(super) async fn snapshot(&self) -> Result<Snapshot, PostgresError> {
        let mut patience = self.patience();
        loop {
            match self.try_snapshot().await {
                Ok(snapshot) => return Ok(snapshot),
                Err(error) => patience.wait(error).await?,
            }
        }
    }

    async fn try_snapshot(&self) -> Result<Snapshot, PostgresError> {
        const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        let client = self.database.connection().await?;
        answered("begin a snapshot", client.batch_execute(BEGIN)).await?;
        Ok(Snapshot(client))
    }
}

impl Snapshot {
    /// Runs one statement.
    pub(super) async fn rows(
        &self,
        doing: &'static str,
        sql: &str,
        parameters: &[Parameter<'_>],
    ) -> Result<Vec<Row>, PostgresError> {
        answered(doing, self.0.query_typed(sql, parameters)).await
    }
}
