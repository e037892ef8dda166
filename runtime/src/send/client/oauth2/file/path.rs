//! Paths beside and behind a token file, and how files there are opened.

use std::{
    ffi::OsString,
    fs::{self, OpenOptions},
    path::{Path, PathBuf},
};

/// The maximum number of symbolic links that may lead to a file that does not exist yet.
const LONGEST_CHAIN: u32 = 40;

/// To write, for nobody but the owner.
pub(super) fn for_owner() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The file that a symbolic link leads to, even if it is not there yet: the link must stay a link, and
/// whoever comes by another name has to meet the same lock.
pub(super) fn behind(path: &Path) -> PathBuf {
    let mut path = path.to_path_buf();
    for _ in 0..LONGEST_CHAIN {
        let Ok(target) = fs::read_link(&path) else { break };
        path = folder_of(&path).join(target);
    }
    path
}

/// `NAME.new` for `NAME`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
