//! Which record can follow which, and how it stands with items after it.

use super::*;

fn state(records: Vec<Record>) -> JournalState {
    JournalState::replay(records).unwrap()
}

fn item_state(state: &JournalState, name: &str) -> String {
    format!("{:?}", state.item_state("createPets", "shop-1", &ItemKey::verbatim(name)))
}

/// The records of which the last can't follow, and why.
fn illegal(records: Vec<Record>) -> IllegalRecord {
    let last = records.len() - 1;
    let (position, illegal) = JournalState::replay(records).unwrap_err();
    assert_eq!(position, last, "{illegal}");
    illegal
}

fn sending(batch: u64, number: u32) -> Record {
    Record::Sending(attempt(batch, number))
}

fn resending(batch: u64, number: u32) -> Record {
    Record::Resending(attempt(batch, number))
}

fn aside(name: &str, replaces: Option<u64>) -> Record {
    Record::SetAside(SetAside {
        operation: "createPets".to_owned(),
        target: "shop-1".to_owned(),
        items: vec![RefusedItem { key: ItemKey::verbatim(name), codes: vec!["invalid".to_owned()] }],
        replaces: replaces.map(BatchId),
    })
}

#[test]
fn a_batch_that_goes_well() {
    let mut state = JournalState::default();
    let ab = || planned(1, &["a", "b"], None);
    for (record, expected, step) in [
        (ab(), "Some(NotSent { status: None })", "Send"),
        (sending(1, 1), "Some(Unclear { sent_twice: false })", "Decide"),
        (accepted(1, 1), "Some(Pending)", "Poll"),
        (finished(1, BatchOutcome::Clean), "Some(Accepted)", "Nothing"),
    ] {
        state.apply(record).unwrap();
        assert_eq!(item_state(&state, "a"), expected);
        assert!(format!("{:?}", state.batch(BatchId(1)).unwrap().next_step()).starts_with(step));
    }
    assert_eq!(item_state(&state, "c"), "None");
    assert!(state.resume().is_done());
}

#[test]
fn silence_is_remembered_to_the_end() {
    let begin = || vec![planned(1, &["a"], None), sending(1, 1), unclear(1, 1), resending(1, 2)];
    for (end, expected) in [
        (vec![], "Some(Unclear { sent_twice: true })"),
        (vec![unclear(1, 2)], "Some(Unclear { sent_twice: true })"),
        // The second did not get there, so the item was sent once at most.
        (vec![not_received(1, 2)], "Some(Unclear { sent_twice: false })"),
        (vec![refused(1, 2, 401, &[])], "Some(Unclear { sent_twice: false })"),
        (vec![accepted(1, 2)], "Some(Pending)"),
        (vec![accepted(1, 2), finished(1, BatchOutcome::Clean)], "Some(Accepted)"),
        (vec![accepted(1, 2), finished(1, BatchOutcome::WithErrors)], "Some(SentTwice)"),
    ] {
        assert_eq!(item_state(&state([begin(), end].concat()), "a"), expected);
    }
}

#[test]
fn a_refusal_by_name_sets_the_others_free() {
    let mut records = vec![planned(1, &["a", "b", "c"], None), sending(1, 1), refused(1, 1, 400, &["b"])];
    let refused = state(records.clone());
    assert_eq!(item_state(&refused, "a"), "Some(NotSent { status: None })");
    assert!(item_state(&refused, "b").contains("illegalValue"));
    assert_eq!(refused.resume().to_plan.len(), 1);
    assert!(matches!(
        illegal([records.clone(), vec![sending(1, 2)]].concat()),
        IllegalRecord::OutOfOrder { .. }
    ));

    records.push(planned(2, &["a", "c"], Some(1)));
    let replanned = state(records.clone());
    assert_eq!(replanned.resume().never_tried.len(), 1);
    assert_eq!(replanned.resume().to_plan.len(), 0);
    assert_eq!(replanned.report().len(), 3);

    // Corrected, the refused item may go in any batch.
    records.push(planned(3, &["b", "d"], None));
    assert_eq!(item_state(&state(records), "b"), "Some(NotSent { status: None })");
}

#[test]
fn doubt_goes_along_with_the_items() {
    let records =
        vec![planned(1, &["a", "b"], None), sending(1, 1), unclear(1, 1), planned(2, &["a"], Some(1))];
    let moved = state(records.clone());
    assert_eq!(item_state(&moved, "a"), "Some(Unclear { sent_twice: false })");
    assert_eq!(item_state(&moved, "b"), "Some(Unclear { sent_twice: false })");
    assert!(matches!(
        illegal([records.clone(), vec![sending(2, 1)]].concat()),
        IllegalRecord::WrongMark { may_have_been_received: true, .. }
    ));
    let errors = vec![resending(2, 1), accepted(2, 1), finished(2, BatchOutcome::WithErrors)];
    assert_eq!(item_state(&state([records, errors].concat()), "a"), "Some(SentTwice)");
}

#[test]
fn an_attempt_without_an_answer_may_turn_out_later() {
    let begin = || vec![planned(1, &["a"], None), sending(1, 1), unclear(1, 1)];
    let found = state([begin(), vec![accepted(1, 1), finished(1, BatchOutcome::WithErrors)]].concat());
    assert_eq!(item_state(&found, "a"), "Some(WithErrors)");
    let lost = state([begin(), vec![not_received(1, 1)]].concat());
    assert_eq!(item_state(&lost, "a"), "Some(NotSent { status: None })");
}

#[test]
fn items_are_set_aside_and_come_back() {
    assert!(item_state(&state(vec![aside("a", None)]), "a").contains("SetAside"));
    let back = vec![aside("a", None), aside("a", None), planned(1, &["a"], None)];
    assert_eq!(state(back.clone()).report().len(), 1);
    let out = state([back.clone(), vec![aside("a", Some(1))]].concat());
    assert!(item_state(&out, "a").contains("SetAside"));
    assert_eq!((out.report().len(), out.resume().is_done()), (1, true));
    assert!(matches!(
        illegal([back.clone(), vec![aside("a", None)]].concat()),
        IllegalRecord::KeyTaken { .. }
    ));
    let sent = vec![sending(1, 1), unclear(1, 1), aside("a", Some(1))];
    assert!(matches!(illegal([back, sent].concat()), IllegalRecord::WrongMark { .. }));
}

#[test]
fn a_compaction_drops_what_is_over_with_all_that_it_had_items_from() {
    let mut ledger = Ledger::open(MemoryJournal::new()).unwrap();
    let over = |batch| [sending(batch, 1), accepted(batch, 1), finished(batch, BatchOutcome::Clean)];
    let steps =
        [planned(1, &["a", "b"], None), aside("a", Some(1)), planned(2, &["a"], None), aside("c", None)];
    for record in steps.into_iter().chain(over(2)) {
        ledger.record(record).unwrap();
    }
    // The first batch still holds an item, and would hold the other one again if the second batch were gone.
    assert_eq!(ledger.compact().unwrap(), 0);
    assert_eq!(item_state(ledger.state(), "a"), "Some(Accepted)");
    assert_eq!(item_state(ledger.state(), "b"), "Some(NotSent { status: None })");
    assert_eq!(item_state(ledger.state(), "c"), "None");

    ledger.record(planned(3, &["b"], Some(1))).unwrap();
    for record in over(3) {
        ledger.record(record).unwrap();
    }
    assert_eq!(ledger.compact().unwrap(), 3);
    assert!(ledger.report().unwrap().is_empty());
    assert_eq!(ledger.state().settled_items(), 2);
    assert_eq!(ledger.journal().records().last(), Some(&Record::Compacted { next_batch: BatchId(4) }));
    assert_eq!(item_state(ledger.state(), "b"), "Some(Accepted)");
    let again = ledger.record(planned(4, &["b"], None)).unwrap_err();
    assert!(matches!(again, RecordError::Illegal(IllegalRecord::KeySettled { .. })));
}

#[test]
fn what_can_not_follow() {
    let a = || planned(1, &["a"], None);
    for (records, message) in [
        (vec![planned(1, &[], None)], "batch 1 is empty, or its number was used before"),
        (vec![a(), planned(1, &["b"], None)], "batch 1 is empty, or its number was used before"),
        (vec![planned(1, &["a", "a"], None)], "the item 'a' is twice in batch 1"),
        (vec![a(), planned(2, &["a"], None)], "the item 'a' is already in batch 1"),
        (vec![a(), planned(2, &["b"], Some(1))], "the item 'b' is not in batch 1"),
        (vec![sending(1, 1)], "batch 1 was never planned"),
        (vec![a(), sending(1, 2)], "attempt 2 of batch 1 is out of turn, 1 is expected"),
        (vec![a(), sending(1, 1), sending(1, 2)], "the record 'sending' can't follow 'sending' of batch 1"),
        (
            vec![a(), sending(1, 1), unclear(1, 1), sending(1, 2)],
            "batch 1 may have been received and is sent without the mark of a resend",
        ),
        (vec![a(), resending(1, 1)], "batch 1 is marked as a resend but was never received"),
        (vec![a(), accepted(1, 1)], "the record 'accepted' can't follow 'planned' of batch 1"),
        (vec![a(), sending(1, 1), refused(1, 1, 400, &["b"])], "the item 'b' is not in batch 1"),
        (
            vec![a(), sending(1, 1), accepted(1, 1), planned(2, &["a"], Some(1))],
            "the record 'planned' can't follow 'accepted' of batch 1",
        ),
        (
            vec![a(), sending(1, 1), finished(1, BatchOutcome::Clean)],
            "the record 'finished' can't follow 'sending' of batch 1",
        ),
        (
            vec![a(), Record::Closed { batch: BatchId(1) }, sending(1, 1)],
            "the record 'sending' can't follow 'closed' of batch 1",
        ),
    ] {
        assert_eq!(illegal(records).to_string(), message);
    }
}

#[test]
fn an_illegal_step_is_not_written() {
    let journal = MemoryJournal::new();
    let mut ledger = Ledger::open(journal.clone()).unwrap();
    ledger.record(planned(1, &["a"], None)).unwrap();
    assert!(matches!(ledger.record(accepted(1, 1)), Err(RecordError::Illegal(_))));
    assert_eq!(journal.records().len(), 2, "that it begins, and the plan");
}

#[test]
fn keys_are_told_apart_by_operation_and_target() {
    let Record::Planned(plan) = planned(1, &["a"], None) else { unreachable!() };
    let elsewhere = BatchPlan { batch: BatchId(2), target: "shop-2".to_owned(), ..plan.clone() };
    let other = BatchPlan { batch: BatchId(3), operation: "createToys".to_owned(), ..plan.clone() };
    let state = state([plan, elsewhere, other].map(Record::Planned).to_vec());
    assert_eq!(state.report().len(), 3);
}
