//! Four million finished items: how long a journal takes to open, and how much memory it needs. By hand, on
//! Linux: `cargo test --release -p specwright-runtime --features testing --lib journal::tests::large --
//! --ignored --nocapture`

use std::time::Instant;

use super::*;

const BATCHES: u64 = 4000;
const ITEMS: u64 = 1000;
/// The journal to open, in a process that does nothing else.
const PATH: &str = "SPECWRIGHT_JOURNAL_LARGE";

/// How much memory the process has in use, in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

fn finish_all(ledger: &mut Ledger<FileJournal>) {
    for batch in 1..=BATCHES {
        let keys = (0..ITEMS).map(|item| ItemKey::verbatim(&format!("transaction-{batch}-{item}"))).collect();
        let Record::Planned(plan) = planned(batch, &["a"], None) else { unreachable!() };
        ledger.record(Record::Planned(BatchPlan { keys, ..plan })).unwrap();
        ledger.record(Record::Sending(attempt(batch, 1))).unwrap();
        ledger.record(accepted(batch, 1)).unwrap();
        ledger.record(finished(batch, BatchOutcome::Clean)).unwrap();
    }
}

/// Opens the journal in a process of its own, whose memory nothing else has used.
fn open_apart(path: &std::path::Path) -> String {
    let test = "journal::tests::large::four_million_finished_items_are_opened_in_seconds";
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--ignored", "--nocapture"])
        .env(PATH, path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    said.lines().find(|line| line.contains("opened in")).unwrap_or_default().to_owned()
}

fn open(path: &std::path::Path) -> String {
    let before = resident();
    let start = Instant::now();
    let ledger = Ledger::open(FileJournal::open(path).unwrap()).unwrap();
    let took = start.elapsed();
    let each = resident().saturating_sub(before) / (BATCHES * ITEMS);
    assert_eq!(u64::try_from(ledger.state().settled_items()).unwrap(), BATCHES * ITEMS);
    let known = ItemKey::verbatim("transaction-17-4");
    assert_eq!(ledger.state().item_state("createPets", "shop-1", &known), Some(ItemState::Accepted));
    assert!(each < 40, "{each} bytes");
    let size = std::fs::metadata(path).unwrap().len() >> 20;
    format!("{size} MiB opened in {took:?}, {each} bytes for each item")
}

#[test]
#[ignore = "writes a journal of four million items"]
#[allow(clippy::print_stdout, reason = "the numbers are what it is run for")]
fn four_million_finished_items_are_opened_in_seconds() {
    if let Some(path) = std::env::var_os(PATH) {
        return println!("{}", open(path.as_ref()));
    }
    let path = std::env::temp_dir().join(format!("specwright-journal-{}-large", std::process::id()));
    let mut ledger = Ledger::open(FileJournal::open_with(&path, Durability::ProcessDeath).unwrap()).unwrap();
    finish_all(&mut ledger);
    drop(ledger);
    // What the system still has to write is no part of opening it.
    std::fs::File::open(&path).unwrap().sync_all().unwrap();
    println!("as it was written: {}", open_apart(&path));
    let mut ledger = Ledger::open(FileJournal::open(&path).unwrap()).unwrap();
    let start = Instant::now();
    ledger.compact().unwrap();
    println!("compacted in {:?}", start.elapsed());
    drop(ledger);
    println!("compacted: {}", open_apart(&path));
    std::fs::remove_file(&path).unwrap();
}
