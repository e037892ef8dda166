//! Which structs get a builder: as a rule those that a request can contain, since nobody builds the others.

use std::collections::{BTreeMap, BTreeSet};

use super::super::types::Types;
use crate::api::{Operation, SchemaId};
use crate::ident::TypeIdent;
use crate::rust::{Code, Item, Type};
use crate::settings::Builders;

/// Takes the builders from structs that the setting leaves without one.
pub(super) fn choose_builders(types: &mut Types<'_>, items: &mut [Item], setting: Builders) {
    let requested = match setting {
        Builders::All => return,
        Builders::Requests if types.api.operations.is_empty() => return,
        Builders::Requests => requested(types, items),
        Builders::None => BTreeSet::new(),
    };
    for item in items {
        if let Item::Struct(item) = item
            && !requested.contains(&item.ident)
        {
            item.builder = None;
        }
    }
}

/// Returns the constants that a builder reports.
pub(super) fn used_codes(codes: Vec<Code>, items: &[Item]) -> Vec<Code> {
    let built = items.iter().filter_map(|item| match item {
        Item::Struct(item) if item.builder.is_some() => Some(item),
        _ => None,
    });
    let used: BTreeSet<&str> = built
        .flat_map(|item| &item.fields)
        .filter_map(|field| Some(field.missing.as_ref()?.as_str()))
        .collect();
    codes.into_iter().filter(|code| used.contains(code.ident.as_str())).collect()
}

/// Returns the types of everything that is sent, with the types of their members.
fn requested(types: &mut Types<'_>, items: &[Item]) -> BTreeSet<TypeIdent> {
    let roots = sent(&types.api.operations);
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
