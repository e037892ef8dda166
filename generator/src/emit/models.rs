//! `models.rs`: one item or a few for each schema.

pub(super) mod builders;
mod enums;
mod fields;
mod structs;
mod unions;
mod wire;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::groups::{self, Share};
use super::tokens::{self, docs};
use crate::module::Content;
use crate::rust::{Alias, Code, Crate, Item, Models, Prelude, Type};
use crate::settings::Part;

/// The whole file, or that of a group.
pub(super) fn models(krate: &Crate, share: Share<'_>) -> Content {
    let models = &krate.models;
    let mut items = Vec::new();
    if share.is_root() {
        items.extend(builders::declaration(models));
        items.extend(groups::declarations(&groups::others(krate, Part::Models)));
        items.extend(imports(models));
        items.extend(models.codes.iter().map(|found| code(found, &models.prelude)));
    } else {
        items.push(quote! { use super::*; });
    }
    for item in share.select(&models.items, &krate.groups.items) {
        match item {
            Item::Struct(item) => {
                items.extend(structs::structure(item, &models.prelude));
                items.extend(builders::entry(item, &models.prelude));
            }
            Item::Enum(item) => items.extend(enums::open_enum(item)),
            Item::Union(item) => items.extend(unions::union(item, &models.prelude)),
            Item::Alias(item) => items.push(alias(item, &models.prelude)),
        }
    }
    Content::Rust { docs: vec!["The types of the schemas.".to_owned()], items }
}

/// The runtime's types that the items mention, but for those that are written with their path.
fn imports(models: &Models) -> Vec<TokenStream> {
    let (prelude, mut names) = (&models.prelude, BTreeSet::new());
    let mut of_servers = BTreeSet::new();
    for code in &models.codes {
        (if code.for_servers { &mut of_servers } else { &mut names }).insert(prelude.code);
    }
    for item in &models.items {
        let types = item.types().into_iter().flat_map(Type::innermost);
        names.extend(types.filter_map(|ty| match ty {
            Type::Runtime(ty) if !prelude.shadowed.contains(ty) => Some(ty.name()),
            _ => None,
        }));
        if let Item::Struct(item) = item
            && item.builder.is_some()
        {
            (if item.for_servers { &mut of_servers } else { &mut names }).insert(prelude.violations);
        }
    }
    of_servers.retain(|name| !names.contains(name));
    [(names, false), (of_servers, true)]
        .into_iter()
        .filter_map(|(names, for_servers)| {
            let names: Vec<_> =
                names.into_iter().filter(|name| !name.contains("::")).map(tokens::ident).collect();
            let gate = builders::gate(for_servers);
            (!names.is_empty()).then(|| quote! { #gate use specwright_runtime::{#(#names),*}; })
        })
        .collect()
}

fn code(code: &Code, prelude: &Prelude) -> TokenStream {
    let gate = builders::gate(code.for_servers);
    let ty = tokens::path(prelude.code);
    let (ident, name, message) = (&code.ident, &code.name, &code.message);
    let make = tokens::ident(if code.warning { "warning" } else { "error" });
    quote! {
        #gate
        const #ident: #ty = #ty::#make(#name, #message);
    }
}

fn alias(alias: &Alias, prelude: &Prelude) -> TokenStream {
    let (docs, ident, target) = (docs(&alias.docs), &alias.ident, tokens::ty(&alias.target, prelude));
    if !alias.newtype {
        return quote! { #docs pub type #ident = #target; };
    }
    let eq = alias.eq.then(|| quote! { , Eq });
    let (shown, read, debug) = if alias.sensitive {
        let name = ident.as_str();
        let debug = quote! { f.debug_tuple(#name).field(&specwright_runtime::Redacted).finish() };
        let read = quote! { #[serde(deserialize_with = "specwright_runtime::redacted::deserialize")] };
        (None, Some(read), Some(tokens::debug(ident, &debug)))
    } else {
        (Some(quote! { Debug, }), None, None)
    };
    quote! {
        #docs
        #[derive(Clone, #shown PartialEq #eq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct #ident(#read pub #target);
        #debug
    }
}
