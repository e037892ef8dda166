//! Tokens in a file.

mod disk;
mod format;
mod lock;
mod path;

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::sync::oneshot;

use self::lock::FileLock;
use super::{super::BoxFuture, StoreError, StoreLock, StoredToken, TokenStore};

/// How long [`FileTokenStore::write`] waits for a process that refreshes the token.
const WRITE_WAIT: Duration = Duration::from_secs(60);
/// How long a save waits for the lock if it is not held. A later call tries again.
const SAVE_WAIT: Duration = Duration::from_secs(5);

/// Tokens in a file of one line of JSON, which is replaced as a whole.
///
/// A new file is written beside the old one as `NAME.new`, with mode 0600 from its creation on, synced, and
/// put in its place; then the folder is synced. After a crash there is the old file or the new one. Where the
/// name is a symbolic link, the file behind it is replaced.
///
/// Processes may share the file. [`TokenStore::lock`] locks `NAME.lock`, which stays beside it, and on Unix
/// the token file as well, so that the lock holds even if somebody removes `NAME.lock`. The operating system
/// releases it when the process ends, however it ends. The first time, the file is also replaced by itself,
/// or a new one is made beside its place and removed: a source so learns that it can't be written before it
/// asks for a token.
///
/// | what is found | what happens |
/// |---|---|
/// | no file | the first save makes it; its folder must be there |
/// | a file that others may read or write (Unix) | [`StoreError::OpenToOthers`] |
/// | a torn file, or one with something else in it | [`StoreError::Damaged`], [`StoreError::Foreign`]; nothing writes over it |
/// | a folder that can't be written, or a full disk | [`StoreError::Io`] |
/// | another process that holds the lock | [`StoreError::Busy`], after the time that a call may wait |
///
/// Reading, writing and waiting for the lock happen on threads of their own, so that no thread of an async
/// runtime is blocked, and a write that has begun comes to its end even if nobody waits for it any more.
/// [`Self::read`] and [`Self::write`] are for programs that hand out the first refresh token.
///
/// Use a local file system: locks and syncs over a network promise less. Share the file by one name or by
/// symbolic links, not by hard links: a file that is replaced keeps one of its names only.
#[derive(Debug, Clone)]
pub struct FileTokenStore {
    file: Arc<TokenFile>,
}

#[derive(Debug)]
struct TokenFile {
    path: PathBuf,
    /// Numbers the writes in the order in which they were asked for.
    asked: AtomicU64,
    /// The last write that was done. One that was asked for earlier and comes later must not undo it.
    done: Mutex<u64>,
    /// The lock that [`TokenStore::lock`] handed out. A save holds it until the file is written.
    lock: Mutex<Weak<FileLock>>,
    /// Whether the file has been found writable.
    is_checked: AtomicBool,
}

impl FileTokenStore {
    /// Creates a store in this file. Nothing is opened yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let (asked, done) = (AtomicU64::new(0), Mutex::new(0));
        let (lock, is_checked) = (Mutex::default(), AtomicBool::new(false));
        Self { file: Arc::new(TokenFile { path: path.into(), asked, done, lock, is_checked }) }
    }

    /// Returns the path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.file.path
    }

    /// Reads the file, on this thread.
    pub fn read(&self) -> Result<Option<StoredToken>, StoreError> {
        disk::read(&self.file.path)
    }

    /// Replaces the file, on this thread. It waits up to a minute for a process that holds the lock.
    ///
    /// # Errors
    ///
    /// [`StoreError::Busy`] if that takes longer, and the others if the file can't be written or must not be
    /// replaced.
    pub fn write(&self, token: &StoredToken) -> Result<(), StoreError> {
        let number = self.file.next();
        let lock = self.file.acquire(WRITE_WAIT, || true)?;
        self.file.write(&lock, number, token)
    }
}

impl TokenFile {
    fn next(&self) -> u64 {
        self.asked.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn acquire(&self, wait: Duration, is_awaited: impl Fn() -> bool) -> Result<FileLock, StoreError> {
        FileLock::acquire(path::behind(&self.path), wait, is_awaited)
    }

    /// Locks the file for a source. The first time, it finds out whether the file can be written.
    fn lock(&self, wait: Duration, is_awaited: impl Fn() -> bool) -> Result<Arc<FileLock>, StoreError> {
        let lock = Arc::new(self.acquire(wait, is_awaited)?);
        if !self.is_checked.load(Ordering::Relaxed) {
            disk::check_replaceable(&lock)?;
            self.is_checked.store(true, Ordering::Relaxed);
        }
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(&lock);
        Ok(lock)
    }

    fn held_lock(&self) -> Option<Arc<FileLock>> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner).upgrade()
    }

    fn write(&self, lock: &FileLock, number: u64, token: &StoredToken) -> Result<(), StoreError> {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        if *done < number {
            disk::replace(lock, token)?;
            *done = number;
        }
        Ok(())
    }

    /// Does the work on a thread of its own. The function that the work gets says whether anybody still
    /// waits.
    async fn on_thread<T, F>(self: Arc<Self>, doing: &'static str, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Self, &dyn Fn() -> bool) -> Result<T, StoreError> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let file = Arc::clone(&self);
        let failed = |source| StoreError::Io { doing, path: self.path.clone(), source };
        let spawned = thread::Builder::new().name("token file".to_owned()).spawn(move || {
            let result = work(&file, &|| !sender.is_closed());
            // Whoever asked may have gone. A lock that nobody takes is released.
            let _ = sender.send(result);
        });
        spawned.map_err(failed)?;
        receiver.await.unwrap_or_else(|_| Err(failed(io::Error::other("the thread for it has panicked"))))
    }
}

impl TokenStore for FileTokenStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        let file = Arc::clone(&self.file);
        Box::pin(file.on_thread("read", |file, _| disk::read(&file.path)))
    }

    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        let (file, token, number) = (Arc::clone(&self.file), token.clone(), self.file.next());
        let held = self.file.held_lock();
        Box::pin(file.on_thread("replace", move |file, _| match held {
            Some(lock) => file.write(&lock, number, &token),
            None => file.write(&file.acquire(SAVE_WAIT, || true)?, number, &token),
        }))
    }

    fn lock(&self, wait: Duration) -> BoxFuture<'_, Result<StoreLock, StoreError>> {
        let file = Arc::clone(&self.file);
        Box::pin(async move {
            let lock = file.on_thread("lock", move |file, is_awaited| file.lock(wait, is_awaited)).await?;
            Ok(StoreLock::new(lock))
        })
    }
}
