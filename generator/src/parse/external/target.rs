//! What references name: reads files when they are first referred to.

use std::collections::BTreeMap;

use serde_json::Value;

use super::finding::FileFinding;
use crate::parse::exact::ExactNumbers;
use crate::parse::text;
use crate::pointer::Pointer;
use crate::report::{Report, nearest};
use crate::source::{FileId, FileNode, OpenError, SourceFiles};

/// How many references a reference may pass through.
const MAX_JUMPS: usize = 32;

/// The trees of all files.
pub(super) struct FileTargets<'b> {
    pub(super) files: &'b mut SourceFiles,
    pub(super) report: &'b mut Report,
    exact: &'b mut ExactNumbers,
    /// `None`: the file is no tree, which has been reported.
    trees: BTreeMap<FileId, Option<Value>>,
}

impl<'b> FileTargets<'b> {
    /// Of a definition with this tree.
    pub(super) fn new(
        definition: Value,
        files: &'b mut SourceFiles,
        exact: &'b mut ExactNumbers,
        report: &'b mut Report,
    ) -> Self {
        let trees = BTreeMap::from([(SourceFiles::DEFINITION, Some(definition))]);
        Self { files, report, exact, trees }
    }

    /// Returns the node, as its file has it.
    pub(super) fn node(&self, node: &FileNode) -> Option<&Value> {
        self.trees.get(&node.file)?.as_ref()?.pointer(&node.at.to_string())
    }

    /// Returns whether a reference in `file` names a node of the same file.
    pub(super) fn has(&self, reference: &str, file: FileId) -> bool {
        Pointer::parse(reference).is_some_and(|at| self.node(&FileNode { file, at }).is_some())
    }

    /// Returns the node that a reference in `file` names, all references followed.
    pub(super) fn resolve(&mut self, reference: &str, file: FileId) -> Result<FileNode, FileFinding> {
        let mut at = self.named(reference, file)?;
        let mut seen = Vec::new();
        // References within the definition are left to the stage that resolves them.
        while at.file != SourceFiles::DEFINITION {
            let next = self.node(&at).and_then(|node| node.get("$ref")).and_then(Value::as_str);
            let Some(next) = next.map(str::to_owned) else { break };
            seen.push(at.clone());
            at = self.named(&next, at.file)?;
            if seen.contains(&at) {
                return Err(FileFinding::Cycle { name: reference.to_owned() });
            }
        }
        Ok(at)
    }

    /// Returns the node that a reference in `file` itself names.
    fn named(&mut self, reference: &str, file: FileId) -> Result<FileNode, FileFinding> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if path.is_empty() { file } else { self.open(path, file)? };
        let unresolved = |near| FileFinding::Unresolved { name: reference.to_owned(), near };
        let mut at = Pointer::parse(&format!("#{fragment}")).ok_or_else(|| unresolved(None))?;
        let mut file = file;
        for _ in 0..MAX_JUMPS {
            let Some(tree) = self.trees.get(&file).and_then(Option::as_ref) else { break };
            let Some((length, node)) = deepest(tree, &at) else { return Ok(FileNode { file, at }) };
            // A pointer may pass through a `$ref`.
            let Some(through) = node.get("$ref").and_then(Value::as_str).map(str::to_owned) else {
                let names = node.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
                let near = nearest(&at.tokens()[length], names).map(str::to_owned);
                return Err(unresolved(near));
            };
            let rest = at.tokens()[length..].to_vec();
            let (path, fragment) = through.split_once('#').unwrap_or((&through, ""));
            file = if path.is_empty() { file } else { self.open(path, file)? };
            let passed = Pointer::parse(&format!("#{fragment}")).ok_or_else(|| unresolved(None))?;
            at = Pointer::from_tokens(passed.tokens().iter().cloned().chain(rest).collect());
        }
        Err(unresolved(None))
    }

    /// Returns the file that a path in `from` names, read.
    fn open(&mut self, path: &str, from: FileId) -> Result<FileId, FileFinding> {
        let name = path.to_owned();
        let file = self.files.open(path, from).map_err(|error| match error {
            OpenError::Outside => FileFinding::Outside { name },
            OpenError::Missing if super::name::has_extension(path) || path.contains('/') => {
                FileFinding::Missing { name }
            }
            OpenError::NoPath | OpenError::Missing => FileFinding::NoFileName,
            OpenError::Unreadable(reason) => FileFinding::Unreadable { name, reason },
        })?;
        if !self.trees.contains_key(&file) {
            let mut own = Report::default();
            let (tree, numbers) = text::read(self.files.get(file), &mut own);
            self.exact.insert(file, numbers);
            self.report.add_of_file(file, own);
            self.trees.insert(file, tree);
        }
        if self.trees[&file].is_none() {
            return Err(FileFinding::NoTree);
        }
        Ok(file)
    }
}

/// Returns the deepest node on the way to `at`, and the number of tokens that lead to it; `None` if `at`
/// exists.
fn deepest<'t>(tree: &'t Value, at: &Pointer) -> Option<(usize, &'t Value)> {
    let mut node = tree;
    for (length, token) in at.tokens().iter().enumerate() {
        let child = match node {
            Value::Object(members) => members.get(token),
            Value::Array(entries) => token.parse::<usize>().ok().and_then(|index| entries.get(index)),
            _ => None,
        };
        match child {
            Some(child) => node = child,
            None => return Some((length, node)),
        }
    }
    None
}
