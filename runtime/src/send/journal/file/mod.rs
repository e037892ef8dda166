//! A journal in a file.

mod compact;
mod disk;
mod examine;
pub(super) mod log;
mod snapshot;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub use examine::{DamagedLine, Examination, ExaminedLine};
pub use snapshot::JournalSnapshot;

use super::{IllegalRecord, Journal, JournalError, Record, RecordPosition, TornWrite};
use disk::Disk;
use log::{Log, LogError};

/// A journal in a file: one line for each record, appended and synced before [`Journal::append`] returns.
///
/// A line is `checksum length json`, so `cut -c19- file | jq` shows what was done. The file can be read by
/// its owner only (mode 0600 on Unix).
///
/// While it is open, a lock on the file itself keeps every other sender out, whichever of its names (symbolic
/// or hard links) that one uses; the system releases the lock when the process ends, however it ends. Before
/// each write it is checked that the path still leads to this file and that nobody else has written to it or
/// emptied it: otherwise the write fails with [`JournalError::Replaced`]. An empty file is no new journal but
/// a damaged one ([`Damage::NoHeader`](super::Damage)), because a journal that was begun is never empty.
///
/// Opening reads the first line alone. Everything else is read by [`Journal::replay`], which a bulk run calls
/// on a thread of its own.
///
/// Use a local file system: locks and syncs over a network promise less.
#[derive(Debug)]
pub struct FileJournal {
    path: PathBuf,
    log: Log<Disk>,
    durability: Durability,
}

/// When a record counts as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Durability {
    /// When it is on the disk: it outlives a loss of power. One sync per record, four records per batch that
    /// goes well.
    #[default]
    PowerLoss,
    /// When the operating system has it: it outlives the end of the process, kill -9 included, and not the
    /// end of the machine. After a loss of power records may be missing or damaged: batches that were sent
    /// may look as if they were not, so treat all that is not finished as sent. Call [`FileJournal::sync`]
    /// where it matters.
    ProcessDeath,
}

/// How often a journal is opened again that is replaced in the very moment.
const TRIES: u32 = 100;

impl FileJournal {
    /// Opens a journal that outlives a loss of power, or begins one where there is no file.
    ///
    /// # Errors
    ///
    /// [`JournalError::InUse`] if another sender has it open, and what the file system says.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        Self::open_with(path, Durability::PowerLoss)
    }

    /// Opens a journal with another durability.
    ///
    /// # Errors
    ///
    /// As [`FileJournal::open`].
    pub fn open_with(path: impl AsRef<Path>, durability: Durability) -> Result<Self, JournalError> {
        let given = path.as_ref();
        let path = disk::resolve(given).map_err(|source| io_error("open", given, source))?;
        let failed = |doing| {
            let path = path.clone();
            move |source| io_error(doing, &path, source)
        };
        let sync = durability == Durability::PowerLoss;
        for _ in 0..TRIES {
            let log = match Disk::open(&path) {
                Ok(disk) => {
                    if !disk.lock().map_err(failed("lock"))? {
                        return Err(JournalError::InUse { path });
                    }
                    // The previous holder of the lock may have replaced the file.
                    if !disk.is_at(&path, None).map_err(failed("open"))? {
                        continue;
                    }
                    let log = Log::open(disk, sync).map_err(|error| at(&path, error))?;
                    log.storage.close_to_others().map_err(failed("close to others"))?;
                    log
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => match begin(&path, sync)? {
                    Some(log) => log,
                    // Somebody else was faster.
                    None => continue,
                },
                Err(source) => return Err(failed("open")(source)),
            };
            return Ok(Self { path, log, durability });
        }
        Err(JournalError::InUse { path })
    }

    /// Returns what was cut off the end of the file when it was read; `None` before that.
    #[must_use]
    pub fn torn(&self) -> Option<TornWrite> {
        self.log.torn()
    }

    /// Returns the path of the file, without symbolic links.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Brings everything to the disk. Only [`Durability::ProcessDeath`] needs it.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn sync(&mut self) -> Result<(), JournalError> {
        self.log.sync().map_err(|error| at(&self.path, error))
    }

    fn read(
        &mut self,
        visit: impl FnMut(RecordPosition, Record) -> Result<(), FileReadError>,
    ) -> Result<(), JournalError> {
        self.log.read(visit).map_err(|failure| failure.at(&self.path))?;
        // The file's name must be on the disk as well, or all that is in it may be gone.
        disk::sync_folder(&self.path).map_err(|source| io_error("sync the folder of", &self.path, source))
    }

    /// Gets ready to write. Nothing may be written to a file that is not the journal any more, and nothing
    /// may be sent then.
    fn prepare(&mut self) -> Result<(), JournalError> {
        if !self.log.is_read() {
            self.read(|_, _| Ok(()))?;
        }
        self.check_identity()
    }

    fn check_identity(&mut self) -> Result<(), JournalError> {
        let is_ours = self.log.storage.is_at(&self.path, Some(self.log.length));
        if is_ours.map_err(|source| io_error("look at", &self.path, source))? {
            return Ok(());
        }
        self.log.poison();
        Err(JournalError::Replaced { path: self.path.clone() })
    }
}

impl Journal for FileJournal {
    fn append(&mut self, record: &Record) -> Result<(), JournalError> {
        self.prepare()?;
        self.log.append(record).map_err(|error| at(&self.path, error))
    }

    fn replay(
        &mut self,
        visit: &mut dyn FnMut(Record) -> Result<(), IllegalRecord>,
    ) -> Result<(), JournalError> {
        self.read(|position, record| {
            visit(record).map_err(|source| FileReadError::Journal(JournalError::Illegal { position, source }))
        })
    }

    fn retain(
        &mut self,
        keep: &mut dyn FnMut(&Record) -> bool,
        more: &mut dyn Iterator<Item = Record>,
    ) -> Result<(), JournalError> {
        self.rewrite(keep, more)
    }
}

/// The two kinds of errors of one pass over the file.
enum FileReadError {
    Log(LogError),
    Journal(JournalError),
}

impl From<LogError> for FileReadError {
    fn from(error: LogError) -> Self {
        Self::Log(error)
    }
}

impl FileReadError {
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
        LogError::Damaged(position, damage) => JournalError::Damaged { path, position, damage },
        LogError::Poisoned => JournalError::Poisoned,
        LogError::TooLong(length) => JournalError::TooLong { length },
        LogError::Unwritable(error) => JournalError::Unwritable(error),
    }
}

fn io_error(doing: &'static str, path: &Path, source: io::Error) -> JournalError {
    JournalError::Io { doing, path: path.to_path_buf(), source }
}

/// Begins a journal: a file with its header gets the name in one step, locked and on the disk, so that
/// an empty one is never found. Returns `None` if the name exists already.
fn begin(path: &Path, sync: bool) -> Result<Option<Log<Disk>>, JournalError> {
    let failed = |source| io_error("create", path, source);
    let new = disk::beside(path);
    let named = create(&new, path, sync).and_then(|log| match fs::hard_link(&new, path) {
        Ok(()) => Ok(Some(log)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
        // The file system has no hard links. Whoever comes in between finds a file that is locked, or empty.
        Err(_) if !path.exists() => create(path, path, sync).map(Some),
        Err(error) => Err(failed(error)),
    });
    let _ = fs::remove_file(&new);
    named
}

/// Creates a file with the header of a journal, locked and synced.
fn create(new: &Path, path: &Path, sync: bool) -> Result<Log<Disk>, JournalError> {
    let failed = |source| io_error("create", path, source);
    let disk = Disk::create(new).map_err(failed)?;
    disk.lock().map_err(failed)?;
    let mut log = Log::create(disk, sync).map_err(|error| at(path, error))?;
    log.sync().map_err(|error| at(path, error))?;
    Ok(log)
}
