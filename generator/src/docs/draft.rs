//! A finding before its locations are resolved, which takes one walk over the definition for all of them.

use crate::pointer::{NodePart, Pointer};
use crate::source::{FileNode, SourceFiles};

use super::facts::PagePosition;
use super::finding::{DocsClass, DocsFinding, DocsLocation};
use super::pages::Pages;
use super::rewrite::TextChange;

/// A finding whose locations are still indices and pointers.
#[derive(Debug, Clone)]
pub(super) struct DraftFinding {
    pub(super) class: DocsClass,
    pub(super) kind: &'static str,
    pub(super) subject: String,
    pub(super) message: String,
    help: Option<String>,
    pub(super) spots: Vec<Spot>,
    /// What the definition would have to say so that there is no such finding.
    pub(super) changes: Vec<TextChange>,
}

/// A location of a draft.
#[derive(Debug, Clone)]
pub(super) enum Spot {
    Page(PagePosition),
    /// In the older of two states.
    OldPage(PagePosition),
    Definition(Pointer, NodePart),
    /// A line of the lock.
    Lock(usize),
}

impl DraftFinding {
    pub(super) fn new(class: DocsClass, kind: &'static str, subject: &str, message: String) -> Self {
        let subject = subject.to_owned();
        Self { class, kind, subject, message, help: None, spots: Vec::new(), changes: Vec::new() }
    }

    pub(super) fn at(mut self, spot: Spot) -> Self {
        self.spots.push(spot);
        self
    }

    pub(super) fn changes(mut self, changes: Vec<TextChange>) -> Self {
        self.changes = changes;
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The files that drafts point into.
#[derive(Default)]
pub(super) struct Files<'a> {
    pub(super) pages: Option<&'a Pages>,
    pub(super) old_pages: Option<&'a Pages>,
    pub(super) definition: Option<&'a SourceFiles>,
    pub(super) lock: Option<&'a std::path::Path>,
}

/// Gives each draft its files, lines and columns.
pub(super) fn resolve(drafts: Vec<DraftFinding>, files: &Files<'_>) -> Vec<DocsFinding> {
    let nodes: Vec<(FileNode, NodePart)> = drafts
        .iter()
        .flat_map(|draft| &draft.spots)
        .filter_map(|spot| match spot {
            Spot::Definition(pointer, part) => Some((files.definition?.origin(pointer), *part)),
            _ => None,
        })
        .collect();
    let located = files.definition.map(|definition| definition.locate(&nodes)).unwrap_or_default();
    let mut located = nodes.iter().zip(located);
    let mut findings = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let mut locations = Vec::with_capacity(draft.spots.len());
        for spot in draft.spots {
            let location = match spot {
                Spot::Page(at) => on_page("page", files.pages, at),
                Spot::OldPage(at) => on_page("old page", files.old_pages, at),
                Spot::Definition(..) => {
                    files.definition.zip(located.next()).map(|(definition, ((node, _), location))| {
                        let (line, column) = (location.start.line, location.start.column);
                        let file = definition.get(node.file).path.clone();
                        DocsLocation { label: "definition", file, line, column }
                    })
                }
                Spot::Lock(line) => files.lock.map(|file| DocsLocation {
                    label: "lock",
                    file: file.to_path_buf(),
                    line,
                    column: 1,
                }),
            };
            locations.extend(location);
        }
        let DraftFinding { class, kind, subject, message, help, .. } = draft;
        findings.push(DocsFinding { class, kind, subject, message, help, locations });
    }
    findings
}

fn on_page(label: &'static str, pages: Option<&Pages>, at: PagePosition) -> Option<DocsLocation> {
    let page = pages?.pages.get(at.page)?;
    let (line, column) = (at.position.line, at.position.column);
    Some(DocsLocation { label, file: page.path.clone(), line, column })
}
