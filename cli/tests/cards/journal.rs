//! `cards journal` on a file.

use std::fs;

use concur_cards::journal::{
    Acceptance, AttemptRecord, BatchId, BatchPlan, BodyDigest, ItemKey, Record, Refusal, RefusedItem,
};
use serde_json::Value;

use crate::COMPANY;
use crate::desk::{Desk, lines};

/// A journal as an earlier version wrote it: the page of a proxy counted as accepted.
fn old_journal(desk: &Desk) {
    let mut ledger = desk.ledger();
    let batch = BatchId(1);
    let plan = BatchPlan {
        batch,
        operation: "createTransactionsBulk".to_owned(),
        target: COMPANY.to_owned(),
        keys: vec![ItemKey::verbatim("t-0"), ItemKey::verbatim("t-1")],
        body: BodyDigest::of(b"{}"),
        replaces: None,
    };
    let (correlation_id, at) = (Some("c-1".to_owned()), None);
    let acceptance = Acceptance { batch, attempt: 1, request_id: None, correlation_id: None };
    for record in [
        Record::Planned(plan),
        Record::Sending(AttemptRecord { batch, attempt: 1, correlation_id, at }),
        Record::Accepted(acceptance),
    ] {
        ledger.record(record).unwrap();
    }
}

#[test]
fn an_acceptance_that_was_none_can_be_taken_back() {
    let desk = Desk::new("reopen");
    desk.write("a.jsonl", lines(2));
    old_journal(&desk);
    desk.push("a.jsonl", &[]).is(1, &["2 items: 2 pending\n"], "");
    let shown =
        ["2 items: 2 pending\n", "batch 1: accepted without a request id, 2 items, correlation id c-1\n"];
    desk.run(&["journal", "show", "j"]).is(0, &shown, "");
    desk.run(&["journal", "reopen", "j"]).is(2, &[], "required");
    desk.run(&["journal", "reopen", "j", "--all"]).is(
        0,
        &["batch 1 is reopened: its 2 items are unclear now"],
        "",
    );
    desk.run(&["journal", "reopen", "j", "--all"]).is(0, &["nothing was reopened"], "");
    let told = "batch 1 was not accepted without a request id; nothing was changed";
    desk.run(&["journal", "reopen", "j", "1"]).is(2, &[], told);
    desk.push("a.jsonl", &[]).is(0, &["2 items: 2 accepted\n"], "");
    assert_eq!(desk.service.items(), 2);
}

/// A journal with a batch of which a part has to be planned anew, and one in whose middle a push was killed.
fn unclear_journal(desk: &Desk) {
    let mut ledger = desk.ledger();
    let plan = |batch: u64| BatchPlan {
        batch: BatchId(batch),
        operation: "createTransactionsBulk".to_owned(),
        target: COMPANY.to_owned(),
        keys: [0, 1].map(|item| ItemKey::verbatim(&format!("t-{batch}-{item}"))).to_vec(),
        body: BodyDigest::of(b"{}"),
        replaces: None,
    };
    let attempt =
        |batch, attempt| AttemptRecord { batch: BatchId(batch), attempt, correlation_id: None, at: None };
    let item = RefusedItem { key: ItemKey::verbatim("t-1-0"), codes: vec!["invalidEnum".to_owned()] };
    let refusal =
        Refusal { batch: BatchId(1), attempt: 2, status: 400, codes: Vec::new(), items: vec![item] };
    for record in [
        Record::Planned(plan(1)),
        Record::Sending(attempt(1, 1)),
        Record::Unclear { batch: BatchId(1), attempt: 1 },
        Record::Resending(attempt(1, 2)),
        Record::Refused(refusal),
        Record::Planned(plan(2)),
        Record::Sending(attempt(2, 1)),
    ] {
        ledger.record(record).unwrap();
    }
}

#[test]
fn what_is_shown_as_unclear_is_closed_and_nothing_is_changed_by_mistake() {
    let desk = Desk::new("close");
    unclear_journal(&desk);
    let shown = ["batch 1: unclear, the service may have it", "batch 2: unclear, the service may have it"];
    desk.run(&["journal", "show", "j"]).is(0, &shown, "");
    let before = fs::read(desk.path("j")).unwrap();
    desk.run(&["journal", "close", "j", "2", "9"]).is(2, &[], "batch 9 is not in the journal; nothing was");
    assert_eq!(fs::read(desk.path("j")).unwrap(), before);
    desk.run(&["journal", "close", "j", "2"]).is(0, &["batch 2 is closed: "], "");
    desk.write("j", before);
    let closed = ["batch 1 is closed: ", "batch 2 is closed: "];
    desk.run(&["journal", "close", "j", "--all-unclear"]).is(0, &closed, "");
    desk.run(&["journal", "close", "j", "--all-unclear"]).is(0, &["nothing was closed"], "");
    let compacted = ["dropped the records of 0 batches (over)", "2 batches stay for what is closed or still"];
    desk.run(&["journal", "compact", "j"]).is(0, &compacted, "");
}

#[test]
fn a_journal_is_shown_while_a_push_has_it_and_is_not_changed() {
    let desk = Desk::new("show");
    desk.run(&["journal", "show", "j"]).is(2, &[], "can't open the journal j: ");
    desk.run(&["journal", "compact", "j"]).is(2, &[], "can't open the journal j: ");
    assert!(!desk.path("j").exists());
    desk.write("a.jsonl", lines(3));
    desk.push("a.jsonl", &[]).is(0, &["3 items: 3 accepted\n"], "");
    old_journal_beside(&desk);
    let before = fs::read(desk.path("j")).unwrap();
    let held = desk.ledger();
    let all = [
        "4 items: 3 accepted, 1 not sent\n",
        "batch 2: not sent, 1 item\n",
        "\nt-2: accepted\n",
        "\nx: not sent, batch 2\n",
    ];
    desk.run(&["journal", "show", "j", "--items"]).is(0, &all, "");
    let json = desk.run(&["journal", "show", "--json", "--items", "j"]);
    let parsed: Vec<Value> = json.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(parsed.len(), 6, "{}", json.out);
    assert_eq!((&parsed[0]["fates"]["accepted"], &parsed[0]["settled"]), (&3.into(), &3.into()));
    assert_eq!((&parsed[1]["kind"], &parsed[1]["need"]), (&"batch".into(), &"not_sent".into()));
    assert_eq!((&parsed[5]["key"], &parsed[5]["fate"]), (&"x".into(), &"not_sent".into()));
    desk.run(&["journal", "check", "j"]).is(0, &["j is whole: "], "");
    for change in [&["compact", "j"][..], &["close", "j", "2"], &["reopen", "j", "--all"]] {
        desk.run(&[&["journal"], change].concat()).is(2, &[], "is in use: two senders must not share one");
    }
    drop(held);
    assert_eq!(fs::read(desk.path("j")).unwrap(), before);

    // The end of a line that is being written is told, and stays.
    let torn = &before[..before.len() - 4];
    desk.write("j", torn);
    desk.run(&["journal", "show", "j"]).is(0, &["3 items: 3 accepted\n"], "warning: the last line, at byte ");
    desk.run(&["journal", "check", "j"]).is(0, &["j is whole: ", "is unfinished"], "");
    assert_eq!(fs::read(desk.path("j")).unwrap(), torn);
    desk.write("j", &before);
    let compacted = ["dropped the records of 1 batch (over)", "kept the hashes of 3 items"];
    desk.run(&["journal", "compact", "j"]).is(0, &compacted, "");
    let unnamed = ["4 items: 3 accepted, 1 not sent\n", "and 3 items without a name: "];
    desk.run(&["journal", "show", "j", "--items"]).is(0, &unnamed, "");
    desk.push("a.jsonl", &[]).is(0, &["3 items: 3 accepted\n"], "");
    assert_eq!(desk.service.items(), 3);
}

/// Adds a batch that was planned and never sent.
fn old_journal_beside(desk: &Desk) {
    let mut ledger = desk.ledger();
    let batch = ledger.state().next_batch();
    let (operation, target) = ("createTransactionsBulk".to_owned(), COMPANY.to_owned());
    let body = BodyDigest::of(b"{}");
    let plan =
        BatchPlan { batch, operation, target, keys: vec![ItemKey::verbatim("x")], body, replaces: None };
    ledger.record(Record::Planned(plan)).unwrap();
}

#[test]
fn damage_is_told_with_its_line_and_byte() {
    let desk = Desk::new("damage");
    desk.write("a.jsonl", lines(1));
    desk.push("a.jsonl", &[]).is(0, &["1 item: 1 accepted\n"], "");
    let whole = fs::read_to_string(desk.path("j")).unwrap();
    let offset: usize = whole.split_inclusive('\n').take(3).map(str::len).sum();
    let mut damaged = whole.clone().into_bytes();
    damaged[offset + 30] ^= 1;
    desk.write("j", &damaged);
    let place = format!("line 4 (byte {offset})");
    let told = format!("j: {place} is damaged: its checksum is wrong");
    desk.run(&["journal", "check", "j"]).is(1, &[&told, "j is damaged: 1 problem, "], "");
    let shown = desk.run(&["journal", "show", "j"]);
    shown.is(2, &["1 item: 1 not sent\n"], "error: only what stands before the damage is shown: ");
    assert!(shown.error.contains(&place), "{}", shown.error);
    desk.run(&["journal", "compact", "j"]).is(2, &[], &place);

    // A record that is missing from the middle, the first line, all of it, and what never was a journal.
    let without =
        whole.split_inclusive('\n').enumerate().filter(|(number, _)| *number != 2).map(|(_, line)| line);
    desk.write("j", without.collect::<String>());
    desk.run(&["journal", "check", "j"]).is(1, &["j: line 3 (byte "], "");
    desk.write("j", whole.replacen("specwright", "specwrought", 1));
    desk.run(&["journal", "check", "j"]).is(1, &["j: line 1 (byte 0) is damaged: "], "");
    desk.write("j", "");
    desk.run(&["journal", "check", "j"]).is(1, &["the file was emptied or cut short"], "");
    desk.run(&["journal", "check", "a.jsonl"]).is(2, &[], "a.jsonl is not a journal");
    assert_eq!(fs::read(desk.path("j")).unwrap(), b"");
}
