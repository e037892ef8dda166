//! The file system: a file for its owner only, replaced as a whole.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

use super::{
    super::{StoreError, StoredToken},
    format::{self, FormatError},
    lock::{self, FileLock, Locked},
    path::{beside, folder_of, for_owner},
};

/// No token file is longer.
const LONGEST: u64 = 1 << 20;

/// What the file holds; `None`: there is no file.
pub(super) fn read(path: &Path) -> Result<Option<StoredToken>, StoreError> {
    Ok(read_with_text(path)?.map(|(token, _)| token))
}

fn read_with_text(path: &Path) -> Result<Option<(StoredToken, Vec<u8>)>, StoreError> {
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
    let token = format::read(&bytes).map_err(|unreadable| match unreadable {
        FormatError::Foreign => StoreError::Foreign { path: path() },
        FormatError::Damaged => StoreError::Damaged { path: path() },
        FormatError::LaterVersion(version) => StoreError::LaterVersion { path: path(), version },
    })?;
    Ok(Some((token, bytes)))
}

/// Puts a new file in the place of the old one, unless the old one is not what it should be.
pub(super) fn replace(lock: &FileLock, token: &StoredToken) -> Result<(), StoreError> {
    let path = &lock.path;
    let failed = |doing| move |source| StoreError::Io { doing, path: path.clone(), source };
    read(path)?;
    let text = format::write(token).map_err(|error| failed("write")(error.into()))?;
    lock.hold_new(put_in_place(path, &text).map_err(failed("replace"))?);
    sync_folder(path).map_err(failed("sync the folder of"))
}

/// Finds out whether [`replace`] could do its work, by doing the same with what is there already. Where there
/// is no file, a new one is made beside its place and removed.
pub(super) fn check_replaceable(lock: &FileLock) -> Result<(), StoreError> {
    let path = &lock.path;
    let failed = |source| StoreError::Io { doing: "replace", path: path.clone(), source };
    if let Some((_, text)) = read_with_text(path)? {
        lock.hold_new(put_in_place(path, &text).map_err(failed)?);
        return Ok(());
    }
    let new = beside(path, ".new");
    let written = write_new(&new, &[b' '; 4096]);
    written.and_then(|_| fs::remove_file(&new)).map_err(failed)
}

/// The new file stays locked: whoever waited for the old one has to wait for this one too.
fn put_in_place(path: &Path, text: &[u8]) -> io::Result<Option<Locked>> {
    let new = beside(path, ".new");
    let locked = lock::lock_new(write_new(&new, text)?);
    let renamed = fs::rename(&new, path);
    if renamed.is_err() {
        // It holds secrets, and nothing would ever look at it again.
        let _ = fs::remove_file(&new);
    }
    renamed.map(|()| locked)
}

fn write_new(new: &Path, text: &[u8]) -> io::Result<File> {
    // A crash may have left one. It is not written into, because its mode and owner are whatever they are.
    match fs::remove_file(new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = for_owner().create_new(true).open(new)?;
    let written = file.write_all(text).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(new);
    }
    written.map(|()| file)
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

/// Brings the names in the file's folder to the disk. Only Unix has a call for it.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
