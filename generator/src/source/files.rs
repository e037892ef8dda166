//! The files of one definition, and which node of its tree is from where.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{Location, Source, read};
use crate::pointer::{NodePart, Pointer, percent_decoded};

/// One of the files of a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FileId(usize);

/// A node of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileNode {
    pub(crate) file: FileId,
    pub(crate) at: Pointer,
}

/// The definition's own file, its overlays, and the files that it refers to.
#[derive(Debug, Clone)]
pub(crate) struct SourceFiles {
    files: Vec<Source>,
    overlays: usize,
    /// Nodes of the tree that are not at the same pointer of the definition's own file. What is below them is
    /// below their origin.
    origins: BTreeMap<Pointer, FileNode>,
    others: Option<OtherFiles>,
}

/// Which other files may be read, and which were.
#[derive(Debug, Clone)]
struct OtherFiles {
    /// The folder of the definition; `None`: files from anywhere.
    within: Option<PathBuf>,
    by_path: BTreeMap<PathBuf, FileId>,
}

/// Why a file was not opened.
#[derive(Debug)]
pub(crate) enum OpenError {
    /// The text names something that is not on disk, or no other file may be read.
    NoPath,
    Missing,
    Outside,
    Unreadable(String),
}

impl From<Source> for SourceFiles {
    fn from(definition: Source) -> Self {
        Self::new(definition, Vec::new())
    }
}

impl SourceFiles {
    /// The file that the definition was read from.
    pub(crate) const DEFINITION: FileId = FileId(0);

    pub(crate) fn new(definition: Source, overlays: Vec<Source>) -> Self {
        let count = overlays.len();
        let files = std::iter::once(definition).chain(overlays).collect();
        Self { files, overlays: count, origins: BTreeMap::new(), others: None }
    }

    /// Allows to read files that the definition refers to: those in its folder and below, or any.
    ///
    /// # Errors
    ///
    /// Returns the error of the file system if the definition is not a file.
    pub(crate) fn with_others(mut self, from_anywhere: bool) -> io::Result<Self> {
        let definition = self.definition().path.canonicalize()?;
        let folder = definition.parent().unwrap_or(Path::new("")).to_path_buf();
        let within = (!from_anywhere).then_some(folder);
        self.others = Some(OtherFiles { within, by_path: BTreeMap::from([(definition, Self::DEFINITION)]) });
        Ok(self)
    }

    pub(crate) fn may_read_others(&self) -> bool {
        self.others.is_some()
    }

    /// Reads the file that a relative reference in the file `from` names, unless it was read before.
    pub(crate) fn open(&mut self, reference: &str, from: FileId) -> Result<FileId, OpenError> {
        let path = local_path(reference).ok_or(OpenError::NoPath)?;
        let folder = self.get(from).path.parent().unwrap_or(Path::new(""));
        let path = without_detours(&folder.join(path));
        let others = self.others.as_mut().ok_or(OpenError::NoPath)?;
        let unreadable = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => OpenError::Missing,
            _ => OpenError::Unreadable(error.to_string()),
        };
        let canonical = path.canonicalize().map_err(unreadable)?;
        if let Some(known) = others.by_path.get(&canonical) {
            return Ok(*known);
        }
        if others.within.as_ref().is_some_and(|folder| !canonical.starts_with(folder)) {
            return Err(OpenError::Outside);
        }
        let source = read(&path).map_err(unreadable)?;
        let file = FileId(self.files.len());
        others.by_path.insert(canonical, file);
        self.files.push(source);
        Ok(file)
    }

    pub(crate) fn definition(&self) -> &Source {
        &self.files[0]
    }

    /// Returns the overlays, in the order in which they are applied.
    pub(crate) fn overlays(&self) -> impl Iterator<Item = FileId> + use<> {
        (1..=self.overlays).map(FileId)
    }

    pub(crate) fn get(&self, file: FileId) -> &Source {
        &self.files[file.0]
    }

    /// Returns every file, the definition first.
    pub(crate) fn all(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(index, source)| (FileId(index), source))
    }

    /// Returns where a node of the tree is from.
    pub(crate) fn origin(&self, at: &Pointer) -> FileNode {
        let as_written = || FileNode { file: Self::DEFINITION, at: at.clone() };
        if self.origins.is_empty() {
            return as_written();
        }
        let around = std::iter::successors(Some(at.clone()), Pointer::parent);
        let mut known = around.filter_map(|above| Some((above.tokens().len(), self.origins.get(&above)?)));
        known.next().map_or_else(as_written, |(length, origin)| {
            let tokens = origin.at.tokens().iter().chain(&at.tokens()[length..]).cloned().collect();
            FileNode { file: origin.file, at: Pointer::from_tokens(tokens) }
        })
    }

    /// Returns the locations of many nodes, in one walk over each text.
    pub(crate) fn locate(&self, nodes: &[(FileNode, NodePart)]) -> Vec<Location> {
        let mut located = BTreeMap::new();
        for (file, source) in self.all() {
            let of_file = nodes.iter().filter(|(node, _)| node.file == file);
            let wanted: Vec<(Pointer, NodePart)> =
                of_file.map(|(node, part)| (node.at.clone(), *part)).collect();
            if !wanted.is_empty() {
                located.insert(file, source.locate(&wanted).into_iter());
            }
        }
        nodes.iter().filter_map(|(node, _)| located.get_mut(&node.file)?.next()).collect()
    }

    /// Returns whether every node of the tree is at the same pointer of the definition's own file.
    pub(crate) fn is_as_written(&self) -> bool {
        self.origins.is_empty()
    }

    /// States where a node of the tree, and everything below it, is from.
    pub(crate) fn set_origin(&mut self, at: &Pointer, origin: FileNode) {
        self.take_below(at);
        self.origins.insert(at.clone(), origin);
    }

    /// Keeps the origins of the entries behind one that is removed from a list of this length.
    pub(crate) fn remove_entry(&mut self, list: &Pointer, index: usize, length: usize) {
        self.take_below(&list.child(index));
        for behind in index + 1..length {
            let (from, to) = (list.child(behind), list.child(behind - 1));
            let origin = self.origin(&from);
            for (at, origin) in self.take_below(&from) {
                let below = &at.tokens()[from.tokens().len()..];
                let moved = to.tokens().iter().chain(below).cloned().collect();
                self.origins.insert(Pointer::from_tokens(moved), origin);
            }
            self.origins.insert(to, origin);
        }
    }

    /// Forgets the origins of a node and of everything below it, and returns them.
    fn take_below(&mut self, at: &Pointer) -> Vec<(Pointer, FileNode)> {
        let below = self.origins.range(at.clone()..);
        let below = below.take_while(|(known, _)| known.tokens().starts_with(at.tokens()));
        let keys: Vec<Pointer> = below.map(|(known, _)| known.clone()).collect();
        keys.into_iter().filter_map(|key| self.origins.remove_entry(&key)).collect()
    }
}

/// Returns the path in a reference; `None` if it has a scheme or names another machine.
fn local_path(reference: &str) -> Option<PathBuf> {
    let is_scheme_letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.');
    let has_scheme =
        reference.split_once(':').is_some_and(|(scheme, _)| scheme.chars().all(is_scheme_letter));
    if has_scheme || reference.starts_with("//") {
        return None;
    }
    percent_decoded(reference).map(PathBuf::from)
}

/// Returns the path without `.` and `a/..`, so that findings show one name of a file.
fn without_detours(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{FileId, FileNode, SourceFiles};
    use crate::pointer::Pointer;
    use crate::source::Source;

    fn pointer(text: &str) -> Pointer {
        Pointer::parse(&format!("#{text}")).unwrap_or_default()
    }

    fn origin(files: &SourceFiles, at: &str) -> String {
        let FileNode { file: FileId(file), at } = files.origin(&pointer(at));
        format!("{file}:{at}")
    }

    #[test]
    fn origins_follow_what_is_changed() {
        let overlay = Source::new("overlay.yaml", "");
        let mut files = SourceFiles::new(Source::new("api.yaml", ""), vec![overlay]);
        assert_eq!(origin(&files, "/a/3/b"), "0:/a/3/b");
        let update = |at: &str| FileNode { file: FileId(1), at: pointer(at) };
        files.set_origin(&pointer("/a/2/new"), update("/update"));
        files.remove_entry(&pointer("/a"), 1, 4);
        files.remove_entry(&pointer("/a"), 0, 3);
        let table = [
            ("/a/0", "0:/a/2"),
            ("/a/0/new/x", "1:/update/x"),
            ("/a/1/b", "0:/a/3/b"),
            ("/ab/1", "0:/ab/1"),
            ("", "0:"),
        ];
        for (at, expected) in table {
            assert_eq!(origin(&files, at), expected, "{at}");
        }
        files.set_origin(&pointer("/a/0"), update("/whole"));
        assert_eq!(origin(&files, "/a/0/new/x"), "1:/whole/new/x");
    }
}
