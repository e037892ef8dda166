//! A journal in a file.

mod compact;
mod disk;
mod examine;
pub(super) mod log;

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

pub use examine::{Damaged, Examination};

use super::{Illegal, Journal, JournalError, Record};
use disk::Disk;
use log::{Log, LogError};

/// A journal in a file: one line for each record, appended and synced before [`Journal::append`] returns.
///
/// A line is `checksum length json`, so `cut -c19- file | jq` shows what was done. The file can be read by its owner
/// only (mode 0600 on Unix). While it is open, a lock on a second file beside it, `NAME.lock`, keeps every other sender
/// out; the system releases the lock when the process ends, however it ends. The second file stays, empty.
///
/// Use a local file system: locks and syncs over a network promise less.
#[derive(Debug)]
pub struct FileJournal {
    path: PathBuf,
    log: Log<Disk>,
    torn: Option<Torn>,
    durability: Durability,
    /// Held, never read: the lock goes when it is dropped.
    _lock: File,
}

/// What an unfinished write left at the end of a file. It was cut off; nothing that depends on it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Torn {
    /// Where it began, in bytes from the start of the file.
    pub offset: u64,
    /// How many bytes there were.
    pub length: u64,
}

/// When a record counts as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Durability {
    /// When it is on the disk: it outlives a loss of power. One sync per record, four records per batch that goes well.
    #[default]
    PowerLoss,
    /// When the operating system has it: it outlives the end of the process, kill -9 included, and not the end of the
    /// machine. After a loss of power records may be missing or damaged: batches that were sent may look as if they
    /// were not, so treat all that is not finished as sent. Call [`FileJournal::sync`] where it matters.
    ProcessDeath,
}

impl FileJournal {
    /// Opens a journal, or begins one, that outlives a loss of power.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        Self::open_with(path, Durability::PowerLoss)
    }

    /// The same with another durability.
    pub fn open_with(path: impl AsRef<Path>, durability: Durability) -> Result<Self, JournalError> {
        let path = path.as_ref().to_path_buf();
        let lock = lock(&path)?;
        // A compaction that did not come to its end left this; the journal itself is untouched.
        let _ = fs::remove_file(disk::beside(&path, ".new"));
        let disk = Disk::open(&path).map_err(|source| io_error("open", &path, source))?;
        let (log, torn) =
            Log::open(disk, durability == Durability::PowerLoss).map_err(|error| at(&path, error))?;
        // The file's name must be on disk as well, or all that is in it may be gone.
        disk::sync_folder(&path).map_err(|source| io_error("sync the folder of", &path, source))?;
        Ok(Self { path, log, torn, durability, _lock: lock })
    }

    /// What was cut off the end of the file when it was opened.
    #[must_use]
    pub fn torn(&self) -> Option<Torn> {
        self.torn
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Brings everything to the disk. Only [`Durability::ProcessDeath`] needs it.
    pub fn sync(&mut self) -> Result<(), JournalError> {
        self.log.sync().map_err(|error| at(&self.path, error))
    }
}

impl Journal for FileJournal {
    fn append(&mut self, record: &Record) -> Result<(), JournalError> {
        self.log.append(record).map_err(|error| at(&self.path, error))
    }

    fn replay(&mut self, visit: &mut dyn FnMut(Record) -> Result<(), Illegal>) -> Result<(), JournalError> {
        use log::Storage;

        let path = &self.path;
        let reader = self.log.storage.reader().map_err(|source| io_error("read", path, source))?;
        let visited = log::read_records(reader, |place, record| {
            visit(record).map_err(|source| Failure::Journal(JournalError::Illegal { place, source }))
        });
        visited.map_err(|failure| failure.at(path))
    }

    fn retain(&mut self, keep: &mut dyn FnMut(&Record) -> bool, last: &Record) -> Result<(), JournalError> {
        self.rewrite(keep, last)
    }
}

/// Two kinds of errors from one pass over the file.
enum Failure {
    Log(LogError),
    Journal(JournalError),
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        Self::Log(error)
    }
}

impl Failure {
    fn at(self, path: &Path) -> JournalError {
        match self {
            Self::Log(error) => at(path, error),
            Self::Journal(error) => error,
        }
    }
}

pub(super) fn at(path: &Path, error: LogError) -> JournalError {
    let path = path.to_path_buf();
    match error {
        LogError::Io(doing, source) => JournalError::Io { doing, path, source },
        LogError::NotAJournal => JournalError::NotAJournal { path },
        LogError::LaterVersion(version) => JournalError::LaterVersion { path, version },
        LogError::Damaged(place, damage) => JournalError::Damaged { path, place, damage },
        LogError::Poisoned => JournalError::Poisoned,
        LogError::TooLong(length) => JournalError::TooLong { length },
        LogError::Unwritable(error) => JournalError::Unwritable(error),
    }
}

fn io_error(doing: &'static str, path: &Path, source: std::io::Error) -> JournalError {
    JournalError::Io { doing, path: path.to_path_buf(), source }
}

/// The lock is on a file of its own, which is never renamed: a lock on the journal itself would stay with the old file
/// when a compaction puts a new one in its place, and somebody could wait at the wrong door.
fn lock(path: &Path) -> Result<File, JournalError> {
    let beside = disk::beside(path, ".lock");
    let file = disk::options().open(&beside).map_err(|source| io_error("lock", path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(JournalError::InUse { path: path.to_path_buf() }),
        Err(TryLockError::Error(source)) => Err(io_error("lock", path, source)),
    }
}
