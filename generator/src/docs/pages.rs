//! One state of the vendor's pages: the text of each file in a folder.

use std::io;
use std::path::{Path, PathBuf};

use crate::source::{self, Position};

use super::facts::PagePosition;

/// All pages of one state, in the order of their names.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    pub(crate) pages: Vec<Page>,
}

impl Pages {
    /// Reads every `.md`, `.markdown` and `.txt` file below a folder, or one such file.
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        collect(path, &mut files)?;
        files.sort();
        if files.is_empty() {
            let message = format!("there is no `.md`, `.markdown` or `.txt` file in `{}`", path.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        let pages = files.iter().map(|file| {
            let source = source::read(file).map_err(|error| named(file, &error))?;
            let name = file.strip_prefix(path).ok().filter(|name| !name.as_os_str().is_empty());
            let name = name.unwrap_or_else(|| Path::new(file.file_name().unwrap_or_default()));
            Ok(Page::new(name.display().to_string(), file.clone(), source.text))
        });
        Ok(Self { pages: pages.collect::<io::Result<_>>()? })
    }
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(|error| named(path, &error))? {
        let entry = entry?.path();
        let extension = entry.extension().and_then(|extension| extension.to_str());
        if entry.is_dir() || matches!(extension, Some("md" | "markdown" | "txt")) {
            collect(&entry, files)?;
        }
    }
    Ok(())
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot read `{}`: {error}", path.display()))
}

/// One page.
#[derive(Debug)]
pub(crate) struct Page {
    /// The path below the folder.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// The offset of the start of each line.
    lines: Vec<usize>,
}

impl Page {
    fn new(name: String, path: PathBuf, text: String) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(offset, _)| offset + 1)).collect();
        Self { name, path, text, lines }
    }

    /// Returns the beginning of the page, which is the one at `index`.
    pub(super) fn start(&self, index: usize) -> PagePosition {
        PagePosition { page: index, position: self.position(0) }
    }

    /// Returns the line and the column of a byte offset.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= offset);
        let before = &self.text[self.lines[line - 1]..offset];
        Position { line, column: before.chars().count() + 1 }
    }
}
