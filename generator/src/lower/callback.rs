//! Callbacks: the operations of each of their expressions.

use openapiv3::{PathItem, ReferenceOr};

use crate::api::Operation;
use crate::pointer::Pointer;
use crate::report::Report;

use super::arena::Arena;
use super::input::Input;
use super::operation::{PathEntry, methods, operation};
use super::origin::Owner;
use super::refs::{RefFinding, target};

/// Lowers the callbacks of an operation.
pub(super) fn callbacks<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    at: &Pointer,
    operation: &'d openapiv3::Operation,
    owner: &Owner,
) -> Vec<Operation> {
    let mut lowered = Vec::new();
    for (name, stated) in &operation.callbacks {
        lowered.extend(callback(input, arena, report, &at.child(name), stated, &owner.callback(name)));
    }
    lowered
}

/// Lowers the operations of one callback; the path of each is the expression that gives its URL.
pub(super) fn callback<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    at: &Pointer,
    callback: &'d openapiv3::Callback,
    owner: &Owner,
) -> Vec<Operation> {
    let mut lowered = Vec::new();
    let Some(owner) = owner.nested(at, report) else { return lowered };
    for (expression, item) in callback.iter().filter(|(name, _)| !name.starts_with("x-")) {
        let Some(entry) = callback_item(input, report, &at.child(expression), expression, item) else {
            continue;
        };
        for (method, stated) in methods(entry.item) {
            let owner = owner.clone().prefixed(method.key());
            lowered.push(operation(input, arena, report, &entry, method, stated, &owner));
        }
    }
    lowered
}

/// openapiv3 knows no `$ref` in the path item of a callback; the tree does.
pub(super) fn callback_item<'d>(
    input: Input<'d>,
    report: &mut Report,
    at: &Pointer,
    path: &'d str,
    item: &'d PathItem,
) -> Option<PathEntry<'d>> {
    let stated = input.raw(at).get("$ref").and_then(|reference| reference.as_str());
    let Some(reference) = stated else { return Some(PathEntry { at: at.clone(), path, item }) };
    match target::<PathItem>(input, reference, &[]) {
        Ok((at, ReferenceOr::Item(item))) => Some(PathEntry { at, path, item }),
        Ok((target, ReferenceOr::Reference { reference })) => {
            let name = reference.clone();
            let finding = RefFinding::Mismatched { name, expected: "a path item", reading: None, help: None };
            report.push(&target.child("$ref"), &finding);
            None
        }
        Err(finding) => {
            report.push(&at.child("$ref"), &finding);
            None
        }
    }
}
