//! Runs that go on where another one ended.

use super::{scripted_service::Fault, *};
use crate::send::journal::{BatchId, Ledger};

/// A run that comes to an end after so many requests, as if it had been killed there.
fn killed_after(posts: usize, service: &ScriptedService, journal: &MemoryJournal, items: &[Pet]) {
    let clock = service.truth().clock.clone();
    let run = bulk(service).journal(journal.clone()).concurrency(2).send_all(items.to_vec());
    let ended = clock.block_on(run, || service.truth().posts.len() >= posts);
    assert!(ended.is_none());
}

fn again(service: &ScriptedService, journal: &MemoryJournal, items: &[Pet]) -> BulkRun {
    let seed = journal.records().len() as u64 + 100;
    block_on(service, bulk_of(service, &CREATE, seed).journal(journal.clone()).send_all(items.to_vec()))
        .unwrap()
}

#[test]
fn a_crash_loses_nothing_and_repeats_nothing_that_is_known() {
    let items = pets(0..20);
    for posts in 1..5 {
        let journal = MemoryJournal::new();
        let service = ScriptedService::new(posts as u64, 0).watching(&journal);
        killed_after(posts, &service, &journal, &items);
        let run = again(&service, &journal, &items);
        assert_eq!(run.report.len(), 20);
        assert_eq!(run.report.accepted.len() + run.report.sent_twice.len(), 20, "{run}");
        assert_eq!(service.truth().taken.len(), 20);
        let posts = service.truth().posts.len();
        // A third run has nothing to do.
        let run = again(&service, &journal, &items);
        assert_eq!((run.progress.known, run.progress.sent, service.truth().posts.len()), (20, 0, posts));
        assert_eq!(run.report.len(), 20);
    }
}

#[test]
fn of_an_item_that_an_earlier_run_has_sent_a_report_says_what_the_journal_has_kept() {
    for (fault, told, later) in [
        (Fault::LostAnswer, "1 item: 1 sent twice, unclear", Some(true)),
        (Fault::LostRequest, "1 item: 1 accepted", None),
    ] {
        let journal = MemoryJournal::new();
        let service = ScriptedService::with(&[fault]).watching(&journal);
        for (sent_twice, has_request_id) in [(Some(true), true), (later, false)] {
            let run = again(&service, &journal, &pets(0..1));
            let (_, item) = run.report.iter().next().unwrap();
            assert_eq!(counts(&run.report), told);
            assert_eq!((item.sent_twice, item.request_id.is_some()), (sent_twice, has_request_id));
        }
    }
}

#[test]
fn items_may_come_in_any_order_and_some_may_not_come() {
    let mut items = pets(0..20);
    let journal = MemoryJournal::new();
    let service = ScriptedService::new(5, 0).watching(&journal);
    service.truth().authorised = false;
    block_on(&service, bulk(&service).journal(journal.clone()).concurrency(2).send_all(items.clone()))
        .unwrap_err();
    service.truth().authorised = true;
    items.reverse();
    let missing = items.pop().unwrap();
    let run = again(&service, &journal, &items);
    assert_eq!(run.report.accepted.len(), 19);
    assert_eq!(run.report.len(), 19);
    let run = again(&service, &journal, &[missing]);
    assert_eq!(counts(&run.report), "1 item: 1 accepted");
    assert_eq!(service.truth().taken.len(), 20);
}

#[test]
fn items_that_changed_since_are_planned_anew() {
    let mut items = pets(0..4);
    let journal = MemoryJournal::new();
    let service = ScriptedService::with(&[Fault::NoTls]).watching(&journal);
    block_on(&service, bulk(&service).journal(journal.clone()).send_all(items.clone())).unwrap_err();
    items[1].size = 7;
    items[2].name = String::new();
    let run = again(&service, &journal, &items);
    assert_eq!(counts(&run.report), "4 items: 3 accepted, 1 rejected by the validator");
    assert!(journal.records().iter().any(|record| {
        matches!(record, Record::Planned(plan) if plan.replaces == Some(BatchId(1)) && plan.keys.len() == 3)
    }));
    // It may be corrected.
    let run = again(&service, &journal, &pets(0..4));
    assert_eq!(counts(&run.report), "4 items: 4 accepted");
}

#[test]
fn what_may_have_been_received_is_never_set_aside() {
    let mut items = pets(0..2);
    let journal = MemoryJournal::new();
    let service = ScriptedService::with(&[Fault::LostAnswer]).watching(&journal);
    let leave = bulk(&service).journal(journal.clone()).on_unclear(OnUnclear::Leave);
    let run = block_on(&service, leave.send_all(items.clone())).unwrap();
    assert_eq!(counts(&run.report), "2 items: 2 sent once, unclear");
    items[1].name = String::new();
    let run = again(&service, &journal, &items);
    assert_eq!(counts(&run.report), "2 items: 1 sent twice, unclear, 1 sent once, unclear");
    assert_eq!(run.faults.len(), 1);
}

#[test]
fn unclear_batches_are_left_or_sent_as_the_caller_wants() {
    let items = pets(0..4);
    let journal = MemoryJournal::new();
    let service = ScriptedService::with(&[Fault::LostRequest]).watching(&journal);
    for _ in 0..2 {
        let leave = bulk(&service).journal(journal.clone()).on_unclear(OnUnclear::Leave);
        let run = block_on(&service, leave.send_all(items.clone())).unwrap();
        assert_eq!(counts(&run.report), "4 items: 4 sent once, unclear");
    }
    let run = again(&service, &journal, &items);
    assert_eq!(counts(&run.report), "4 items: 4 accepted");
    assert_eq!(kinds(&journal).iter().filter(|kind| *kind == "resending").count(), 1);
}

#[test]
fn other_work_in_the_journal_is_left_alone() {
    let journal = MemoryJournal::new();
    let service = ScriptedService::new(1, 0).watching(&journal);
    let run = again(&service, &journal, &pets(0..4));
    assert_eq!(run.report.len(), 4);
    let mut call = bulk_of(&service, &CREATE, 50).request.call;
    call.path("shop", "s-2", Style::simple(false));
    service.truth().taken.clear();
    let other = Bulk::new(CreatePets { call }).journal(journal.clone());
    let run = block_on(&service, other.send_all(pets(2..8))).unwrap();
    assert_eq!(counts(&run.report), "6 items: 6 accepted");
    assert!(run.report.accepted.iter().all(|item| &*item.target == "s-2"));
    assert_eq!(Ledger::open(journal).unwrap().report().unwrap().accepted.len(), 10);
}
