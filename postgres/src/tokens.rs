//! OAuth 2.0 tokens that several hosts share.

use std::time::Duration;

use specwright_runtime::client::{
    BoxFuture, TokenStore,
    oauth2::{StoreError, StoreLock, StoredToken},
};
use tokio_postgres::{error::SqlState, types::Type};

use super::{database::Database, error::PostgresError};

/// How long the server believes in a holder of the lock who says nothing.
const SILENCE: Duration = Duration::from_secs(300);

const LOAD: &str = "SELECT token FROM specwright.tokens WHERE name = $1";

/// A database may be set to acknowledge what a crash would undo, and the service gives a refresh token once.
const SAVE: &str = "
INSERT INTO specwright.tokens (name, token, saved_at)
SELECT $1, $2, now() FROM set_config(
    'synchronous_commit',
    CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END,
    true
)
ON CONFLICT (name) DO UPDATE SET token = excluded.token, saved_at = excluded.saved_at";

const INSERT_LOCK: &str = "INSERT INTO specwright.token_locks (name) VALUES ($1) ON CONFLICT DO NOTHING";

/// Saves nothing, and fails where saving would: without the privileges, or on a server that only reads.
const TRY_SAVE: &str = "
INSERT INTO specwright.tokens (name, token, saved_at) SELECT '', '', now() WHERE false
ON CONFLICT (name) DO UPDATE SET token = excluded.token, saved_at = excluded.saved_at";

const LOCK: &str = "SELECT 1 FROM specwright.token_locks WHERE name = $1 FOR UPDATE";

/// Tokens in a row of a database, for all hosts that name the same row.
///
/// [`TokenStore::lock`] locks a row in a transaction on a connection of its own, which stays open while the
/// token service answers. So one host refreshes at a time; the others wait, and find the new token when they
/// read again.
///
/// | what happens to the holder of the lock | what happens to the lock |
/// |---|---|
/// | its call is dropped | a thread of it waits for the answer and saves it, then the lock is released |
/// | its process ends, however it ends | the server ends the transaction at once |
/// | its machine or its network is gone | the server ends the transaction after [`Self::silence`] |
/// | the server restarts | the lock is lost; the answer is saved over another connection |
///
/// What the token service gave a holder that died before it could save is lost, as with a file. A service that
/// ends a refresh token when it is used then wants a new grant.
///
/// The row holds the tokens as they are: whoever may read it can act as the application. An error or a log of
/// this library shows nothing of them; a server that is set to log the parameters of statements does.
///
/// # Examples
///
/// ```no_run
/// # async fn run(url: &str) -> Result<(), specwright_postgres::PostgresError> {
/// use specwright_postgres::{Database, PostgresTokenStore};
///
/// let store = PostgresTokenStore::new(&Database::connect(url).await?, "company 08BDA4C1");
/// // `OAuth2::refresh_only(...).store(store)` is the source of a client.
/// # drop(store);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct PostgresTokenStore {
    database: Database,
    name: String,
    silence: Duration,
}

impl PostgresTokenStore {
    /// Creates a store in the row with this name, such as the one of the company that the tokens are for. The
    /// first save makes the row.
    #[must_use]
    pub fn new(database: &Database, name: impl Into<String>) -> Self {
        Self { database: database.clone(), name: name.into(), silence: SILENCE }
    }

    /// Sets after how long the server takes the lock from a holder that says nothing. The default is 5
    /// minutes; it should be longer than a request to the token service may take.
    #[must_use]
    pub fn silence(mut self, silence: Duration) -> Self {
        self.silence = silence;
        self
    }

    async fn load(&self) -> Result<Option<StoredToken>, PostgresError> {
        let client = self.database.client().await?;
        let row = client.query_typed_opt(LOAD, &[(&self.name, Type::TEXT)]).await;
        let Some(row) = row.map_err(PostgresError::doing("read the token"))? else { return Ok(None) };
        // The errors of the JSON reader may repeat what they could not read.
        serde_json::from_str(row.get(0))
            .map(Some)
            .map_err(|_| PostgresError::Damaged { row: format!("the token {:?} in the database", self.name) })
    }

    async fn save(&self, token: &StoredToken) -> Result<(), PostgresError> {
        // It fails for values that JSON does not have alone, and there are none.
        let text = serde_json::to_string(token).unwrap_or_default();
        let client = self.database.client().await?;
        let saved = client.execute_typed(SAVE, &[(&self.name, Type::TEXT), (&text, Type::TEXT)]).await;
        saved.map(|_| ()).map_err(PostgresError::doing("save the token"))
    }

    /// Locks the row. `None`: somebody else has held it for too long.
    async fn lock(&self, wait: Duration) -> Result<Option<StoreLock>, PostgresError> {
        let failed = || PostgresError::doing("lock the token");
        let connection = self.database.connection().await?;
        let name: [(&(dyn tokio_postgres::types::ToSql + Sync), Type); 1] = [(&self.name, Type::TEXT)];
        connection.execute_typed(INSERT_LOCK, &name).await.map_err(failed())?;
        // A limit of zero would be none.
        let begin = format!(
            "BEGIN; SET LOCAL lock_timeout = {}; SET LOCAL idle_in_transaction_session_timeout = {}; {TRY_SAVE}",
            milliseconds(wait),
            milliseconds(self.silence),
        );
        connection.batch_execute(&begin).await.map_err(failed())?;
        match connection.query_typed(LOCK, &name).await {
            Ok(_) => Ok(Some(StoreLock::new(connection))),
            Err(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) => Ok(None),
            Err(error) => Err(failed()(error)),
        }
    }
}

/// A limit as PostgreSQL has it: at least 1, where 0 would be no limit.
fn milliseconds(duration: Duration) -> i32 {
    i32::try_from(duration.as_millis()).unwrap_or(i32::MAX).max(1)
}

impl TokenStore for PostgresTokenStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        Box::pin(async { self.load().await.map_err(StoreError::other) })
    }

    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async { self.save(token).await.map_err(StoreError::other) })
    }

    fn lock(&self, wait: Duration) -> BoxFuture<'_, Result<StoreLock, StoreError>> {
        Box::pin(async move {
            let lock = self.lock(wait).await.map_err(StoreError::other)?;
            lock.ok_or_else(|| StoreError::busy(format!("the token {:?} in the database", self.name), wait))
        })
    }
}
