//! Runs against scripted responses.

use futures_util::stream::{self, StreamExt as _};

use super::{journals::hooked, *};
use crate::send::{
    client::testing::{InstantClock, Replay, Reply},
    journal::{BatchOutcome, FileJournal, Journal as _, JournalError},
};

pub(super) fn scripted(replies: impl IntoIterator<Item = Reply>) -> (Bulk<CreatePets>, Replay) {
    let replay = replies.into_iter().fold(Replay::new(), Replay::then);
    let client: Client = Builder::new(&SERVICE)
        .token(Token::new("secret"))
        .transport(replay.clone())
        .clock(InstantClock::new())
        .build()
        .unwrap();
    let mut call = Call::new(&client, &CREATE);
    call.path("shop", "s-1", Style::simple(false));
    (Bulk::new(CreatePets { call }), replay)
}

pub(super) fn accepted(id: &str) -> Reply {
    Reply::json(202, format!(r#"{{"requestId":"{id}"}}"#))
}

fn state(state: &str) -> Reply {
    Reply::json(200, format!(r#"{{"status":"{state}"}}"#))
}

#[test]
fn final_states_are_recorded_as_the_definition_has_them() {
    for (last, expected, outcome) in [
        ("DONE", "2 items: 2 accepted", BatchOutcome::Clean),
        ("DONE_WITH_WARNINGS", "2 items: 2 accepted", BatchOutcome::Clean),
        ("DONE_WITH_ERRORS", "2 items: 2 processed with errors that name no item", BatchOutcome::WithErrors),
    ] {
        let journal = MemoryJournal::new();
        let (bulk, replay) = scripted([accepted("a b"), state("PARTLY_PENDING_RETRY"), state(last)]);
        let run = Idle::default().block_on(bulk.journal(journal.clone()).send_all(pets(0..2)), || false);
        assert_eq!(counts(&run.unwrap().unwrap().report), expected);
        let end = journal.records().pop().unwrap();
        assert!(
            matches!(end, Record::Finished { status, outcome: found, .. } if status == last && found == outcome)
        );
        let requests = replay.requests();
        assert_eq!(requests[1].url.path(), "/shops/s-1/requests/a%20b");
        assert_eq!(
            requests[0].body,
            r#"{"pets":[{"id":"p-0","name":"p-0","size":1},{"id":"p-1","name":"p-1","size":1}]}"#
        );
        assert_eq!(requests[0].headers["content-type"], "application/json");
        let ids: Vec<&str> =
            requests.iter().map(|request| request.headers["x-correlation-id"].to_str().unwrap()).collect();
        assert!(ids[0] != ids[1] && ids[1] != ids[2], "{ids:?}");
    }
}

#[test]
fn every_request_is_sent_with_what_the_caller_sets() {
    let (bulk, replay) = scripted([accepted("r-1"), accepted("r-2")]);
    let bulk = bulk.max_items(1).without_waiting().request(|mut request| {
        request.call.set_header("x-shop", "own");
        request
    });
    Idle::default().block_on(bulk.send_all(pets(0..2)), || false).unwrap().unwrap();
    let requests = replay.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|request| request.headers["x-shop"] == "own"));
}

#[test]
fn a_state_that_cannot_be_asked_for_is_left_pending_with_the_reason() {
    let (bulk, _) = scripted([accepted("r"), Reply::status(403)]);
    let run = Idle::default().block_on(bulk.send_all(pets(0..2)), || false).unwrap().unwrap();
    assert_eq!(counts(&run.report), "2 items: 2 pending");
    assert!(run.batch_errors[0].message.contains("getRequest failed with status 403"), "{run}");
}

#[test]
fn who_stops_at_bad_items_stops_at_a_key_that_is_there_twice() {
    let (bulk, replay) = scripted([]);
    let items = [pets(0..2), pets(1..3)].concat();
    let error = Idle::default()
        .block_on(bulk.on_invalid(OnInvalid::Stop).send_all(items), || false)
        .unwrap()
        .unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Invalid));
    assert_eq!(counts(&error.run().report), "3 items: 1 rejected by the validator, 2 not sent");
    assert!(replay.requests().is_empty());
}

#[tokio::test(flavor = "current_thread")]
async fn a_slow_disk_does_not_keep_the_thread_from_other_tasks() {
    let (bulk, _) = scripted([accepted("1"), accepted("2")]);
    // Each write waits until another task of the same thread lets it go on.
    let (permits, writes) = std::sync::mpsc::sync_channel(0);
    let journal = hooked(&MemoryJournal::new(), move |memory, record| {
        writes.recv_timeout(Duration::from_secs(60)).map_err(|_| JournalError::Poisoned)?;
        memory.append(record)
    });
    let bulk = bulk.without_waiting().journal(journal.blocking());
    let other = tokio::spawn(async move {
        loop {
            let _ = permits.try_send(());
            tokio::task::yield_now().await;
        }
    });
    let run = bulk.send_all(pets(0..8)).await.unwrap();
    other.abort();
    assert_eq!(counts(&run.report), "8 items: 8 pending");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_a_task_among_others() {
    let path = std::env::temp_dir().join(format!("specwright-bulk-{}-task", std::process::id()));
    let (bulk, _) = scripted([accepted("1"), accepted("2")]);
    let bulk = bulk.without_waiting().journal(FileJournal::open(&path).unwrap());
    let run = tokio::spawn(bulk.send_all(pets(0..8))).await.unwrap().unwrap();
    assert_eq!(counts(&run.report), "8 items: 8 pending");
    // Nobody has the journal any more once a run is over, or dropped in the middle.
    let (bulk, _) = scripted([accepted("3")]);
    let bulk = bulk.without_waiting().journal(FileJournal::open(&path).unwrap());
    let endless = stream::iter(pets(8..12)).chain(stream::pending());
    let dropped = tokio::time::timeout(Duration::from_millis(10), bulk.send_stream(endless)).await;
    assert!(dropped.is_err());
    drop(FileJournal::open(&path).unwrap());
    let _ = std::fs::remove_file(&path);
}
