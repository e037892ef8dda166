//! The journal that several senders share.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use concur_cards::{
    bulk::{BulkRun, OnUnclear},
    journal::{
        AttemptRecord, BatchClaim, BatchId, BatchPhase, BatchPlan, BodyDigest, Claimed, ItemKey, Record,
        RecordError, RefusedItem, ReportOf, RunId, RunScope, RunStart, SharedJournal, Standing, TakeOver,
    },
    poll::PollBackoff,
};
use futures_util::StreamExt as _;
use specwright_postgres::{Database, PostgresError, PostgresJournal};

use super::{
    cards::{COMPANY, Service, counts, items},
    server::TestDatabase,
};

async fn journal(test: &TestDatabase) -> PostgresJournal {
    let database = Database::open(&test.url).unwrap();
    database.migrate().await.unwrap();
    PostgresJournal::new(database)
}

async fn push(service: &Service, journal: &Arc<PostgresJournal>, ids: impl Iterator<Item = u32>) -> BulkRun {
    let bulk = service.client().create_transactions_bulk_items(COMPANY);
    let bulk = bulk.shared_journal(journal.clone()).poll_backoff(PollBackoff::new().first(Duration::ZERO));
    bulk.send_all_json(items(ids)).await.unwrap()
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_batch_of_a_thousand_takes_three_round_trips() {
    let test = TestDatabase::create().await;
    let (journal, service) = (Arc::new(journal(&test).await), Service::default());
    let mut trips = Vec::new();
    for ids in [0..2000, 2000..14_000] {
        let before = journal.round_trips();
        let run = push(&service, &journal, ids.clone()).await;
        assert_eq!(counts(&run.report), format!("{} items: {} accepted", ids.len(), ids.len()));
        trips.push(journal.round_trips() - before);
    }
    // The second run has ten batches more.
    assert!(trips[1] - trips[0] <= 30, "{trips:?}");
    assert!(journal.check().await.unwrap().problems.is_empty());
    test.drop().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn an_item_is_sent_once_whoever_brings_it() {
    let test = TestDatabase::create().await;
    let (first, service) = (Arc::new(journal(&test).await), Service::default());
    let second = Arc::new(PostgresJournal::connect(&test.url).await.unwrap());
    let backwards = (1500..4500).rev();
    let (one, other) = tokio::join!(push(&service, &first, 0..3000), push(&service, &second, backwards));
    let taken = service.taken();
    assert_eq!(taken.len(), 4500);
    assert!(taken.values().all(|times| *times == 1));
    assert_eq!((one.report.len(), other.report.len()), (3000, 3000));
    assert!(one.report.sent_twice.is_empty() && other.report.sent_twice.is_empty());
    // Later it is known of every item where it went.
    let again = push(&service, &second, 0..4500).await;
    assert_eq!(counts(&again.report), "4500 items: 4500 accepted");
    assert_eq!(service.taken(), taken);

    let mut reported = BTreeMap::new();
    let mut all = first.report(ReportOf::All);
    while let Some(item) = all.next().await {
        let (fate, item) = item.unwrap();
        assert_eq!(reported.insert(item.key.to_string(), fate), None);
    }
    drop(all);
    assert_eq!(reported.len(), 4500);
    let of_run = first.report(ReportOf::Run(RunId(1))).count().await;
    let of_other = first.report(ReportOf::Run(RunId(2))).count().await;
    assert_eq!(of_run + of_other, 4500);
    assert_eq!(first.report(ReportOf::Time(0..1)).count().await, 0);
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_report_is_of_one_moment() {
    let test = TestDatabase::create().await;
    let journal = journal(&test).await;
    let scope = RunScope { operation: "createPets".to_owned(), target: String::new(), input: String::new() };
    let early = journal.begin_run(&scope).await.unwrap();
    let late = journal.begin_run(&scope).await.unwrap();
    let claim = async |run: &RunStart, keys: &[&str], aside: &[&str]| {
        let batch = BatchId(run.batches.start);
        let (operation, target) = (scope.operation.clone(), String::new());
        let keys = keys.iter().map(|key| ItemKey::verbatim(key)).collect();
        let plan = BatchPlan { batch, operation, target, keys, body: BodyDigest::of(b""), replaces: None };
        let begin = Record::Sending(AttemptRecord { batch, attempt: 1, correlation_id: None, at: None });
        let refused = |key: &&str| RefusedItem { key: ItemKey::verbatim(key), codes: Vec::new() };
        let (run, lease) = (run.run, Duration::ZERO);
        let aside = aside.iter().map(refused).collect();
        journal.claim(BatchClaim { run, plan, replaces: None, begin, lease, aside }).await.unwrap();
    };
    claim(&late, &["a", "b"], &["mended"]).await;
    let mut report = journal.report(ReportOf::All);
    let mut keys = vec![report.next().await.unwrap().unwrap().1.key.to_string()];
    // Its batch comes before those that were read.
    claim(&early, &["mended", "new"], &[]).await;
    while let Some(item) = report.next().await {
        keys.push(item.unwrap().1.key.to_string());
    }
    assert_eq!(keys, ["a", "b", "mended"]);
    drop(report);
    assert_eq!(journal.report(ReportOf::All).count().await, 4);
    assert_eq!(journal.unfinished().count().await, 2);
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_second_delivery_is_sent_again_only_if_the_first_is_unclear() {
    let test = TestDatabase::create().await;
    let (journal, service) = (Arc::new(journal(&test).await), Service::default());
    let deliver = |unclear| {
        let bulk = service.client().create_transactions_bulk_items(COMPANY).without_waiting();
        bulk.shared_journal(journal.clone()).on_unclear(unclear).send_all_json(items(0..3))
    };
    service.lose_answers(true);
    assert_eq!(counts(&deliver(OnUnclear::Leave).await.unwrap().report), "3 items: 3 sent once, unclear");
    service.lose_answers(false);
    // Who leaves what is unclear sends nothing.
    assert_eq!(counts(&deliver(OnUnclear::Leave).await.unwrap().report), "3 items: 3 sent once, unclear");
    let run = deliver(OnUnclear::Resend).await.unwrap();
    assert_eq!(counts(&run.report), "3 items: 3 pending");
    assert!(run.report.pending.iter().all(|item| item.sent_twice == Some(true)));
    assert_eq!(counts(&deliver(OnUnclear::Resend).await.unwrap().report), "3 items: 3 pending");
    assert!(service.taken().values().all(|times| *times == 2));
    test.drop().await;
}

fn scope() -> RunScope {
    RunScope { operation: "createPets".to_owned(), target: "shop".to_owned(), input: String::new() }
}

fn attempt(batch: BatchId, attempt: u32) -> AttemptRecord {
    AttemptRecord { batch, attempt, correlation_id: Some("c".to_owned()), at: Some(1_700_000_000_123) }
}

/// Claims these items for the first batch of a new run.
async fn claim(journal: &PostgresJournal, keys: &[&str], lease: Duration) -> (RunId, BatchId, Claimed) {
    let start = journal.begin_run(&scope()).await.unwrap();
    let batch = BatchId(start.batches.start);
    let RunScope { operation, target, .. } = scope();
    let keys = keys.iter().map(|key| ItemKey::verbatim(key)).collect();
    let plan = BatchPlan { batch, operation, target, keys, body: BodyDigest::of(b"[]"), replaces: None };
    let begin = Record::Sending(attempt(batch, 1));
    let claim = BatchClaim { run: start.run, plan, replaces: None, begin, lease, aside: Vec::new() };
    (start.run, batch, journal.claim(claim).await.unwrap())
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn who_was_away_for_too_long_can_write_nothing() {
    let test = TestDatabase::create().await;
    let journal = journal(&test).await;
    let (_, batch, claimed) = claim(&journal, &["rex", "tom"], Duration::ZERO).await;
    let old = claimed.batch.unwrap();
    assert!(claimed.lost.is_empty() && matches!(old.batch.phase(), BatchPhase::Open));

    let other = journal.begin_run(&scope()).await.unwrap();
    let taken = journal.take_over(other.run, &scope(), TakeOver::After(BatchId(0), 10)).await.unwrap();
    let [new] = taken.as_slice() else { panic!("{taken:?}") };
    assert_eq!((new.batch.phase(), new.lease.epoch), (&BatchPhase::Unclear, 2));
    assert_eq!(new.batch.last_attempt(), Some(&attempt(batch, 1)));
    assert_eq!(new.batch.plan(), old.batch.plan());

    let late = Record::NotReceived { batch, attempt: 1 };
    let refused = journal.append(&old, late, Duration::ZERO).await.unwrap_err();
    assert!(matches!(refused, RecordError::TakenOver { .. }), "{refused}");
    journal.renew(&[(batch, 1)]).await.unwrap();
    let lease = Duration::from_secs(60);
    let again = journal.append(new, Record::Resending(attempt(batch, 2)), lease).await.unwrap();
    assert!(again.lease.until > new.lease.until);
    let third = journal.begin_run(&scope()).await.unwrap();
    assert!(
        journal.take_over(third.run, &scope(), TakeOver::After(BatchId(0), 10)).await.unwrap().is_empty(),
        "it is in use"
    );
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn items_that_others_have_are_lost_and_the_rest_is_planned() {
    let test = TestDatabase::create().await;
    let journal = journal(&test).await;
    let lease = Duration::from_secs(60);
    claim(&journal, &["a", "b"], lease).await;
    let (_, _, Claimed { batch, lost, .. }) = claim(&journal, &["c", "b", "d"], lease).await;
    let batch = batch.unwrap();
    assert_eq!(lost, [ItemKey::verbatim("b")]);
    assert_eq!(batch.batch.plan().keys, ["c", "d"].map(ItemKey::verbatim));
    assert!(matches!(batch.batch.phase(), BatchPhase::Planned), "the body is another one");
    let (_, _, none) = claim(&journal, &["d", "a"], lease).await;
    assert!(none.batch.is_none() && none.lost.len() == 2);

    let keys = ["a", "c", "x"].map(ItemKey::verbatim);
    let standing = journal.standing(&scope(), &keys).await.unwrap();
    let standing: Vec<String> = standing
        .iter()
        .map(|Standing { batch, is_under_way }| {
            format!("{} {} {is_under_way}", batch.plan().keys[0], batch.phase().name())
        })
        .collect();
    assert_eq!(standing, ["a sending true", "c planned true"]);
    assert!(journal.check().await.unwrap().problems.is_empty());
    test.drop().await;
}

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_database_without_tables_says_what_to_run() {
    let test = TestDatabase::create().await;
    let error = PostgresJournal::connect(&test.url).await.unwrap_err();
    assert!(matches!(error, PostgresError::NoSchema), "{error}");
    test.drop().await;
}
