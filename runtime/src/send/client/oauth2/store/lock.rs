//! The lock of a store.

use std::fmt;

/// The lock of a [`TokenStore`](super::TokenStore), held until it is dropped.
#[must_use = "a lock that is dropped is released"]
pub struct StoreLock {
    /// Whatever releases the lock when it is dropped.
    guard: Option<Box<dyn Send>>,
    /// Whether other processes wait for it, so that a call that goes away must not keep it without going on.
    is_shared: bool,
}

impl StoreLock {
    /// Creates a lock out of a value that releases it when it is dropped.
    pub fn new(guard: impl Send + 'static) -> Self {
        Self { guard: Some(Box::new(guard)), is_shared: true }
    }

    /// Creates the lock of a store that locks nothing.
    pub fn none() -> Self {
        Self { guard: None, is_shared: false }
    }

    /// A lock among the sources of this process, which a call releases when it goes away.
    pub(super) fn in_process(guard: impl Send + 'static) -> Self {
        Self { is_shared: false, ..Self::new(guard) }
    }

    pub(in super::super) fn is_held(&self) -> bool {
        self.guard.is_some()
    }

    pub(in super::super) fn is_shared(&self) -> bool {
        self.is_shared
    }
}

impl Default for StoreLock {
    fn default() -> Self {
        Self::none()
    }
}

impl fmt::Debug for StoreLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreLock").field("is_held", &self.is_held()).finish_non_exhaustive()
    }
}
