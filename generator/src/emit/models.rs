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
fn imports(models: &Models) -> Option<TokenStream> {
    let (prelude, mut names) = (&models.prelude, BTreeSet::new());
    names.extend((!models.codes.is_empty()).then_some(prelude.code));
    for item in &models.items {
        let types = item.types().into_iter().flat_map(Type::innermost);
        names.extend(types.filter_map(|ty| match ty {
            Type::Runtime(ty) if !prelude.shadowed.contains(ty) => Some(ty.name()),
            _ => None,
        }));
        let has_builder = matches!(item, Item::Struct(item) if item.builder.is_some());
        names.extend(has_builder.then_some(prelude.violations));
    }
    let names: Vec<_> = names.into_iter().filter(|name| !name.contains("::")).map(tokens::ident).collect();
    (!names.is_empty()).then(|| quote! { use specwright_runtime::{#(#names),*}; })
}

fn code(code: &Code, prelude: &Prelude) -> TokenStream {
    let ty = tokens::path(prelude.code);
    let (ident, name, message) = (&code.ident, &code.name, &code.message);
    let make = tokens::ident(if code.warning { "warning" } else { "error" });
    quote! {
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
