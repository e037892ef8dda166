//! The file system: a file for its owner only, replaced as a whole.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::{
    super::{StoreError, StoredToken},
    format::{self, Unreadable},
};

/// No file of tokens is longer.
const LONGEST: u64 = 1 << 20;
/// How often, and how long in between, the lock of another process is waited for: five seconds in all.
const LOCK_TRIES: u32 = 500;
const LOCK_WAIT: Duration = Duration::from_millis(10);

/// What the file holds; `None`: there is no file.
pub(super) fn read(path: &Path) -> Result<Option<StoredToken>, StoreError> {
    let failed = |source| StoreError::Io { doing: "read", path: path.to_path_buf(), source };
    let found = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        found => found.map_err(failed)?,
    };
    // A pipe would never end.
    if !found.is_file() {
        return Err(StoreError::Foreign { path: path.to_path_buf() });
    }
    let file = File::open(path).map_err(failed)?;
    closed_to_others(path, &file.metadata().map_err(failed)?)?;
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes).map_err(failed)?;
    let path = || path.to_path_buf();
    format::read(&bytes).map(Some).map_err(|unreadable| match unreadable {
        Unreadable::Foreign => StoreError::Foreign { path: path() },
        Unreadable::Damaged => StoreError::Damaged { path: path() },
        Unreadable::LaterVersion(version) => StoreError::LaterVersion { path: path(), version },
    })
}

/// Puts a new file in the place of the old one, unless the old one is not what it should be.
pub(super) fn replace(path: &Path, token: &StoredToken) -> Result<(), StoreError> {
    let path = &behind(path);
    let failed = |doing| move |source| StoreError::Io { doing, path: path.clone(), source };
    let _lock = lock(&beside(path, ".lock")).map_err(failed("lock"))?;
    read(path)?;
    let text = format::write(token).map_err(|error| failed("write")(error.into()))?;
    let new = beside(path, ".new");
    let written = put_in_place(&new, path, &text);
    if written.is_err() {
        // It holds secrets, and nothing would ever look at it again.
        let _ = fs::remove_file(&new);
    }
    written.map_err(failed("replace"))?;
    sync_folder(path).map_err(failed("sync the folder of"))
}

fn put_in_place(new: &Path, path: &Path, text: &[u8]) -> io::Result<()> {
    // A crash may have left one. It is not written into, because its mode and owner are whatever they are.
    match fs::remove_file(new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = for_owner().create_new(true).open(new)?;
    file.write_all(text)?;
    file.sync_all()?;
    drop(file);
    fs::rename(new, path)
}

/// To write, for nobody but the owner.
fn for_owner() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The lock is on a file of its own, because the file itself is replaced. It goes when the handle is dropped.
fn lock(path: &Path) -> io::Result<File> {
    let file = for_owner().create(true).truncate(false).open(path)?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => thread::sleep(LOCK_WAIT),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::TimedOut, "another process holds the lock"))
}

/// The file that a symbolic link leads to: the link must stay a link.
fn behind(path: &Path) -> PathBuf {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()),
        _ => path.to_path_buf(),
    }
}

#[cfg(unix)]
fn closed_to_others(path: &Path, found: &fs::Metadata) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;

    let mode = found.permissions().mode() & 0o777;
    let is_closed = (mode | 0o700) == 0o700;
    if is_closed { Ok(()) } else { Err(StoreError::OpenToOthers { path: path.to_path_buf(), mode }) }
}

#[cfg(not(unix))]
fn closed_to_others(_: &Path, _: &fs::Metadata) -> Result<(), StoreError> {
    Ok(())
}

/// `NAME.new` for `NAME`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// Brings the names in the file's folder to the disk. Only Unix has a call for it.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
