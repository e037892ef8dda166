//! Runs in which everything goes well, or the items are at fault.

use std::sync::Mutex;

use futures_util::StreamExt as _;

use super::{scripted_service::Fault, *};

#[test]
fn everything_is_sent_in_batches_and_waited_for() {
    let journal = MemoryJournal::new();
    let service = ScriptedService::new(1, 0).watching(&journal);
    let run = block_on(&service, bulk(&service).journal(journal.clone()).send_all(pets(0..10))).unwrap();
    assert_eq!(run.to_string(), "10 items: 10 accepted");
    assert!(run.is_all_accepted() && run.faults.is_empty() && run.batch_errors.is_empty());
    let mut sizes: Vec<usize> = service.truth().posts.iter().map(Vec::len).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [2, 4, 4]);
    let of = |kind: &str| kinds(&journal).iter().filter(|known| *known == kind).count();
    assert_eq!((of("planned"), of("sending"), of("accepted"), of("finished")), (3, 3, 3, 3));
    let progress = run.progress;
    assert_eq!((progress.read, progress.sent, progress.accepted, progress.finished), (10, 10, 10, 10));
}

#[test]
fn a_stream_does_as_well() {
    let service = ScriptedService::new(1, 0);
    // One that is not always ready.
    let stream = futures_util::stream::iter(pets(0..9)).then(|pet| async {
        let mut is_first = true;
        std::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::take(&mut is_first) { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
        })
        .await;
        pet
    });
    let run = block_on(&service, bulk(&service).send_stream(stream)).unwrap();
    assert_eq!(run.report.accepted.len(), 9);
}

#[test]
fn a_run_can_go_to_another_thread() {
    fn check<T: Send>(value: T) -> T {
        value
    }
    drop(check(bulk(&ScriptedService::new(1, 0)).send_all(pets(0..1))));
}

#[test]
fn nothing_is_no_request() {
    let service = ScriptedService::new(1, 0);
    let run = block_on(&service, bulk(&service).send_all(Vec::new())).unwrap();
    assert_eq!((run.to_string().as_str(), service.truth().posts.len()), ("no items", 0));
}

#[test]
fn who_does_not_wait_leaves_it_pending() {
    let journal = MemoryJournal::new();
    let service = ScriptedService::new(1, 0);
    let run =
        block_on(&service, bulk(&service).journal(journal.clone()).without_waiting().send_all(pets(0..5)))
            .unwrap();
    assert_eq!(counts(&run.report), "5 items: 5 pending");
    let run = block_on(&service, bulk_of(&service, &CREATE, 2).journal(journal).resume()).unwrap();
    assert_eq!(counts(&run.report), "5 items: 5 accepted");
    assert_eq!(service.truth().posts.len(), 2);
}

#[test]
fn a_batch_is_no_longer_than_it_may_be() {
    let service = ScriptedService::new(1, 0);
    let length = serde_json::to_vec(&pet("p-0")).unwrap().len();
    let run = block_on(&service, bulk(&service).max_bytes(2 * length + 12).send_all(pets(0..5))).unwrap();
    assert_eq!(run.report.accepted.len(), 5);
    let longest = service.truth().posts.iter().map(Vec::len).max();
    assert_eq!(longest, Some(2));
    let run = block_on(&service, bulk(&service).max_items(100).send_all(pets(5..14))).unwrap();
    assert_eq!(run.report.accepted.len(), 9);
    assert!(service.truth().posts.iter().all(|post| post.len() <= 4), "the definition has the last word");
}

fn spoilt() -> Vec<Pet> {
    let mut items = pets(0..7);
    items[1].name = String::new();
    items[2].size = 5000;
    items[5].id = Some("p-0".to_owned());
    items[6].id = Some("p-4".to_owned());
    items
}

#[test]
fn bad_items_are_set_aside_and_the_others_sent() {
    let service = ScriptedService::new(1, 0);
    let run = block_on(&service, bulk(&service).send_all(spoilt())).unwrap();
    assert_eq!(counts(&run.report), "7 items: 4 accepted, 3 rejected by the validator");
    assert_eq!(keys(&run.report.rejected_by_validator), ["p-1", "p-0", "p-4"]);
    let mut faults: Vec<String> = run.faults.iter().map(ToString::to_string).collect();
    faults.sort();
    assert_eq!(faults, ["p-0: x-duplicateItem", "p-1: invalidSize at name", "p-4: x-duplicateItem"]);
    let ordinals: Vec<u64> = run.faults.iter().map(|fault| fault.ordinal).collect();
    assert!([1, 5, 6].iter().all(|ordinal| ordinals.contains(ordinal)), "{ordinals:?}");
    assert_eq!((run.progress.warnings, run.progress.set_aside), (1, 3));
}

#[test]
fn who_wants_to_stop_at_a_bad_item_does() {
    let service = ScriptedService::new(1, 0);
    let items = [pets(10..14), spoilt(), pets(20..90)].concat();
    let error = block_on(&service, bulk(&service).on_invalid(OnInvalid::Stop).send_all(items)).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Invalid));
    assert_eq!(
        error.to_string(),
        "nothing more was sent, an item is not valid (8 items: 4 accepted, 1 rejected by the validator, 3 not sent, \
         73 more not read)"
    );
    assert_eq!(error.run().progress.read, 8);
    assert_eq!(service.truth().posts.len(), 1);
}

#[test]
fn the_service_may_refuse_items_by_name() {
    let journal = MemoryJournal::new();
    let service = ScriptedService::new(1, 0).watching(&journal);
    service.truth().refuses = ["p-1", "p-6"].map(String::from).into();
    let run = block_on(&service, bulk(&service).journal(journal).send_all(pets(0..8))).unwrap();
    assert_eq!(counts(&run.report), "8 items: 6 accepted, 2 rejected by the service");
    let mut faults: Vec<String> = run.faults.iter().map(ToString::to_string).collect();
    faults.sort();
    assert_eq!(faults, ["p-1: refused at name", "p-6: refused at name"]);
    assert!(run.faults.iter().all(|fault| fault.by == RefusedBy::Service));
    assert_eq!(service.truth().posts.len(), 4);
}

#[test]
fn the_rest_is_sent_again_as_often_as_the_caller_wants() {
    // It names one item at a time.
    for (rounds, expected) in [
        (0, "3 items: 1 rejected by the service, 2 not sent"),
        (1, "3 items: 2 accepted, 1 rejected by the service"),
    ] {
        let service = ScriptedService::new(1, 0);
        service.truth().refuses = ["p-1"].map(String::from).into();
        let run = block_on(&service, bulk(&service).rounds(rounds).send_all(pets(0..3))).unwrap();
        assert_eq!(counts(&run.report), expected);
    }
}

#[test]
fn what_is_too_large_is_halved() {
    let journal = MemoryJournal::new();
    let service = ScriptedService::new(1, 0).watching(&journal);
    service.truth().max_items = 1;
    let run = block_on(&service, bulk(&service).journal(journal).send_all(pets(0..7))).unwrap();
    assert_eq!(counts(&run.report), "7 items: 7 accepted");
    let service = ScriptedService::new(1, 0);
    service.truth().max_items = 0;
    let run = block_on(&service, bulk(&service).send_all(pets(0..1))).unwrap();
    assert_eq!(counts(&run.report), "1 item: 1 rejected by the service");
}

#[test]
fn unsent_resent_and_lost() {
    for (script, operation, expected) in [
        (&[Fault::NoConnection][..], &CREATE_ONCE, "1 item: 1 accepted"),
        (&[Fault::Busy], &CREATE_ONCE, "1 item: 1 accepted"),
        (&[Fault::LostRequest], &CREATE_ONCE, "1 item: 1 sent once, unclear"),
        (&[Fault::LostRequest], &CREATE, "1 item: 1 accepted"),
        (&[Fault::LostAnswer], &CREATE, "1 item: 1 sent twice, unclear"),
        (&[Fault::HungAnswer], &CREATE, "1 item: 1 sent twice, unclear"),
        (&[Fault::FailedAfterwards], &CREATE, "1 item: 1 sent twice, unclear"),
        (&[Fault::Garbage], &CREATE, "1 item: 1 sent twice, unclear"),
        (&[Fault::NoRequestId], &CREATE, "1 item: 1 sent twice, unclear"),
        (&[Fault::Garbage], &CREATE_ONCE, "1 item: 1 sent once, unclear"),
    ] {
        let journal = MemoryJournal::new();
        let service = ScriptedService::with(script).watching(&journal);
        let run = block_on(&service, bulk_of(&service, operation, 1).journal(journal).send_all(pets(0..1)))
            .unwrap();
        assert_eq!(counts(&run.report), expected, "{script:?}");
    }
}

#[test]
fn the_caller_may_know_better_than_the_definition() {
    let service = ScriptedService::with(&[Fault::LostAnswer]);
    let run = block_on(
        &service,
        bulk_of(&service, &CREATE_ONCE, 1).on_unclear(OnUnclear::Resend).send_all(pets(0..1)),
    )
    .unwrap();
    assert_eq!(run.report.sent_twice.len(), 1);
    let service = ScriptedService::with(&[Fault::LostAnswer]);
    let run = block_on(&service, bulk(&service).on_unclear(OnUnclear::Leave).send_all(pets(0..1))).unwrap();
    assert_eq!(run.report.unclear.len(), 1);
    assert_eq!(run.batch_errors.len(), 1);
}

#[test]
fn progress_is_told() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = told.clone();
    let service = ScriptedService::with(&[Fault::Away]);
    let bulk = bulk(&service).concurrency(2).progress(move |progress| heard.lock().unwrap().push(*progress));
    let run = block_on(&service, bulk.send_all(pets(0..20))).unwrap();
    let told = told.lock().unwrap();
    assert!(
        told.iter().any(|progress| progress.waiting == 1 && progress.longest_wait > Duration::from_secs(6))
    );
    assert!(told.iter().all(|progress| progress.sending <= 2));
    assert!(told.iter().any(|progress| progress.polling > 0));
    let last = told.last().unwrap();
    assert_eq!((last.finished, last.read, last.waiting), (20, 20, 0));
    assert_eq!(
        (run.progress.sending, run.progress.polling, run.progress.longest_wait),
        (0, 0, Duration::ZERO)
    );
}

#[test]
fn no_more_requests_are_under_way_than_there_may_be() {
    for concurrency in 1..4 {
        let most = Arc::new(Mutex::new(0));
        let seen = most.clone();
        let service = ScriptedService::new(3, 30);
        let bulk = bulk(&service).concurrency(concurrency).give_up_after(100).progress(move |progress| {
            let mut most = seen.lock().unwrap();
            *most = progress.sending.max(*most);
            // What is read and not yet sent is one batch at most.
            assert!(progress.read - progress.known <= progress.sent + 8, "{progress:?}");
        });
        let _ = block_on(&service, bulk.send_all(pets(0..60)));
        assert_eq!(*most.lock().unwrap(), concurrency);
    }
}
