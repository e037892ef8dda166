//! What a store fails with.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

/// A failure of the database, or a record that can't be read.
#[derive(Debug)]
pub struct StoreError(Box<Cause>);

#[derive(Debug)]
enum Cause {
    Database(redb::Error),
    Record(serde_json::Error),
}

impl StoreError {
    /// Whether another process has the file open.
    fn is_locked(&self) -> bool {
        matches!(&*self.0, Cause::Database(redb::Error::DatabaseAlreadyOpen))
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Cause::Database(error) => write!(f, "the store failed: {error}"),
            Cause::Record(error) => write!(f, "a record of the store can't be read: {error}"),
        }
    }
}

impl Error for StoreError {}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self(Box::new(Cause::Record(error)))
    }
}

macro_rules! from_redb {
    ($($error:ident),*) => {$(
        impl From<redb::$error> for StoreError {
            fn from(error: redb::$error) -> Self {
                Self(Box::new(Cause::Database(error.into())))
            }
        }
    )*};
}

from_redb!(CommitError, DatabaseError, StorageError, TableError, TransactionError);

/// Why a store could not be opened.
#[derive(Debug)]
pub struct OpenError {
    path: PathBuf,
    error: StoreError,
}

impl OpenError {
    pub(super) fn new(path: &Path, error: StoreError) -> Self {
        Self { path: path.to_owned(), error }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        if self.error.is_locked() {
            return write!(
                f,
                "the store {path} is in use by another sandbox: end that one, or give `--data` another file"
            );
        }
        write!(f, "can't open the store {path}: {}", self.error)
    }
}

impl Error for OpenError {}
