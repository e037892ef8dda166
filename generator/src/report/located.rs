//! Findings with their locations in the text, in its order: the first step of every output format.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::{Diagnostic, NodePart, Report, Severity};
use crate::pointer::Pointer;
use crate::source::{Location, Position, Source, offset};

/// A finding and its location in the text.
pub(super) struct LocatedDiagnostic<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) location: Location,
    pub(super) related: Vec<Related<'a>>,
}

pub(super) struct Related<'a> {
    pub(super) location: Location,
    pub(super) at: &'a Pointer,
    pub(super) label: &'a str,
}

/// Returns every finding once, in the order of the text. The text is walked once for all of them.
pub(super) fn located<'a>(report: &'a Report, source: &Source) -> Vec<LocatedDiagnostic<'a>> {
    let diagnostics = &report.diagnostics;
    let wanted: Vec<(Pointer, NodePart)> = diagnostics
        .iter()
        .flat_map(|diagnostic| {
            let related = diagnostic.related.iter().map(|(at, _)| (at.clone(), NodePart::Key));
            std::iter::once((diagnostic.at.clone(), diagnostic.part)).chain(related)
        })
        .collect();
    let mut locations = source.locate(&wanted).into_iter();
    let mut located = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let Some(location) = locations.next() else { break };
        let related = diagnostic
            .related
            .iter()
            .zip(locations.by_ref())
            .map(|((at, label), location)| Related { location, at, label })
            .collect();
        let location = diagnostic.position.map_or(location, |position| explicit(source, position));
        located.push(LocatedDiagnostic { diagnostic, location, related });
    }
    located.sort_by_key(|located| located.location.start);
    // A node that is read again through a YAML alias is found again.
    let mut seen = HashSet::new();
    located.retain(|LocatedDiagnostic { diagnostic, location, .. }| {
        let node = (location.span.clone(), diagnostic.at.last().map(str::to_owned));
        seen.insert((diagnostic.code, &diagnostic.message, node))
    });
    located
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
