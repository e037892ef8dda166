//! Journals in real files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::*;

/// A folder that goes with the test.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("specwright-journal-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.0.join("bulk.journal")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn records(path: &Path) -> Vec<Record> {
    let mut found = Vec::new();
    let mut journal = FileJournal::open(path).unwrap();
    journal
        .replay(&mut |record| {
            found.push(record);
            Ok(())
        })
        .unwrap();
    found
}

#[test]
fn records_are_there_after_opening_again() {
    let folder = Folder::new("again");
    let path = folder.journal();
    let written = vec![planned(1, &["a"], None), Record::Sending(attempt(1, 1))];
    let mut journal = FileJournal::open(&path).unwrap();
    journal.append(&written[0]).unwrap();
    drop(journal);
    let mut journal = FileJournal::open_with(&path, Durability::ProcessDeath).unwrap();
    journal.append(&written[1]).unwrap();
    journal.sync().unwrap();
    drop(journal);
    assert_eq!(records(&path), written);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.lines().next().unwrap().ends_with(r#"{"journal":"specwright","version":2}"#), "{text}");
    assert!(text.contains(r#"{"is":"sending","batch":1,"attempt":1,"correlation_id":"c-1-1"}"#), "{text}");
}

#[test]
fn two_can_not_write_one_journal() {
    let folder = Folder::new("lock");
    let path = folder.journal();
    let mut first = FileJournal::open(&path).unwrap();
    assert!(matches!(FileJournal::open(&path), Err(JournalError::InUse { .. })));
    first.retain(&mut |_| true, &mut [Record::Compacted { next_batch: BatchId(1) }].into_iter()).unwrap();
    assert!(matches!(FileJournal::open(&path), Err(JournalError::InUse { .. })));
    drop(first);
    FileJournal::open(&path).unwrap();
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read() {
    use std::os::unix::fs::PermissionsExt;

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = Folder::new("mode");
    let path = folder.journal();
    drop(FileJournal::open(&path).unwrap());
    assert_eq!(mode(&path), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let mut journal = FileJournal::open(&path).unwrap();
    assert_eq!(mode(&path), 0o600);
    journal.retain(&mut |_| true, &mut [Record::Compacted { next_batch: BatchId(1) }].into_iter()).unwrap();
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn what_a_crash_cut_short_is_cut_off_and_told() {
    let folder = Folder::new("torn");
    let path = folder.journal();
    let mut journal = FileJournal::open(&path).unwrap();
    journal.append(&planned(1, &["a"], None)).unwrap();
    drop(journal);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, [&whole[..], b"0123abcd 000000"].concat()).unwrap();
    let mut journal = FileJournal::open(&path).unwrap();
    journal.replay(&mut |_| Ok(())).unwrap();
    assert_eq!(journal.torn(), Some(TornWrite { offset: whole.len() as u64, length: 15 }));
    drop(journal);
    assert_eq!(fs::read(&path).unwrap(), whole);
}

#[test]
fn damage_changes_nothing_and_the_rest_can_be_read() {
    let folder = Folder::new("damage");
    let path = folder.journal();
    let mut journal = FileJournal::open(&path).unwrap();
    for batch in 1..4 {
        journal.append(&planned(batch, &["a"], None)).unwrap();
    }
    drop(journal);
    let mut bytes = fs::read(&path).unwrap();
    let position = bytes.windows(9).position(|bytes| bytes == b"\"batch\":2").unwrap();
    bytes[position + 8] = b'7';
    fs::write(&path, &bytes).unwrap();
    let ledger = FileJournal::open(&path).and_then(Ledger::open);
    assert!(matches!(ledger, Err(JournalError::Damaged { .. })));
    drop(ledger);
    assert_eq!(fs::read(&path).unwrap(), bytes);
    let examination = FileJournal::examine(&path).unwrap();
    let batches: Vec<_> = examination.records.iter().filter_map(|(_, record)| record.batch()).collect();
    assert_eq!(batches, [BatchId(1), BatchId(3)]);
    assert_eq!(examination.damaged.len(), 1);
    assert_eq!(examination.damaged[0].position.line, 3);
}

#[test]
fn a_compaction_leaves_what_is_not_over() {
    let folder = Folder::new("compact");
    let path = folder.journal();
    let others = [".new", ".2024"].map(|ending| folder.0.join(format!("bulk.journal{ending}")));
    for other in &others {
        fs::write(other, "the user's").unwrap();
    }
    let mut ledger = Ledger::open(FileJournal::open(&path).unwrap()).unwrap();
    for record in [
        planned(1, &["a"], None),
        planned(2, &["b"], None),
        Record::Sending(attempt(1, 1)),
        accepted(1, 1),
        finished(1, BatchOutcome::Clean),
        Record::Sending(attempt(2, 1)),
    ] {
        ledger.record(record).unwrap();
    }
    assert_eq!(ledger.compact().unwrap(), 1);
    assert!(others.iter().all(|other| fs::read(other).unwrap() == b"the user's"));
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 3);
    assert_eq!(ledger.state().next_batch(), BatchId(3));
    ledger.record(unclear(2, 1)).unwrap();
    drop(ledger);
    let found = records(&path);
    let expected = [planned(2, &["b"], None), Record::Sending(attempt(2, 1))];
    assert!(matches!(found[0], Record::Began { .. }));
    assert_eq!(found[1..3], expected);
    assert!(matches!(&found[3], Record::Settled { state: Settled::Accepted, items } if items.len() == 1));
    assert_eq!(found[4..], [Record::Compacted { next_batch: BatchId(3) }, unclear(2, 1)]);
}

#[test]
fn a_later_version_is_not_touched() {
    let folder = Folder::new("version");
    let path = folder.journal();
    let mut line = Vec::new();
    frame::write(&mut line, 0, br#"{"journal":"specwright","version":3}"#);
    fs::write(&path, &line).unwrap();
    assert!(matches!(FileJournal::open(&path), Err(JournalError::LaterVersion { version: 3, .. })));
    assert_eq!(fs::read(&path).unwrap(), line);
}

#[test]
fn after_a_failed_write_nothing_more_is_written_and_the_id_is_in_the_error() {
    let disk = disk::SimDisk::default();
    let journal = disk::SimJournal::open(disk.dying(4, Dice(1))).unwrap();
    let mut ledger = Ledger::open(journal).unwrap();
    ledger.record(planned(1, &["a"], None)).unwrap();
    ledger.record(Record::Sending(attempt(1, 1))).unwrap();
    let error = ledger.record(accepted(1, 1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the step 'accepted' of batch 1 (accepted with the request id \"r-1\") could not be written to the journal"
    );
    let again = ledger.record(accepted(1, 1)).unwrap_err();
    assert!(matches!(again, RecordError::Write { source: JournalError::Poisoned, .. }));
}

#[test]
fn a_snapshot_reads_what_a_sender_has_open_and_changes_nothing() {
    let folder = Folder::new("snapshot");
    let path = folder.journal();
    let missing = JournalSnapshot::open(&path).unwrap_err();
    assert!(matches!(missing, JournalError::Io { .. }) && !path.exists(), "{missing}");
    let mut sender = Ledger::open(FileJournal::open(&path).unwrap()).unwrap();
    sender.record(planned(1, &["a", "b"], None)).unwrap();
    let whole = fs::metadata(&path).unwrap().len();
    let snapshot = JournalSnapshot::open(&path).unwrap();
    // What comes later is not in it, and neither is a line that is being written.
    sender.record(Record::Sending(attempt(1, 1))).unwrap();
    let mut ledger = Ledger::open(snapshot).unwrap();
    assert_eq!(ledger.report().unwrap().not_sent.len(), 2);
    assert!(ledger.record(Record::Sending(attempt(1, 1))).is_err() && ledger.compact().is_err());
    let longer = fs::metadata(&path).unwrap().len();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(longer - 5).unwrap();
    let before = fs::read(&path).unwrap();
    let ledger = Ledger::open(JournalSnapshot::open(&path).unwrap()).unwrap();
    let torn = ledger.journal().torn().unwrap();
    assert_eq!((torn.offset, torn.length), (whole, longer - 5 - whole));
    let first = Ledger::open(JournalSnapshot::open(&path).unwrap().up_to(whole)).unwrap();
    assert_eq!((first.journal().torn(), first.state().batches().count()), (None, 1));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn settled_items_are_counted_by_how_they_ended() {
    let journal = MemoryJournal::new();
    let mut ledger = Ledger::open(journal.clone()).unwrap();
    for (batch, outcome) in [(1, BatchOutcome::Clean), (2, BatchOutcome::WithErrors)] {
        let keys = [format!("{batch}-a"), format!("{batch}-b")];
        ledger.record(planned(batch, &keys.each_ref().map(String::as_str), None)).unwrap();
        ledger.record(Record::Sending(attempt(batch, 1))).unwrap();
        let request_id = Some("r".to_owned());
        let acceptance = Acceptance { batch: BatchId(batch), attempt: 1, request_id, correlation_id: None };
        ledger.record(Record::Accepted(acceptance)).unwrap();
        let status = "DONE".to_owned();
        ledger.record(Record::Finished { batch: BatchId(batch), status, outcome }).unwrap();
    }
    drop(ledger);
    let ledger = Ledger::open(journal).unwrap();
    let fates: Vec<_> = ledger.state().settled_fates().filter(|(_, count)| *count > 0).collect();
    assert_eq!(fates, [(Fate::Accepted, 2), (Fate::WithErrors, 2)]);
}
