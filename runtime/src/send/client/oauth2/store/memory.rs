//! Tokens in memory.

use std::{
    future::ready,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync;

use super::{
    super::{super::BoxFuture, StoredToken},
    StoreError, StoreLock, TokenStore,
};

/// Keeps tokens in memory: for tests, and to begin with a refresh token that comes from elsewhere.
///
/// Its lock is for several sources that share the store (in an `Arc`). It is held as long as a call waits for
/// its refresh, and released when that call is dropped.
#[derive(Debug, Default)]
pub struct MemoryTokenStore {
    token: Mutex<Option<StoredToken>>,
    lock: Arc<sync::Mutex<()>>,
}

impl MemoryTokenStore {
    /// Creates a store that holds nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a store that holds this token.
    #[must_use]
    pub fn holding(token: StoredToken) -> Self {
        Self { token: Mutex::new(Some(token)), ..Self::default() }
    }

    /// Returns what the store holds.
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

    /// Waits without a limit, unless `wait` is zero: there is no timer here, and the holder of the lock has
    /// timeouts.
    fn lock(&self, wait: Duration) -> BoxFuture<'_, Result<StoreLock, StoreError>> {
        let lock = Arc::clone(&self.lock);
        Box::pin(async move {
            let guard = if wait.is_zero() {
                lock.try_lock_owned().map_err(|_| StoreError::busy("the token store in memory", wait))?
            } else {
                lock.lock_owned().await
            };
            Ok(StoreLock::in_process(guard))
        })
    }
}
