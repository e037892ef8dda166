//! What a store fails with.

use std::error::Error;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A failure of the database, or a record that can't be read.
#[derive(Debug)]
pub struct StoreError(Box<Cause>);

#[derive(Debug)]
enum Cause {
    Database(redb::Error),
    Record(serde_json::Error),
    /// The database has tables, and none of a store.
    Foreign,
    /// The database panicked.
    Damaged,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Cause::Database(error) => write!(f, "the store failed: {error}"),
            Cause::Record(error) => write!(f, "a record of the store can't be read: {error}"),
            Cause::Foreign => f.write_str("the database is of another program"),
            Cause::Damaged => f.write_str("the store failed: its contents contradict each other"),
        }
    }
}

impl Error for StoreError {}

impl StoreError {
    pub(super) fn foreign() -> Self {
        Self(Box::new(Cause::Foreign))
    }

    pub(crate) fn damaged() -> Self {
        Self(Box::new(Cause::Damaged))
    }
}

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
        let (path, error) = (self.path.display(), &self.error);
        match self.problem() {
            Problem::InUse => write!(
                f,
                "the store {path} is in use by another sandbox: end that one, or give `--data` another file"
            ),
            Problem::NoStore => write!(
                f,
                "the file {path} is no store of the sandbox and was left as it is: give `--data` another file"
            ),
            Problem::OtherVersion => write!(
                f,
                "the store {path} is of another version of the sandbox ({error}): give `--data` another file, or \
                 delete this one"
            ),
            Problem::Damaged => write!(
                f,
                "the store {path} is damaged ({error}): give `--data` another file, or delete this one"
            ),
            Problem::Folder => write!(f, "{path} is a folder: `--data` needs the name of a file"),
            Problem::NoFolder => write!(f, "the folder of the store {path} does not exist: create it"),
            Problem::Denied => write!(
                f,
                "the store {path} can't be read and written ({error}): change its permissions, or give `--data` \
                 another file"
            ),
            Problem::Other => write!(f, "can't open the store {path}: {error}"),
        }
    }
}

/// What keeps a store from being opened, as far as it matters to what one does about it.
enum Problem {
    InUse,
    NoStore,
    OtherVersion,
    Damaged,
    Folder,
    NoFolder,
    Denied,
    Other,
}

impl OpenError {
    fn problem(&self) -> Problem {
        let error = match &*self.error.0 {
            Cause::Database(error) => error,
            Cause::Record(_) => return Problem::Other,
            Cause::Foreign => return Problem::NoStore,
            Cause::Damaged => return Problem::Damaged,
        };
        match error {
            redb::Error::DatabaseAlreadyOpen => Problem::InUse,
            redb::Error::UpgradeRequired(_)
            | redb::Error::TableTypeMismatch { .. }
            | redb::Error::TableIsMultimap(_)
            | redb::Error::TypeDefinitionChanged { .. } => Problem::OtherVersion,
            redb::Error::Corrupted(_) => Problem::Damaged,
            redb::Error::Io(error) => match error.kind() {
                // redb calls a file that is none of its own invalid data; the others are of devices.
                ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::NotSeekable => Problem::NoStore,
                ErrorKind::UnexpectedEof => Problem::Damaged,
                ErrorKind::IsADirectory => Problem::Folder,
                ErrorKind::NotFound | ErrorKind::NotADirectory => Problem::NoFolder,
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Problem::Denied,
                _ => Problem::Other,
            },
            _ => Problem::Other,
        }
    }
}

impl Error for OpenError {}
