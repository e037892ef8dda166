//! Several inputs with one journal: every run tells of its own items, and takes none for an item of another
//! input.

use super::{scripted_service::Fault, *};
use crate::send::journal::Ledger;

fn nameless(name: &str) -> Pet {
    Pet { id: None, ..pet(name) }
}

#[test]
fn an_item_without_a_key_is_known_by_its_text() {
    let service = ScriptedService::new(1, 0);
    let journal = MemoryJournal::new();
    let again = |items: Vec<Pet>| {
        block_on(&service, bulk(&service).journal(journal.clone()).input("monday").send_all(items)).unwrap()
    };
    let card = Pet { id: Some("4111111111111111".to_owned()), ..nameless("card") };
    let run = again(vec![nameless("a"), nameless("b"), card.clone()]);
    assert_eq!(keys(&run.report.accepted), ["item at 0", "item at 1", "item at 2"]);
    // The same ones in another order, another one at the place of one of them, and a second one with the same
    // text.
    let run = again(vec![card, nameless("c"), nameless("a"), nameless("a")]);
    // The service takes the second one for the first.
    assert_eq!(counts(&run.report), "4 items: 2 accepted, 2 processed with errors that name no item");
    assert_eq!(run.progress.known, 2);
    let posts = service.truth().posts.clone();
    assert_eq!(posts.last().unwrap(), &["c", "a"]);
    // The same text in another input is another item.
    let other = bulk(&service).journal(journal).input("tuesday");
    service.truth().taken.clear();
    let run = block_on(&service, other.send_all(vec![nameless("a")])).unwrap();
    assert_eq!((run.report.accepted.len(), run.progress.known), (1, 0));
}

#[test]
fn a_report_is_about_the_items_of_its_run() {
    let service = ScriptedService::new(1, 0);
    let journal = MemoryJournal::new();
    let mut bad = pets(0..10);
    bad[3].name = String::new();
    let run = block_on(&service, bulk(&service).journal(journal.clone()).send_all(bad)).unwrap();
    assert_eq!(counts(&run.report), "10 items: 9 accepted, 1 rejected by the validator");
    let run = block_on(&service, bulk(&service).journal(journal.clone()).send_all(pets(8..12))).unwrap();
    assert_eq!(counts(&run.report), "4 items: 4 accepted");
    assert!(run.is_all_accepted());
    assert_eq!((run.progress.known, run.progress.sent), (2, 2));
    // The journal has the whole life.
    let whole = Ledger::open(journal).unwrap().report().unwrap();
    assert_eq!(counts(&whole), "12 items: 11 accepted, 1 rejected by the validator");
}

#[test]
fn an_item_that_was_refused_stays_refused_with_its_reason() {
    let service = ScriptedService::new(1, 0);
    service.truth().refuses = ["p-1".to_owned()].into();
    let journal = MemoryJournal::new();
    for _ in 0..2 {
        let run = block_on(&service, bulk(&service).journal(journal.clone()).send_all(pets(0..3))).unwrap();
        assert_eq!(
            run.to_string(),
            "3 items: 2 accepted, 1 rejected by the service\n  rejected by the service: p-1 (refused)"
        );
    }
    // A compaction keeps what is needed for that.
    let mut ledger = Ledger::open(journal.clone()).unwrap();
    assert_eq!(ledger.compact().unwrap(), 2);
    drop(ledger);
    let run = block_on(&service, bulk(&service).journal(journal).send_all(pets(0..3))).unwrap();
    assert_eq!(counts(&run.report), "3 items: 2 accepted, 1 rejected by the service");
    assert_eq!(
        (run.report.rejected_by_service[0].codes.as_slice(), run.progress.known),
        (&["refused".to_owned()][..], 3)
    );
}

#[test]
fn a_refusal_by_name_after_a_lost_answer_is_unclear() {
    // The service had taken both, and refuses them by name when they come again.
    let service = ScriptedService::with(&[Fault::LostAnswer]);
    service.truth().refuses_known = true;
    let run = block_on(&service, bulk(&service).send_all(pets(0..2))).unwrap();
    assert_eq!(counts(&run.report), "2 items: 2 sent twice, unclear");
    assert!(run.to_string().contains("sent twice, unclear: p-0 (refused), p-1 (refused)"), "{run}");
    let told = "p-0: refused at name (sent twice: the service may have it from the first request)";
    assert_eq!((run.faults[0].to_string().as_str(), run.progress.rejected), (told, 0));
}

#[test]
fn an_acceptance_without_a_request_id_can_be_taken_back() {
    use crate::send::journal::{Acceptance, AttemptRecord, BatchId, BatchPlan, BodyDigest};

    let journal = MemoryJournal::new();
    let mut ledger = Ledger::open(journal.clone()).unwrap();
    let batch = BatchId(1);
    let text = serde_json::to_string(&pet("p-0")).unwrap();
    let (operation, target) = ("createPets".to_owned(), "s-1".to_owned());
    let body = BodyDigest::of(format!(r#"{{"pets":[{text}]}}"#).as_bytes());
    let keys = vec![ItemKey::verbatim("p-0")];
    for record in [
        Record::Planned(BatchPlan { batch, operation, target, keys, body, replaces: None }),
        Record::Sending(AttemptRecord { batch, attempt: 1, correlation_id: None, at: None }),
        // An earlier version wrote that for the page of a proxy.
        Record::Accepted(Acceptance { batch, attempt: 1, request_id: None, correlation_id: None }),
    ] {
        ledger.record(record).unwrap();
    }
    ledger.record(Record::Reopened { batch }).unwrap();
    assert!(ledger.record(Record::Reopened { batch }).is_err());
    drop(ledger);
    let service = ScriptedService::new(1, 0);
    let run = block_on(&service, bulk(&service).journal(journal.clone()).send_all(pets(0..1))).unwrap();
    assert_eq!(counts(&run.report), "1 item: 1 accepted");
    assert_eq!(kinds(&journal)[5], "resending");
}
