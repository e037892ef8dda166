//! Numbers with more digits than the binary floats of the tree: their text in the document.

use std::collections::BTreeMap;

use serde_json::Value;

use super::node_path::NodePath;
use super::reader::Note;
use crate::decimal::Decimal;
use crate::pointer::Pointer;
use crate::source::{FileId, Source, SourceFiles};

/// The numbers of each file that the tree has with fewer digits.
pub(super) type ExactNumbers = BTreeMap<FileId, BTreeMap<Pointer, Decimal>>;

/// Returns the numbers of all files by their pointers in the tree that was made of the files.
pub(super) fn in_tree(
    mut exact: ExactNumbers,
    tree: &Value,
    files: &SourceFiles,
) -> BTreeMap<Pointer, Decimal> {
    exact.retain(|_, numbers| !numbers.is_empty());
    if files.is_as_written() || exact.is_empty() {
        return exact.remove(&SourceFiles::DEFINITION).unwrap_or_default();
    }
    let mut found = BTreeMap::new();
    collect(tree, &NodePath::ROOT, &mut |at| {
        let origin = files.origin(&at);
        let number = exact.get(&origin.file).and_then(|numbers| numbers.get(&origin.at));
        found.extend(number.map(|number| (at, number.clone())));
    });
    found
}

/// Calls `visit` with the pointer of each binary float.
fn collect(node: &Value, at: &NodePath<'_>, visit: &mut impl FnMut(Pointer)) {
    match node {
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                collect(entry, &at.index(index), visit);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                collect(member, &at.key(name), visit);
            }
        }
        Value::Number(number) if number.is_f64() => visit(at.pointer()),
        _ => {}
    }
}

/// Takes the notes on floats. Returns the numbers that the text has with further digits.
pub(super) fn numbers(notes: &mut Vec<Note>, source: &Source) -> BTreeMap<Pointer, Decimal> {
    let floats = notes.extract_if(.., |note| matches!(note, Note::Float { .. }));
    let mut outline = None;
    let mut exact = BTreeMap::new();
    for note in floats {
        let Note::Float { at, value } = note else { continue };
        let found = outline.get_or_insert_with(|| source.outline()).find(&at);
        let text = source.text[found.value].trim();
        let number = Decimal::parse(text).filter(|number| found.exact && *number != Decimal::from(&value));
        exact.extend(number.map(|number| (at, number)));
    }
    exact
}
