//! Four million finished items: how long a journal takes to open, and how much memory it needs. By hand, on Linux:
//! `cargo test --release -p specwright-runtime --features testing --lib journal::tests::large -- --ignored --nocapture`

use std::time::Instant;

use super::*;

const BATCHES: u64 = 4000;
const ITEMS: u64 = 1000;

/// How much memory the process has in use, in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

fn finish_all(ledger: &mut Ledger<FileJournal>) {
    for batch in 1..=BATCHES {
        let keys = (0..ITEMS).map(|item| Key::verbatim(&format!("transaction-{batch}-{item}"))).collect();
        let Record::Planned(plan) = planned(batch, &["a"], None) else { unreachable!() };
        ledger.record(Record::Planned(Plan { keys, ..plan })).unwrap();
        ledger.record(Record::Sending(attempt(batch, 1))).unwrap();
        ledger.record(accepted(batch, 1)).unwrap();
        ledger.record(finished(batch, Outcome::Clean)).unwrap();
    }
}

#[test]
#[ignore = "writes a journal of four million items"]
#[allow(clippy::print_stdout, reason = "the numbers are what it is run for")]
fn four_million_finished_items_are_opened_in_seconds() {
    let path = std::env::temp_dir().join(format!("specwright-journal-{}-large", std::process::id()));
    let mut ledger = Ledger::open(FileJournal::open_with(&path, Durability::ProcessDeath).unwrap()).unwrap();
    finish_all(&mut ledger);
    drop(ledger);
    for compacts in [true, false] {
        let before = resident();
        let start = Instant::now();
        let mut ledger = Ledger::open(FileJournal::open(&path).unwrap()).unwrap();
        let took = start.elapsed();
        let each = resident().saturating_sub(before) / (BATCHES * ITEMS);
        let size = std::fs::metadata(&path).unwrap().len() >> 20;
        println!("{size} MiB opened in {took:?}, {each} bytes for each item");
        assert_eq!(u64::try_from(ledger.state().settled_items()).unwrap(), BATCHES * ITEMS);
        let known = Key::verbatim("transaction-17-4");
        assert_eq!(ledger.state().standing("createPets", "shop-1", &known), Some(Standing::Accepted));
        assert!(took.as_secs() < 3 && each < 40, "{took:?}, {each} bytes");
        if compacts {
            let start = Instant::now();
            ledger.compact().unwrap();
            println!("compacted in {:?}", start.elapsed());
        }
    }
    std::fs::remove_file(&path).unwrap();
}
