//! A disk whose power goes at a chosen write: the real lines, in memory.

use std::{
    io::{self, BufRead, Cursor},
    path::Path,
    sync::{Arc, Mutex},
};

use super::{Dice, IllegalRecord, Journal, JournalError, Record, RecordPosition};
use crate::send::journal::file::{
    at,
    log::{Log, LogError, Storage},
};

/// What is on the disk; it outlives the process.
#[derive(Debug, Clone, Default)]
pub(super) struct SimDisk {
    pub(super) bytes: Arc<Mutex<Vec<u8>>>,
    /// How many more writes go well; `None` for all.
    fuse: Option<usize>,
    /// Decides what is left of the write that does not.
    dice: Option<Dice>,
    dead: bool,
}

impl SimDisk {
    pub(super) fn holding(bytes: Vec<u8>) -> Self {
        Self { bytes: Arc::new(Mutex::new(bytes)), ..Self::default() }
    }

    /// The same disk in a process that dies at the write after `fuse` others.
    pub(super) fn dying(&self, fuse: usize, dice: Dice) -> Self {
        Self { bytes: Arc::clone(&self.bytes), fuse: Some(fuse), dice: Some(dice), dead: false }
    }

    /// The same disk in a process that lives.
    pub(super) fn living(&self) -> Self {
        Self { bytes: Arc::clone(&self.bytes), ..Self::default() }
    }

    fn dies(&mut self) -> bool {
        match &mut self.fuse {
            _ if self.dead => true,
            Some(0) => {
                self.dead = true;
                true
            }
            Some(fuse) => {
                *fuse -= 1;
                false
            }
            None => false,
        }
    }

    fn power_cut() -> io::Error {
        io::Error::other("power cut")
    }
}

impl Storage for SimDisk {
    fn reader(&mut self) -> io::Result<impl BufRead> {
        Ok(Cursor::new(self.bytes.lock().unwrap().clone()))
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let was_dead = self.dead;
        if !self.dies() {
            self.bytes.lock().unwrap().extend_from_slice(bytes);
            return Ok(());
        }
        if let (false, Some(dice)) = (was_dead, &mut self.dice) {
            let mut rest = bytes[..dice.below(bytes.len() + 1)].to_vec();
            if dice.percent(20) {
                // Room was made and not filled.
                rest.resize(bytes.len(), 0);
            }
            self.bytes.lock().unwrap().extend_from_slice(&rest);
        }
        Err(Self::power_cut())
    }

    fn sync(&mut self) -> io::Result<()> {
        if self.dead { Err(Self::power_cut()) } else { Ok(()) }
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.bytes.lock().unwrap().truncate(usize::try_from(length).unwrap());
        Ok(())
    }
}

/// A file journal without a file system.
pub(super) struct SimJournal {
    pub(super) log: Log<SimDisk>,
}

impl SimJournal {
    /// Begins a journal on an empty disk, at one stroke, or opens what is there.
    pub(super) fn open(mut disk: SimDisk) -> Result<Self, JournalError> {
        if disk.bytes.lock().unwrap().is_empty() {
            if disk.dies() {
                return Err(JournalError::Poisoned);
            }
            let begun = Log::create(SimDisk::default(), true).unwrap().storage.bytes;
            *disk.bytes.lock().unwrap() = begun.lock().unwrap().clone();
        }
        let mut new =
            Log::open(disk, true).map(|log| Self { log }).map_err(|error| at(Path::new("sim"), error))?;
        new.replay(&mut |_| Ok(()))?;
        Ok(new)
    }
}

enum Failure {
    Log(LogError),
    Illegal(RecordPosition, IllegalRecord),
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        Self::Log(error)
    }
}

impl Journal for SimJournal {
    fn append(&mut self, record: &Record) -> Result<(), JournalError> {
        self.log.append(record).map_err(|error| at(Path::new("sim"), error))
    }

    fn replay(
        &mut self,
        visit: &mut dyn FnMut(Record) -> Result<(), IllegalRecord>,
    ) -> Result<(), JournalError> {
        let read = self
            .log
            .read(|position, record| visit(record).map_err(|illegal| Failure::Illegal(position, illegal)));
        read.map_err(|failure| match failure {
            Failure::Log(error) => at(Path::new("sim"), error),
            Failure::Illegal(position, source) => JournalError::Illegal { position, source },
        })
    }

    /// At one stroke; when the power goes, before it or after it.
    fn retain(
        &mut self,
        keep: &mut dyn FnMut(&Record) -> bool,
        more: &mut dyn Iterator<Item = Record>,
    ) -> Result<(), JournalError> {
        let mut records = Vec::new();
        self.replay(&mut |record| {
            records.push(record);
            Ok(())
        })?;
        records.retain(keep);
        records.extend(more);
        let mut new = Log::create(SimDisk::default(), true).unwrap();
        for record in &records {
            new.append(record).unwrap();
        }
        let dies = self.log.storage.dies();
        if !dies || self.log.storage.dice.as_mut().is_some_and(|dice| dice.percent(50)) {
            let bytes = new.storage.bytes.lock().unwrap().clone();
            *self.log.storage.bytes.lock().unwrap() = bytes;
        }
        if dies {
            return Err(JournalError::Poisoned);
        }
        *self = Self::open(self.log.storage.clone()).unwrap();
        Ok(())
    }
}
