//! Path items and operations.

use openapiv3::PathItem;

use crate::api::{Method, Operation, Parameter};
use crate::pointer::Pointer;
use crate::report::Report;

use super::arena::Arena;
use super::callback::callbacks;
use super::content::{request_body, responses};
use super::docs::docs;
use super::extension::{ExtendedObject, bulk, check_extensions, documented_as, poll};
use super::input::Input;
use super::origin::Owner;
use super::parameter::{is_ignored_parameter, parameters};
use super::refs::{Resolved, resolve};
use super::schema::fill_declared;
use super::security::requirements;
use super::server::servers;
use super::template::{check_template, fit_to_template};

/// A path item with its pointer and its path: a template, or the expression of a callback.
pub(super) struct PathEntry<'d> {
    pub(super) at: Pointer,
    pub(super) path: &'d str,
    pub(super) item: &'d PathItem,
}

/// Lowers every operation of the document, in document order, and fills the schemas of each.
pub(super) fn operations<'d>(input: Input<'d>, arena: &mut Arena<'d>, report: &mut Report) -> Vec<Operation> {
    let paths = Pointer::root().child("paths");
    let mut lowered = Vec::new();
    for (path, node) in &input.document.openapi.paths.paths {
        let is_well_formed = check_template(report, &paths.child(path), path);
        if !is_well_formed && report.keep_going {
            continue;
        }
        let Some(Resolved { at, item }) = resolve(input, report, &paths.child(path), node) else { continue };
        let entry = PathEntry { at, path, item };
        for (method, stated) in methods(item) {
            let owner = Owner::operation(lowered.len());
            let mut operation = operation(input, arena, report, &entry, method, stated, &owner);
            if is_well_formed {
                fit_to_template(arena, report, &mut operation, &owner);
            }
            lowered.push(operation);
            fill_declared(input, arena, report);
        }
    }
    lowered
}

/// Lowers one operation of a path item.
pub(super) fn operation<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    entry: &PathEntry<'d>,
    method: Method,
    stated: &'d openapiv3::Operation,
    owner: &Owner,
) -> Operation {
    let at = entry.at.child(method.key());
    check_extensions(input, report, &entry.at, ExtendedObject::PATH_ITEM);
    check_extensions(input, report, &at, ExtendedObject::OPERATION);
    let raw = input.raw(&at);
    let mut docs = docs(input, report, &at);
    docs.summary = docs.summary.or_else(|| entry.item.summary.clone());
    docs.description = docs.description.or_else(|| entry.item.description.clone());
    let servers = if stated.servers.is_empty() {
        servers(input, report, &entry.at, &entry.item.servers)
    } else {
        servers(input, report, &at, &stated.servers)
    };
    let body = stated.request_body.as_ref();
    let parameters = merged_parameters(input, arena, report, entry, &at, stated, owner);
    let (ignored, parameters): (Vec<_>, Vec<_>) = parameters.into_iter().partition(is_ignored_parameter);
    Operation {
        id: stated.operation_id.clone(),
        method,
        path: entry.path.to_owned(),
        docs,
        tags: stated.tags.clone(),
        parameters,
        ignored_headers: ignored.into_iter().map(|header| header.name).collect(),
        request_body: body
            .and_then(|node| request_body(input, arena, report, &at.child("requestBody"), node, owner)),
        responses: responses(input, arena, report, &at.child("responses"), &stated.responses, owner),
        security: stated.security.as_deref().map(requirements),
        servers,
        callbacks: callbacks(input, arena, report, &at.child("callbacks"), stated, owner),
        bulk: bulk(report, &at, raw),
        poll: poll(report, &at, raw),
        documented_as: documented_as(report, &at, raw),
        at,
    }
}

/// Returns the parameters of the path item and the operation's own, which replace those of the same name.
fn merged_parameters<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    entry: &PathEntry<'d>,
    at: &Pointer,
    stated: &'d openapiv3::Operation,
    owner: &Owner,
) -> Vec<Parameter> {
    let shared = &entry.item.parameters;
    let mut merged = parameters(input, arena, report, &entry.at.child("parameters"), shared, owner);
    for own in parameters(input, arena, report, &at.child("parameters"), &stated.parameters, owner) {
        let same = |known: &&mut Parameter| known.name == own.name && known.location == own.location;
        match merged.iter_mut().find(same) {
            Some(known) => *known = own,
            None => merged.push(own),
        }
    }
    merged
}

/// Returns the operations of a path item, in the order of the specification.
pub(super) fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &openapiv3::Operation)> {
    let stated =
        [&item.get, &item.put, &item.post, &item.delete, &item.options, &item.head, &item.patch, &item.trace];
    Method::ALL.into_iter().zip(stated).filter_map(|((method, _), stated)| Some((method, stated.as_ref()?)))
}
