//! The schema of the database: numbered files of SQL, each applied once and in one transaction.

use tokio_postgres::{Client, error::SqlState};

use super::error::PostgresError;

/// One step of the schema.
struct Migration {
    version: i32,
    name: &'static str,
    sql: &'static str,
}

macro_rules! migrations {
    ($($version:literal $name:literal)*) => {
        [$(Migration {
            version: $version,
            name: $name,
            sql: include_str!(concat!("../migrations/", $name, ".sql")),
        }),*]
    };
}

/// All of them, by version.
const MIGRATIONS: &[Migration] = &migrations! {
    1 "0001_journal"
    2 "0002_tokens"
    3 "0003_views"
};

/// Held by whoever migrates, until its transaction ends. The number is `specwrig` in ASCII.
const LOCK: i64 = 0x7370_6563_7772_6967;

/// Where the versions are recorded. `CREATE SCHEMA IF NOT EXISTS` asks for a privilege even if there is
/// nothing to create, and an owner may have made the schema.
const RECORD: &str = "
DO $$ BEGIN
    IF to_regnamespace('specwright') IS NULL THEN CREATE SCHEMA specwright; END IF;
END $$;
CREATE TABLE IF NOT EXISTS specwright.migrations (
    version integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)";

/// Returns the version that this library needs and knows.
fn latest() -> i32 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// Checks that the schema is the one that this library knows.
pub(crate) async fn check(client: &Client) -> Result<(), PostgresError> {
    let query = "SELECT coalesce(max(version), 0) FROM specwright.migrations";
    let found = match client.query_typed_one(query, &[]).await {
        Ok(row) => row.get(0),
        Err(error) if is_missing(&error) => return Err(PostgresError::NoSchema),
        Err(error) => return Err(PostgresError::doing("read the version of the schema")(error)),
    };
    match found {
        0 => Err(PostgresError::NoSchema),
        found if found < latest() => Err(PostgresError::OldSchema { found, needed: latest() }),
        found => known(found),
    }
}

fn known(found: i32) -> Result<(), PostgresError> {
    let known = latest();
    if found > known { Err(PostgresError::NewSchema { found, known }) } else { Ok(()) }
}

fn is_missing(error: &tokio_postgres::Error) -> bool {
    matches!(error.code(), Some(&SqlState::UNDEFINED_TABLE | &SqlState::INVALID_SCHEMA_NAME))
}

/// Applies what is missing, and returns the names.
pub(crate) async fn migrate(client: &mut Client) -> Result<Vec<&'static str>, PostgresError> {
    let mut applied = Vec::new();
    for migration in MIGRATIONS {
        if apply(client, migration).await? {
            applied.push(migration.name);
        }
    }
    Ok(applied)
}

/// Applies one migration, unless it is there. The lock ends with the transaction, so that it works through a
/// pooler, too.
async fn apply(client: &mut Client, migration: &Migration) -> Result<bool, PostgresError> {
    let failed = || PostgresError::doing("migrate the schema");
    let transaction = client.transaction().await.map_err(failed())?;
    let lock = format!("SELECT pg_advisory_xact_lock({LOCK})");
    transaction.batch_execute(&lock).await.map_err(failed())?;
    transaction.batch_execute(RECORD).await.map_err(failed())?;
    let query = "SELECT coalesce(max(version), 0), coalesce(bool_or(version = $1), false) \
                 FROM specwright.migrations";
    let typed = tokio_postgres::types::Type::INT4;
    let row = transaction.query_typed_one(query, &[(&migration.version, typed)]).await.map_err(failed())?;
    known(row.get(0))?;
    if row.get(1) {
        return Ok(false);
    }
    transaction.batch_execute(migration.sql).await.map_err(failed())?;
    let insert = format!(
        "INSERT INTO specwright.migrations (version, name) VALUES ({}, '{}')",
        migration.version, migration.name
    );
    transaction.batch_execute(&insert).await.map_err(failed())?;
    transaction.commit().await.map_err(failed())?;
    Ok(true)
}
