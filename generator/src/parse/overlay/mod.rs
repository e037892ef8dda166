//! Overlays, after version 1.0 of OpenAPI's Overlay specification: their actions change the tree before
//! anything else reads it.

mod finding;
mod json_path;
mod merge;
mod select;
#[cfg(test)]
mod tests;

use serde_json::Value;

use self::finding::OverlayFinding;
use self::json_path::JsonPath;
use super::context::Mapping;
use super::describe::describe;
use crate::pointer::Pointer;
use crate::report::{Report, nearest};
use crate::source::{FileId, SourceFiles};

/// Applies the actions of one overlay, in their order. Findings are about the overlay's text.
pub(super) fn apply(
    overlay: &Value,
    file: FileId,
    tree: &mut Value,
    files: &mut SourceFiles,
    report: &mut Report,
) {
    let root = Pointer::root();
    let Some(members) = members(overlay, &root, &["overlay", "info", "extends", "actions"], report) else {
        return;
    };
    match members.get("overlay").and_then(Value::as_str) {
        Some(version) if version.starts_with("1.") => {}
        Some(version) => {
            let found = version.to_owned();
            report.push(&root.child("overlay"), &OverlayFinding::Version { found });
            return;
        }
        None => {
            report.push(&root, &OverlayFinding::Missing { name: "overlay" });
            return;
        }
    }
    let at = root.child("actions");
    match members.get("actions") {
        Some(Value::Array(actions)) => {
            for (index, action) in actions.iter().enumerate() {
                apply_action(action, &at.child(index), file, tree, files, report);
            }
        }
        Some(other) => {
            report.push(&at, &OverlayFinding::WrongType { wanted: "a list", found: describe(other) });
        }
        None => report.push(&root, &OverlayFinding::Missing { name: "actions" }),
    }
}

fn apply_action(
    action: &Value,
    at: &Pointer,
    file: FileId,
    tree: &mut Value,
    files: &mut SourceFiles,
    report: &mut Report,
) {
    let known = ["target", "description", "update", "remove"];
    let Some(members) = members(action, at, &known, report) else { return };
    let target = at.child("target");
    let path = match members.get("target") {
        Some(Value::String(text)) => match json_path::parse(text) {
            Ok(path) => path,
            Err(error) => {
                report.push(&target, &OverlayFinding::Path { text: text.clone(), error });
                return;
            }
        },
        Some(other) => {
            let found = describe(other);
            report.push(&target, &OverlayFinding::WrongType { wanted: "a JSONPath", found });
            return;
        }
        None => {
            report.push(at, &OverlayFinding::Missing { name: "target" });
            return;
        }
    };
    let is_removal = match members.get("remove") {
        None | Some(Value::Bool(false)) => false,
        Some(Value::Bool(true)) => true,
        Some(other) => {
            let found = describe(other);
            let finding = OverlayFinding::WrongType { wanted: "`true` or `false`", found };
            report.push(&at.child("remove"), &finding);
            return;
        }
    };
    let found = select::select(tree, &path);
    if found.is_empty() {
        report.push(&target, &OverlayFinding::NoMatch { near: near(tree, &path) });
    } else if is_removal {
        if found.iter().any(|node| node.parent().is_none()) {
            report.push(&target, &OverlayFinding::RemovedRoot);
            return;
        }
        merge::remove(tree, files, found);
    } else if let Some(update) = members.get("update") {
        let mut merge = merge::Merge { files, file, report };
        for node in &found {
            merge.update(tree, node, update, &at.child("update"));
        }
    } else {
        report.push(at, &OverlayFinding::NoChange);
    }
}

/// Returns the members of a mapping, and reports those that have no meaning.
fn members<'v>(value: &'v Value, at: &Pointer, known: &[&str], report: &mut Report) -> Option<&'v Mapping> {
    let Some(members) = value.as_object() else {
        report.push(at, &OverlayFinding::WrongType { wanted: "a mapping", found: describe(value) });
        return None;
    };
    let is_unknown = |name: &&String| !known.contains(&name.as_str()) && !name.starts_with("x-");
    for name in members.keys().filter(is_unknown) {
        let near = nearest(name, known.iter().copied()).map(str::to_owned);
        report.push(&at.child(name), &OverlayFinding::UnknownMember { name: name.clone(), near });
    }
    Some(members)
}

/// Returns the name that was probably meant by the first name of the path that nothing has.
fn near(tree: &Value, path: &JsonPath) -> Option<String> {
    let (name, around) = select::first_missing(tree, path)?;
    let known = around.into_iter().filter_map(Value::as_object).flat_map(Mapping::keys);
    nearest(name, known.map(String::as_str)).map(str::to_owned)
}
