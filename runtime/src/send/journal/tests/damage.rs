//! Files that were cut, changed, or grew: what is left of them, and that nothing is made up.

use proptest::prelude::*;

use super::{
    disk::{SimDisk, SimJournal},
    *,
};

/// One of each kind.
fn history() -> Vec<Record> {
    vec![
        planned(1, &["a", "b", "c"], None),
        Record::Sending(attempt(1, 1)),
        unclear(1, 1),
        Record::Resending(attempt(1, 2)),
        refused(1, 2, 400, &["b"]),
        planned(2, &["a", "c"], Some(1)),
        Record::SetAside(SetAside {
            operation: "createPets".to_owned(),
            target: "shop-1".to_owned(),
            items: vec![RefusedItem { key: ItemKey::ordinal(3), codes: vec![] }],
            replaces: None,
        }),
        Record::Resending(attempt(2, 1)),
        not_received(2, 1),
        Record::Resending(attempt(2, 2)),
        accepted(2, 2),
        finished(2, BatchOutcome::WithErrors),
        planned(3, &["d"], None),
        Record::Closed { batch: BatchId(3) },
        Record::Compacted { next_batch: BatchId(9) },
    ]
}

fn image(records: &[Record]) -> Vec<u8> {
    let mut journal = SimJournal::open(SimDisk::default()).unwrap();
    for record in records {
        journal.append(record).unwrap();
    }
    let bytes = journal.log.storage.bytes.lock().unwrap();
    bytes.clone()
}

fn records(bytes: Vec<u8>) -> Result<Vec<Record>, JournalError> {
    let mut found = Vec::new();
    SimJournal::open(SimDisk::holding(bytes))?.replay(&mut |record| {
        found.push(record);
        Ok(())
    })?;
    Ok(found)
}

#[test]
fn a_file_that_was_cut_at_any_byte_holds_what_was_whole_and_can_grow() {
    let history = history();
    let whole = image(&history);
    for length in 0..=whole.len() {
        let cut = &whole[..length];
        let lines = cut.split(|byte| *byte == b'\n').count() - 1;
        // A record of which only the end of the line is missing is whole too.
        let unended = usize::from(length > 0 && whole.get(length) == Some(&b'\n'));
        let expected = (lines + unended).saturating_sub(1);
        if lines + unended == 0 {
            // A journal begins with its whole first line, so somebody has taken that away.
            let error = records(cut.to_vec()).err();
            let is_new = matches!(error, None | Some(JournalError::Damaged { damage: Damage::NoHeader, .. }));
            assert_eq!((is_new, error.is_none()), (true, cut.is_empty()), "cut at {length}");
            continue;
        }
        assert_eq!(records(cut.to_vec()).unwrap(), history[..expected], "cut at {length}");
        let state = JournalState::replay(history[..expected].to_vec()).unwrap();
        sender::account(&state.report());

        let disk = SimDisk::holding(cut.to_vec());
        let mut journal = SimJournal::open(disk.clone()).unwrap();
        for record in &history[expected..] {
            journal.append(record).unwrap();
        }
        assert_eq!(*disk.bytes.lock().unwrap(), whole, "cut at {length} and continued");
    }
}

#[test]
fn a_file_with_a_hole_at_its_end_holds_what_was_whole() {
    let history = history();
    let (before, whole) = (image(&history[..4]), image(&history[..5]));
    for start in before.len()..whole.len() {
        let mut holed = whole.clone();
        holed[start..].fill(0);
        assert_eq!(records(holed).unwrap(), history[..4]);
    }
}

/// Two lines become one, and the second is the last: it is no write that was cut short.
#[test]
fn an_end_of_a_line_that_became_zero_is_found() {
    let whole = image(&history());
    let ends = (0..whole.len() - 1).filter(|offset| whole[*offset] == b'\n');
    // Without the end of its first line it is no journal.
    for end in ends.skip(1) {
        let mut changed = whole.clone();
        changed[end] = 0;
        let error = records(changed).unwrap_err();
        assert!(matches!(error, JournalError::Damaged { .. }), "{end}: {error}");
    }
}

#[test]
fn a_line_that_is_missing_moved_or_doubled_is_found() {
    let whole = image(&history());
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    for position in 1..lines.len() - 1 {
        let mut missing = lines.clone();
        missing.remove(position);
        let mut moved = lines.clone();
        moved.swap(position, position + 1);
        let mut doubled = lines.clone();
        doubled.insert(position, lines[position]);
        for changed in [missing, moved, doubled] {
            let error = records(changed.concat()).unwrap_err();
            assert!(matches!(error, JournalError::Damaged { .. }), "{position}: {error}");
        }
    }
}

#[test]
fn an_end_that_no_write_left_is_damage() {
    let whole = image(&history());
    let (at, last) = (whole.len(), whole.split_inclusive(|byte| *byte == b'\n').next_back().unwrap());
    let changed_end = [&last[..last.len() - 2], b"]"].concat();
    for end in [&b"hello"[..], b"0123abcd 00000002 {}", &changed_end] {
        let disk = SimDisk::holding([&whole, end].concat());
        let Err(error) = SimJournal::open(disk.clone()) else { panic!("opened with {end:?}") };
        assert!(matches!(error, JournalError::Damaged { position, .. } if position.offset == at as u64));
        assert_eq!(disk.bytes.lock().unwrap().len(), at + end.len());
    }
}

#[test]
fn damage_is_told_with_its_place_and_a_way_out() {
    let whole = image(&history());
    let second = whole.split_inclusive(|byte| *byte == b'\n').take(2).map(<[u8]>::len).sum::<usize>();
    let mut changed = whole;
    changed[second + 30] ^= 1;
    let error = records(changed).unwrap_err();
    let JournalError::Damaged { position, damage, .. } = &error else { panic!("{error}") };
    assert_eq!((*position, *damage), (RecordPosition { line: 3, offset: second as u64 }, Damage::Checksum));
    assert_eq!(
        error.to_string(),
        format!(
            "the journal sim is damaged in line 3 (byte {second}): its checksum is wrong. The file was left as it is. \
             Restore it from a backup, or see with `FileJournal::examine` what can be read, and treat every batch that \
             is not finished there as one that may have been received"
        )
    );
}

#[test]
fn a_file_of_somebody_else_is_left_alone() {
    for text in ["hello", "hello\n", "", "\0\0\0", "0123456789abcdef 0123"] {
        let disk = SimDisk::holding(text.as_bytes().to_vec());
        let opened = SimJournal::open(disk.clone()).map(|_| ());
        let after = disk.bytes.lock().unwrap().clone();
        if text.is_empty() {
            assert_eq!(after, image(&[]));
        } else if text == "\0\0\0" {
            let is_damaged = matches!(opened, Err(JournalError::Damaged { damage: Damage::NoHeader, .. }));
            assert!(is_damaged && after == text.as_bytes());
        } else {
            assert!(matches!(opened, Err(JournalError::NotAJournal { .. })), "{text:?}");
            assert_eq!(after, text.as_bytes());
        }
    }
}

proptest! {
    /// Whatever is changed, a journal opens only with records that were written, and all but the last of
    /// them.
    #[test]
    fn a_changed_byte_never_makes_up_or_hides_a_record(position in 0_usize..3_000, byte: u8) {
        let history = history();
        let mut bytes = image(&history);
        let position = position % bytes.len();
        prop_assume!(bytes[position] != byte);
        bytes[position] = byte;
        if let Ok(found) = records(bytes) {
            // Zeros in the last line look like a write that was cut short, and so does an end that is
            // missing.
            prop_assert!(found.len() + 1 >= history.len(), "{} records", found.len());
            prop_assert_eq!(&found[..], &history[..found.len()]);
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>) {
        let mut whole = image(&history());
        whole.extend_from_slice(&bytes);
        let _ = records(whole);
        let _ = records(bytes);
    }
}
