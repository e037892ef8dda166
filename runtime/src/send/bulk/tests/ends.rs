//! Runs that end early, and what they leave.

use super::{journals::hooked, scripted_service::Fault, *};
use crate::send::{
    client::TransportProblem as Way,
    journal::{Journal as _, JournalError},
};

fn refused_and_unsent(error: &BulkError) -> (u64, u64) {
    let report = &error.run().report;
    assert_eq!(report.len() as u64, error.run().progress.read);
    (report.rejected_by_service.len() as u64, report.not_sent.len() as u64)
}

#[test]
fn a_run_that_is_refused_for_good_stops() {
    let service = ScriptedService::new(1, 0);
    service.truth().authorised = false;
    let error = block_on(&service, bulk(&service).concurrency(1).send_all(pets(0..100))).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Refused(error) if error.is_unauthorized()));
    // What was read is in the account: the batch that was refused, and what there is of the next one.
    assert_eq!(refused_and_unsent(&error), (0, error.run().progress.read));
    let not_sent = &error.run().report.not_sent;
    assert_eq!(not_sent.iter().filter(|item| item.reason.as_deref() == Some("401 Unauthorized")).count(), 4);
    assert_eq!(error.run().unread, Some(100 - error.run().progress.read));
    assert!(error.run().progress.read <= 8);
    assert_eq!(service.truth().posts.len(), 1);
    assert!(
        error.to_string().starts_with("nothing more was sent, the service would refuse it: createPets"),
        "{error}"
    );
}

#[test]
fn a_batch_that_was_halved_is_not_sent_on_when_the_service_refuses_for_good() {
    let service = ScriptedService::with(&[Fault::None, Fault::Unauthorized]);
    service.truth().max_items = 2;
    let error = block_on(&service, bulk(&service).concurrency(1).send_all(pets(0..4))).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Refused(error) if error.is_unauthorized()));
    assert_eq!(service.truth().posts.len(), 2, "too large, then one half");
    assert_eq!(refused_and_unsent(&error), (0, 4));
}

#[test]
fn a_run_without_a_secure_connection_stops() {
    let service = ScriptedService::with(&[Fault::NoTls]);
    let error = block_on(&service, bulk(&service).concurrency(1).send_all(pets(0..100))).unwrap_err();
    assert!(
        matches!(error.problem(), BulkProblem::Refused(error) if error.transport_problem() == Some(Way::Tls))
    );
    assert_eq!(refused_and_unsent(&error), (0, error.run().progress.read));
}

#[test]
fn a_batch_that_is_refused_is_one_of_many_until_there_are_several_in_a_row() {
    let service = ScriptedService::with(&[Fault::Refused, Fault::None, Fault::Refused, Fault::Refused]);
    let run = block_on(&service, bulk(&service).concurrency(1).send_all(pets(0..20))).unwrap();
    assert_eq!(counts(&run.report), "20 items: 8 accepted, 12 rejected by the service");
    assert_eq!(run.batch_errors.len(), 3);
    assert_eq!(run.report.rejected_by_service[0].codes, ["invalidApp"]);

    let service = ScriptedService::with(&[Fault::Refused; 3]);
    let error = block_on(&service, bulk(&service).concurrency(1).send_all(pets(0..100))).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Failing(error) if error.status() == Some(400)));
    assert_eq!(refused_and_unsent(&error), (12, error.run().progress.read - 12));
}

#[test]
fn a_service_that_is_away_is_not_sent_everything() {
    let service = ScriptedService::with(&[Fault::Away; 1000]);
    let error = block_on(&service, bulk(&service).send_all(pets(0..1000))).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Failing(error) if error.is_exhausted()));
    assert!(service.truth().posts.len() <= 4 * 8, "{}", service.truth().posts.len());
    assert!(error.run().progress.read <= 32, "{:?}", error.run().progress);
    assert_eq!(error.run().report.len() as u64, error.run().progress.read);
}

#[test]
fn waits_end_when_the_run_does() {
    // The first batch is to be sent again in a second, and by then the second has stopped the run.
    let service = ScriptedService::with(&[Fault::Failed, Fault::NoTls]);
    let error = block_on(&service, bulk(&service).concurrency(2).send_all(pets(0..8))).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Refused(_)));
    assert_eq!(service.truth().posts.len(), 2);
    let clock = service.truth().clock.clone();
    assert_eq!(crate::send::retry::Clock::now(&clock), Duration::ZERO);
}

#[test]
fn a_batch_whose_end_is_not_told_in_time_stays_pending() {
    let service = ScriptedService::new(1, 0);
    let run =
        block_on(&service, bulk(&service).deadline(Duration::from_secs(1)).send_all(pets(0..4))).unwrap();
    assert_eq!(counts(&run.report), "4 items: 4 pending");
    assert!(run.batch_errors[0].message.contains("reached no final state within 1 s"), "{run}");
}

#[test]
fn what_is_not_complete_is_not_begun() {
    static PLAIN: Operation = Operation::new("createPet", "POST", "/pets");
    let service = ScriptedService::new(1, 0);
    let error = block_on(&service, bulk_of(&service, &PLAIN, 1).send_all(pets(0..1))).unwrap_err();
    assert_eq!(error.to_string(), "createPet takes no list of items (no items)");

    let clock = service.truth().clock.clone();
    let call = Call::new(&client(&service, Seeded::from_seed(1), clock), &CREATE);
    let error = block_on(&service, Bulk::new(CreatePets { call }).send_all(pets(0..1))).unwrap_err();
    assert_eq!(error.to_string(), "createPets was not sent: the parameter shop is missing (no items)");
    assert!(service.truth().posts.is_empty());
}

#[test]
fn nothing_is_sent_without_the_journal() {
    // The first record is that the journal begins.
    for space in 1..12 {
        let memory = MemoryJournal::new();
        let service = ScriptedService::new(1, 0).watching(&memory);
        let mut left = space;
        let journal = hooked(&memory, move |memory, record| {
            left = usize::checked_sub(left, 1).ok_or(JournalError::Poisoned)?;
            memory.append(record)
        });
        let error = block_on(&service, bulk(&service).journal(journal).send_all(pets(0..12))).unwrap_err();
        assert!(matches!(error.problem(), BulkProblem::Journal(_)));
        let run = error.run();
        assert_eq!(run.report.len() as u64, run.progress.read, "{space}: {run}");
        let sendings = kinds(&memory).iter().filter(|kind| *kind == "sending").count();
        assert!(service.truth().posts.len() <= sendings, "{space}");
    }
}
