//! Items that come as JSON texts.

use super::{
    scripted_service::Fault,
    scripts::{accepted, scripted},
    *,
};

fn lines(texts: &[&str]) -> Vec<JsonItem> {
    (1..).zip(texts).map(|(line, text)| JsonItem::from(*text).at_line(line)).collect()
}

#[test]
fn texts_are_sent_byte_for_byte() {
    let (bulk, replay) = scripted([accepted("r")]);
    let texts = [r#" {"id" : "a", "name":"n\u0061me", "size":1.0e1} "#, "{\"name\":\"b\",\"id\":\"b\"}\r"];
    let run = bulk.without_waiting().send_all_json(texts);
    let run = Idle::default().block_on(run, || false).unwrap().unwrap();
    assert_eq!(keys(&run.report.pending), ["a", "b"]);
    let expected = r#"{"pets":[{"id" : "a", "name":"n\u0061me", "size":1.0e1},{"name":"b","id":"b"}]}"#;
    assert_eq!(replay.requests()[0].body, expected);
}

#[test]
fn a_text_that_is_no_item_is_set_aside_with_its_line_and_reason() {
    let service = ScriptedService::new(1, 0);
    let items = lines(&[
        r#"{"id":"a","name":"a","size":1}"#,
        r#"{"id":"b","name":"b","size":"#,
        "17",
        "",
        "{\"id\":\"c\",\"name\":\"\",\"size\":1}",
        r#"{"id":"d","name":"d","size":1,"colour":"red"}"#,
        "\u{feff}{}",
    ]);
    let run = block_on(&service, bulk(&service).send_all_json(items)).unwrap();
    assert_eq!(counts(&run.report), "7 items: 2 accepted, 5 rejected by the validator");
    let mut faults: Vec<String> = run.faults.iter().map(ToString::to_string).collect();
    faults.sort();
    assert_eq!(
        faults,
        [
            "c (line 5): invalidSize at name",
            "line 2: x-invalidJson",
            "line 3: x-invalidType",
            "line 4: x-invalidJson",
            "line 7: x-invalidJson",
        ]
    );
    let broken = run.faults.iter().find(|fault| fault.line == Some(2)).unwrap();
    let detail = broken.violations.iter().next().unwrap().detail();
    assert_eq!(detail, Some("it ends too early (line 1, column 28 of the item)"));
    // What the definition does not name is sent, and told.
    let warnings: Vec<String> = run.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings, ["d (line 6): x-unknownProperty at colour"]);
    assert!(run.report.iter().all(|(_, item)| item.line == item.ordinal.map(|ordinal| ordinal + 1)));
}

#[test]
fn who_wants_to_stop_at_a_bad_item_stops_at_one_that_is_no_json() {
    let service = ScriptedService::new(1, 0);
    let items = lines(&[r#"{"id":"a","name":"a","size":1}"#, "{", r#"{"id":"b","name":"b","size":1}"#]);
    let error =
        block_on(&service, bulk(&service).on_invalid(OnInvalid::Stop).send_all_json(items)).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Invalid));
    assert_eq!((error.run().report.len(), error.run().unread), (2, Some(1)));
}

#[test]
fn a_bad_item_does_not_keep_a_good_one_with_its_key_from_being_sent() {
    let (good, bad) = (r#"{"id":"a","name":"good","size":1}"#, r#"{"id":"a","name":"","size":1}"#);
    let other = r#"{"id":"b","name":"b","size":1}"#;
    for (texts, expected) in [
        (vec![bad, good], "2 items: 1 accepted, 1 rejected by the validator"),
        (vec![bad, other, bad, good, good], "5 items: 2 accepted, 3 rejected by the validator"),
        (vec![good, bad], "2 items: 1 accepted, 1 rejected by the validator"),
        (vec![good, good, bad], "3 items: 1 accepted, 2 rejected by the validator"),
        (vec![bad; 10], "10 items: 10 rejected by the validator"),
        (vec![good; 10], "10 items: 1 accepted, 9 rejected by the validator"),
    ] {
        let service = ScriptedService::new(1, 0);
        let journal = MemoryJournal::new();
        let run =
            block_on(&service, bulk(&service).journal(journal.clone()).send_all_json(texts.clone())).unwrap();
        assert_eq!(counts(&run.report), expected, "{texts:?}");
        assert_eq!(run.faults.len(), run.report.rejected_by_validator.len());
        // Nothing of it is sent again.
        let posts = service.truth().posts.len();
        let run = block_on(&service, bulk(&service).journal(journal).send_all_json(texts.clone())).unwrap();
        assert_eq!(run.report.len(), texts.len());
        assert_eq!(service.truth().posts.len(), posts, "{texts:?}");
    }
}

#[test]
fn a_bad_item_does_not_shadow_a_good_one_of_an_interrupted_run() {
    let (good, bad) = (r#"{"id":"a","name":"good","size":1}"#, r#"{"id":"a","name":"","size":1}"#);
    for script in [[Fault::NoTls], [Fault::LostRequest]] {
        let service = ScriptedService::with(&script);
        let journal = MemoryJournal::new();
        let first = bulk(&service).journal(journal.clone()).on_unclear(OnUnclear::Leave);
        let _ = block_on(&service, first.send_all_json([good]));
        let run = block_on(&service, bulk(&service).journal(journal).send_all_json([bad, good])).unwrap();
        assert_eq!(counts(&run.report), "2 items: 1 accepted, 1 rejected by the validator", "{script:?}");
        assert!(service.truth().taken.contains_key("a"));
    }
}

#[test]
fn a_text_that_only_the_validator_cannot_read_ends_alone() {
    let deep = format!(r#"{{"id":"deep","name":"a","size":{}1{}}}"#, "[".repeat(130), "]".repeat(130));
    let texts = [
        r#"{"id":"a","name":"a","size":1}"#,
        r#"{"id":"half","name":"\ud800","size":1}"#,
        deep.as_str(),
        r#"{"id":"b","name":"b","size":1}"#,
    ];
    let service = ScriptedService::new(1, 0);
    let run = block_on(&service, bulk(&service).send_all_json(lines(&texts))).unwrap();
    assert_eq!(counts(&run.report), "4 items: 2 accepted, 2 rejected by the validator");
    let faults: Vec<String> = run.faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults, ["half (line 2): x-invalidJson", "deep (line 3): x-tooDeep"]);
}

#[test]
fn any_number_of_texts_that_are_no_items_is_written_down_in_parts() {
    let service = ScriptedService::new(1, 0);
    let journal = MemoryJournal::new();
    // The length of the input is not known.
    let mut left = 3500;
    let items = std::iter::from_fn(|| {
        left -= 1;
        (left >= 0).then(|| JsonItem::from(format!("{left};not;json")))
    });
    let run = block_on(&service, bulk(&service).journal(journal.clone()).send_all_json(items)).unwrap();
    assert_eq!(counts(&run.report), "3500 items: 3500 rejected by the validator");
    assert_eq!(run.unread, Some(0), "all of them");
    let longest = journal.records().into_iter().filter_map(|record| match record {
        Record::SetAside(aside) => Some(aside.items.len()),
        _ => None,
    });
    assert_eq!(longest.max(), Some(1000));
}
