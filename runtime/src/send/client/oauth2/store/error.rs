//! Why a store fails.

use std::{error, fmt, io, path::PathBuf, time::Duration};

use crate::send::duration::Rounded;

/// Why tokens could not be kept, or not be found. It shows nothing of them.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// The file system refused.
    Io {
        /// What was to be done.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why it was not.
        source: io::Error,
    },
    /// Others than its owner may read or write the file.
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its mode, the last nine bits.
        mode: u32,
    },
    /// The file is no file of tokens; it was left as it is.
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
    /// Somebody else has held the lock all the time that a call may wait for it. Later it may work.
    Busy {
        /// What is locked, as a message names it.
        name: String,
        /// How long the call has waited.
        waited: Duration,
    },
    /// What a store of the user's own says. It must show no secret.
    Other(Box<dyn error::Error + Send + Sync>),
}

impl StoreError {
    /// Creates the error of a store that somebody else has locked, and what that store is called in a
    /// message.
    #[must_use]
    pub fn busy(name: impl Into<String>, waited: Duration) -> Self {
        Self::Busy { name: name.into(), waited }
    }

    /// Creates the error of a store of one's own.
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
