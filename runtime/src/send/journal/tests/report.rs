//! The account, and what is not in it: card numbers.

use super::*;

#[test]
fn the_summary_counts_and_names() {
    let state = JournalState::replay([
        planned(1, &["a", "b"], None),
        Record::Sending(attempt(1, 1)),
        accepted(1, 1),
        finished(1, BatchOutcome::Clean),
        planned(2, &["c", "d"], None),
        Record::Sending(attempt(2, 1)),
        refused(2, 1, 400, &["c"]),
        planned(3, &["e"], None),
        Record::Sending(attempt(3, 1)),
        unclear(3, 1),
        Record::Resending(attempt(3, 2)),
        accepted(3, 2),
        finished(3, BatchOutcome::WithErrors),
    ]);
    let report = state.unwrap().report();
    assert_eq!(
        report.to_string(),
        "5 items: 2 accepted, 1 rejected by the service, 1 sent twice, unclear, 1 not sent\n  \
         rejected by the service: c (illegalValue)\n  sent twice, unclear: e\n  not sent: d"
    );
    assert_eq!(report.sent_twice[0].request_id.as_deref(), Some("r-3"));
    assert_eq!(report.sent_twice[0].sent_twice, Some(true));
    assert_eq!(report.accepted[0].sent_twice, Some(false));
    assert!(!report.is_all_accepted());
    assert_eq!(Report::default().to_string(), "no items");
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["rejected_by_service"][0]["codes"][0], "illegalValue");
    assert_eq!(json["accepted"][0]["request_id"], "r-1");
}

#[test]
fn long_lists_are_cut_short() {
    let names: Vec<String> = (0..12).map(|number| format!("k{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let report = JournalState::replay([planned(1, &names, None)]).unwrap().report();
    assert!(report.to_string().ends_with("k8, k9 and 2 more"));
}

#[test]
fn a_card_number_is_nowhere() {
    const CARD: &str = "4111111111111111";
    let journal = MemoryJournal::new();
    let mut ledger = Ledger::open(journal.clone()).unwrap();
    let item = RefusedItem { key: ItemKey::hashed(1), codes: vec![CARD.to_owned()] };
    let (operation, target) = ("createPets".to_owned(), "shop-1".to_owned());
    let aside = SetAside { operation, target, items: vec![item.clone()], replaces: None };
    ledger.record(Record::SetAside(aside)).unwrap();
    ledger.record(planned(1, &["a"], None)).unwrap();
    ledger.record(Record::Sending(attempt(1, 1))).unwrap();
    let refusal = Refusal {
        batch: BatchId(1),
        attempt: 1,
        status: 400,
        codes: vec![format!("invalid {CARD}")],
        items: vec![RefusedItem {
            key: ItemKey::verbatim("a"),
            codes: vec![CARD.to_owned(), "sound".to_owned()],
        }],
    };
    ledger.record(Record::Refused(refusal)).unwrap();

    let report = ledger.report().unwrap();
    let json = serde_json::to_string(&journal.records()).unwrap() + &serde_json::to_string(&report).unwrap();
    for text in [format!("{ledger:?}"), format!("{report:?} {report}"), json] {
        assert!(!text.contains(CARD), "{text}");
    }
    assert_eq!(report.rejected_by_service[0].codes, ["[not readable]", "sound"]);
}
