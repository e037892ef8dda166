//! Where tokens are stored for the next process.

mod error;
mod lock;
mod memory;

use std::{future::ready, sync::Arc, time::Duration};

pub use error::StoreError;
pub use lock::StoreLock;
pub use memory::MemoryTokenStore;

use super::{super::BoxFuture, StoredToken};

/// Stores tokens for the next process, and for others that share it.
///
/// A source reads the store before it returns its first token and whenever it needs a new one, because
/// another process may have stored one. If that finds no valid token, the source locks the store, reads it
/// again, requests a token, saves the response, and unlocks. This happens a few times an hour. Reading and
/// saving have no timeout, and a caller without a token waits for them.
///
/// A store needs [`load`](Self::load) and [`save`](Self::save). One that several processes share should have
/// [`lock`](Self::lock) as well: a service may end a refresh token when it is used, so that of two processes
/// that send the same one, the second is refused.
///
/// A future may be dropped before its end. What it was to save is then saved later; what it has saved so far
/// must not be half a token.
pub trait TokenStore: Send + Sync {
    /// Returns what was saved last, or `None` if nothing was saved yet.
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>>;

    /// Replaces the stored token. When it returns, the token must survive a crash.
    ///
    /// A source calls it while it holds the [`lock`](Self::lock), and without it when it repeats a save that
    /// failed.
    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Locks the store until the returned value is dropped, against all other processes and all other sources
    /// of this one.
    ///
    /// The lock is released when the value is dropped, and by the operating system or the database when the
    /// process is killed. A call that is dropped while the token service answers leaves the lock with a
    /// thread that saves the response first.
    ///
    /// By default nothing is locked ([`StoreLock::none`]), which is right for a store that no other process
    /// uses.
    ///
    /// # Errors
    ///
    /// Returns [`StoreError::Busy`] if another process or source holds the lock for longer than `wait`; with
    /// a `wait` of zero, if one holds it now. Any other error says that the store can't be locked or written.
    /// Before its first request to the token service, a source fails with it, so that no refresh token is
    /// lost; later it goes on without a lock.
    fn lock(&self, wait: Duration) -> BoxFuture<'_, Result<StoreLock, StoreError>> {
        let _ = wait;
        Box::pin(ready(Ok(StoreLock::none())))
    }
}

impl<T: TokenStore + ?Sized> TokenStore for Arc<T> {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        self.as_ref().load()
    }

    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        self.as_ref().save(token)
    }

    fn lock(&self, wait: Duration) -> BoxFuture<'_, Result<StoreLock, StoreError>> {
        self.as_ref().lock(wait)
    }
}
