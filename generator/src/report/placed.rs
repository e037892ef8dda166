//! Findings with their places, in the order of the text: what every way of writing them begins with.

use std::collections::HashSet;
use std::ops::Range;

use super::{Diagnostic, Part, Report};
use crate::pointer::Pointer;
use crate::source::{Location, Position, Source, offset};

/// A finding and where it stands in the text.
pub(super) struct Placed<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) location: Location,
    pub(super) related: Vec<Related<'a>>,
}

pub(super) struct Related<'a> {
    pub(super) location: Location,
    pub(super) at: &'a Pointer,
    pub(super) label: &'a str,
}

/// Every finding once, sorted by place. The text is walked once for all of them.
pub(super) fn placed<'a>(report: &'a Report, source: &Source) -> Vec<Placed<'a>> {
    let diagnostics = distinct(&report.diagnostics);
    let wanted: Vec<(Pointer, Part)> = diagnostics
        .iter()
        .flat_map(|diagnostic| {
            let related = diagnostic.related.iter().map(|(at, _)| (at.clone(), Part::Key));
            std::iter::once((diagnostic.at.clone(), diagnostic.part)).chain(related)
        })
        .collect();
    let mut locations = source.locate(&wanted).into_iter();
    let mut placed = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let Some(location) = locations.next() else { break };
        let related = diagnostic
            .related
            .iter()
            .zip(locations.by_ref())
            .map(|((at, label), location)| Related { location, at, label })
            .collect();
        let location = diagnostic.place.map_or(location, |place| explicit(source, place));
        placed.push(Placed { diagnostic, location, related });
    }
    placed.sort_by_key(|placed| placed.location.start);
    // A node that is read again through a YAML alias is found again.
    let mut seen = HashSet::new();
    placed.retain(|Placed { diagnostic, location, .. }| {
        let place = (location.span.clone(), diagnostic.at.last().map(str::to_owned));
        seen.insert((diagnostic.code, &diagnostic.message, place))
    });
    placed
}

fn distinct(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut seen = HashSet::new();
    let known =
        |one: &&Diagnostic| seen.insert((one.code, one.message.clone(), one.at.clone(), one.part, one.place));
    diagnostics.iter().filter(known).collect()
}

/// A place that was given as line and column reaches to the end of the word that stands there.
fn explicit(source: &Source, (line, column): (usize, usize)) -> Location {
    let start = offset(&source.text, Position { line, column });
    let span = start..start + word(&source.text[start..]);
    let mut locations = source.locations(&[span]);
    locations.remove(0)
}

fn word(rest: &str) -> usize {
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

/// The part of a span that lies on its first line.
pub(super) fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let line = text[span.clone()].lines().next().unwrap_or_default();
    span.start..span.start + line.trim_end().len()
}
