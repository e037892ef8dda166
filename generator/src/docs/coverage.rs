//! Every fact of the pages with what the definition says otherwise.

use std::collections::BTreeSet;

use crate::api::{Api, Deviation};

use super::check;
use super::draft::{DraftFinding, Spot};
use super::entries::entries;
use super::entry::{Entry, EntryKind};
use super::facts::{Facts, PagePosition};
use super::finding::DocsClass;
use super::lock::LockChanges;
use super::pages::Pages;

/// The facts of all pages, and what the definition has beyond them.
#[derive(Debug)]
pub(crate) struct Coverage {
    pub(crate) facts: Vec<DocumentedFact>,
    pub(crate) beyond: Vec<String>,
}

/// A row of a table, an endpoint or an example.
#[derive(Debug)]
pub(crate) struct DocumentedFact {
    pub(crate) kind: &'static str,
    pub(crate) subject: String,
    /// The path below the folder of the pages.
    pub(crate) page: String,
    pub(crate) line: usize,
    pub(crate) differences: Vec<String>,
    /// Differences that a deviation explains, each with its label.
    pub(crate) settled: Vec<String>,
}

/// Compares the facts with a definition. A finding belongs to the last fact that begins before it.
pub(super) fn coverage(pages: &Pages, facts: &Facts, api: &Api) -> Coverage {
    let is_fact = |entry: &Entry| {
        let is_limit = entry.kind == EntryKind::Note && entry.class == DocsClass::Contract;
        entry.kind.is_named() || entry.kind == EntryKind::Example || is_limit
    };
    let mut entries: Vec<Entry> = entries(facts).into_iter().filter(is_fact).collect();
    entries.sort_by_key(|entry| entry.at);
    let mut found: Vec<DocumentedFact> = entries.iter().map(|entry| fact(pages, entry)).collect();
    let mut beyond = BTreeSet::new();
    for draft in check::compare(facts, api, &LockChanges::default())
        .into_iter()
        .filter(|draft| draft.class != DocsClass::Prose)
    {
        let label = check::excusing(&api.deviations, &draft);
        let message = told(&draft, label);
        match draft.page().and_then(|at| index(&entries, at)) {
            Some(index) if label.is_some() => found[index].settled.push(message),
            Some(index) => found[index].differences.push(message),
            None => {
                beyond.insert(message);
            }
        }
    }
    Coverage { facts: found, beyond: beyond.into_iter().collect() }
}

fn fact(pages: &Pages, entry: &Entry) -> DocumentedFact {
    DocumentedFact {
        kind: entry.kind.name(),
        subject: entry.subject.clone(),
        page: pages.pages[entry.at.page].name.clone(),
        line: entry.at.position.line,
        differences: Vec::new(),
        settled: Vec::new(),
    }
}

fn told(draft: &DraftFinding, label: Option<&Deviation>) -> String {
    let label = label.map(|deviation| format!(" ({})", deviation.label)).unwrap_or_default();
    format!("{}: {}{label}", draft.subject, draft.message)
}

/// Returns the index of the fact that a position on a page belongs to.
fn index(entries: &[Entry], at: PagePosition) -> Option<usize> {
    let line = |at: PagePosition| (at.page, at.position.line);
    let before = entries.partition_point(|entry| line(entry.at) <= line(at)).checked_sub(1)?;
    (entries[before].at.page == at.page).then_some(before)
}

impl DraftFinding {
    /// Returns where the pages say it, unless they lack it: what is about the definition names its place
    /// first.
    fn page(&self) -> Option<PagePosition> {
        match self.spots.first() {
            Some(Spot::Page(at)) => Some(*at),
            _ => None,
        }
    }
}
