//! Seeded runs with faults of the service and crashes at any write to the journal, until everything is done.

use std::{
    collections::{BTreeMap, HashSet},
    io,
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{journals::hooked, scripted_service::name, *};
use crate::send::journal::{Journal, JournalError, Ledger};

/// How many runs; more by this variable of the environment.
fn seeds() -> u64 {
    std::env::var("SPECWRIGHT_BULK_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(2_000)
}

#[test]
fn no_crash_and_no_fault_loses_an_item_or_tells_of_it_twice() {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    std::thread::scope(|scope| {
        for first in 0..threads {
            scope.spawn(move || {
                for seed in (first..seeds()).step_by(usize::try_from(threads).unwrap()) {
                    let result = std::panic::catch_unwind(|| World::new(seed).finish());
                    assert!(result.is_ok(), "seed {seed}");
                }
            });
        }
    });
}

/// What happens at the write that crashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Crash {
    /// It fails, and nothing is there.
    Before,
    /// It fails, and the record is there all the same.
    After,
    /// It is there, and the run is dropped as soon as it waits for anything.
    Dropped,
}

/// Creates a journal that crashes at the write after `left - 1` others.
fn crashing(
    memory: &MemoryJournal,
    mut left: Option<u64>,
    crash: Crash,
    is_over: Arc<AtomicBool>,
) -> impl Journal + use<> {
    hooked(memory, move |memory, record| {
        match left {
            Some(0) if crash != Crash::Dropped => return Err(JournalError::Poisoned),
            None | Some(0) => return memory.append(record),
            Some(1) => {}
            Some(count) => {
                left = Some(count - 1);
                return memory.append(record);
            }
        }
        left = Some(0);
        if crash != Crash::Before {
            memory.append(record)?;
        }
        if crash == Crash::Dropped {
            is_over.store(true, Ordering::Relaxed);
            return Ok(());
        }
        let source = io::Error::other("no space");
        Err(JournalError::Io { doing: "write", path: PathBuf::new(), source })
    })
}

/// What the caller wants, the same in all runs.
#[derive(Clone, Copy)]
struct Wishes {
    on_unclear: Option<OnUnclear>,
    concurrency: usize,
    max_items: usize,
    max_bytes: usize,
    rounds: u32,
    waits: bool,
}

struct World {
    random: Seeded,
    seed: u64,
    service: ScriptedService,
    journal: MemoryJournal,
    items: Vec<Pet>,
    /// The ids that more than one item has.
    twins: HashSet<String>,
    wishes: Wishes,
    /// Items are others in every run.
    changes: bool,
    /// And in another order. That is fair only where each has a key of its own.
    shuffles: bool,
}

impl World {
    fn new(seed: u64) -> Self {
        let random = Seeded::from_seed(seed);
        let below = |end: u64| random.next() % end;
        let journal = MemoryJournal::new();
        let service = ScriptedService::new(random.next(), below(60)).watching(&journal);
        let count = usize::try_from(1 + below(16)).unwrap();
        let mut items = pets(0..u32::try_from(count).unwrap());
        {
            let mut truth = service.truth();
            truth.max_items = if below(10) == 0 { 2 } else { usize::MAX };
            for item in &mut items {
                let id = item.id.clone().unwrap();
                match below(14) {
                    0 => item.name.clear(),
                    1 => _ = truth.refuses.insert(id),
                    2 => _ = truth.fails.insert(id),
                    _ => {}
                }
            }
        }
        let mut twins = HashSet::new();
        let odd = below(3) == 0;
        if odd {
            for _ in 0..below(3) {
                let mut copy = items[usize::try_from(below(count as u64)).unwrap()].clone();
                twins.extend(copy.id.clone());
                // One of the two may be bad, whichever comes first.
                match below(3) {
                    0 => copy.name.clear(),
                    1 => copy.name = "good".to_owned(),
                    _ => {}
                }
                items.insert(usize::try_from(below(items.len() as u64)).unwrap(), copy);
            }
            if below(2) == 0 {
                items.extend(["nameless", "nobody"].map(|name| Pet { id: None, ..pet(name) }));
            }
        }
        let wishes = Wishes {
            on_unclear: [None, Some(OnUnclear::Leave), Some(OnUnclear::Resend)]
                [usize::try_from(below(3)).unwrap()],
            concurrency: usize::try_from(1 + below(4)).unwrap(),
            max_items: usize::try_from(1 + below(6)).unwrap(),
            max_bytes: if below(4) == 0 { 100 } else { 4000 },
            rounds: u32::try_from(below(3)).unwrap(),
            waits: below(5) > 0,
        };
        let (changes, shuffles) = (!odd && below(6) == 0, !odd && below(5) == 0);
        Self { random, seed, service, journal, items, twins, wishes, changes, shuffles }
    }

    fn below(&self, end: u64) -> u64 {
        self.random.next() % end
    }

    /// Crash after crash, and then in peace until nothing is left to do.
    fn finish(mut self) {
        let crashes = self.below(6);
        for round in 0.. {
            let is_last = round >= crashes;
            if is_last {
                self.service.truth().trouble = 0;
            }
            let ended = self.run(round, is_last);
            if let Some((run, items)) = ended.filter(|_| is_last && self.is_done()) {
                return self.check_end(&run.report, &items);
            }
            assert!(
                round < crashes + 12,
                "it comes to no end: {:?}",
                Ledger::open(self.journal.clone()).unwrap().state().resume()
            );
        }
    }

    /// One run, which may crash; with its items, if it came to its own end without an error.
    fn run(&mut self, round: u64, is_last: bool) -> Option<(BulkRun, Vec<Pet>)> {
        if self.changes {
            self.items.iter_mut().for_each(|item| item.size = u32::try_from(round).unwrap() + 2);
        }
        let mut items = self.items.clone();
        if self.shuffles && round > 0 {
            for place in 1..items.len() {
                items.swap(place, usize::try_from(self.below(place as u64 + 1)).unwrap());
            }
        }
        let is_over = Arc::new(AtomicBool::new(false));
        let crash = [Crash::Before, Crash::After, Crash::Dropped][usize::try_from(self.below(3)).unwrap()];
        let left = (!is_last).then(|| 1 + self.below(20));
        let journal = crashing(&self.journal, left, crash, is_over.clone());
        let mut bulk = bulk_of(&self.service, &CREATE, self.seed.wrapping_mul(1000).wrapping_add(round))
            .journal(journal)
            .concurrency(self.wishes.concurrency)
            .max_items(self.wishes.max_items)
            .max_bytes(self.wishes.max_bytes)
            .rounds(self.wishes.rounds)
            .deadline(Duration::from_secs(900));
        bulk.options.on_unclear = self.wishes.on_unclear;
        bulk.options.wait = self.wishes.waits || is_last;
        let clock = self.service.truth().clock.clone();
        let read = Mutex::new(0);
        let source = items.iter().cloned().inspect(|_| *read.lock().unwrap() += 1);
        match clock.block_on(bulk.send_all(source), || is_over.load(Ordering::Relaxed)) {
            None => {
                self.check_truth(&Ledger::open(self.journal.clone()).unwrap().report().unwrap());
                None
            }
            Some(Ok(run)) => {
                self.check_run(&run, &items);
                Some((run, items))
            }
            Some(Err(error)) => {
                if !matches!(error.problem(), BulkProblem::Open(_)) {
                    self.check_run(error.run(), &items[..*read.lock().unwrap()]);
                }
                None
            }
        }
    }

    /// Every item that was read is in exactly one list, and no other; what is told as sure is so.
    fn check_run(&self, run: &BulkRun, read: &[Pet]) {
        let account = account(&run.report);
        assert_eq!(account.len(), read.len(), "{run}\n{account:?}");
        for (ordinal, item) in (0..).zip(read) {
            let (key, _) = &account[&ordinal];
            assert_eq!(key.text(), item.id.as_deref(), "{run}");
        }
        self.check_truth(&run.report);
    }

    fn check_truth(&self, report: &Report) {
        let truth = self.service.truth();
        // An item without an id is not known to the service, and a repeat or a bad one may have a twin that
        // is.
        let taken = |item: &crate::send::journal::ReportItem| {
            item.key.text().is_some_and(|id| truth.taken.contains_key(id) && !self.twins.contains(id))
        };
        for item in report.not_sent.iter().chain(&report.rejected_by_validator) {
            assert!(!taken(item), "{item:?} is there");
        }
        for item in report.rejected_by_service.iter().filter(|item| item.sent_twice == Some(false)) {
            assert!(!taken(item), "{item:?} is there");
        }
        for item in report.accepted.iter().filter(|item| item.key.text().is_some()) {
            let is_there = item.key.text().is_some_and(|id| truth.taken.contains_key(id));
            assert!(is_there, "{item:?} is not there");
        }
        for item in &report.with_errors {
            // A batch that is over when the journal is opened is known by the hashes of its items alone.
            let Some(id) = item.request_id.as_deref() else { continue };
            let job = &truth.requests[id];
            assert!(job.with_errors && !job.repeats, "a repeat is told as a failure: {item:?}");
        }
    }

    /// Whether another run would find nothing to do.
    fn is_done(&self) -> bool {
        let ledger = Ledger::open(self.journal.clone()).unwrap();
        let resume = ledger.state().resume();
        let leaves = self.wishes.on_unclear == Some(OnUnclear::Leave);
        let left = [&resume.never_tried, &resume.not_received, &resume.to_plan, &resume.to_poll];
        // Alone and too large, it will be refused for ever.
        let may_stay = |batch: &&&crate::send::journal::Batch| batch.plan().keys.len() == 1;
        left.iter().all(|list| list.is_empty())
            && (leaves || resume.unclear.is_empty())
            && resume.refused.iter().filter(|batch| !may_stay(batch)).count() == 0
    }

    fn check_end(&self, report: &Report, items: &[Pet]) {
        let account = account(report);
        let truth = self.service.truth();
        for (ordinal, item) in (0..).zip(items) {
            let Some(id) = &item.id else { continue };
            let (_, fate) = account[&ordinal];
            let is_invalid = item.name.is_empty();
            let expected: &[Fate] = if is_invalid {
                // A twin that was sent may have settled the key already.
                if self.twins.contains(id) { ALL } else { &[Fate::RejectedByValidator] }
            } else if truth.refuses.contains(id) {
                &[Fate::RejectedByService, Fate::SentTwice, Fate::Unclear, Fate::RejectedByValidator]
            } else if truth.fails.contains(id) {
                &[Fate::WithErrors, Fate::SentTwice, Fate::Unclear, Fate::Pending, Fate::RejectedByValidator]
            } else {
                &[
                    Fate::Accepted,
                    Fate::WithErrors,
                    Fate::SentTwice,
                    Fate::Unclear,
                    Fate::Pending,
                    Fate::RejectedByValidator,
                ]
            };
            assert!(expected.contains(&fate), "{id} is {fate}: {report}");
            // The validator sets a good item aside only as a repeat.
            assert!(
                fate != Fate::RejectedByValidator || is_invalid || self.twins.contains(id),
                "{id}: {report}"
            );
            let is_repeat = fate == Fate::RejectedByValidator;
            let may_be_lost =
                is_repeat || fate == Fate::Unclear || truth.refuses.contains(id) || truth.fails.contains(id);
            assert!(
                may_be_lost || is_invalid || truth.taken.contains_key(&name(item)),
                "{id} never arrived: {report}"
            );
        }
    }
}

const ALL: &[Fate] = &[
    Fate::Accepted,
    Fate::Pending,
    Fate::WithErrors,
    Fate::RejectedByValidator,
    Fate::RejectedByService,
    Fate::SentTwice,
    Fate::Unclear,
    Fate::NotSent,
];

/// Each item of a report by its ordinal, and its list. An item in two lists is a failure.
fn account(report: &Report) -> BTreeMap<u64, (ItemKey, Fate)> {
    let mut account = BTreeMap::new();
    for (fate, item) in report {
        let before = account.insert(item.ordinal.unwrap(), (item.key.clone(), fate));
        assert!(before.is_none(), "{} is reported twice", item.name());
    }
    account
}
