//! Tokens that several hosts share: the store itself, and processes that call with them.

use std::{
    env,
    io::Write as _,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use concur_cards::client::{COMPANY_TOKEN, Client, OAuth2, TokenStore as _};
use specwright_postgres::{Database, PostgresTokenStore};
use specwright_runtime::client::oauth2::{StoreError, StoredToken};

use super::{server::TestDatabase, token_service::TokenService};

const NAME: &str = "company 1";
/// What a process of [`a_process_with_callers`] is told.
const SERVICE: &str = "SPECWRIGHT_POSTGRES_SERVICE";
const CALLERS: &str = "SPECWRIGHT_POSTGRES_CALLERS";

/// Ends all other connections to the database, such as those that a pooler keeps.
const TERMINATE: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                         WHERE datname = current_database() AND pid <> pg_backend_pid()";

async fn migrated() -> (TestDatabase, Database) {
    let test = TestDatabase::create().await;
    let database = Database::open(&test.url).unwrap();
    database.migrate().await.unwrap();
    (test, database)
}

fn is_busy(locked: &Result<impl Sized, StoreError>) -> bool {
    matches!(locked, Err(StoreError::Busy { .. }))
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_token_is_what_was_saved_last() {
    let (test, database) = migrated().await;
    let store = PostgresTokenStore::new(&database, NAME);
    assert!(store.load().await.unwrap().is_none());
    for refresh in ["hidden-1", "hidden-2"] {
        store.save(&StoredToken::new(refresh).at("https://us.example.com")).await.unwrap();
    }
    let other = PostgresTokenStore::new(&Database::connect(&test.url).await.unwrap(), NAME);
    let found = other.load().await.unwrap().unwrap();
    assert_eq!(found.expose_refresh_token(), Some("hidden-2"));
    assert_eq!(found.base_url(), Some("https://us.example.com"));
    assert!(PostgresTokenStore::new(&database, "company 2").load().await.unwrap().is_none());

    let damage = "UPDATE specwright.tokens SET token = '{\"refresh_token\": 7, \"x\": \"hidden'";
    test.client().await.batch_execute(damage).await.unwrap();
    let damaged = store.load().await.unwrap_err();
    let cause = std::error::Error::source(&damaged).unwrap().to_string();
    assert!(cause.contains("the token \"company 1\" in the database is damaged"), "{cause}");
    assert!(!format!("{damaged:?} {cause} {store:?}").contains("hidden"));
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn one_host_at_a_time_holds_the_lock() {
    let (test, database) = migrated().await;
    let holder = PostgresTokenStore::new(&database, NAME);
    let other = PostgresTokenStore::new(&Database::connect(&test.url).await.unwrap(), NAME);
    let lock = holder.lock(Duration::ZERO).await.unwrap();
    assert!(is_busy(&other.lock(Duration::ZERO).await));
    assert!(is_busy(&other.lock(Duration::from_millis(200)).await));
    // Another token has another lock.
    drop(PostgresTokenStore::new(&database, "company 2").lock(Duration::ZERO).await.unwrap());
    // The holder saves and the others read meanwhile, and neither ends the lock.
    holder.save(&StoredToken::new("r1")).await.unwrap();
    assert_eq!(other.load().await.unwrap().unwrap().expose_refresh_token(), Some("r1"));
    assert!(is_busy(&other.lock(Duration::ZERO).await));
    drop(lock);
    drop(other.lock(Duration::from_secs(10)).await.unwrap());
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_holder_that_is_gone_loses_the_lock_and_can_still_save() {
    let (test, database) = migrated().await;
    let holder = PostgresTokenStore::new(&database, NAME).silence(Duration::from_millis(300));
    let other = PostgresTokenStore::new(&Database::connect(&test.url).await.unwrap(), NAME);
    let silent = holder.lock(Duration::ZERO).await.unwrap();
    drop(other.lock(Duration::from_secs(10)).await.unwrap());
    drop(silent);

    let cut = holder.silence(Duration::from_secs(60));
    let lock = cut.lock(Duration::from_secs(10)).await.unwrap();
    test.client().await.batch_execute(TERMINATE).await.unwrap();
    cut.save(&StoredToken::new("r2")).await.unwrap();
    let next = PostgresTokenStore::new(&Database::open(&test.url).unwrap(), NAME);
    drop(next.lock(Duration::from_secs(10)).await.unwrap());
    assert_eq!(next.load().await.unwrap().unwrap().expose_refresh_token(), Some("r2"));
    drop(lock);
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_server_that_only_reads_is_told_before_a_token_is_requested() {
    let (test, _) = migrated().await;
    let name = test.url.rsplit('/').next().unwrap().split('?').next().unwrap();
    let read_only = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
    test.client().await.batch_execute(&read_only).await.unwrap();
    test.client().await.batch_execute(TERMINATE).await.unwrap();
    let store = PostgresTokenStore::new(&Database::connect(&test.url).await.unwrap(), NAME);
    let error = store.lock(Duration::ZERO).await.unwrap_err();
    assert!(std::error::Error::source(&error).unwrap().to_string().contains("25006"), "{error:?}");
    test.drop().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_thousand_callers_on_eight_processes_make_one_request() {
    let (test, database) = migrated().await;
    PostgresTokenStore::new(&database, NAME).save(&StoredToken::new("r0")).await.unwrap();
    let service = TokenService::start(Duration::from_millis(300)).await;
    let processes: Vec<Child> = (0..8).map(|_| start_callers(&test, &service, 125)).collect();
    for process in processes {
        let output = process.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("125 of 125 callers succeeded"), "{said}");
    }
    assert_eq!(service.token_requests(), ["r0"]);
    assert_eq!(service.calls(), 1000);
    let stored = PostgresTokenStore::new(&database, NAME).load().await.unwrap().unwrap();
    assert_eq!(stored.expose_refresh_token(), Some("r1"));
    test.drop().await;
}

/// The service has given the refresh token to a process that is dead, as can happen with a file.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_holder_killed_in_mid_refresh_holds_up_nobody() {
    let (test, database) = migrated().await;
    let store = PostgresTokenStore::new(&database, NAME);
    store.save(&StoredToken::new("r0")).await.unwrap();
    let service = TokenService::start(Duration::from_secs(2)).await;
    let mut holder = start_callers(&test, &service, 1);
    while service.token_requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(is_busy(&store.lock(Duration::ZERO).await));
    holder.kill().unwrap();
    holder.wait().unwrap();
    let killed = Instant::now();
    drop(store.lock(Duration::from_secs(10)).await.unwrap());
    assert!(killed.elapsed() < Duration::from_secs(2));
    let next = start_callers(&test, &service, 1).wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&next.stdout);
    assert!(said.contains("0 of 1 callers succeeded"), "{said}");
    assert_eq!(service.token_requests(), ["r0", "r0"]);
    // The grant that this asks for is saved by hand, and then all is well.
    store.save(&StoredToken::new("r1")).await.unwrap();
    let next = start_callers(&test, &service, 3).wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&next.stdout);
    assert!(said.contains("3 of 3 callers succeeded"), "{said}");
    test.drop().await;
}

fn start_callers(test: &TestDatabase, service: &TokenService, callers: usize) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "tokens::a_process_with_callers", "--ignored", "--nocapture"])
        .env(super::server::VARIABLE, &test.url)
        .env(SERVICE, service.url())
        .env(CALLERS, callers.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "is the process that other tests start"]
async fn a_process_with_callers() {
    let Ok(service) = env::var(SERVICE) else { return };
    let callers: usize = env::var(CALLERS).unwrap().parse().unwrap();
    let database = Database::connect(&env::var(super::server::VARIABLE).unwrap()).await.unwrap();
    let source = OAuth2::refresh_only(&COMPANY_TOKEN, "application", "secret")
        .token_url(format!("{service}/token"))
        .store(PostgresTokenStore::new(&database, NAME));
    let client = Client::builder().base_url(&service).allow_host("127.0.0.1").token(source).build().unwrap();
    let calls = (0..callers).map(|_| {
        let client = client.clone();
        tokio::spawn(async move {
            let company = "08bda4c1-39b5-4d1a-8ed4-d5b0c4a6a0b1";
            client.get_bulk_request(company, "0c9a3f4e-71d6-4b0a-9a55-d2c8e6b7f013").send().await
        })
    });
    let mut succeeded = 0;
    for call in calls.collect::<Vec<_>>() {
        match call.await.unwrap() {
            Ok(_) => succeeded += 1,
            Err(error) => writeln!(std::io::stdout(), "\n{error}").unwrap(),
        }
    }
    writeln!(std::io::stdout(), "\n{succeeded} of {callers} callers succeeded").unwrap();
}
