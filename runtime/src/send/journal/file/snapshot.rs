//! A journal as it is now, for looking at while another process may write it.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
};

use super::{
    FileReadError, at, io_error,
    log::{Log, Storage, read_records},
};
use crate::send::journal::{IllegalRecord, Journal, JournalError, Record, TornWrite};

/// A journal file as it was at one moment, to be read only.
///
/// It takes no lock and changes nothing, so a sender may have the journal open. What is written after
/// [`JournalSnapshot::open`] is not in it. [`Ledger::open`](crate::send::journal::Ledger::open) makes a state
/// of it that can be looked at; records can't be added.
#[derive(Debug)]
pub struct JournalSnapshot {
    path: PathBuf,
    file: ReadOnly,
    torn: Option<TornWrite>,
}

impl JournalSnapshot {
    /// Opens a journal file.
    ///
    /// # Errors
    ///
    /// The file can't be read, or is no journal of this version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        let path = path.as_ref().to_path_buf();
        let failed = |source| io_error("open", &path, source);
        let file = File::open(&path).map_err(failed)?;
        let data = file.metadata().map_err(failed)?;
        if !data.is_file() {
            return Err(JournalError::NotAJournal { path });
        }
        let read_only = |file| ReadOnly { file, length: data.len() };
        let header = file.try_clone().map_err(failed)?;
        Log::open(read_only(header), false).map_err(|error| at(&path, error))?;
        Ok(Self { file: read_only(file), path, torn: None })
    }

    /// Returns the snapshot without what stands behind so many bytes, such as a damaged line.
    #[must_use]
    pub fn up_to(mut self, length: u64) -> Self {
        self.file.length = self.file.length.min(length);
        self
    }

    /// Returns what an unfinished write left at the end, once the records have been read. A journal that is
    /// being written may have one for a moment.
    #[must_use]
    pub fn torn(&self) -> Option<TornWrite> {
        self.torn
    }
}

impl Journal for JournalSnapshot {
    /// The beginning that a [`Ledger`](crate::send::journal::Ledger) writes into an empty journal is not
    /// kept; everything else fails.
    fn append(&mut self, record: &Record) -> Result<(), JournalError> {
        match record {
            Record::Began { .. } => Ok(()),
            _ => Err(read_only(&self.path)),
        }
    }

    fn replay(
        &mut self,
        visit: &mut dyn FnMut(Record) -> Result<(), IllegalRecord>,
    ) -> Result<(), JournalError> {
        let reader = self.file.reader().map_err(|source| io_error("read", &self.path, source))?;
        let end = read_records(reader, |position, record| {
            visit(record).map_err(|source| FileReadError::Journal(JournalError::Illegal { position, source }))
        });
        self.torn = end.map_err(|failure: FileReadError| failure.at(&self.path))?.torn;
        Ok(())
    }

    fn retain(
        &mut self,
        _: &mut dyn FnMut(&Record) -> bool,
        _: &mut dyn Iterator<Item = Record>,
    ) -> Result<(), JournalError> {
        Err(read_only(&self.path))
    }
}

fn read_only(path: &Path) -> JournalError {
    io_error("write", path, io::ErrorKind::ReadOnlyFilesystem.into())
}

/// A file up to the length that it had.
#[derive(Debug)]
struct ReadOnly {
    file: File,
    length: u64,
}

impl Storage for ReadOnly {
    fn reader(&mut self) -> io::Result<impl BufRead> {
        self.file.seek(SeekFrom::Start(0))?;
        Ok(BufReader::with_capacity(1 << 16, (&self.file).take(self.length)))
    }

    fn append(&mut self, _: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn cut(&mut self, _: u64) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }
}
