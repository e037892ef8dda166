//! A run waits at its end for what other senders have, and finishes what they leave.

use std::{sync::Arc, time::Duration};

use concur_cards::{
    bulk::{BulkError, BulkProblem, BulkRun},
    journal::{
        AttemptRecord, BatchClaim, BatchId, BatchPlan, BodyDigest, ItemKey, Record, RunScope,
        SharedJournal as _,
    },
    poll::PollBackoff,
};
use specwright_postgres::{Database, PostgresJournal};

use super::{
    cards::{COMPANY, Service, counts, items},
    server::TestDatabase,
};

const OPERATION: &str = "createTransactionsBulk";
/// Short, and longer than a busy machine holds a process up.
const LEASE: Duration = Duration::from_secs(4);

/// Returns a journal with a short lease.
async fn journal(test: &TestDatabase) -> Arc<PostgresJournal> {
    let database = Database::open(&test.url).unwrap();
    database.migrate().await.unwrap();
    Arc::new(PostgresJournal::new(database).with_lease(LEASE))
}

/// A sender claims the transactions of these numbers, begins an attempt, and is not heard of any more.
async fn claim_and_die(journal: &PostgresJournal, ids: std::ops::Range<u32>) {
    let (operation, target) = (OPERATION.to_owned(), COMPANY.to_owned());
    let scope = RunScope { operation: operation.clone(), target: target.clone(), input: String::new() };
    let start = journal.begin_run(&scope).await.unwrap();
    let batch = BatchId(start.batches.start);
    let keys = ids.map(|id| ItemKey::verbatim(&format!("t-{id}"))).collect();
    let plan = BatchPlan { batch, operation, target, keys, body: BodyDigest::of(b""), replaces: None };
    let begin = Record::Sending(AttemptRecord { batch, attempt: 1, correlation_id: None, at: None });
    let lease = journal.lease();
    let claim = BatchClaim { run: start.run, plan, replaces: None, begin, lease, aside: Vec::new() };
    assert!(journal.claim(claim).await.unwrap().lost.is_empty());
}

async fn push(
    service: &Service,
    journal: &Arc<PostgresJournal>,
    ids: std::ops::Range<u32>,
    wait: Option<Duration>,
) -> BulkRun {
    let bulk = service.client().create_transactions_bulk_items(COMPANY).shared_journal(journal.clone());
    let bulk = bulk.poll_backoff(PollBackoff::new().first(Duration::ZERO));
    let bulk = match wait {
        Some(wait) => bulk.wait_for_others(wait),
        None => bulk,
    };
    bulk.send_all_json(items(ids)).await.unwrap()
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn what_a_sender_has_left_is_sent_again_while_a_run_goes_on() {
    let test = TestDatabase::create().await;
    let (journal, service) = (journal(&test).await, Service::default());
    claim_and_die(&journal, 0..5).await;
    // It has some of the items, and looks once.
    let hasty = push(&service, &journal, 2..8, Some(Duration::ZERO)).await;
    assert_eq!(counts(&hasty.report), "6 items: 3 accepted, 3 sent once, unclear");
    assert!(hasty.report.unclear.iter().all(|item| item.under_way));
    let patient = push(&service, &journal, 2..8, None).await;
    assert_eq!(counts(&patient.report), "6 items: 6 accepted");
    let again: Vec<Option<bool>> = patient.report.accepted.iter().map(|item| item.sent_twice).collect();
    assert_eq!(again, [true, true, true, false, false, false].map(Some));
    // Nobody had the other two.
    let shown = push(&service, &journal, 0..2, Some(Duration::ZERO)).await;
    assert_eq!(counts(&shown.report), "2 items: 2 accepted");
    assert!(service.taken().values().all(|times| *times == 1), "{:?}", service.taken());
    assert!(journal.check().await.unwrap().problems.is_empty());
    test.drop().await;
}

/// Two runs with the same input wait for the same dead sender. One of them has what it left.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn of_two_that_wait_one_finishes_it() {
    let test = TestDatabase::create().await;
    let (journal, service) = (journal(&test).await, Service::default());
    claim_and_die(&journal, 0..500).await;
    let other = Arc::new(PostgresJournal::connect(&test.url).await.unwrap().with_lease(LEASE));
    let (one, two) =
        tokio::join!(push(&service, &journal, 0..500, None), push(&service, &other, 0..500, None));
    for run in [one, two] {
        assert_eq!(counts(&run.report), "500 items: 500 accepted");
        assert!(run.batch_errors.is_empty(), "{:?}", run.batch_errors);
    }
    assert!(service.taken().values().all(|times| *times == 1));
    test.drop().await;
}

/// More batches than are taken over at a time, which wait for somebody who asks about them.
#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn of_many_batches_none_is_left() {
    let test = TestDatabase::create().await;
    let (journal, service) = (journal(&test).await, Service::default());
    claim_and_die(&journal, 0..1).await;
    let many = "
        INSERT INTO specwright.batches (batch, scope, run, holder, version, lease_until, phase, size, body_length,
            body_crc32, attempts, unclear_attempts, request_id)
        SELECT 1000000 + number, scope, run, run, 2, now(), 'accepted', 1, 2, 0, 1, 0, 'request-' || number
        FROM specwright.runs, generate_series(1, 2100) AS number;
        INSERT INTO specwright.items (scope, hash, key, is_hashed, batch, ordinal)
        SELECT scope, decode(lpad(to_hex(batch), 24, '0'), 'hex'), 'm-' || batch, false, batch, 1
        FROM specwright.batches WHERE phase = 'accepted'";
    test.client().await.batch_execute(many).await.unwrap();
    push(&service, &journal, 7..8, Some(Duration::ZERO)).await;
    let left = "SELECT count(*) FROM specwright.batches WHERE phase = 'accepted'";
    let left: i64 = test.client().await.query_one(left, &[]).await.unwrap().get(0);
    assert_eq!(left, 0);
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_run_that_is_told_to_end_gives_back_what_it_has() {
    let test = TestDatabase::create().await;
    let (journal, service) = (journal(&test).await, Service::default());
    claim_and_die(&journal, 0..1).await;
    let bulk = service.client().create_transactions_bulk_items(COMPANY).shared_journal(journal.clone());
    // The first transaction is another's for a while, and so it waits.
    let bulk = bulk.stop_when(tokio::time::sleep(Duration::from_millis(500)));
    let stopped: BulkError = bulk.send_all_json(items(0..2)).await.unwrap_err();
    assert!(matches!(stopped.problem(), BulkProblem::Stopped), "{stopped}");
    assert!(stopped.run().progress.run.is_some());
    let leased = "SELECT count(*) FROM specwright.batches WHERE lease_until > now() AND run > 1";
    let leased: i64 = test.client().await.query_one(leased, &[]).await.unwrap().get(0);
    assert_eq!(leased, 0);
    test.drop().await;
}
