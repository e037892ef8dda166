//! A service that wants to be spared, and items that are too large for it.

use super::{scripted_service::Fault, *};

#[test]
fn a_service_that_is_busy_is_spared_by_all_batches() {
    // The first answer is 429 with `Retry-After: 7`.
    let service = ScriptedService::with(&[Fault::Busy]);
    let run = block_on(&service, bulk(&service).concurrency(4).send_all(pets(0..40))).unwrap();
    assert!(run.is_all_accepted(), "{run}");
    let times = service.truth().times.clone();
    let early = times.iter().filter(|time| **time < Duration::from_secs(7)).count();
    // Those that were on their way already were not stopped.
    assert!(early <= 4, "{times:?}");
}

#[test]
fn an_item_that_is_too_large_is_found_at_once_and_ends_alone() {
    let service = ScriptedService::new(1, 0);
    service.truth().max_bytes = 300;
    let mut items = pets(0..4);
    items[2].name = "a".repeat(20);
    items[2].note = "x".repeat(400);
    let run = block_on(&service, bulk(&service).send_all(items)).unwrap();
    assert_eq!(counts(&run.report), "4 items: 3 accepted, 1 rejected by the service");
    assert_eq!(keys(&run.report.rejected_by_service), ["p-2"]);
    assert_eq!(service.truth().posts.len(), 3, "all of them, the large one, the others");

    // However many there are, they do not end the run.
    let service = ScriptedService::new(1, 0);
    service.truth().max_bytes = 300;
    let mut items = pets(0..40);
    for item in &mut items {
        item.note = "x".repeat(400);
    }
    items[39].note.clear();
    let run = block_on(&service, bulk(&service).send_all(items)).unwrap();
    assert_eq!(counts(&run.report), "40 items: 1 accepted, 39 rejected by the service");
}

#[test]
fn a_refused_request_is_no_rejected_item() {
    for (fault, reason) in [(Fault::Unauthorized, "401 Unauthorized"), (Fault::Busy, "429 Too Many Requests")]
    {
        let service = ScriptedService::with(&[fault; 100]);
        let error = block_on(&service, bulk(&service).concurrency(1).send_all(pets(0..100))).unwrap_err();
        let run = error.run();
        assert_eq!((run.report.rejected_by_service.len(), run.progress.rejected), (0, 0), "{run}");
        assert_eq!(run.report.not_sent[0].reason.as_deref(), Some(reason));
        assert_eq!(run.report.len() as u64 + run.unread.unwrap(), 100);
        assert!(run.to_string().starts_with(&format!("{} items: ", run.report.len())), "{run}");
        assert!(
            error.to_string().ends_with("more not read)") && !error.to_string().contains('\n'),
            "{error}"
        );
    }
}
