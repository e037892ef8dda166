//! The lines of a journal on some storage: opening, appending, reading again. Everything but the file system
//! itself, so that tests can let a write fail at any byte.

use std::io::{self, BufRead, Read};

use serde::{Deserialize, Serialize};

use crate::send::journal::{
    Damage, Record, RecordPosition, TornWrite, frame,
    scan::{Found, Scan},
};

/// The version of the format that is written.
const VERSION: u32 = 2;

/// Bytes that grow at the end.
pub(in crate::send::journal) trait Storage {
    /// Reads from the start.
    fn reader(&mut self) -> io::Result<impl BufRead>;
    /// Writes behind everything else.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns when everything will be there after a loss of power.
    fn sync(&mut self) -> io::Result<()>;
    /// Drops what is behind this many bytes.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

/// Why the lines can't be read or written. Whoever knows the path makes a `JournalError` of it.
#[derive(Debug)]
pub(in crate::send::journal) enum LogError {
    Io(&'static str, io::Error),
    NotAJournal,
    LaterVersion(u32),
    Damaged(RecordPosition, Damage),
    Poisoned,
    TooLong(usize),
    Unwritable(serde_json::Error),
}

/// An open journal.
#[derive(Debug)]
pub(in crate::send::journal) struct Log<S> {
    pub(in crate::send::journal) storage: S,
    /// The checksum of the last line.
    chain: u32,
    /// How long the file is, in bytes; the header alone until it was read.
    pub(in crate::send::journal) length: u64,
    is_read: bool,
    torn: Option<TornWrite>,
    sync: bool,
    poisoned: bool,
}

#[derive(Serialize, Deserialize)]
struct Header<'a> {
    journal: &'a str,
    version: u32,
}

const HEADER: Header<'static> = Header { journal: "specwright", version: VERSION };

impl<S: Storage> Log<S> {
    /// Begins a journal on empty storage: writes its header, and syncs nothing yet.
    pub(in crate::send::journal) fn create(storage: S, sync: bool) -> Result<Self, LogError> {
        let mut log = Self::new(storage, sync);
        log.line(&HEADER)?;
        Ok(log)
    }

    /// Opens what is there. Only the header is looked at; the rest is read before the first write at the
    /// latest.
    ///
    /// Without `sync`, records are only handed to the operating system.
    pub(in crate::send::journal) fn open(storage: S, sync: bool) -> Result<Self, LogError> {
        let mut log = Self::new(storage, sync);
        let mut scan = Scan::new(log.storage.reader().map_err(reading)?);
        let (torn, damage) = (
            LogError::Damaged(RecordPosition { line: 1, offset: 0 }, Damage::NoHeader),
            LogError::NotAJournal,
        );
        match scan.next().map_err(reading)? {
            Found::Line(json) | Found::Unended(json) => check_header(json)?,
            Found::End => return Err(torn),
            Found::Torn { length } => {
                drop(scan);
                return Err(if is_torn_header(&mut log.storage, length)? { torn } else { damage });
            }
            Found::Damaged(_) => return Err(damage),
        }
        let length = scan.offset;
        drop(scan);
        log.length = length;
        Ok(log)
    }

    fn new(storage: S, sync: bool) -> Self {
        Self { storage, chain: 0, length: 0, is_read: false, torn: None, sync, poisoned: false }
    }

    /// Hands every record to `visit`, with its position, and makes the end ready for more: what a crash left
    /// unfinished is cut off, and everything is synced.
    pub(in crate::send::journal) fn read<E: From<LogError>>(
        &mut self,
        visit: impl FnMut(RecordPosition, Record) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.poisoned {
            return Err(LogError::Poisoned.into());
        }
        let end = read_records(self.storage.reader().map_err(reading)?, visit)?;
        (self.chain, self.length) = (end.chain, end.length);
        let healed = self.heal(&end);
        self.watch(healed)?;
        self.is_read = true;
        Ok(())
    }

    /// Returns whether all lines were read, so that it is known where the next one goes.
    pub(in crate::send::journal) fn is_read(&self) -> bool {
        self.is_read
    }

    /// Returns what was cut off the end when the journal was read.
    pub(in crate::send::journal) fn torn(&self) -> Option<TornWrite> {
        self.torn
    }

    fn heal(&mut self, end: &End) -> Result<(), LogError> {
        if let Some(torn) = end.torn {
            self.storage.cut(torn.offset).map_err(|error| LogError::Io("cut the end off", error))?;
            self.torn = Some(torn);
        }
        if end.is_unended {
            self.storage.append(b"\n").map_err(writing)?;
            self.length += 1;
        }
        // Also what an earlier process wrote and could not sync any more is relied on from here.
        self.storage.sync().map_err(syncing)
    }

    /// Writes a record behind the others.
    pub(in crate::send::journal) fn append(&mut self, record: &Record) -> Result<(), LogError> {
        if !self.is_read {
            self.read(|_, _| Ok::<(), LogError>(()))?;
        }
        self.line(record)?;
        if self.sync { self.sync() } else { Ok(()) }
    }

    /// Returns when all records will be there after a loss of power.
    pub(in crate::send::journal) fn sync(&mut self) -> Result<(), LogError> {
        if self.poisoned {
            return Err(LogError::Poisoned);
        }
        let synced = self.storage.sync().map_err(syncing);
        self.watch(synced)
    }

    fn line(&mut self, content: &impl Serialize) -> Result<(), LogError> {
        if self.poisoned {
            return Err(LogError::Poisoned);
        }
        let json = serde_json::to_vec(content).map_err(LogError::Unwritable)?;
        if json.len() + frame::HEAD >= frame::MAX_LINE {
            return Err(LogError::TooLong(json.len()));
        }
        let mut line = Vec::with_capacity(json.len() + frame::HEAD + 1);
        let chain = frame::write(&mut line, self.chain, &json);
        let written = self.storage.append(&line).map_err(writing);
        self.watch(written)?;
        self.chain = chain;
        self.length += line.len() as u64;
        Ok(())
    }

    /// After a failed write it is unknown what is on disk, and after a failed sync the system may have
    /// dropped what it could not write, and forgotten about it: the next sync would succeed and mean nothing.
    fn watch(&mut self, result: Result<(), LogError>) -> Result<(), LogError> {
        self.poisoned |= result.is_err();
        result
    }

    pub(in crate::send::journal) fn set_sync(&mut self, sync: bool) {
        self.sync = sync;
    }

    pub(in crate::send::journal) fn poison(&mut self) {
        self.poisoned = true;
    }
}

fn writing(error: io::Error) -> LogError {
    LogError::Io("write", error)
}

fn syncing(error: io::Error) -> LogError {
    LogError::Io("sync", error)
}

fn reading(error: io::Error) -> LogError {
    LogError::Io("read", error)
}

/// What a reader found out about the end of the file.
pub(super) struct End {
    chain: u32,
    /// How long everything is that is whole.
    length: u64,
    pub(super) torn: Option<TornWrite>,
    is_unended: bool,
}

pub(in crate::send::journal) fn check_header(json: &[u8]) -> Result<(), LogError> {
    match serde_json::from_slice::<Header<'_>>(json) {
        Ok(header) if header.journal != HEADER.journal => Err(LogError::NotAJournal),
        Ok(header) if header.version > VERSION => Err(LogError::LaterVersion(header.version)),
        Ok(_) => Ok(()),
        Err(_) => Err(LogError::NotAJournal),
    }
}

/// Returns whether these few bytes are all that is left of a header. Anything else is a file of another
/// program.
fn is_torn_header(storage: &mut impl Storage, length: u64) -> Result<bool, LogError> {
    let mut header = Vec::new();
    let json = serde_json::to_vec(&HEADER).map_err(LogError::Unwritable)?;
    frame::write(&mut header, 0, &json);
    if length > header.len() as u64 {
        return Ok(false);
    }
    let mut found = Vec::new();
    storage.reader().map_err(reading)?.read_to_end(&mut found).map_err(reading)?;
    Ok(header.iter().zip(&found).all(|(right, byte)| byte == right || *byte == 0))
}

/// Hands every record to `visit`, with its position, and returns where the complete lines end.
pub(super) fn read_records<E: From<LogError>>(
    reader: impl BufRead,
    mut visit: impl FnMut(RecordPosition, Record) -> Result<(), E>,
) -> Result<End, E> {
    let mut scan = Scan::new(reader);
    let mut end = End { chain: 0, length: 0, torn: None, is_unended: false };
    loop {
        let is_header = scan.offset == 0;
        let found = scan.next().map_err(reading)?;
        end.is_unended = matches!(found, Found::Unended(_));
        let json = match found {
            Found::Line(json) | Found::Unended(json) => json,
            Found::Damaged(damage) => return Err(LogError::Damaged(scan.position, damage).into()),
            Found::End => return Ok(end),
            Found::Torn { length } => {
                end.torn = Some(TornWrite { offset: scan.position.offset, length });
                return Ok(end);
            }
        };
        if is_header {
            check_header(json)?;
        } else {
            let record = Record::read(json).map_err(|_| LogError::Damaged(scan.position, Damage::Content))?;
            visit(scan.position, record)?;
        }
        (end.chain, end.length) = (scan.chain, scan.offset);
        if end.is_unended {
            return Ok(end);
        }
    }
}
