//! Findings with their locations in the text, in its order: the first step of every output format.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::{Diagnostic, NodePart, Report, Severity};
use crate::pointer::Pointer;
use crate::source::{FileId, FileNode, Location, Position, Source, SourceFiles, offset};

/// A finding and its location in the text of a file.
pub(super) struct LocatedDiagnostic<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) node: LocatedNode,
    pub(super) related: Vec<(LocatedNode, &'a str)>,
}

/// A node of a file with its location.
pub(super) struct LocatedNode {
    pub(super) file: FileId,
    pub(super) at: Pointer,
    pub(super) location: Location,
}

/// Returns every finding once, in the order of the files and their texts. Each text is walked once for all of
/// them.
pub(super) fn located<'a>(report: &'a Report, files: &SourceFiles) -> Vec<LocatedDiagnostic<'a>> {
    let diagnostics = &report.diagnostics;
    let mut nodes = located_nodes(report, files).into_iter();
    let mut located = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let Some(mut node) = nodes.next() else { break };
        let labels = diagnostic.related.iter().map(|(_, label)| &**label);
        let related = nodes.by_ref().take(diagnostic.related.len()).zip(labels).collect();
        if let Some(position) = diagnostic.position {
            node.location = explicit(files.get(node.file), position);
        }
        located.push(LocatedDiagnostic { diagnostic, node, related });
    }
    located.sort_by_key(|located| (located.node.file, located.node.location.start));
    // A node that is read again through a YAML alias is found again.
    let mut seen = HashSet::new();
    located.retain(|LocatedDiagnostic { diagnostic, node, .. }| {
        let identity = (node.file, node.location.span.clone(), diagnostic.at.last().map(str::to_owned));
        seen.insert((diagnostic.code, &diagnostic.message, identity))
    });
    located
}

/// Returns the node of each finding, followed by those of what is related to it.
fn located_nodes(report: &Report, files: &SourceFiles) -> Vec<LocatedNode> {
    let mut nodes: Vec<(FileNode, NodePart)> = Vec::new();
    for diagnostic in &report.diagnostics {
        // A position that no pointer can express is in the definition's own text.
        let file = diagnostic.file.or(diagnostic.position.map(|_| SourceFiles::DEFINITION));
        let node = |at: &Pointer| match file {
            Some(file) => FileNode { file, at: at.clone() },
            None => files.origin(at),
        };
        nodes.push((node(&diagnostic.at), diagnostic.part));
        nodes.extend(diagnostic.related.iter().map(|(at, _)| (node(at), NodePart::Key)));
    }
    let locations = files.locate(&nodes);
    let located = nodes.into_iter().zip(locations);
    located.map(|((FileNode { file, at }, _), location)| LocatedNode { file, at, location }).collect()
}

/// From so many findings of one kind on, they are one entry.
const MANY: usize = 10;
/// The places that such an entry shows.
const SHOWN: usize = 3;

/// One finding, or the first ones of many of one kind.
pub(super) struct ReportEntry<'l, 'a> {
    pub(super) shown: Vec<&'l LocatedDiagnostic<'a>>,
    /// How many more there are.
    pub(super) hidden: usize,
}

/// Returns the entries in the order of their first places.
pub(super) fn entries<'l, 'a>(located: &'l [LocatedDiagnostic<'a>]) -> Vec<ReportEntry<'l, 'a>> {
    let mut of_kind: BTreeMap<_, Vec<&LocatedDiagnostic<'a>>> = BTreeMap::new();
    for one in located {
        of_kind.entry(one.kind()).or_default().push(one);
    }
    let mut entries = Vec::new();
    for one in located {
        let same = &of_kind[&one.kind()];
        if same.len() < MANY {
            entries.push(ReportEntry { shown: vec![one], hidden: 0 });
        } else if std::ptr::eq(same[0], one) {
            entries.push(ReportEntry { shown: same[..SHOWN].to_vec(), hidden: same.len() - SHOWN });
        }
    }
    entries
}

impl LocatedDiagnostic<'_> {
    fn kind(&self) -> (&'static str, Severity) {
        (self.diagnostic.code, self.diagnostic.severity)
    }
}

impl ReportEntry<'_, '_> {
    /// Returns the sentence about those that are not shown.
    pub(super) fn rest(&self) -> Option<String> {
        let code = self.shown[0].diagnostic.code;
        (self.hidden > 0).then(|| format!("and {} more of `{code}`; `--all` shows every one", self.hidden))
    }
}

/// Returns the location from a position to the end of the token there.
fn explicit(source: &Source, position: Position) -> Location {
    let start = offset(&source.text, position);
    let span = start..start + token_length(&source.text[start..]);
    let mut locations = source.locations(&[span]);
    locations.remove(0)
}

fn token_length(rest: &str) -> usize {
    let is_part =
        |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '$' | '"' | '\'');
    match rest.find(|character: char| !is_part(character)) {
        Some(0) => {
            rest.chars().next().filter(|character| !character.is_whitespace()).map_or(0, char::len_utf8)
        }
        Some(length) => length,
        None => rest.len(),
    }
}

/// Returns the part of a span that lies on its first line.
pub(super) fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let line = text[span.clone()].lines().next().unwrap_or_default();
    span.start..span.start + line.trim_end().len()
}
