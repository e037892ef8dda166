//! The embedded store: what was accepted, what became of it, and which tokens are good.
//!
//! Each change is one transaction of the database, on disk before its caller goes on. So a process that ends
//! at any moment leaves whole states alone: an accepted request with all its items and its place in the
//! queue, or nothing of it.

mod accept;
mod error;
mod grants;
mod process;
mod read;
mod tables;

use std::panic;
use std::path::Path;

use redb::backends::InMemoryBackend;
use redb::{Builder, Database};

pub use error::{OpenError, StoreError};
pub use grants::Grant;
pub use process::Processing;
pub use read::Listed;

/// The cache of the database, whose own measure is a gigabyte.
const CACHE: usize = 32 << 20;

/// The store of a sandbox.
#[derive(Debug)]
pub struct Store {
    database: Database,
}

impl Store {
    /// Opens the store in a file, and creates it if there is none.
    ///
    /// # Errors
    ///
    /// The file can't be opened, is no store, or another process has it open.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let open = || Self::prepared(Builder::new().set_cache_size(CACHE).create(path));
        // The database asserts what a damaged file can break.
        let opened = panic::catch_unwind(open).unwrap_or_else(|_| Err(StoreError::damaged()));
        opened.map_err(|error| OpenError::new(path, error))
    }

    /// Creates a store that ends with the process.
    ///
    /// # Errors
    ///
    /// None that memory has.
    pub fn in_memory() -> Result<Self, OpenError> {
        let opened = Builder::new().set_cache_size(CACHE).create_with_backend(InMemoryBackend::new());
        Self::prepared(opened).map_err(|error| OpenError::new(Path::new("memory"), error))
    }

    /// Has every table, so that reading finds them.
    fn prepared(opened: Result<Database, redb::DatabaseError>) -> Result<Self, StoreError> {
        let store = Self { database: opened? };
        let transaction = store.database.begin_write()?;
        tables::create(&transaction)?;
        transaction.commit()?;
        Ok(store)
    }
}

#[cfg(test)]
mod tests;
