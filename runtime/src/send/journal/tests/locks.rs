//! One file, one writer, whatever the file is called and whoever touches it.
#![cfg(unix)]

use std::{fs, os::unix::fs as unix, path::Path};

use super::{files::Folder, *};

fn is_in_use(path: &Path) -> bool {
    matches!(FileJournal::open(path), Err(JournalError::InUse { .. }))
}

/// A journal with one batch, still open.
fn open(path: &Path) -> Ledger<FileJournal> {
    let mut ledger = Ledger::open(FileJournal::open(path).unwrap()).unwrap();
    ledger.record(planned(1, &["a"], None)).unwrap();
    ledger
}

fn is_replaced(error: &RecordError) -> bool {
    matches!(error, RecordError::Write { source: JournalError::Replaced { .. }, .. })
}

#[test]
fn the_lock_is_on_the_file_and_not_on_a_name_of_it() {
    let folder = Folder::new("names");
    let path = folder.journal();
    let (link, dangling, hard) = (folder.0.join("link"), folder.0.join("dangling"), folder.0.join("hard"));
    unix::symlink("bulk.journal", &dangling).unwrap();
    // A link to nothing begins the journal where it leads.
    let ledger = open(&dangling);
    assert_eq!(ledger.journal().path(), fs::canonicalize(&path).unwrap());
    unix::symlink(&path, &link).unwrap();
    fs::hard_link(&path, &hard).unwrap();
    for name in [&path, &link, &dangling, &hard] {
        assert!(is_in_use(name), "{}", name.display());
    }
    // Nobody can take the lock away by removing a file beside the journal: there is none.
    let names: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    drop(ledger);
    assert_eq!(Ledger::open(FileJournal::open(&hard).unwrap()).unwrap().state().batches().count(), 1);
}

#[test]
fn a_file_with_two_names_is_not_compacted() {
    let folder = Folder::new("linked");
    let path = folder.journal();
    let mut ledger = open(&path);
    for name in [
        "other",
        "bulk.journal.",
        "bulk.journal.2024",
        "bulk.journal.2024010112000000",
        "bulk.journal.new-2024",
    ] {
        let other = folder.0.join(name);
        fs::hard_link(&path, &other).unwrap();
        let error = ledger.compact().unwrap_err();
        assert!(
            matches!(error, JournalError::Linked { .. }) && error.to_string().contains("second name"),
            "{error}"
        );
        fs::remove_file(&other).unwrap();
    }
    // A crash can leave the name under which the journal was begun.
    let first = folder.0.join("bulk.journal.new-00c0ffee00c0ffee");
    fs::hard_link(&path, &first).unwrap();
    ledger.compact().unwrap();
    assert!(!first.exists());
    assert!(is_in_use(&path));
    ledger.record(Record::Sending(attempt(1, 1))).unwrap();
}

#[test]
fn an_emptied_journal_is_damaged_and_not_new() {
    let folder = Folder::new("emptied");
    let path = folder.journal();
    for length in [0, 1, 30] {
        let _ = fs::remove_file(&path);
        drop(open(&path));
        fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(length).unwrap();
        let error = FileJournal::open(&path).unwrap_err();
        assert!(matches!(error, JournalError::Damaged { damage: Damage::NoHeader, .. }), "{error}");
        assert!(error.to_string().contains("emptied or cut short"), "{error}");
        assert_eq!(fs::metadata(&path).unwrap().len(), length);
    }
}

#[test]
fn nothing_is_written_once_the_file_is_not_the_journal_any_more() {
    type Change = fn(&Path);
    let changes: [(&str, Change); 5] = [
        ("removed", |path| fs::remove_file(path).unwrap()),
        ("moved", |path| fs::rename(path, path.with_extension("old")).unwrap()),
        ("replaced", |path| {
            let copy = path.with_extension("copy");
            fs::copy(path, &copy).unwrap();
            fs::rename(copy, path).unwrap();
        }),
        ("emptied", |path| fs::File::options().write(true).open(path).unwrap().set_len(0).unwrap()),
        ("written to", |path| {
            use std::io::Write as _;

            fs::File::options().append(true).open(path).unwrap().write_all(b"more\n").unwrap();
        }),
    ];
    for (what, change) in changes {
        let folder = Folder::new("replaced");
        let path = folder.journal();
        let mut ledger = open(&path);
        change(&path);
        let before = fs::read(&path).ok();
        let error = ledger.record(Record::Sending(attempt(1, 1))).unwrap_err();
        assert!(is_replaced(&error), "{what}: {error:?}");
        assert_eq!(fs::read(&path).ok(), before, "{what}");
        // It does not get better by asking again.
        assert!(ledger.record(Record::Sending(attempt(1, 1))).is_err());
        assert!(ledger.compact().is_err(), "{what}");
    }
}

#[test]
fn of_many_that_begin_a_journal_one_has_it() {
    let folder = Folder::new("race");
    for round in 0..20 {
        let path = folder.0.join(format!("journal-{round}"));
        let opened: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| FileJournal::open(&path))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let winners = opened.iter().filter(|opened| opened.is_ok()).count();
        assert_eq!(winners, 1, "{opened:?}");
        let losers = opened.iter().filter(|opened| matches!(opened, Err(JournalError::InUse { .. }))).count();
        assert_eq!(losers, 7, "{opened:?}");
    }
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 20);
}

#[test]
fn a_journal_in_memory_has_one_writer_too() {
    let journal = MemoryJournal::new();
    let ledger = Ledger::open(journal.clone()).unwrap();
    assert!(matches!(Ledger::open(journal.clone()), Err(JournalError::InUse { .. })));
    assert_eq!(journal.records().len(), 1, "reading is for everybody");
    drop(ledger);
    Ledger::open(journal).unwrap();
}
