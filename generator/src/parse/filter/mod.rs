//! Operations that are not wanted, and what only they use, are taken out of the tree before it is checked:
//! what is wrong with them concerns nobody.
//!
//! A node that a kept operation refers to stays in the tree, wherever it is; an operation around it is
//! generated nevertheless only if it is kept itself.

mod finding;
mod reach;
mod select;

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, PathItem, ReferenceOr};
use serde_json::{Map, Value};

use self::finding::FilterFinding;
use self::reach::{Reached, reached};
use self::select::{METHODS, OperationKey, path_item};
use crate::pointer::Pointer;
use crate::report::Report;
use crate::settings::{OperationFilter, OperationSet};

/// The operations that a filter keeps.
#[derive(Debug)]
pub(super) struct KeptOperations(BTreeSet<OperationKey>);

/// Takes out of the tree what the filter does not keep; `None` if the filter keeps nothing, after a finding.
pub(super) fn filter(
    tree: &mut Value,
    filter: &OperationFilter,
    report: &mut Report,
) -> Option<KeptOperations> {
    let at = Pointer::root().child("paths");
    let operations = select::operations(tree);
    let unmatched = select::unmatched(&operations, filter);
    let is_error = unmatched.iter().any(FilterFinding::is_of_include);
    for finding in &unmatched {
        report.push(&at, finding);
    }
    let kept = select::kept(&operations, filter);
    if kept.is_empty() && !is_error {
        report.push(&at, &FilterFinding::NothingLeft);
    }
    if kept.is_empty() || is_error {
        return None;
    }
    // Who names the operations that are wanted wants no webhooks.
    if filter.include != OperationSet::default()
        && let Value::Object(root) = tree
    {
        root.shift_remove("webhooks");
    }
    let reached = reached(tree, &kept);
    prune_paths(tree, &kept, &reached);
    if let Some(Value::Object(components)) = tree.get_mut("components") {
        prune_components(components, &reached);
    }
    Some(KeptOperations(kept))
}

/// Security schemes stay: many documents do not say which operations need them.
fn prune_components(components: &mut Map<String, Value>, reached: &Reached) {
    let groups = components.iter_mut();
    for (group, named) in groups.filter(|(group, _)| *group != "securitySchemes" && !group.starts_with("x-"))
    {
        if let Value::Object(named) = named {
            named.retain(|name, _| reached.has_component(group, name));
        }
    }
}

/// A path item that is a reference is written out, as its operations may be kept there and not here.
fn prune_paths(tree: &mut Value, kept: &BTreeSet<OperationKey>, reached: &Reached) {
    let Some(paths) = tree.get("paths").and_then(Value::as_object) else { return };
    let mut pruned = Map::new();
    for (path, node) in paths {
        let Value::Object(mut item) = path_item(tree, node).clone() else { continue };
        let is_whole = path.starts_with("x-") || reached.has_path(path);
        item.retain(|name, _| {
            let is_operation = METHODS.contains(&name.as_str());
            let is_kept = || kept.contains(&OperationKey::new(path, name));
            is_whole || !is_operation || is_kept() || reached.has_operation(path, name)
        });
        if is_whole || METHODS.into_iter().any(|method| item.contains_key(method)) {
            pruned.insert(path.clone(), Value::Object(item));
        }
    }
    if let Some(paths) = tree.get_mut("paths") {
        *paths = Value::Object(pruned);
    }
}

impl KeptOperations {
    /// Removes operations whose nodes are in the tree only because something refers to them.
    pub(super) fn retain_in(&self, openapi: &mut OpenAPI) {
        openapi.paths.paths.retain(|path, item| {
            let is_kept = |method: &str| self.0.contains(&OperationKey::new(path, method));
            if let ReferenceOr::Item(item) = item {
                for (method, operation) in operations_of(item) {
                    if !is_kept(method) {
                        *operation = None;
                    }
                }
            }
            METHODS.into_iter().any(is_kept)
        });
    }
}

fn operations_of(item: &mut PathItem) -> [(&'static str, &mut Option<openapiv3::Operation>); 8] {
    [
        ("get", &mut item.get),
        ("put", &mut item.put),
        ("post", &mut item.post),
        ("delete", &mut item.delete),
        ("options", &mut item.options),
        ("head", &mut item.head),
        ("patch", &mut item.patch),
        ("trace", &mut item.trace),
    ]
}
