//! Putting a shorter file in the place of a journal, at one stroke.

use std::{fs, path::Path};

use super::{
    Durability, Failure, FileJournal, at,
    disk::{self, Disk},
    io_error,
    log::{self, Log, Storage},
};
use crate::journal::{JournalError, Record};

impl FileJournal {
    /// Writes a new file beside the journal, brings it to the disk, and gives it the journal's name. Whenever the power
    /// goes, either the old file or the new one is there, whole.
    pub(super) fn rewrite(
        &mut self,
        keep: &mut dyn FnMut(&Record) -> bool,
        last: &Record,
    ) -> Result<(), JournalError> {
        let new = disk::beside(&self.path, ".new");
        let log = self.write_new(&new, keep, last).inspect_err(|_| {
            // The old journal is untouched and stays in use.
            let _ = fs::remove_file(&new);
        })?;
        let old = std::mem::replace(&mut self.log, log);
        if let Err(source) = fs::rename(&new, &self.path) {
            self.log = old;
            let _ = fs::remove_file(&new);
            return Err(io_error("replace", &self.path, source));
        }
        drop(old);
        disk::sync_folder(&self.path).map_err(|source| {
            // The name may still lead to the old file after a loss of power, so the new one must not grow.
            self.log.poison();
            io_error("sync the folder of", &self.path, source)
        })
    }

    fn write_new(
        &mut self,
        new: &Path,
        keep: &mut dyn FnMut(&Record) -> bool,
        last: &Record,
    ) -> Result<Log<Disk>, JournalError> {
        self.log.sync().map_err(|error| at(&self.path, error))?;
        let mut disk = Disk::open(new).map_err(|source| io_error("compact", new, source))?;
        disk.cut(0).map_err(|source| io_error("compact", new, source))?;
        let (mut log, _) = Log::open(disk, false).map_err(|error| at(new, error))?;
        let reader = self.log.storage.reader().map_err(|source| io_error("read", &self.path, source))?;
        let copied = log::read_records(reader, |_, record| {
            if keep(&record) { log.append(&record).map_err(Failure::Log) } else { Ok(()) }
        });
        copied.map_err(|failure| failure.at(&self.path))?;
        log.append(last).and_then(|()| log.sync()).map_err(|error| at(new, error))?;
        log.set_sync(self.durability == Durability::PowerLoss);
        Ok(log)
    }
}
