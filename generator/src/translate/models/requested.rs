//! Which structs get a builder: as a rule those that a request can contain, and for servers those of
//! responses, since nobody builds the others.

use std::collections::{BTreeMap, BTreeSet};

use super::super::types::Types;
use crate::api::{Operation, Response, SchemaId};
use crate::ident::TypeIdent;
use crate::rust::{Code, Item, Type};
use crate::settings::{Builders, Layout, Part, Settings};

/// Takes the builders from structs that the setting leaves without one. Where there is a server, which makes
/// responses, their structs keep it for servers.
pub(super) fn choose_builders(types: &mut Types<'_>, items: &mut [Item], settings: &Settings) {
    let operations = &types.api.operations;
    let (requested, answered) = match settings.builders {
        Builders::All => return,
        Builders::Requests if operations.is_empty() => return,
        Builders::None => (BTreeSet::new(), BTreeSet::new()),
        Builders::Requests => {
            let answered = if settings.wants(Part::Server) { answered(operations) } else { Vec::new() };
            (contained(types, items, sent(operations)), contained(types, items, answered))
        }
    };
    // Modules that are included have no features.
    let has_features = settings.layout == Layout::Package;
    for item in items {
        let Item::Struct(item) = item else { continue };
        let is_requested = requested.contains(&item.ident);
        if !is_requested && !answered.contains(&item.ident) {
            item.builder = None;
        }
        item.for_servers = has_features && !is_requested && item.builder.is_some();
    }
}

/// Returns the constants that a builder reports.
pub(super) fn used_codes(codes: Vec<Code>, items: &[Item]) -> Vec<Code> {
    let used = |code: &Code, for_servers: bool| {
        items.iter().any(|item| match item {
            Item::Struct(item) if item.builder.is_some() && item.for_servers == for_servers => {
                item.fields.iter().any(|field| field.missing.as_ref() == Some(&code.ident))
            }
            _ => false,
        })
    };
    let kept = codes.into_iter().filter_map(|code| {
        let for_servers = !used(&code, false);
        (!for_servers || used(&code, true)).then_some(Code { for_servers, ..code })
    });
    kept.collect()
}

/// Returns the types of schemas, with the types of their members.
fn contained(types: &mut Types<'_>, items: &[Item], roots: Vec<SchemaId>) -> BTreeSet<TypeIdent> {
    let mut open: Vec<Type> = roots.into_iter().map(|id| types.of(id)).collect();
    let by_name: BTreeMap<&TypeIdent, &Item> = items.iter().map(|item| (item.ident(), item)).collect();
    let mut found = BTreeSet::new();
    while let Some(ty) = open.pop() {
        for ident in ty.named() {
            if found.insert(ident.clone())
                && let Some(item) = by_name.get(ident)
            {
                open.extend(item.types().into_iter().cloned());
            }
        }
    }
    found
}

/// Returns the schemas of parameters and request bodies, and those of the answers to callbacks, which the
/// user's own server sends.
fn sent(operations: &[Operation]) -> Vec<SchemaId> {
    let mut found = Vec::new();
    for operation in operations {
        found.extend(operation.parameters.iter().filter_map(|parameter| parameter.content.schema()));
        let bodies = operation.request_body.iter().flat_map(|body| &body.content);
        let answers = operation.callbacks.iter().flat_map(|callback| &callback.responses);
        let answers = answers.flat_map(|response| &response.content);
        found.extend(bodies.chain(answers).filter_map(|media| media.schema));
    }
    found
}

/// Returns the schemas of responses, which a server makes.
fn answered(operations: &[Operation]) -> Vec<SchemaId> {
    let responses = operations.iter().flat_map(|operation| &operation.responses);
    let of = |response: &Response| {
        let bodies = response.content.iter().filter_map(|media| media.schema);
        let headers = response.headers.iter().filter_map(|header| header.content.schema());
        bodies.chain(headers).collect::<Vec<_>>()
    };
    responses.flat_map(of).collect()
}
