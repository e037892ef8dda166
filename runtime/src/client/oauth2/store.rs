//! Where tokens are kept for the next process.

use std::{
    error, fmt,
    future::ready,
    io,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{super::BoxFuture, StoredToken};

/// Keeps tokens for the next process, and for others that share it.
///
/// It is read before the first token is given and before each renewal, because another process may have got new ones, and
/// written after each renewal: a few times in an hour. Nobody limits the time that it takes, and a renewal waits for it.
///
/// A future may be dropped before its end. What it was to save is then saved again by the next renewal or, if that is far, by a
/// later call; what it has saved so far must not be half a token.
pub trait TokenStore: Send + Sync {
    /// What was saved last; `None`: nothing yet.
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>>;

    /// Replaces what is there. When it returns, a crash must not be able to undo it.
    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>>;
}

impl<T: TokenStore + ?Sized> TokenStore for Arc<T> {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        self.as_ref().load()
    }

    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        self.as_ref().save(token)
    }
}

/// Keeps tokens in memory: for tests, and to begin with a refresh token that comes from elsewhere.
#[derive(Debug, Default)]
pub struct MemoryTokenStore {
    token: Mutex<Option<StoredToken>>,
}

impl MemoryTokenStore {
    /// A store that holds nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A store that holds this.
    #[must_use]
    pub fn holding(token: StoredToken) -> Self {
        Self { token: Mutex::new(Some(token)) }
    }

    /// What it holds.
    #[must_use]
    pub fn held(&self) -> Option<StoredToken> {
        self.token().clone()
    }

    fn token(&self) -> MutexGuard<'_, Option<StoredToken>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenStore for MemoryTokenStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        Box::pin(ready(Ok(self.held())))
    }

    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        *self.token() = Some(token.clone());
        Box::pin(ready(Ok(())))
    }
}

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
    /// What a store of the user's own says. It must show no secret.
    Other(Box<dyn error::Error + Send + Sync>),
}

impl StoreError {
    /// The error of a store of one's own.
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
