//! Seeded runs with crashes at any write, against a service that remembers the truth.

use std::collections::{BTreeMap, HashSet};

use super::{
    disk::{SimDisk, SimJournal},
    sender::{Caller, ProtocolSender, account},
    service::FakeService,
    *,
};

/// How many runs; more by this variable of the environment.
fn seeds() -> u64 {
    std::env::var("SPECWRIGHT_JOURNAL_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(800)
}

#[test]
fn no_crash_loses_an_item_or_tells_of_it_twice() {
    for seed in 0..seeds() {
        let result = std::panic::catch_unwind(|| Run::new(seed).finish());
        assert!(result.is_ok(), "seed {seed}");
    }
}

struct Run {
    dice: Dice,
    disk: SimDisk,
    service: FakeService,
    caller: Caller,
}

impl Run {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let count = 1 + dice.below(16);
        let mut items: Vec<String> = (0..count).map(|number| format!("pet-{number}")).collect();
        let mut service = FakeService::new(dice.below(70));
        let mut invalid = HashSet::new();
        for item in &items {
            match dice.below(12) {
                0 => invalid.insert(item.clone()),
                1 => service.refuses.insert(item.clone()),
                2 => service.fails.insert(item.clone()),
                _ => true,
            };
        }
        if dice.percent(20) {
            items.push(items[0].clone());
        }
        let caller = Caller { items, invalid, settled: BTreeMap::new() };
        Self { dice, disk: SimDisk::default(), service, caller }
    }

    fn finish(mut self) {
        for crash in 0.. {
            let disk = if crash < 12 {
                let fuse = self.dice.below(12);
                self.disk.dying(fuse, Dice(self.dice.next()))
            } else {
                self.disk.living()
            };
            let journal = match SimJournal::open(disk) {
                Ok(journal) => journal,
                Err(_) if crash < 12 => continue,
                Err(error) => panic!("{error}"),
            };
            let mut ledger = match Ledger::open(journal) {
                Ok(ledger) => ledger,
                // The power went with the first record.
                Err(_) if crash < 12 => continue,
                Err(error) => panic!("{error}: {:?}", std::error::Error::source(&error)),
            };
            self.check_truth(&ledger.report().unwrap());
            let dice = Dice(self.dice.next());
            let mut sender =
                ProtocolSender { ledger, service: &mut self.service, caller: &mut self.caller, dice };
            if sender.run().is_ok() {
                let report = sender.ledger.report().unwrap();
                self.check_truth(&report);
                self.check_account(&report);
                return;
            }
        }
    }

    /// What the journal is sure of is so.
    fn check_truth(&self, report: &Report) {
        let taken = |item: &ReportItem| self.service.taken.contains_key(&item.key.to_string());
        for item in
            report.not_sent.iter().chain(&report.rejected_by_validator).chain(&report.rejected_by_service)
        {
            assert!(!taken(item), "{item:?}");
        }
        for item in &report.accepted {
            assert!(taken(item), "{item:?}");
        }
        for item in &report.with_errors {
            let Some(id) = item.request_id.as_deref() else { continue };
            assert!(!self.service.with_repeats.contains(id), "a repeat is told as a failure: {item:?}");
        }
        for item in &report.pending {
            self.service.get(item.request_id.as_deref().unwrap());
        }
    }

    /// Every item is in exactly one list, and nothing that was begun is left.
    fn check_account(&self, report: &Report) {
        assert!(report.pending.is_empty(), "{report}");
        // A batch that was refused as such may have been closed.
        assert!(report.not_sent.iter().all(|item| item.reason.is_some()), "{report}");
        let mut account = account(report);
        for (name, list) in &self.caller.settled {
            // A crash in a compaction may leave the journal as it was.
            assert!(account.insert(name.clone(), *list).is_none_or(|other| other == *list), "{name}");
        }
        let mut seen = HashSet::new();
        let expected: Vec<String> = (0..)
            .zip(&self.caller.items)
            .map(
                |(position, item)| {
                    if seen.insert(item) { item.clone() } else { ItemKey::ordinal(position).to_string() }
                },
            )
            .collect();
        let found: HashSet<&String> = account.keys().collect();
        assert_eq!(found, expected.iter().collect::<HashSet<_>>());
    }
}

/// The whole length of one run, with the power going in each write in turn.
#[test]
fn every_single_crash_of_one_run() {
    for fuse in 0..80 {
        for part in 0..8 {
            let mut run = Run::new(7);
            run.service.trouble = 30;
            let journal = SimJournal::open(run.disk.dying(fuse, Dice(part)));
            if let Ok(ledger) = journal.and_then(Ledger::open) {
                let mut sender = ProtocolSender {
                    ledger,
                    service: &mut run.service,
                    caller: &mut run.caller,
                    dice: Dice(1),
                };
                let _ = sender.run();
            }
            run.finish();
        }
    }
}
