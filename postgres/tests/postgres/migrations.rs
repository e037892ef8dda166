//! The schema, through the library and the command.

use std::process::{Command, Output};

use specwright_postgres::{Database, PostgresError};

use super::server::TestDatabase;

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn many_at_once_apply_each_migration_once() {
    let test = TestDatabase::create().await;
    let error = Database::connect(&test.url).await.unwrap_err();
    assert!(matches!(error, PostgresError::NoSchema), "{error}");

    let hosts = (0..8).map(|_| {
        let database = Database::open(&test.url).unwrap();
        tokio::spawn(async move { database.migrate().await.unwrap() })
    });
    let mut applied = Vec::new();
    for host in hosts.collect::<Vec<_>>() {
        applied.extend(host.await.unwrap());
    }
    applied.sort_unstable();
    let recorded = test.client().await.query("SELECT name FROM specwright.migrations ORDER BY 1", &[]).await;
    let recorded: Vec<String> = recorded.unwrap().iter().map(|row| row.get(0)).collect();
    assert_eq!(applied, recorded);
    assert!(!applied.is_empty());
    Database::connect(&test.url).await.unwrap();
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_schema_of_another_version_is_refused_in_words() {
    let test = TestDatabase::create().await;
    let database = Database::open(&test.url).unwrap();
    database.migrate().await.unwrap();
    let client = test.client().await;
    client.batch_execute("INSERT INTO specwright.migrations VALUES (9999, 'later')").await.unwrap();
    let later = "has version 9999, which is later than";
    let refused = database.migrate().await.unwrap_err();
    assert!(refused.to_string().contains(later), "{refused}");
    let refused = Database::connect(&test.url).await.unwrap_err();
    assert!(refused.to_string().contains(later), "{refused}");

    let latest = "DELETE FROM specwright.migrations WHERE version IN (9999, (SELECT max(version) \
                  FROM specwright.migrations WHERE version < 9999))";
    client.batch_execute(latest).await.unwrap();
    client.batch_execute("INSERT INTO specwright.migrations VALUES (-1, 'old')").await.unwrap();
    let refused = Database::connect(&test.url).await.unwrap_err();
    assert!(matches!(refused, PostgresError::OldSchema { .. }), "{refused}");
    assert!(refused.to_string().contains("specwright-postgres migrate"), "{refused}");
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_migration_that_fails_leaves_nothing() {
    let test = TestDatabase::create().await;
    let client = test.client().await;
    // The name that a migration wants is taken.
    client.batch_execute("CREATE SCHEMA specwright; CREATE TABLE specwright.token_locks ()").await.unwrap();
    let database = Database::open(&test.url).unwrap();
    let failed = database.migrate().await.unwrap_err();
    assert!(failed.to_string().contains("token_locks"), "{failed}");
    let left = client.query_one("SELECT to_regclass('specwright.tokens') IS NULL", &[]).await.unwrap();
    assert!(left.get::<_, bool>(0));
    client.batch_execute("DROP TABLE specwright.token_locks").await.unwrap();
    database.migrate().await.unwrap();
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn the_command_says_what_is_wrong_without_the_password() {
    let test = TestDatabase::create().await;
    assert_says(&run("check", &test.url), 1, "`specwright-postgres migrate` makes them");
    assert_says(&run("migrate", &test.url), 0, "applied ");
    assert_says(&run("migrate", &test.url), 0, "the schema is up to date");
    assert_says(&run("check", &test.url), 0, "the schema is up to date");
    let (address, _) = test.url.split_once('?').unwrap();
    let (host, _) = address.rsplit_once('/').unwrap();
    assert_says(&run("check", &format!("{host}/no_such_database")), 2, "\"no_such_database\" does not exist");
    assert_says(&run("check", "postgres://u:hidden@127.0.0.1:1/cards"), 2, "can't connect to the database");
    assert_says(&run("check", "mysql://u:hidden@127.0.0.1/cards"), 2, "must begin with `postgres://`");
    let wrong = format!("postgres://no_such_role:hidden@{}", host.rsplit('@').next().unwrap());
    assert_says(&run("check", &format!("{wrong}/postgres")), 2, "in the URL");
    test.drop().await;
}

fn run(command: &str, url: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_specwright-postgres");
    Command::new(program).arg(command).env("DATABASE_URL", url).output().unwrap()
}

#[track_caller]
fn assert_says(output: &Output, code: i32, words: &str) {
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains(words), "{said}");
    assert!(!said.contains("hidden"), "{said}");
    assert_eq!(output.status.code(), Some(code), "{said}");
}
