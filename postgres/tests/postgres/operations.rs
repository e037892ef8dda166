//! The statements of `OPERATIONS.md` and the views, on batches of every kind.

use std::{fs, time::Duration};

use concur_cards::client::TokenStore as _;
use specwright_postgres::{Database, PostgresError, PostgresJournal, PostgresTokenStore};
use specwright_runtime::client::oauth2::StoredToken;
use tokio_postgres::Client;

use super::server::{TestDatabase, connect};

/// A batch of each kind that the statements tell apart: number, phase, whether it is over, and how many days
/// ago it changed. Each has two items, of which the one that was refused has given one away.
const BATCHES: [(i64, &str, bool, i32); 7] = [
    (1, "finished", true, 500),
    (2, "finished", true, 1),
    (3, "unclear", false, 500),
    (4, "sending", false, 0),
    (5, "accepted", false, 0),
    (6, "refused", false, 0),
    (7, "planned", false, 0),
];

/// A migrated database with these batches, all of one scope and of one run that is gone.
async fn with_batches() -> (TestDatabase, Client) {
    let test = TestDatabase::create().await;
    Database::open(&test.url).unwrap().migrate().await.unwrap();
    let client = test.client().await;
    let begin = "
        INSERT INTO specwright.scopes (operation, target) VALUES ('createPets', 'shop-1');
        INSERT INTO specwright.runs (scope, input) SELECT scope, 'pets' FROM specwright.scopes";
    client.batch_execute(begin).await.unwrap();
    for (batch, phase, is_over, days) in BATCHES {
        let insert = format!(
            "INSERT INTO specwright.batches (batch, scope, run, holder, epoch, version, lease_until, planned_at,
                 changed_at, phase, is_over, size, moved, body_length, body_crc32, attempts, unclear_attempts, outcome)
             SELECT {batch}, scope, run, run, {epoch}, 3, now() - interval '1 minute', now() - interval '{days} days',
                 now() - interval '{days} days', '{phase}', {is_over}, 2, {moved}, 2, 0, {attempts}, 0,
                 CASE '{phase}' WHEN 'finished' THEN 'clean' END
             FROM specwright.runs;
             INSERT INTO specwright.items (scope, hash, key, is_hashed, batch, ordinal)
             SELECT scope, decode(lpad(to_hex({batch} * 2 + item), 24, '0'), 'hex'), item::text, false, {batch}, item
             FROM specwright.scopes, generate_series({moved}, 1) AS item",
            epoch = if phase == "unclear" { 3 } else { 1 },
            moved = i32::from(phase == "refused"),
            attempts = i32::from(phase != "planned"),
        );
        client.batch_execute(&insert).await.unwrap();
    }
    (test, client)
}

/// The statements in the section with this heading.
fn statements(heading: &str) -> String {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/OPERATIONS.md");
    let text = fs::read_to_string(file).unwrap();
    let (_, section) = text.split_once(&format!("# {heading}\n")).unwrap();
    let (_, block) = section.split_once("```sql\n").unwrap();
    block.split_once("```").unwrap().0.to_owned()
}

/// Every batch as `number phase epoch`.
async fn batches(client: &Client) -> Vec<String> {
    let query = "SELECT format('%s %s %s', batch, phase, epoch) FROM specwright.batches ORDER BY batch";
    client.query(query, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

async fn count(client: &Client, table: &str) -> i64 {
    client.query_one(&format!("SELECT count(*) FROM specwright.{table}"), &[]).await.unwrap().get(0)
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn views_count_by_state_takeover_and_age() {
    let (test, client) = with_batches().await;
    let query = "SELECT state, batches, items FROM specwright.batches_by_state ORDER BY state";
    let rows = client.query(query, &[]).await.unwrap();
    let states: Vec<(String, i64, i64)> =
        rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect();
    let expected = [
        ("accepted", 1, 2),
        ("finished", 2, 4),
        ("planned", 1, 2),
        ("refused", 1, 1),
        ("sending", 1, 2),
        ("unclear", 1, 2),
    ];
    assert_eq!(states, expected.map(|(state, batches, items)| (state.to_owned(), batches, items)));

    let query =
        "SELECT operation, target, takeovers, waiting, waiting_since < now() FROM specwright.lease_takeovers";
    let row = client.query_one(query, &[]).await.unwrap();
    let scope: (&str, &str) = (row.get(0), row.get(1));
    assert_eq!(scope, ("createPets", "shop-1"));
    assert_eq!((row.get(2), row.get(3), row.get(4)), (2_i64, 5_i64, true));

    let query = "SELECT batches, items, age > interval '499 days' FROM specwright.oldest_unclear";
    let row = client.query_one(query, &[]).await.unwrap();
    assert_eq!((row.get(0), row.get(1), row.get(2)), (1_i64, 2_i64, true));
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn retention_deletes_what_is_finished_and_old() {
    let (test, client) = with_batches().await;
    client.batch_execute(&statements("Retention")).await.unwrap();
    assert!(!batches(&client).await.contains(&"1 finished 1".to_owned()));
    assert_eq!((count(&client, "batches").await, count(&client, "items").await), (6, 11));
    client.batch_execute(&statements("Retention")).await.unwrap();
    assert_eq!(count(&client, "batches").await, 6);
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn after_a_restore_everything_that_was_not_over_is_unclear() {
    let (test, client) = with_batches().await;
    client.batch_execute(&statements("A restore to an earlier time")).await.unwrap();
    let expected = [
        "1 finished 1",
        "2 finished 1",
        "3 unclear 4",
        "4 unclear 2",
        "5 accepted 2",
        "6 unclear 2",
        "7 planned 2",
    ];
    assert_eq!(batches(&client).await, expected);
    let query = "SELECT unclear_attempts FROM specwright.batches WHERE phase = 'planned'";
    assert_eq!(
        client.query_one(query, &[]).await.unwrap().get::<_, i32>(0),
        1,
        "it may have been sent since"
    );
    let journal = PostgresJournal::connect(&test.url).await.unwrap();
    assert!(journal.check().await.unwrap().problems.is_empty());
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn roles_have_what_they_need_and_no_more() {
    let test = TestDatabase::create().await;
    let client = test.client().await;
    for role in ["cards_sender", "cards_dashboard"] {
        // Roles are of the server, and an earlier test may have left them.
        let create = format!(
            "DO $$ BEGIN CREATE ROLE {role} LOGIN PASSWORD 'secret';
             EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        );
        client.batch_execute(&create).await.unwrap();
    }
    // So that the database can be dropped while they are connected.
    client.batch_execute("GRANT cards_sender, cards_dashboard TO CURRENT_USER").await.unwrap();
    Database::open(&test.url).unwrap().migrate().await.unwrap();
    client.batch_execute(&statements("Privileges")).await.unwrap();

    let sender = Database::connect(&test.url_of("cards_sender")).await.unwrap();
    let store = PostgresTokenStore::new(&sender, "company 1");
    let lock = store.lock(Duration::ZERO).await.unwrap();
    store.save(&StoredToken::new("r1")).await.unwrap();
    assert!(store.load().await.unwrap().is_some());
    drop(lock);
    let refused = sender.migrate().await.unwrap_err();
    let PostgresError::Statement { cause, .. } = &refused else { panic!("{refused}") };
    assert_eq!(cause.code(), Some("42501"), "{refused}");

    let dashboard = connect(&test.url_of("cards_dashboard")).await;
    for view in ["batches_by_state", "lease_takeovers", "oldest_unclear"] {
        assert_eq!(count(&dashboard, view).await, 0);
    }
    assert!(dashboard.query("SELECT * FROM specwright.tokens", &[]).await.is_err());
    test.drop().await;
}
