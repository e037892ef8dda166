//! Tokens in a file.

mod disk;
mod format;

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use tokio::sync::oneshot;

use super::{super::BoxFuture, StoreError, StoredToken, TokenStore};

/// Tokens in a file of one line of JSON, which is replaced as a whole.
///
/// A new one is written beside it as `NAME.new`, with mode 0600 from its creation on, synced, put in its place, and the folder is
/// synced. After a crash there is the old file or the new one. Processes may share it: a lock on `NAME.lock`, which stays
/// beside it, is held while it is replaced. Where the name is a symbolic link, the file behind it is replaced.
///
/// | what is found | what happens |
/// |---|---|
/// | no file | it is made by the first save; its folder must be there |
/// | a file that others may read or write (Unix) | [`StoreError::OpenToOthers`] |
/// | a torn file, or one with something else in it | [`StoreError::Damaged`], [`StoreError::Foreign`]; nothing writes over it |
///
/// Files block, and syncs may take a while: each access has a thread of its own for as long as it takes, so that no thread of an
/// async runtime waits, and an access that has begun comes to its end even if nobody waits for it any more.
/// [`Self::read`] and [`Self::write`] are for programs that hand out the first refresh token.
///
/// Use a local file system: locks and syncs over a network promise less.
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
}

impl FileTokenStore {
    /// A store in this file. Nothing is opened yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            file: Arc::new(TokenFile { path: path.into(), asked: AtomicU64::new(0), done: Mutex::new(0) }),
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.file.path
    }

    /// Reads the file, on this thread.
    pub fn read(&self) -> Result<Option<StoredToken>, StoreError> {
        disk::read(&self.file.path)
    }

    /// Replaces the file, on this thread.
    pub fn write(&self, token: &StoredToken) -> Result<(), StoreError> {
        self.file.write(self.file.next(), token)
    }
}

impl TokenFile {
    fn next(&self) -> u64 {
        self.asked.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn write(&self, number: u64, token: &StoredToken) -> Result<(), StoreError> {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        if *done < number {
            disk::replace(&self.path, token)?;
            *done = number;
        }
        Ok(())
    }

    /// Does it on a thread of its own.
    async fn apart<T, F>(self: Arc<Self>, doing: &'static str, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> Result<T, StoreError> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let file = Arc::clone(&self);
        let failed = |source| StoreError::Io { doing, path: self.path.clone(), source };
        let spawned = thread::Builder::new().name("token file".to_owned()).spawn(move || {
            // Whoever asked may have gone; the work is done all the same.
            let _ = sender.send(work(&file));
        });
        spawned.map_err(failed)?;
        receiver.await.unwrap_or_else(|_| Err(failed(io::Error::other("the thread for it has panicked"))))
    }
}

impl TokenStore for FileTokenStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        let file = Arc::clone(&self.file);
        Box::pin(file.apart("read", |file| disk::read(&file.path)))
    }

    fn save<'a>(&'a self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        let (file, token, number) = (Arc::clone(&self.file), token.clone(), self.file.next());
        Box::pin(file.apart("replace", move |file| file.write(number, &token)))
    }
}
