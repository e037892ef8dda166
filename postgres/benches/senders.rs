//! What the journal costs: senders that claim and finish batches as fast as they can, without a service, and
//! claims in a journal that already has many keys.
//!
//! `SPECWRIGHT_POSTGRES_URL` names a database of its own for it, in which it makes the schema.
//! `SPECWRIGHT_POSTGRES_KEYS` sets how many keys there are in the end: 200,000, or 10,000,000 for the figures of
//! the README.
#![allow(clippy::unwrap_used, reason = "a benchmark stops where it fails")]
#![allow(clippy::print_stdout, reason = "it is what a benchmark is for")]

use std::{
    env,
    time::{Duration, Instant},
};

use specwright_postgres::{Database, PostgresJournal};
use specwright_runtime::journal::{
    Acceptance, AttemptRecord, BatchClaim, BatchId, BatchOutcome, BatchPlan, BodyDigest, ItemKey, Record,
    RunScope, SharedJournal as _,
};
use tokio_postgres::{Client, NoTls};

/// The items of a batch, and the batches of a sender.
const ITEMS: usize = 1000;
const BATCHES: u64 = 30;

/// What each step of all batches took.
#[derive(Default)]
struct Times {
    claim: Vec<Duration>,
    accept: Vec<Duration>,
    finish: Vec<Duration>,
}

#[tokio::main]
async fn main() {
    let url = env::var("SPECWRIGHT_POSTGRES_URL").expect("SPECWRIGHT_POSTGRES_URL is not set");
    let keys: i64 = env::var("SPECWRIGHT_POSTGRES_KEYS").map_or(200_000, |keys| keys.parse().unwrap());
    Database::open(&url).unwrap().migrate().await.unwrap();

    println!("senders  items/s  ms in the database: claim  accepted  finished");
    for senders in [1, 2, 4, 8] {
        report_senders(&url, senders).await;
    }
    println!("    keys  ms of a claim: median  worst  bytes of a key");
    let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let mut filled = 0;
    for share in [100, 10, 1] {
        fill(&client, filled, keys / share).await;
        filled = keys / share;
        report_claims(&url, &client).await;
    }
}

/// Prints what senders on one database reach together.
async fn report_senders(url: &str, senders: u64) {
    let start = Instant::now();
    let running: Vec<_> = (0..senders).map(|sender| tokio::spawn(send(url.to_owned(), sender))).collect();
    let mut all = Times::default();
    for sender in running {
        let times = sender.await.unwrap();
        all.claim.extend(times.claim);
        all.accept.extend(times.accept);
        all.finish.extend(times.finish);
    }
    let items = u32::try_from(all.claim.len() * ITEMS).unwrap();
    let rate = f64::from(items) / start.elapsed().as_secs_f64();
    let [claim, accept, finish] = [all.claim, all.accept, all.finish].map(|mut times| median(&mut times));
    println!("{senders:7}  {rate:7.0}  {claim:25.1}  {accept:8.1}  {finish:8.1}");
}

/// Claims batches and finishes them, with a pool and a run of its own.
async fn send(url: String, sender: u64) -> Times {
    let journal = PostgresJournal::connect(&url).await.unwrap();
    let scope = RunScope {
        operation: "createPets".to_owned(),
        target: "shop".to_owned(),
        input: format!("pets of sender {sender}"),
    };
    let start = journal.begin_run(&scope).await.unwrap();
    let mut times = Times::default();
    for number in start.batches.take(usize::try_from(BATCHES).unwrap()) {
        let batch = BatchId(number);
        let attempt = AttemptRecord { batch, attempt: 1, correlation_id: None, at: None };
        let claim = BatchClaim {
            run: start.run,
            plan: BatchPlan {
                batch,
                operation: scope.operation.clone(),
                target: scope.target.clone(),
                keys: (0..ITEMS).map(|item| ItemKey::verbatim(&format!("pet {number} {item}"))).collect(),
                body: BodyDigest::of(b"[]"),
                replaces: None,
            },
            replaces: None,
            begin: Record::Sending(attempt),
            lease: Duration::from_secs(60),
            aside: Vec::new(),
        };
        let accepted =
            Acceptance { batch, attempt: 1, request_id: Some(number.to_string()), correlation_id: None };
        let finished = Record::Finished { batch, status: "DONE".to_owned(), outcome: BatchOutcome::Clean };

        let begun = Instant::now();
        let known = journal.claim(claim).await.unwrap().batch.unwrap();
        times.claim.push(begun.elapsed());
        let begun = Instant::now();
        let known = journal.append(&known, Record::Accepted(accepted), journal.lease()).await.unwrap();
        times.accept.push(begun.elapsed());
        let begun = Instant::now();
        journal.append(&known, finished, journal.lease()).await.unwrap();
        times.finish.push(begun.elapsed());
    }
    journal.end_run(start.run, &[]).await.unwrap();
    times
}

/// Adds keys as batches leave them, from one number to another.
async fn fill(client: &Client, from: i64, to: i64) {
    let insert = "
        INSERT INTO specwright.items (scope, hash, key, is_hashed, batch, ordinal)
        SELECT (SELECT min(scope) FROM specwright.scopes), substr(sha256(number::text::bytea), 1, 12),
            'key of an item ' || number, false, -1 - number / 1000, number % 1000
        FROM generate_series($1::bigint, $2::bigint - 1) AS number";
    for part in (from..to).step_by(1_000_000) {
        client.execute(insert, &[&part, &to.min(part + 1_000_000)]).await.unwrap();
    }
    client.batch_execute("VACUUM ANALYZE specwright.items").await.unwrap();
}

/// Prints what a claim takes with the keys that there are.
async fn report_claims(url: &str, client: &Client) {
    let mut times = send(url.to_owned(), 0).await.claim;
    let sizes = "SELECT count(*), pg_total_relation_size('specwright.items') FROM specwright.items";
    let row = client.query_one(sizes, &[]).await.unwrap();
    let (keys, bytes): (i64, i64) = (row.get(0), row.get(1));
    let median = median(&mut times);
    let worst = times.last().unwrap().as_secs_f64() * 1000.0;
    println!("{keys:8}  {median:22.1}  {worst:5.1}  {:14}", bytes / keys);
}

/// The median in milliseconds; sorts the times.
fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1000.0
}
