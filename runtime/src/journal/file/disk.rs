//! The file system: files for the owner only, appended at the end, synced with the folder that names them.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use super::log::Storage;

/// An open file.
#[derive(Debug)]
pub(super) struct Disk {
    file: File,
}

impl Disk {
    /// Opens the file, or makes it; nobody but its owner may read it.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = options().open(path)?;
        for_owner_only(&file)?;
        Ok(Self { file })
    }
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

/// To read and write, made if it is not there.
pub(super) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A file that was there already, or came from a backup, may be open to others.
#[cfg(unix)]
fn for_owner_only(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let mut permissions = file.metadata()?.permissions();
    let narrow = permissions.mode() & !0o077;
    if permissions.mode() == narrow {
        return Ok(());
    }
    permissions.set_mode(narrow);
    file.set_permissions(permissions)
}

#[cfg(not(unix))]
fn for_owner_only(_: &File) -> io::Result<()> {
    Ok(())
}

/// `NAME.lock` for `NAME`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
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
