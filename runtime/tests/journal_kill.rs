//! A journal whose process is killed while it writes. It has a program for itself, because between two steps
//! of its start a child holds every lock of its parent.
#![cfg(all(unix, feature = "client"))]
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use specwright_runtime::journal::{
    BatchId, BatchPlan, BodyDigest, FileJournal, ItemKey, JournalError, Ledger, Record,
};

const FILE: &str = "SPECWRIGHT_JOURNAL_KILL_FILE";

fn planned(batch: BatchId) -> Record {
    Record::Planned(BatchPlan {
        batch,
        operation: "createPets".to_owned(),
        target: "shop-1".to_owned(),
        keys: vec![ItemKey::ordinal(batch.0)],
        body: BodyDigest::of(b""),
        replaces: None,
    })
}

/// What the killed process does: it writes, and says what it wrote.
#[test]
#[ignore = "is the process that another test starts"]
fn child() {
    let mut ledger = Ledger::open(FileJournal::open(env::var_os(FILE).unwrap()).unwrap()).unwrap();
    let mut said = std::io::stdout();
    loop {
        let batch = ledger.state().next_batch();
        ledger.record(planned(batch)).unwrap();
        writeln!(said, "\nwrote {}", batch.0).unwrap();
    }
}

#[test]
fn what_was_said_to_be_written_outlives_kill_9() {
    let path = env::temp_dir().join(format!("specwright-journal-{}-kill", std::process::id()));
    let _ = fs::remove_file(&path);
    let mut said = 0;
    for round in 0..5 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "child", "--ignored", "--nocapture"])
            .env(FILE, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let told = |line: String| line.strip_prefix("wrote ").and_then(|number| number.parse::<u64>().ok());
        for _ in 0..5 + 7 * round {
            said = lines.by_ref().map_while(Result::ok).find_map(told).unwrap();
        }
        assert!(matches!(FileJournal::open(&path), Err(JournalError::InUse { .. })));
        child.kill().unwrap();
        said = lines.map_while(Result::ok).filter_map(told).last().unwrap_or(said);
        child.wait().unwrap();
        let ledger = Ledger::open(FileJournal::open(&path).unwrap()).unwrap();
        let next = ledger.state().next_batch().0;
        assert!(next == said + 1 || next == said + 2, "{said} were told, the next is {next}");
    }
    let mut lock = path.clone().into_os_string();
    lock.push(".lock");
    let _ = (fs::remove_file(&path), fs::remove_file(lock));
}
