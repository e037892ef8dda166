//! The files of a revision of a git repository, by the command `git`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::outcome::Failure;

/// The definitions and configurations of a revision, in a folder that is removed with the value.
#[derive(Debug)]
pub struct Revision {
    name: String,
    /// The work tree of the repository.
    root: PathBuf,
    folder: PathBuf,
}

impl Revision {
    /// Reads a revision of the repository that a folder is in.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Io`] if there is no command `git`, the folder is in no repository, or the
    /// repository has no such revision.
    pub fn read(name: &str, within: &Path) -> Result<Self, Failure> {
        let within = if within.as_os_str().is_empty() { Path::new(".") } else { within };
        let root = PathBuf::from(git(within, &["rev-parse", "--show-toplevel"])?);
        let wanted = format!("{name}^{{commit}}");
        let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted];
        let commit = git(&root, &verify).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => error,
            _ => io::Error::other(format!("git knows no revision `{name}`")),
        })?;
        let revision = Self { name: name.to_owned(), root, folder: new_folder()? };
        revision.write(&commit)?;
        Ok(revision)
    }

    /// Returns where the revision has a file: a path in the work tree, or relative to its root.
    #[must_use]
    pub fn path(&self, file: &Path) -> PathBuf {
        let absolute = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        self.folder.join(absolute.strip_prefix(root).unwrap_or(file))
    }

    /// Returns a path as git writes it, `REV:path`, if it is a file of the revision.
    #[must_use]
    pub fn shown(&self, path: &Path) -> PathBuf {
        match path.strip_prefix(&self.folder) {
            Ok(within) => PathBuf::from(format!("{}:{}", self.name, within.display())),
            Err(_) => path.to_path_buf(),
        }
    }

    /// Returns a text in which paths are written as git writes them.
    #[must_use]
    pub fn shown_in(&self, text: &str) -> String {
        let folder = format!("{}{}", self.folder.display(), std::path::MAIN_SEPARATOR);
        text.replace(&folder, &format!("{}:", self.name))
    }

    /// Writes every YAML and JSON file of a commit to the folder, by an index of its own.
    fn write(&self, commit: &str) -> Result<(), io::Error> {
        let index = self.folder.with_extension("index");
        let command = |arguments: &[&str]| {
            let mut command = Command::new("git");
            command.arg("-C").arg(&self.root).args(arguments).env("GIT_INDEX_FILE", &index);
            command
        };
        run(command(&["read-tree", commit]), &[])?;
        let names = run(command(&["ls-files", "-z", "--", "*.yaml", "*.yml", "*.json"]), &[])?;
        let prefix = format!("--prefix={}/", self.folder.display());
        let done = run(command(&["checkout-index", "-z", "--stdin", &prefix]), &names);
        let _ = std::fs::remove_file(&index);
        done.map(drop)
    }
}

impl Drop for Revision {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Returns the newest tag of a pattern that the present commit is built on, such as `v0.3.0` of `v*`; `None`
/// if there is none.
///
/// # Errors
///
/// Returns [`Failure::Io`] if there is no command `git`, or the folder is in no repository.
pub fn last_tag(within: &Path, pattern: &str) -> Result<Option<String>, Failure> {
    let within = if within.as_os_str().is_empty() { Path::new(".") } else { within };
    git(within, &["rev-parse", "--show-toplevel"])?;
    Ok(git(within, &["describe", "--tags", "--abbrev=0", "--match", pattern]).ok())
}

/// Runs git in a folder and returns its first line.
fn git(folder: &Path, arguments: &[&str]) -> io::Result<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    let output = run(command, &[])?;
    Ok(String::from_utf8_lossy(&output).lines().next().unwrap_or_default().to_owned())
}

fn run(mut command: Command, input: &[u8]) -> io::Result<Vec<u8>> {
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(
            io::ErrorKind::NotFound,
            "a revision is read by the command `git`, which is not installed: compare two files instead",
        ),
        _ => io::Error::new(error.kind(), format!("cannot run `git`: {error}")),
    })?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input)?;
    }
    let output = child.wait_with_output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let told = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(format!("git: {}", told.trim().trim_start_matches("fatal: "))))
}

fn new_folder() -> io::Result<PathBuf> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("specwright-{}-{number}", std::process::id()));
        // A folder that is there already is somebody else's, and would be removed in the end.
        match std::fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.and_then(|()| folder.canonicalize()),
        }
    }
}
