//! Path items that are components: each is copied to where it is used, because OpenAPI 3.0 has none.

use serde_json::Value;

use super::finding::ModernFinding;
use crate::parse::context::Mapping;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::{FileNode, SourceFiles};

/// How many references may lead from one path item to another.
const MAX_JUMPS: usize = 32;

/// How deep callbacks with path items may be nested in callbacks: more than `lower` allows.
const MAX_DEPTH: usize = 6;

/// Copies what paths, webhooks and callbacks refer to.
pub(super) fn copy(tree: &mut Value, files: &mut SourceFiles, report: &mut Report) {
    let Some(items) = tree.pointer("/components/pathItems").and_then(Value::as_object).cloned() else {
        return;
    };
    let mut copies = Copies { items: &items, files, report, open: Vec::new() };
    for group in ["paths", "webhooks"] {
        if let Some(Value::Object(named)) = tree.get_mut(group) {
            copies.path_items(named, &Pointer::root().child(group));
        }
    }
    if let Some(Value::Object(callbacks)) = tree.pointer_mut("/components/callbacks") {
        copies.callbacks(callbacks, &Pointer::root().child("components").child("callbacks"));
    }
}

struct Copies<'c> {
    items: &'c Mapping,
    files: &'c mut SourceFiles,
    report: &'c mut Report,
    /// The path items that are being copied, one inside another.
    open: Vec<Pointer>,
}

impl Copies<'_> {
    fn path_items(&mut self, named: &mut Mapping, at: &Pointer) {
        for (name, node) in named.iter_mut() {
            self.path_item(node, &at.child(name));
        }
    }

    fn path_item(&mut self, node: &mut Value, at: &Pointer) {
        let Some((target, item)) = followed(node, self.items) else { return self.operations(node, at) };
        if self.open.contains(&target) {
            let name = node.get("$ref").and_then(Value::as_str).unwrap_or_default().to_owned();
            self.report.push(&at.child("$ref"), &ModernFinding::InItself { name });
            *node = Value::Object(Mapping::new());
            return;
        }
        let stated = std::mem::replace(node, item);
        let (stated_at, origin) = (self.files.origin(at), self.files.origin(&target));
        self.files.set_origin(at, origin);
        override_docs(node, &stated, &stated_at, at, self.files);
        self.open.push(target);
        self.operations(node, at);
        self.open.pop();
    }

    fn operations(&mut self, item: &mut Value, at: &Pointer) {
        let Value::Object(members) = item else { return };
        if self.open.len() == MAX_DEPTH {
            return;
        }
        for (method, operation) in members.iter_mut() {
            if let Some(Value::Object(callbacks)) = operation.get_mut("callbacks") {
                self.callbacks(callbacks, &at.child(method).child("callbacks"));
            }
        }
    }

    fn callbacks(&mut self, callbacks: &mut Mapping, at: &Pointer) {
        for (name, callback) in callbacks.iter_mut() {
            if let Value::Object(expressions) = callback {
                self.path_items(expressions, &at.child(name));
            }
        }
    }
}

/// Returns the path item that a `$ref` names, and its pointer.
fn followed(node: &Value, items: &Mapping) -> Option<(Pointer, Value)> {
    let mut node = node;
    let mut target = None;
    for _ in 0..MAX_JUMPS {
        let Some(reference) = node.get("$ref").and_then(Value::as_str) else { break };
        let pointer = Pointer::parse(reference)?;
        let [_, group, name] = pointer.tokens() else { return None };
        node = items.get(name).filter(|_| group == "pathItems")?;
        target = Some(pointer);
    }
    Some((target?, node.clone())).filter(|(_, item)| item.get("$ref").is_none())
}

/// `summary` and `description` beside the reference replace those of the path item.
fn override_docs(
    node: &mut Value,
    stated: &Value,
    stated_at: &FileNode,
    at: &Pointer,
    files: &mut SourceFiles,
) {
    let Value::Object(item) = node else { return };
    for key in ["summary", "description"] {
        if let Some(text) = stated.get(key) {
            item.insert(key.to_owned(), text.clone());
            let place = FileNode { file: stated_at.file, at: stated_at.at.child(key) };
            files.set_origin(&at.child(key), place);
        }
    }
}
