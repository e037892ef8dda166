//! The connections to a database.

use std::{fmt, time::Duration};

use deadpool_postgres::{
    ClientWrapper, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, Timeouts,
};
use tokio_postgres::NoTls;

use super::{error::PostgresError, migrations, tls, url::DatabaseUrl};

/// How many connections a process has at most.
const CONNECTIONS: usize = 8;
/// How long a statement waits for one of them.
const WAIT: Duration = Duration::from_secs(10);

/// A database with the tables of this library, and a pool of connections to it.
///
/// Clones share the pool. Connections are made when they are needed and kept; one that has ended is replaced.
/// Statements are sent without a name, so that a pooler between may give every transaction another connection.
#[derive(Clone)]
pub struct Database {
    pool: Pool,
}

impl Database {
    /// Connects to the database at a URL, `postgres://user:password@host:port/name`, and checks that its schema
    /// is the one that this library knows.
    ///
    /// The parameters of the URL are those of libpq: `sslmode`, `sslrootcert`, `connect_timeout`,
    /// `target_session_attrs`, several hosts and so on. Where there is TLS, the certificate of the server must
    /// be valid for its name.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL can't be read, no connection can be made, or the schema is missing or of
    /// another version.
    pub async fn connect(url: &str) -> Result<Self, PostgresError> {
        let database = Self::open(url)?;
        database.check().await?;
        Ok(database)
    }

    /// Makes the pool for a URL, without a connection.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL or a file that it names can't be read.
    pub fn open(url: &str) -> Result<Self, PostgresError> {
        let url = DatabaseUrl::parse(url)?;
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = if url.has_tls() {
            let connector = tls::connector(url.root_certificates.as_deref())?;
            Manager::from_config(url.config, connector, recycling)
        } else {
            Manager::from_config(url.config, NoTls, recycling)
        };
        let timeouts = Timeouts { wait: Some(WAIT), create: None, recycle: None };
        let pool = Pool::builder(manager).max_size(CONNECTIONS).timeouts(timeouts).runtime(Runtime::Tokio1);
        // It fails for a runtime that is missing alone.
        let pool = pool.build().map_err(|error| PostgresError::Url(error.to_string()))?;
        Ok(Self { pool })
    }

    /// Sets how many connections this process has at most. The default is 8.
    pub fn set_connections(&self, connections: usize) {
        self.pool.resize(connections.max(1));
    }

    /// Checks that the schema is the one that this library knows.
    ///
    /// # Errors
    ///
    /// Returns [`PostgresError::NoSchema`], [`PostgresError::OldSchema`] or [`PostgresError::NewSchema`] if it
    /// is not, or an error of the database.
    pub async fn check(&self) -> Result<(), PostgresError> {
        migrations::check(&*self.client().await?).await
    }

    /// Applies the migrations that the database does not have yet, and returns their names. Several processes
    /// may do so at once.
    ///
    /// # Errors
    ///
    /// Returns [`PostgresError::NewSchema`] if the schema is of a later version of this library, or an error
    /// of the database. Every migration is one transaction: those before the one that failed are there.
    pub async fn migrate(&self) -> Result<Vec<&'static str>, PostgresError> {
        migrations::migrate(&mut *self.client().await?).await
    }

    /// Takes a connection of the pool, which goes back when it is dropped.
    pub(crate) async fn client(&self) -> Result<Object, PostgresError> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => PostgresError::Connect(error.into()),
            _ => PostgresError::Busy { waited: WAIT },
        })
    }

    /// Takes a connection out of the pool, for as long as its owner wants. It is closed when it is dropped,
    /// and the server ends its transaction.
    pub(crate) async fn connection(&self) -> Result<ClientWrapper, PostgresError> {
        Ok(Object::take(self.client().await?))
    }
}

/// Shows no password.
impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").field("connections", &self.pool.status().size).finish_non_exhaustive()
    }
}
