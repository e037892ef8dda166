//! Repairs of responses, links, callbacks and server variables.

use serde_json::Value;

use super::defect::{Defect, Repair, text};
use crate::parse::context::{Mapping, RepairContext};
use crate::parse::finding::Problem;
use crate::parse::grammar::ObjectName;
use crate::pointer::Pointer;
use crate::report::{Fix, NodePart};

pub(super) const REPAIRS: &[Repair] = &[
    Repair { code: "no-responses", objects: &[ObjectName::Responses], apply: no_responses },
    Repair { code: "status-letter-case", objects: &[ObjectName::Responses], apply: status_letter_case },
    Repair { code: "link-without-operation", objects: &[ObjectName::Link], apply: link_without_operation },
    Repair { code: "default-missing", objects: &[ObjectName::ServerVariable], apply: default_missing },
    Repair { code: "unresolved-reference", objects: &[ObjectName::Operation], apply: callback_references },
];

/// OpenAPI asks for one response at least: without any, nothing is known to be a success.
fn no_responses(responses: &mut Mapping, defect: &mut Defect<'_, '_>) {
    if responses.keys().all(|key| key.starts_with("x-")) {
        let what = "an operation needs at least one response";
        defect.context.repaired(defect.at, defect.code, what, "the body of a success is not read");
    }
}

/// `4xx` for `4XX`. openapiv3 takes both.
fn status_letter_case(responses: &mut Mapping, defect: &mut Defect<'_, '_>) {
    for key in responses.keys().filter(|key| key.len() == 3 && key.ends_with("xx")) {
        let range = key.to_ascii_uppercase();
        let problem = Problem::Repaired {
            code: defect.code,
            part: NodePart::Key,
            what: format!("a range of status codes is written `{range}`"),
            reading: format!("it is read as `{range}`"),
            help: None,
            fix: Some(Fix::Text(range)),
        };
        defect.push(key, &problem);
    }
}

fn link_without_operation(link: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let is_given = |key: &str| link.get(key).is_some_and(|value| !value.is_null());
    if !is_given("operationId") && !is_given("operationRef") {
        let what = "a link needs `operationId` or `operationRef`";
        defect.context.repaired(defect.at, defect.code, what, "it is read as a link to nothing");
        link.insert("operationId".to_owned(), "".into());
    }
}

/// Without a default the first allowed value is as good as any.
fn default_missing(variable: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(first) = variable.get("enum").and_then(|values| values.get(0)).cloned() else { return };
    if variable.get("default").is_none_or(Value::is_null) {
        defect.read_as("enum", "a server variable needs `default`", format!("it is read as {first}"));
        variable.insert("default".to_owned(), first);
    }
}

/// openapiv3 knows no `$ref` to a callback, so the callback replaces it. This is not a defect of the
/// document.
fn callback_references(operation: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(Value::Object(callbacks)) = operation.get_mut("callbacks") else { return };
    let list = defect.at.key("callbacks");
    for (name, callback) in callbacks.iter_mut() {
        let Some(target) = reference(callback).map(str::to_owned) else { continue };
        let mut found = referenced(&target, defect.context).cloned();
        for _ in 0..defect.context.callbacks.len() {
            let Some(next) = found.as_ref().and_then(reference) else { break };
            found = referenced(next, defect.context).cloned();
        }
        let at = list.key(name);
        let Some(mut found) = found.filter(|found| reference(found).is_none()) else {
            defect.context.push(&at.key("$ref"), &Problem::UnresolvedCallback { target });
            *callback = Value::Object(Mapping::new());
            continue;
        };
        if drop_nested_references(&mut found) {
            let what = format!("a callback in `{target}` is itself given by `$ref`");
            defect.context.repaired(&at, "nested-callback", what, "it is left out here");
        }
        *callback = found;
    }
}

fn reference(callback: &Value) -> Option<&str> {
    text(callback.as_object()?, "$ref")
}

fn referenced<'d>(target: &str, context: &'d RepairContext<'_>) -> Option<&'d Value> {
    let pointer = Pointer::parse(target)?;
    match pointer.tokens() {
        [components, callbacks, name] if components == "components" && callbacks == "callbacks" => {
            context.callbacks.get(name)
        }
        _ => None,
    }
}

/// Drops references in a callback, which might refer to itself without end. Returns whether there were any.
fn drop_nested_references(callback: &mut Value) -> bool {
    let mut dropped = false;
    let items = callback.as_object_mut().into_iter().flat_map(Mapping::values_mut);
    let operations = items.filter_map(Value::as_object_mut).flat_map(Mapping::values_mut);
    for operation in operations {
        let Some(nested) = operation.get_mut("callbacks").and_then(Value::as_object_mut) else { continue };
        nested.retain(|_, nested| {
            let is_reference = nested.get("$ref").is_some();
            dropped |= is_reference;
            !is_reference
        });
    }
    dropped
}
