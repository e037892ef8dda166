//! Why a journal can't be read or written.

use std::{fmt, io, path::PathBuf};

use super::{Acceptance, IllegalRecord, Record};

/// Why a journal can't be read or written. No error shows the data of items, for the journal has none.
#[derive(Debug)]
#[non_exhaustive]
pub enum JournalError {
    /// The file system refused.
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file; empty if there is none.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Another process, or another handle of this one, writes the journal.
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else; it was not touched.
    NotAJournal {
        /// The file.
        path: PathBuf,
    },
    /// A later version of this crate wrote the file; it was not touched.
    LaterVersion {
        /// The file.
        path: PathBuf,
        /// The version that the file has.
        version: u32,
    },
    /// The file is no longer the one that was opened: it was moved, replaced, emptied or written by another
    /// program. Nothing was written to it.
    Replaced {
        /// The file.
        path: PathBuf,
    },
    /// The file has a second name (a hard link), which a compaction would leave with the old contents.
    Linked {
        /// The file.
        path: PathBuf,
    },
    /// A record within the file is not what was written; the file was not touched.
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where.
        position: RecordPosition,
        /// How.
        damage: Damage,
    },
    /// A record of the journal can't follow those before it.
    Illegal {
        /// Where.
        position: RecordPosition,
        /// Why not.
        source: IllegalRecord,
    },
    /// An earlier write failed, so what is on disk is not known. Open the journal again: it says.
    Poisoned,
    /// A record is longer than a line may be. Plan smaller batches.
    TooLong {
        /// In bytes.
        length: usize,
    },
    /// A record can't be written as JSON.
    Unwritable(serde_json::Error),
    /// The error of another implementation of [`Journal`](super::Journal), such as one in a database.
    Other(Box<dyn std::error::Error + Send + Sync>),
}

impl JournalError {
    /// Creates the error of another implementation of [`Journal`](super::Journal).
    #[must_use]
    pub fn other(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Other(error.into())
    }
}

/// The position of a record in a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordPosition {
    /// The number of the line in the file, counted from 1, or of the record in memory.
    pub line: u64,
    /// Where the line begins, in bytes from the start of the file; 0 in memory.
    pub offset: u64,
}

impl fmt::Display for RecordPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} (byte {})", self.line, self.offset)
    }
}

/// How a line is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Damage {
    /// The file ends before the first line does: it was emptied or cut short, for a journal is never without
    /// that line.
    NoHeader,
    /// It does not begin with a checksum and a length.
    Frame,
    /// It is not as long as it says.
    Length,
    /// The checksum is another one: bytes were changed, or lines were taken out, put in or moved.
    Checksum,
    /// The checksum is right, and yet it is no record that this version knows.
    Content,
}

/// What an unfinished write left at the end of a file. It was cut off; nothing that depends on it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TornWrite {
    /// Where it began, in bytes from the start of the file.
    pub offset: u64,
    /// How many bytes there were.
    pub length: u64,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHeader => "the file was emptied or cut short",
            Self::Frame => "it does not begin with a checksum and a length",
            Self::Length => "it is not as long as it says",
            Self::Checksum => "its checksum is wrong",
            Self::Content => "it holds no record that is known",
        })
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { doing, path, .. } => write!(f, "can't {doing} the journal {}", path.display()),
            Self::InUse { path } if path.as_os_str().is_empty() => {
                f.write_str("the journal in memory is in use: two senders must not share one")
            }
            Self::InUse { path } => {
                write!(f, "the journal {} is in use: two senders must not share one", path.display())
            }
            Self::NotAJournal { path } => {
                write!(f, "{} is not a journal; it was left as it is", path.display())
            }
            Self::LaterVersion { path, version } => write!(
                f,
                "the journal {} has version {version}, which is later than this program; update the program",
                path.display()
            ),
            Self::Replaced { path } => write!(
                f,
                "{} is no longer the journal that was opened: it was moved, replaced, or written by another program",
                path.display()
            ),
            Self::Linked { path } => write!(
                f,
                "the journal {} has a second name (a hard link), so it can't be compacted; remove the other name",
                path.display()
            ),
            Self::Damaged { path, damage: Damage::NoHeader, .. } => write!(
                f,
                "the journal {} was emptied or cut short. Restore it from a backup; only if nothing was ever sent with \
                 it, remove the file to begin a new journal",
                path.display()
            ),
            Self::Damaged { path, position, damage } => write!(
                f,
                "the journal {} is damaged in {position}: {damage}. The file was left as it is. Restore it from a backup, \
                 or see with `FileJournal::examine` what can be read, and treat every batch that is not finished there \
                 as one that may have been received",
                path.display()
            ),
            Self::Illegal { position, .. } => write!(f, "the journal contradicts itself in {position}"),
            Self::Poisoned => f.write_str("a write to the journal failed before; open the journal again"),
            Self::TooLong { length } => {
                write!(f, "a record of {length} bytes is too long for the journal; plan smaller batches")
            }
            Self::Unwritable(_) => f.write_str("a record can't be written as JSON"),
            Self::Other(_) => f.write_str("the journal failed"),
        }
    }
}

impl std::error::Error for JournalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Illegal { source, .. } => Some(source),
            Self::Unwritable(source) => Some(source),
            Self::Other(source) => Some(source.as_ref()),
            _ => None,
        }
    }
}

/// Why a record was not written. What depends on it must not be done.
#[derive(Debug)]
#[non_exhaustive]
pub enum RecordError {
    /// The record can't follow the earlier ones; nothing was written.
    Illegal(IllegalRecord),
    /// The journal failed. Whether the record is on disk is known only after the journal was opened again.
    Write {
        /// The record: an accepted batch has its request id here, and this may be the only copy.
        record: Box<Record>,
        /// Why.
        source: JournalError,
    },
    /// Another sender has taken the batch over; nothing was written.
    TakenOver {
        /// The record: an accepted batch has its request id here, and this may be the only copy.
        record: Box<Record>,
    },
}

impl RecordError {
    /// Returns true if it is about one batch, which another sender works on by now.
    pub(crate) fn is_taken_over(&self) -> bool {
        matches!(self, Self::TakenOver { .. })
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Illegal(_) => f.write_str("the record is out of order; nothing was written"),
            Self::Write { record, .. } => {
                write_step(f, record)?;
                f.write_str(" could not be written to the journal")
            }
            Self::TakenOver { record } => {
                write_step(f, record)?;
                f.write_str(" was not written: another sender has taken the batch over")
            }
        }
    }
}

fn write_step(f: &mut fmt::Formatter<'_>, record: &Record) -> fmt::Result {
    write!(f, "the step '{}'", record.name())?;
    if let Some(batch) = record.batch() {
        write!(f, " of {batch}")?;
    }
    match record {
        Record::Accepted(Acceptance { request_id: Some(id), .. }) => {
            write!(f, " (accepted with the request id {id:?})")
        }
        _ => Ok(()),
    }
}

impl std::error::Error for RecordError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Illegal(source) => Some(source),
            Self::Write { source, .. } => Some(source),
            Self::TakenOver { .. } => None,
        }
    }
}
