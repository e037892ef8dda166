//! Runs that end early, and what they leave.

use super::{shop::Fault, *};
use crate::send::{
    client::Trouble as Way,
    journal::{Illegal, Journal, JournalError},
};

fn refused_and_unsent(error: &BulkError) -> (u64, u64) {
    let report = &error.run().report;
    assert_eq!(report.len() as u64, error.run().progress.read);
    (report.rejected_by_service.len() as u64, report.not_sent.len() as u64)
}

#[test]
fn a_run_that_is_refused_for_good_stops() {
    let shop = Shop::new(1, 0);
    shop.truth().authorised = false;
    let error = block_on(&shop, bulk(&shop).concurrency(1).send_all(pets(0..100))).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Refused(error) if error.is_unauthorized()));
    // What was read is in the account: the batch that was refused, and what there is of the next one.
    assert_eq!(refused_and_unsent(&error), (0, error.run().progress.read));
    let not_sent = &error.run().report.not_sent;
    assert_eq!(not_sent.iter().filter(|item| item.reason.as_deref() == Some("401 Unauthorized")).count(), 4);
    assert_eq!(error.run().unread, Some(100 - error.run().progress.read));
    assert!(error.run().progress.read <= 8);
    assert_eq!(shop.truth().posts.len(), 1);
    assert!(
        error.to_string().starts_with("nothing more was sent, the service would refuse it: createPets"),
        "{error}"
    );
}

#[test]
fn a_batch_that_was_halved_is_not_sent_on_when_the_service_refuses_for_good() {
    let shop = Shop::with(&[Fault::None, Fault::Unauthorized]);
    shop.truth().max_items = 2;
    let error = block_on(&shop, bulk(&shop).concurrency(1).send_all(pets(0..4))).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Refused(error) if error.is_unauthorized()));
    assert_eq!(shop.truth().posts.len(), 2, "too large, then one half");
    assert_eq!(refused_and_unsent(&error), (0, 4));
}

#[test]
fn a_run_without_a_secure_connection_stops() {
    let shop = Shop::with(&[Fault::NoTls]);
    let error = block_on(&shop, bulk(&shop).concurrency(1).send_all(pets(0..100))).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Refused(error) if error.trouble() == Some(Way::Tls)));
    assert_eq!(refused_and_unsent(&error), (0, error.run().progress.read));
}

#[test]
fn a_batch_that_is_refused_is_one_of_many_until_there_are_several_in_a_row() {
    let shop = Shop::with(&[Fault::Refused, Fault::None, Fault::Refused, Fault::Refused]);
    let run = block_on(&shop, bulk(&shop).concurrency(1).send_all(pets(0..20))).unwrap();
    assert_eq!(counts(&run.report), "20 items: 8 accepted, 12 rejected by the service");
    assert_eq!(run.troubles.len(), 3);
    assert_eq!(run.report.rejected_by_service[0].codes, ["invalidApp"]);

    let shop = Shop::with(&[Fault::Refused; 3]);
    let error = block_on(&shop, bulk(&shop).concurrency(1).send_all(pets(0..100))).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Failing(error) if error.status() == Some(400)));
    assert_eq!(refused_and_unsent(&error), (12, error.run().progress.read - 12));
}

#[test]
fn a_service_that_is_away_is_not_sent_everything() {
    let shop = Shop::with(&[Fault::Away; 1000]);
    let error = block_on(&shop, bulk(&shop).send_all(pets(0..1000))).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Failing(error) if error.is_exhausted()));
    assert!(shop.truth().posts.len() <= 4 * 8, "{}", shop.truth().posts.len());
    assert!(error.run().progress.read <= 32, "{:?}", error.run().progress);
    assert_eq!(error.run().report.len() as u64, error.run().progress.read);
}

#[test]
fn waits_end_when_the_run_does() {
    // The first batch is to be sent again in a second, and by then the second has stopped the run.
    let shop = Shop::with(&[Fault::Failed, Fault::NoTls]);
    let error = block_on(&shop, bulk(&shop).concurrency(2).send_all(pets(0..8))).unwrap_err();
    assert!(matches!(error.problem(), BulkProblem::Refused(_)));
    assert_eq!(shop.truth().posts.len(), 2);
    let clock = shop.truth().clock.clone();
    assert_eq!(crate::send::retry::Clock::now(&clock), Duration::ZERO);
}

#[test]
fn a_batch_whose_end_is_not_told_in_time_stays_pending() {
    let shop = Shop::new(1, 0);
    let run = block_on(&shop, bulk(&shop).deadline(Duration::from_secs(1)).send_all(pets(0..4))).unwrap();
    assert_eq!(counts(&run.report), "4 items: 4 pending");
    assert!(run.troubles[0].what.contains("reached no final state within 1 s"), "{run}");
}

#[test]
fn what_is_not_complete_is_not_begun() {
    static PLAIN: Operation = Operation::new("createPet", "POST", "/pets");
    let shop = Shop::new(1, 0);
    let error = block_on(&shop, bulk_of(&shop, &PLAIN, 1).send_all(pets(0..1))).unwrap_err();
    assert_eq!(error.to_string(), "createPet takes no list of items (no items)");

    let clock = shop.truth().clock.clone();
    let call = Call::new(&client(&shop, Seeded::from_seed(1), clock), &CREATE);
    let error = block_on(&shop, Bulk::new(CreatePets { call }).send_all(pets(0..1))).unwrap_err();
    assert_eq!(error.to_string(), "createPets was not sent: the parameter shop is missing (no items)");
    assert!(shop.truth().posts.is_empty());
}

/// A journal whose disk is full after so many records.
struct Full(MemoryJournal, usize);

impl Journal for Full {
    fn append(&mut self, record: &Record) -> Result<(), JournalError> {
        self.1 = self.1.checked_sub(1).ok_or(JournalError::Poisoned)?;
        self.0.append(record)
    }

    fn replay(&mut self, visit: &mut dyn FnMut(Record) -> Result<(), Illegal>) -> Result<(), JournalError> {
        self.0.replay(visit)
    }

    fn retain(
        &mut self,
        keep: &mut dyn FnMut(&Record) -> bool,
        more: &mut dyn Iterator<Item = Record>,
    ) -> Result<(), JournalError> {
        self.0.retain(keep, more)
    }

    fn blocks(&self) -> bool {
        false
    }
}

#[test]
fn nothing_is_sent_without_the_journal() {
    // The first record is that the journal begins.
    for space in 1..12 {
        let memory = MemoryJournal::new();
        let shop = Shop::new(1, 0).watching(&memory);
        let journal = Full(memory.clone(), space);
        let error = block_on(&shop, bulk(&shop).journal(journal).send_all(pets(0..12))).unwrap_err();
        assert!(matches!(error.problem(), BulkProblem::Journal(_)));
        let run = error.run();
        assert_eq!(run.report.len() as u64, run.progress.read, "{space}: {run}");
        let sendings = kinds(&memory).iter().filter(|kind| *kind == "sending").count();
        assert!(shop.truth().posts.len() <= sendings, "{space}");
    }
}
