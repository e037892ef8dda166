//! What actions do to the tree, while it is kept in mind where each node is from.

use serde_json::Value;

use super::finding::OverlayFinding;
use crate::parse::describe::describe;
use crate::parse::reader::DEPTH_LIMIT;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::{FileId, FileNode, SourceFiles};

/// Removes nodes, in the order of [`select`](super::select::select).
pub(super) fn remove(tree: &mut Value, files: &mut SourceFiles, found: Vec<Pointer>) {
    // From the end, so that the pointers of the others stay what they are.
    for at in found.into_iter().rev() {
        let (Some(around), Some(token)) = (at.parent(), at.last()) else { continue };
        match tree.pointer_mut(&around.to_string()) {
            Some(Value::Object(members)) => {
                members.shift_remove(token);
            }
            Some(Value::Array(entries)) => {
                let Some(index) = token.parse().ok().filter(|index| *index < entries.len()) else { continue };
                files.remove_entry(&around, index, entries.len());
                entries.remove(index);
            }
            _ => {}
        }
    }
}

/// The updates of one overlay.
pub(super) struct Merge<'m> {
    pub(super) files: &'m mut SourceFiles,
    pub(super) file: FileId,
    pub(super) report: &'m mut Report,
}

impl Merge<'_> {
    /// Merges `update`, which is at `from` in the overlay, into the node at `at`.
    pub(super) fn update(&mut self, tree: &mut Value, at: &Pointer, update: &Value, from: &Pointer) {
        if at.tokens().len() + depth(update) > DEPTH_LIMIT {
            self.report.push(from, &OverlayFinding::TooDeep);
            return;
        }
        match tree.pointer_mut(&at.to_string()) {
            Some(Value::Array(entries)) => self.append(entries, at, update, from),
            Some(node @ Value::Object(_)) => self.merge(node, at, update, from),
            _ => self.report.push(from, &OverlayFinding::ScalarTarget { target: at.to_string() }),
        }
    }

    fn merge(&mut self, node: &mut Value, at: &Pointer, update: &Value, from: &Pointer) {
        match (node, update) {
            (Value::Object(members), Value::Object(update)) => {
                for (name, update) in update {
                    let (at, from) = (at.child(name), from.child(name));
                    if let Some(node) = members.get_mut(name) {
                        self.merge(node, &at, update, &from);
                    } else {
                        members.insert(name.clone(), update.clone());
                        self.files.set_origin(&at, FileNode { file: self.file, at: from });
                    }
                }
            }
            (Value::Array(entries), Value::Array(update)) => {
                for (index, entry) in update.iter().enumerate() {
                    self.append(entries, at, entry, &from.child(index));
                }
            }
            (node, update) if is_scalar(node) && is_scalar(update) => {
                *node = update.clone();
                self.files.set_origin(at, FileNode { file: self.file, at: from.clone() });
            }
            (node, update) => {
                let (target, update, found) = (at.to_string(), describe(update), describe(node));
                self.report.push(from, &OverlayFinding::Mismatch { target, update, found });
            }
        }
    }

    fn append(&mut self, entries: &mut Vec<Value>, at: &Pointer, entry: &Value, from: &Pointer) {
        self.files.set_origin(&at.child(entries.len()), FileNode { file: self.file, at: from.clone() });
        entries.push(entry.clone());
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// Returns how many levels a value has.
fn depth(value: &Value) -> usize {
    let below = match value {
        Value::Object(members) => members.values().map(depth).max(),
        Value::Array(entries) => entries.iter().map(depth).max(),
        _ => return 0,
    };
    below.unwrap_or(0) + 1
}
