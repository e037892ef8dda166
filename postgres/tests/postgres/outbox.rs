//! An outbox: the application writes what is to be sent into a table of its own, in the transaction of what
//! it is about, and any number of workers send it.
//!
//! A worker locks the rows that it sends with `FOR UPDATE SKIP LOCKED`, so that another one takes others, and
//! deletes them when the service has them. If it dies before that, the rows are there again, and the journal
//! knows which of them went. The payload is the application's to encrypt: the worker decrypts a row and
//! passes it on, and neither the journal nor a log ever has it.

use std::sync::Arc;

use concur_cards::{bulk::JsonItem, journal::Fate};
use specwright_postgres::{Database, PostgresJournal};
use tokio_postgres::Client;

use super::{
    cards::{COMPANY, Service, transaction},
    server::{TestDatabase, connect},
};

const OUTBOX: &str = "CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    external_id text NOT NULL UNIQUE,
    payload bytea NOT NULL
)";

/// Stands for the application's encryption.
fn encrypted(text: &[u8]) -> Vec<u8> {
    text.iter().map(|byte| byte ^ 0x5a).collect()
}

/// Sends up to 100 rows, and returns how many left the outbox. `dies` ends the worker before it deletes them.
async fn work(database: &mut Client, service: &Service, journal: &Arc<PostgresJournal>, dies: bool) -> usize {
    let transaction = database.transaction().await.unwrap();
    let select = "SELECT external_id, payload FROM outbox ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED";
    let rows = transaction.query(select, &[]).await.unwrap();
    let items: Vec<JsonItem> = rows.iter().map(|row| JsonItem::new(encrypted(row.get(1)))).collect();
    let bulk = service.client().create_transactions_bulk_items(COMPANY).without_waiting();
    let run = bulk.shared_journal(journal.clone()).send_all_json(items).await.unwrap();
    // What is unclear or not sent stays, and comes again.
    let done = run.report.iter().filter(|(fate, _)| matches!(fate, Fate::Accepted | Fate::Pending));
    let done: Vec<&str> = done.filter_map(|(_, item)| item.key.text()).collect();
    if dies {
        return 0;
    }
    transaction.execute("DELETE FROM outbox WHERE external_id = ANY($1)", &[&done]).await.unwrap();
    transaction.commit().await.unwrap();
    done.len()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn workers_empty_an_outbox_and_send_each_row_once() {
    let test = TestDatabase::create().await;
    let mut application = test.client().await;
    application.batch_execute(OUTBOX).await.unwrap();
    let database = Database::open(&test.url).unwrap();
    database.migrate().await.unwrap();
    let (journal, service) = (Arc::new(PostgresJournal::new(database)), Service::default());
    let insert = "INSERT INTO outbox (external_id, payload) VALUES ($1, $2)";
    for number in 0..250 {
        let id = format!("t-{number}");
        let payload = encrypted(transaction(&id).as_bytes());
        application.execute(insert, &[&id, &payload]).await.unwrap();
    }
    assert_eq!(work(&mut application, &service, &journal, true).await, 0);
    let workers = (0..3).map(|_| {
        let (url, service, journal) = (test.url.clone(), service.clone(), journal.clone());
        tokio::spawn(async move {
            let mut database = connect(&url).await;
            while work(&mut database, &service, &journal, false).await > 0 {}
        })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.unwrap();
    }
    let left = application.query_one("SELECT count(*) FROM outbox", &[]).await.unwrap();
    assert_eq!(left.get::<_, i64>(0), 0);
    let taken = service.taken();
    assert_eq!(taken.len(), 250);
    assert!(taken.values().all(|times| *times == 1), "{taken:?}");
    test.drop().await;
}
