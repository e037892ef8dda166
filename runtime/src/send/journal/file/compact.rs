//! Replaces a journal file by a shorter one, atomically.

use std::{fs, path::Path};

use super::{
    Durability, FileJournal, FileReadError, at,
    disk::{self, Disk},
    io_error,
    log::Log,
};
use crate::send::journal::{JournalError, Record};

impl FileJournal {
    /// Writes a new file beside the journal, brings it to the disk, and gives it the journal's name. Whenever
    /// the power goes, either the old file or the new one is there, whole. The new file is locked before it
    /// has the name.
    pub(super) fn rewrite(
        &mut self,
        keep: &mut dyn FnMut(&Record) -> bool,
        more: &mut dyn Iterator<Item = Record>,
    ) -> Result<(), JournalError> {
        self.prepare()?;
        if self.log.storage.has_other_names() {
            disk::remove_first_name(&self.path);
        }
        if self.log.storage.has_other_names() {
            return Err(JournalError::Linked { path: self.path.clone() });
        }
        // What a crash leaves stays: it may be another name of a file that somebody keeps.
        let new = disk::beside(&self.path);
        let log = self.write_new(&new, keep, more).inspect_err(|_| {
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
        more: &mut dyn Iterator<Item = Record>,
    ) -> Result<Log<Disk>, JournalError> {
        let disk = Disk::create(new).map_err(|source| io_error("compact", new, source))?;
        if !disk.lock().map_err(|source| io_error("lock", new, source))? {
            return Err(JournalError::InUse { path: self.path.clone() });
        }
        let mut log = Log::create(disk, false).map_err(|error| at(new, error))?;
        let copied = self.log.read(|_, record| {
            if keep(&record) { log.append(&record).map_err(FileReadError::Log) } else { Ok(()) }
        });
        copied.map_err(|failure| failure.at(&self.path))?;
        for record in more {
            log.append(&record).map_err(|error| at(new, error))?;
        }
        log.sync().map_err(|error| at(new, error))?;
        log.set_sync(self.durability == Durability::PowerLoss);
        Ok(log)
    }
}
