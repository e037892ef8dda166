//! Path items that are components: each is copied to where it is used, because OpenAPI 3.0 has none.

use serde_json::Value;

use crate::parse::context::Mapping;
use crate::pointer::Pointer;
use crate::source::SourceFiles;

/// How many references may lead from one path item to another.
const MAX_JUMPS: usize = 32;

/// Copies what paths and webhooks refer to.
pub(super) fn copy(tree: &mut Value, files: &mut SourceFiles) {
    let Some(items) = tree.pointer("/components/pathItems").and_then(Value::as_object).cloned() else {
        return;
    };
    for group in ["paths", "webhooks"] {
        let Some(Value::Object(named)) = tree.get_mut(group) else { continue };
        for (name, node) in named.iter_mut() {
            let Some((target, item)) = followed(node, &items) else { continue };
            let stated = std::mem::replace(node, item);
            let at = Pointer::root().child(group).child(name);
            let origin = files.origin(&target);
            files.set_origin(&at, origin);
            override_docs(node, &stated, &at, files);
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
fn override_docs(node: &mut Value, stated: &Value, at: &Pointer, files: &mut SourceFiles) {
    let Value::Object(item) = node else { return };
    for key in ["summary", "description"] {
        if let Some(text) = stated.get(key) {
            item.insert(key.to_owned(), text.clone());
            let own = at.child(key);
            let place = crate::source::FileNode { file: SourceFiles::DEFINITION, at: own.clone() };
            files.set_origin(&own, place);
        }
    }
}
