//! The file system: files for the owner only, locked, appended at the end, synced with the folder that names
//! them.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    hash::{BuildHasher as _, Hasher as _, RandomState},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::log::Storage;

/// What follows the name of a journal in that of a file that [`beside`] names, and so many hexadecimal
/// digits.
const NEW: &str = ".new-";
const DIGITS: usize = 16;

/// Links that lead to links are followed so often.
const LONGEST_CHAIN: usize = 40;

/// An open file.
#[derive(Debug)]
pub(super) struct Disk {
    file: File,
}

impl Disk {
    /// Opens a file that is there.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { file: options().open(path)? })
    }

    /// Lets nobody but its owner read the file: it may have been there already, or come from a backup.
    #[cfg(unix)]
    pub(super) fn close_to_others(&self) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;

        let mut permissions = self.file.metadata()?.permissions();
        let narrow = permissions.mode() & !0o077;
        if permissions.mode() == narrow {
            return Ok(());
        }
        permissions.set_mode(narrow);
        self.file.set_permissions(permissions)
    }

    #[cfg(not(unix))]
    pub(super) fn close_to_others(&self) -> io::Result<()> {
        Ok(())
    }

    /// Creates a file where there is none.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: options().create_new(true).open(path)? })
    }

    /// Locks the file itself, under whatever name it was opened; false: somebody else has the lock. The
    /// system releases it when the file is closed, however the process ends.
    pub(super) fn lock(&self) -> io::Result<bool> {
        match self.file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Returns whether the path leads to this file, and the file is so long.
    pub(super) fn is_at(&self, path: &Path, length: Option<u64>) -> io::Result<bool> {
        let there = match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            there => there?,
        };
        Ok(length.is_none_or(|length| there.len() == length) && is_same(&there, &self.file.metadata()?))
    }

    /// Returns whether the file has more than one name.
    #[cfg(unix)]
    pub(super) fn has_other_names(&self) -> bool {
        use std::os::unix::fs::MetadataExt;

        self.file.metadata().is_ok_and(|found| found.nlink() > 1)
    }

    #[cfg(not(unix))]
    pub(super) fn has_other_names(&self) -> bool {
        false
    }
}

#[cfg(unix)]
fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;

    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Elsewhere std has no way to tell two files apart; what is left is their length.
#[cfg(not(unix))]
fn is_same(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

impl Storage for Disk {
    fn reader(&mut self) -> io::Result<impl BufRead> {
        self.file.seek(SeekFrom::Start(0))?;
        Ok(BufReader::with_capacity(1 << 16, &self.file))
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::End(0))?;
        self.file.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.file.set_len(length)?;
        self.file.sync_all()
    }
}

/// To read and write, for the owner alone.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Removes other names of the file that [`super::begin`] would have removed, had its process not been killed
/// there.
#[cfg(unix)]
pub(super) fn remove_first_name(path: &Path) {
    let Ok(journal) = fs::metadata(path) else { return };
    let first = |entry: &fs::DirEntry| {
        let (name, own) = (entry.file_name(), path.file_name());
        let ending = name.to_str().zip(own.and_then(|own| own.to_str())).and_then(|(name, own)| {
            let ending = name.strip_prefix(own)?.strip_prefix(NEW)?;
            Some(ending.len() == DIGITS && ending.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
        });
        ending == Some(true)
            && fs::symlink_metadata(entry.path()).is_ok_and(|other| is_same(&journal, &other))
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(first) {
        let _ = fs::remove_file(entry.path());
    }
}

#[cfg(not(unix))]
pub(super) fn remove_first_name(_: &Path) {}

/// Returns the path without symbolic links, also where the last one leads to nothing yet: compactions and
/// locks are about the file, not about a name of it.
pub(super) fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..LONGEST_CHAIN {
        match fs::canonicalize(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
        let Some(name) = path.file_name().map(OsString::from) else { break };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let here = fs::canonicalize(folder)?.join(name);
        match fs::read_link(&here) {
            Ok(target) => path = here.parent().unwrap_or(Path::new("/")).join(target),
            Err(_) => return Ok(here),
        }
    }
    Err(io::Error::other("the path leads nowhere"))
}

/// Returns `NAME.new-` and sixteen random digits for `NAME`, which no file of the user's is called.
pub(super) fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(format!("{NEW}{:0DIGITS$x}", RandomState::new().build_hasher().finish()));
    PathBuf::from(name)
}

/// Brings the names in the file's folder to the disk. Only Unix has a call for it.
#[cfg(unix)]
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
