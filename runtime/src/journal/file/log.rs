//! The lines of a journal on some storage: opening, appending, reading again. Everything but the file system itself, so
//! that tests can let a write fail at any byte.

use std::io::{self, BufRead, Read};

use serde::{Deserialize, Serialize};

use super::Torn;
use crate::journal::{
    Damage, Place, Record, frame,
    scan::{Found, Scan},
};

/// The version of the format that is written.
const VERSION: u32 = 1;

/// Bytes that grow at the end.
pub(in crate::journal) trait Storage {
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
pub(in crate::journal) enum LogError {
    Io(&'static str, io::Error),
    NotAJournal,
    LaterVersion(u32),
    Damaged(Place, Damage),
    Poisoned,
    TooLong(usize),
    Unwritable(serde_json::Error),
}

/// An open journal.
#[derive(Debug)]
pub(in crate::journal) struct Log<S> {
    pub(in crate::journal) storage: S,
    chain: u32,
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
    /// Opens what is there, or begins. What a crash left unfinished at the end is cut off, and told.
    ///
    /// Without `sync`, records are only handed to the operating system.
    pub(in crate::journal) fn open(mut storage: S, sync: bool) -> Result<(Self, Option<Torn>), LogError> {
        let end = find_end(&mut storage)?;
        let mut log = Self { storage, chain: end.chain, sync, poisoned: false };
        if let Some(torn) = end.torn {
            log.storage.cut(torn.offset).map_err(|error| LogError::Io("cut the end off", error))?;
        }
        if end.is_unended {
            log.storage.append(b"\n").map_err(writing)?;
        }
        if end.is_empty {
            log.line(&HEADER)?;
        }
        // Also what an earlier process wrote and could not sync any more is relied on from here.
        log.storage.sync().map_err(syncing)?;
        Ok((log, end.torn))
    }

    /// Writes a record behind the others.
    pub(in crate::journal) fn append(&mut self, record: &Record) -> Result<(), LogError> {
        self.line(record)?;
        if self.sync { self.sync() } else { Ok(()) }
    }

    /// Returns when all records will be there after a loss of power.
    pub(in crate::journal) fn sync(&mut self) -> Result<(), LogError> {
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
        Ok(())
    }

    /// After a failed write nobody knows what is on disk, and after a failed sync the system may have dropped what it
    /// could not write, and forgotten about it: the next sync would succeed and mean nothing.
    fn watch(&mut self, result: Result<(), LogError>) -> Result<(), LogError> {
        self.poisoned |= result.is_err();
        result
    }

    pub(in crate::journal) fn set_sync(&mut self, sync: bool) {
        self.sync = sync;
    }

    pub(in crate::journal) fn poison(&mut self) {
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

struct End {
    chain: u32,
    torn: Option<Torn>,
    is_unended: bool,
    is_empty: bool,
}

fn find_end(storage: &mut impl Storage) -> Result<End, LogError> {
    let mut scan = Scan::new(storage.reader().map_err(reading)?);
    let mut end = End { chain: 0, torn: None, is_unended: false, is_empty: true };
    loop {
        let is_header = end.is_empty;
        match scan.next().map_err(reading)? {
            Found::End => break,
            Found::Line(json) if is_header => check_header(json)?,
            Found::Unended(json) if is_header => {
                check_header(json)?;
                end.is_unended = true;
            }
            Found::Line(_) => {}
            Found::Unended(_) => end.is_unended = true,
            Found::Torn { length } => {
                end.torn = Some(Torn { offset: scan.place.offset, length });
                break;
            }
            Found::Damaged(_) if is_header => return Err(LogError::NotAJournal),
            Found::Damaged(damage) => return Err(LogError::Damaged(scan.place, damage)),
        }
        end.is_empty = false;
        end.chain = scan.chain;
        if end.is_unended {
            break;
        }
    }
    drop(scan);
    match end.torn {
        Some(torn) if end.is_empty && !is_torn_header(storage, torn.length)? => Err(LogError::NotAJournal),
        _ => Ok(end),
    }
}

pub(in crate::journal) fn check_header(json: &[u8]) -> Result<(), LogError> {
    match serde_json::from_slice::<Header<'_>>(json) {
        Ok(header) if header.journal != HEADER.journal => Err(LogError::NotAJournal),
        Ok(header) if header.version > VERSION => Err(LogError::LaterVersion(header.version)),
        Ok(_) => Ok(()),
        Err(_) => Err(LogError::NotAJournal),
    }
}

/// Whether these few bytes are all that came of a header. Anything else is somebody's file, and is never cut.
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

/// Hands every record to `visit`, with its place.
pub(in crate::journal) fn read_records<E: From<LogError>>(
    reader: impl BufRead,
    mut visit: impl FnMut(Place, Record) -> Result<(), E>,
) -> Result<(), E> {
    let mut scan = Scan::new(reader);
    loop {
        let is_header = scan.offset == 0;
        let json = match scan.next().map_err(reading)? {
            Found::Line(json) | Found::Unended(json) => json,
            Found::Damaged(damage) => return Err(LogError::Damaged(scan.place, damage).into()),
            Found::End => return Ok(()),
            Found::Torn { .. } => return Err(LogError::Damaged(scan.place, Damage::Length).into()),
        };
        if is_header {
            check_header(json)?;
            continue;
        }
        match serde_json::from_slice(json) {
            Ok(record) => visit(scan.place, record)?,
            Err(_) => return Err(LogError::Damaged(scan.place, Damage::Content).into()),
        }
    }
}
