//! The lock of a token file, which holds among processes and ends with them.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use super::{
    super::StoreError,
    path::{beside, for_owner},
};

/// How long to wait before trying again while another process holds the lock.
const PAUSE: Duration = Duration::from_millis(10);

/// The lock of a token file, held until it is dropped.
///
/// It is a lock on `NAME.lock`, a file of its own, because the token file itself is replaced again and again.
/// On Unix the token file is locked too, each time it is replaced: if somebody removes `NAME.lock`, a process
/// that makes a new one still waits for the token file.
#[derive(Debug)]
pub(super) struct FileLock {
    /// The token file, with no symbolic link at its end.
    pub(super) path: PathBuf,
    _lock_file: Locked,
    token_file: Mutex<Option<Locked>>,
}

/// A file that is locked until this is dropped.
#[derive(Debug)]
pub(super) struct Locked(File);

impl Drop for Locked {
    fn drop(&mut self) {
        // A child process may have inherited the handle, so that closing ours would not end the lock. An
        // error changes nothing: the handle is closed in any case.
        let _ = self.0.unlock();
    }
}

impl FileLock {
    /// Locks the token file at `path`, which is not a symbolic link. Gives up after `wait`, or when
    /// `is_awaited` says that nobody needs the lock any more.
    pub(super) fn acquire(
        path: PathBuf,
        wait: Duration,
        is_awaited: impl Fn() -> bool,
    ) -> Result<Self, StoreError> {
        let start = Instant::now();
        loop {
            match try_lock_both(&path) {
                Ok(Some((lock_file, token_file))) => {
                    let token_file = Mutex::new(token_file);
                    return Ok(Self { path, _lock_file: lock_file, token_file });
                }
                Ok(None) if start.elapsed() < wait && is_awaited() => thread::sleep(PAUSE),
                Ok(None) => {
                    let name = format!("the token file {}", path.display());
                    return Err(StoreError::busy(name, wait));
                }
                Err(source) => return Err(StoreError::Io { doing: "lock", path, source }),
            }
        }
    }

    /// Holds the lock of a new token file too, which has just taken the place of the old one.
    pub(super) fn hold_new(&self, token_file: Option<Locked>) {
        *self.token_file.lock().unwrap_or_else(PoisonError::into_inner) = token_file;
    }
}

/// Locks the lock file and the token file, which may be missing. `None`: somebody else holds one of them.
fn try_lock_both(path: &Path) -> io::Result<Option<(Locked, Option<Locked>)>> {
    let lock_path = beside(path, ".lock");
    // Opening a pipe would never end.
    if fs::metadata(&lock_path).is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::other("the name of its lock file is taken by something else"));
    }
    let lock_file = for_owner().create(true).truncate(false).open(&lock_path)?;
    let Some(lock_file) = try_lock(lock_file, &lock_path)? else { return Ok(None) };
    Ok(match try_lock_token_file(path) {
        TokenFile::Locked(token_file) => Some((lock_file, Some(token_file))),
        TokenFile::Unlockable => Some((lock_file, None)),
        TokenFile::Busy => None,
    })
}

fn try_lock(file: File, path: &Path) -> io::Result<Option<Locked>> {
    match file.try_lock() {
        Ok(()) => {
            let locked = Locked(file);
            // If the file has been removed or replaced meanwhile, this lock excludes nobody.
            Ok(is_at(&locked.0, path)?.then_some(locked))
        }
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

enum TokenFile {
    Locked(Locked),
    Busy,
    /// There is none, or it can't be locked: then the lock file has to do.
    Unlockable,
}

/// Locks the token file itself, where the system has locks that do not keep others from reading it.
#[cfg(unix)]
fn try_lock_token_file(path: &Path) -> TokenFile {
    if !fs::metadata(path).is_ok_and(|found| found.is_file()) {
        return TokenFile::Unlockable;
    }
    let Ok(file) = File::open(path) else { return TokenFile::Unlockable };
    match try_lock(file, path) {
        Ok(Some(locked)) => TokenFile::Locked(locked),
        Ok(None) => TokenFile::Busy,
        Err(_) => TokenFile::Unlockable,
    }
}

#[cfg(not(unix))]
fn try_lock_token_file(_: &Path) -> TokenFile {
    TokenFile::Unlockable
}

/// Locks a file that nobody else knows yet.
#[cfg(unix)]
pub(super) fn lock_new(file: File) -> Option<Locked> {
    file.try_lock().is_ok().then(|| Locked(file))
}

#[cfg(not(unix))]
pub(super) fn lock_new(_: File) -> Option<Locked> {
    None
}

/// Whether the path still names this file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;

    let ours = file.metadata()?;
    match fs::metadata(path) {
        Ok(found) => Ok((found.dev(), found.ino()) == (ours.dev(), ours.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_its_path_no_longer_names_is_not_locked() {
        let path = std::env::temp_dir().join(format!("specwright-lock-{}", std::process::id()));
        let open = || for_owner().create(true).truncate(false).open(&path).unwrap();
        let (first, second) = (open(), open());
        fs::remove_file(&path).unwrap();
        assert!(try_lock(first, &path).unwrap().is_none());
        let third = open();
        assert!(try_lock(second, &path).unwrap().is_none());
        assert!(try_lock(third, &path).unwrap().is_some());
        fs::remove_file(&path).unwrap();
    }
}
