//! A takeover is one statement of SQL, and a function of the protocol: they have to agree.

use std::time::Duration;

use concur_cards::journal::{
    Acceptance, AttemptRecord, BatchClaim, BatchId, BatchOutcome, BatchPhase, BatchPlan, BodyDigest, ItemKey,
    Record, RecordError, Refusal, RefusedItem, RunScope, SharedBatch, SharedJournal as _, TakeOver,
};
use specwright_postgres::{Database, PostgresJournal};

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

#[tokio::test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
async fn a_batch_of_each_kind_is_taken_over_as_the_protocol_says() {
    let test = TestDatabase::create().await;
    let database = Database::open(&test.url).unwrap();
    database.migrate().await.unwrap();
    let journal = PostgresJournal::new(database);
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
