//! Reads what is left of a journal that can't be opened.

use std::{fs::File, io::BufReader, path::Path};

use super::{io_error, log::check_header};
use crate::send::journal::{
    Damage, JournalError, Record, RecordPosition, TornWrite,
    scan::{Found, Scan},
};

/// All that can be read of a journal file, damaged or not.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Examination {
    /// The records, each with its position.
    pub records: Vec<(RecordPosition, Record)>,
    /// The lines that are not what was written.
    pub damaged: Vec<DamagedLine>,
    /// An unfinished write at the end.
    pub torn: Option<TornWrite>,
}

/// A damaged line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DamagedLine {
    /// Where it begins.
    pub position: RecordPosition,
    /// Its length in bytes, its end included.
    pub length: u64,
    /// What is wrong.
    pub damage: Damage,
}

/// What one line of a journal file is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExaminedLine {
    /// A record, and where it begins.
    Record(RecordPosition, Record),
    /// Not what was written.
    Damaged(DamagedLine),
    /// An unfinished write at the end.
    Torn(TornWrite),
}

impl super::FileJournal {
    /// Reads a journal without touching it, past what is damaged. It takes no lock, so a journal that is
    /// being written may end in an unfinished line.
    pub fn examine(path: impl AsRef<Path>) -> Result<Examination, JournalError> {
        let mut examination = Examination::default();
        Self::examine_lines(path, |line| match line {
            ExaminedLine::Record(position, record) => examination.records.push((position, record)),
            ExaminedLine::Damaged(damaged) => examination.damaged.push(damaged),
            ExaminedLine::Torn(torn) => examination.torn = Some(torn),
        })?;
        Ok(examination)
    }

    /// Hands on each line as [`FileJournal::examine`](super::FileJournal::examine) reads it, and keeps none.
    ///
    /// # Errors
    ///
    /// The file can't be read.
    pub fn examine_lines(
        path: impl AsRef<Path>,
        mut visit: impl FnMut(ExaminedLine),
    ) -> Result<(), JournalError> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|source| io_error("open", path, source))?;
        let mut scan = Scan::new(BufReader::new(file));
        loop {
            let found = scan.next().map_err(|source| io_error("read", path, source))?;
            let damage = match found {
                Found::End => return Ok(()),
                Found::Line(json) | Found::Unended(json) => match Record::read(json) {
                    Ok(record) => {
                        visit(ExaminedLine::Record(scan.position, record));
                        continue;
                    }
                    Err(_) if check_header(json).is_ok() => continue,
                    Err(_) => Damage::Content,
                },
                Found::Torn { length } => {
                    visit(ExaminedLine::Torn(TornWrite { offset: scan.position.offset, length }));
                    continue;
                }
                Found::Damaged(damage) => damage,
            };
            let length = scan.offset - scan.position.offset;
            visit(ExaminedLine::Damaged(DamagedLine { position: scan.position, length, damage }));
        }
    }
}
