//! A takeover is one statement of SQL, and a function of the protocol: they have to agree.

use std::{sync::Arc, time::Duration};

use concur_cards::journal::{
    Acceptance, AttemptRecord, BatchClaim, BatchId, BatchOutcome, BatchPhase, BatchPlan, BodyDigest, ItemKey,
    Record, RecordError, Refusal, RefusedItem, RunId, RunScope, SharedBatch, SharedJournal as _, TakeOver,
};
use specwright_postgres::{Database, PostgresJournal};
use tokio_postgres::Client;

use super::server::TestDatabase;

/// What follows the beginning of the first attempt, for a batch of each kind.
fn kinds(batch: BatchId) -> Vec<Vec<Record>> {
    let accepted = |request_id: &str| {
        let request_id = Some(request_id.to_owned());
        Record::Accepted(Acceptance { batch, attempt: 1, request_id, correlation_id: None })
    };
    let refused = |named: &[&str]| {
        let item = |key: &&str| RefusedItem { key: ItemKey::verbatim(key), codes: vec!["bad".to_owned()] };
        let items = named.iter().map(item).collect();
        Record::Refused(Refusal { batch, attempt: 1, status: 400, codes: Vec::new(), items })
    };
    let finished = Record::Finished { batch, status: "DONE".to_owned(), outcome: BatchOutcome::Clean };
    let again = AttemptRecord { batch, attempt: 2, correlation_id: None, at: None };
    vec![
        vec![],
        vec![Record::NotReceived { batch, attempt: 1 }],
        vec![Record::Unclear { batch, attempt: 1 }],
        vec![Record::Unclear { batch, attempt: 1 }, Record::Resending(again)],
        vec![Record::Unclear { batch, attempt: 1 }, Record::Closed { batch }],
        vec![accepted("r")],
        vec![accepted("r"), finished],
        vec![refused(&[])],
        vec![refused(&["a"])],
        vec![refused(&["a", "b"])],
    ]
}

fn scope(target: &str) -> RunScope {
    RunScope { operation: "createPets".to_owned(), target: target.to_owned(), input: String::new() }
}

/// Begins a batch with two items for this target, and writes these steps; nobody has it for any time.
async fn written(journal: &PostgresJournal, target: &str, kind: usize) -> SharedBatch {
    let start = journal.begin_run(&scope(target)).await.unwrap();
    let batch = BatchId(start.batches.start);
    let plan = BatchPlan {
        batch,
        operation: "createPets".to_owned(),
        target: target.to_owned(),
        keys: ["a", "b"].map(ItemKey::verbatim).to_vec(),
        body: BodyDigest::of(b"[]"),
        replaces: None,
    };
    let begin = Record::Sending(AttemptRecord { batch, attempt: 1, correlation_id: None, at: None });
    let lease = Duration::ZERO;
    let claim = BatchClaim { run: start.run, plan, replaces: None, begin, lease, aside: Vec::new() };
    let mut known = journal.claim(claim).await.unwrap().batch.unwrap();
    for record in kinds(batch).swap_remove(kind) {
        known = journal.append(&known, record, lease).await.unwrap();
    }
    known
}

async fn migrated(test: &TestDatabase) -> PostgresJournal {
    let database = Database::open(&test.url).unwrap();
    database.migrate().await.unwrap();
    PostgresJournal::new(database)
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_batch_of_each_kind_is_taken_over_as_the_protocol_says() {
    let test = TestDatabase::create().await;
    let journal = migrated(&test).await;
    for kind in 0..kinds(BatchId(0)).len() {
        let target = format!("shop-{kind}");
        let known = written(&journal, &target, kind).await;
        let now = known.lease.until;
        let expected = known.taken_over(now, now + Duration::from_secs(60));

        let other = journal.begin_run(&scope(&target)).await.unwrap();
        let taken =
            journal.take_over(other.run, &scope(&target), TakeOver::After(BatchId(0), 10)).await.unwrap();
        let parts = |batch: &SharedBatch| (batch.batch.parts(), batch.lease.epoch, batch.version);
        assert_eq!(
            taken.iter().map(parts).collect::<Vec<_>>(),
            expected.iter().map(parts).collect::<Vec<_>>(),
            "{known:?}"
        );
        for taken in &taken {
            let is_accepted = matches!(taken.batch.phase(), BatchPhase::Accepted(_));
            let third = journal.begin_run(&scope(&target)).await.unwrap();
            let again =
                journal.take_over(third.run, &scope(&target), TakeOver::After(BatchId(0), 10)).await.unwrap();
            assert_eq!(again.is_empty(), is_accepted, "who is to poll has it for a while: {taken:?}");
            let late = Record::Closed { batch: known.batch.id() };
            let late = journal.append(&known, late, Duration::ZERO).await;
            assert!(matches!(late, Err(RecordError::TakenOver { .. } | RecordError::Illegal(_))), "{late:?}");
        }
    }
    test.drop().await;
}

/// Waits until a statement returns this number.
async fn wait_until(client: &Client, sql: &str, expected: i64) {
    let is_reached = async {
        while client.query_one(sql, &[]).await.unwrap().get::<_, i64>(0) != expected {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), is_reached).await.expect(sql);
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn items_that_change_their_batch_while_they_are_looked_up_are_found() {
    let test = TestDatabase::create().await;
    let journal = Arc::new(migrated(&test).await);
    let old = written(&journal, "shop", 2).await.batch.id();
    let (locker, watcher) = (test.client().await, test.client().await);
    locker.batch_execute("BEGIN; LOCK TABLE specwright.batches").await.unwrap();
    let looked = tokio::spawn({
        let journal = journal.clone();
        async move { journal.standing(&scope("shop"), &["a", "b"].map(ItemKey::verbatim)).await.unwrap() }
    });
    let waits = "SELECT least(count(*), 1) FROM pg_locks JOIN pg_database ON database = pg_database.oid
        WHERE NOT granted AND datname = current_database()";
    wait_until(&watcher, waits, 1).await;
    let moved = "
        INSERT INTO specwright.batches
            SELECT (jsonb_populate_record(b, jsonb_build_object('batch', batch + 1))).* FROM specwright.batches b;
        UPDATE specwright.items SET batch = batch + 1;
        UPDATE specwright.batches SET moved = size, is_over = true
            WHERE batch = (SELECT min(batch) FROM specwright.batches);
        COMMIT";
    locker.batch_execute(moved).await.unwrap();
    let found: Vec<_> = looked.await.unwrap().iter().map(|found| found.batch.id()).collect();
    assert_eq!(found, [BatchId(old.0 + 1)]);
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_batch_that_is_lost_again_while_it_is_taken_over_is_not_had() {
    let test = TestDatabase::create().await;
    let journal = migrated(&test).await;
    let known = written(&journal, "shop", 2).await;
    let hasty = Arc::new(journal.with_lease(Duration::ZERO));
    let (first, second) = (
        hasty.begin_run(&scope("shop")).await.unwrap().run,
        hasty.begin_run(&scope("shop")).await.unwrap().run,
    );
    let (locker, watcher) = (test.client().await, test.client().await);
    // What was taken over is read with its scope.
    locker.batch_execute("BEGIN; LOCK TABLE specwright.scopes").await.unwrap();
    let take = |run: RunId| {
        let hasty = hasty.clone();
        tokio::spawn(async move {
            hasty.take_over(run, &scope("shop"), TakeOver::After(BatchId(0), 10)).await.unwrap()
        })
    };
    let holds = async |run: RunId| {
        let run = i64::try_from(run.0).unwrap();
        wait_until(&watcher, "SELECT holder FROM specwright.batches", run).await;
    };
    let first_taken = take(first);
    holds(first).await;
    let second_taken = take(second);
    holds(second).await;
    locker.batch_execute("COMMIT").await.unwrap();
    assert!(first_taken.await.unwrap().is_empty());
    let epochs: Vec<_> = second_taken.await.unwrap().iter().map(|batch| batch.lease.epoch).collect();
    assert_eq!(epochs, [known.lease.epoch + 2]);
    test.drop().await;
}
