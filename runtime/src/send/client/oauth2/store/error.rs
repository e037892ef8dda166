//! Errors of token stores.

use std::{error, fmt, io, path::PathBuf, time::Duration};

use crate::send::duration::Rounded;

/// Why tokens could not be stored, or not be found. It shows nothing of them.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// The file system refused.
    Io {
        /// The operation that failed.
        doing: &'static str,
        /// The path of the file.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
    /// Others than its owner may read or write the file.
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its mode, the last nine bits.
        mode: u32,
    },
    /// The file is not a token file; it was left as it is.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file began as one of tokens, and can't be read; it was left as it is.
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// A later version of this program wrote the file; it was left as it is.
    LaterVersion {
        /// The file.
        path: PathBuf,
        /// The version of its format.
        version: u64,
    },
    /// Another process or source held the lock for longer than the call may wait. A later call may succeed.
    Busy {
        /// What is locked, as a message names it.
        name: String,
        /// How long the call has waited.
        waited: Duration,
    },
    /// The error of another store. It must not show a secret.
    Other(Box<dyn error::Error + Send + Sync>),
}

impl StoreError {
    /// Creates the error of a locked store, with the name of the store for messages.
    #[must_use]
    pub fn busy(name: impl Into<String>, waited: Duration) -> Self {
        Self::Busy { name: name.into(), waited }
    }

    /// Creates the error of another store.
    #[must_use]
    pub fn other(error: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self::Other(error.into())
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { doing, path, .. } => write!(f, "can't {doing} the token file {}", path.display()),
            Self::OpenToOthers { path, mode } => write!(
                f,
                "the token file {0} is open to others (mode {mode:03o}); `chmod 600 {0}` closes it, and if anybody else \
                 may have read it, the refresh token in it should be revoked",
                path.display()
            ),
            Self::Foreign { path } => {
                write!(f, "{} is not a token file; it was left as it is", path.display())
            }
            Self::Damaged { path } => write!(
                f,
                "the token file {} is damaged; it was left as it is. Restore it, or move it away to begin with a new grant",
                path.display()
            ),
            Self::LaterVersion { path, version } => write!(
                f,
                "the token file {} has version {version}, which is later than this program; update the program",
                path.display()
            ),
            Self::Busy { name, waited } if waited.is_zero() => {
                write!(f, "another process has locked {name}")
            }
            Self::Busy { name, waited } => {
                write!(f, "another process has kept {name} locked for {}", Rounded(*waited))
            }
            Self::Other(_) => f.write_str("the token store failed"),
        }
    }
}

impl error::Error for StoreError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Other(source) => Some(source.as_ref()),
            _ => None,
        }
    }
}
