//! The only reader of files. Comes in: a path. Goes out: its text, and places in it when asked.

use std::io;
use std::path::{Path, PathBuf};

/// The text of one input file.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl Source {
    /// Wraps text that is already in memory; `path` is what findings call it.
    pub(crate) fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

/// Reads a file as UTF-8 text.
pub(crate) fn read(path: &Path) -> io::Result<Source> {
    Ok(Source::new(path, std::fs::read_to_string(path)?))
}
