//! The text of one file to its raw tree, and what the tree does not show.

use std::collections::BTreeMap;

use serde_json::Value;

use super::finding::Problem;
use super::reader::Note;
use super::{exact, syntax, tree};
use crate::decimal::Decimal;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::Source;

/// Reads the whole text of a file: its tree, and the numbers that the tree has with fewer digits.
pub(super) fn read(source: &Source, report: &mut Report) -> (Option<Value>, BTreeMap<Pointer, Decimal>) {
    let mut notes = Vec::new();
    let tree = raw(source, &mut notes, report);
    let exact = exact::numbers(&mut notes, source);
    report_notes(notes, source, report);
    (tree, exact)
}

/// Reads the tree alone. The notes are still to be reported.
pub(super) fn raw(source: &Source, notes: &mut Vec<Note>, report: &mut Report) -> Option<Value> {
    match tree::read(source, notes) {
        Ok(tree) => Some(tree),
        Err(stop) => {
            syntax::report(stop, source, report);
            None
        }
    }
}

/// Reports what the tree of a text does not show.
pub(super) fn report_notes(notes: Vec<Note>, source: &Source, report: &mut Report) {
    if notes.iter().all(|note| matches!(note, Note::Float { .. })) {
        return;
    }
    let outline = source.outline();
    for note in notes {
        match note {
            Note::RepeatedKey { at, same } => {
                let name = at.last().unwrap_or_default().to_owned();
                let again = outline.repeated(&at).into_iter().nth(1);
                let position = again.map(|key| source.locations(&[key])[0].start);
                let first = vec![(at.clone(), "first given here".to_owned())];
                report.push_at_position(&at, position, &Problem::RepeatedKey { name, same }, first);
            }
            Note::Tag { at, tag } => report.push(&at, &Problem::Tag { tag }),
            Note::Merge { at } => report.push(&at, &Problem::Merge),
            Note::Float { .. } => {}
            Note::BeyondNumbers { at, text } => report.push(&at, &Problem::BeyondNumbers { text }),
        }
    }
}
