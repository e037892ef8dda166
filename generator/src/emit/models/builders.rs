//! The builders of structs: two setters for each member, and `build`, which reports every missing one.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::groups::{self, Share};
use super::super::tokens::{self, deprecated, docs};
use super::fields::map;
use crate::ident::{ConstIdent, TypeIdent};
use crate::module::Content;
use crate::rust::{Crate, Field, Item, Models, Prelude, Presence, Struct, Type};

/// Returns whether any struct has a builder.
pub(in super::super) fn are_needed(models: &Models) -> bool {
    models.items.iter().any(|item| item.builder().is_some())
}

/// `models/builders.rs`, or the file of a group.
pub(in super::super) fn builders(krate: &Crate, share: Share<'_>) -> Content {
    let models = &krate.models;
    let own: Vec<(&Struct, &TypeIdent)> =
        share.select(&models.items, &krate.groups.items).filter_map(with_builder).collect();
    // The files of groups name everything by way of the first one.
    let named =
        if share.is_root() { models.items.iter().filter_map(with_builder).collect() } else { own.clone() };
    let gate = gate(named.iter().all(|(item, _)| item.for_servers));
    let mut items = vec![quote! { #gate use super::*; }];
    if share.is_root() {
        items.extend(groups::declarations(&groups::of_builders(krate)));
    }
    for (item, builder) in own {
        items.extend([definition(item, builder, &models.prelude), build(item, builder, &models.prelude)]);
    }
    let docs = vec!["The builders of the structs, one for each.".to_owned()];
    Content::Rust { docs, items }
}

/// The module, as `models.rs` declares it.
pub(super) fn declaration(models: &Models) -> Option<TokenStream> {
    are_needed(models).then(|| {
        quote! {
            #[allow(clippy::wildcard_imports, reason = "builders name most of the types")]
            pub mod builders;
        }
    })
}

fn with_builder(item: &Item) -> Option<(&Struct, &TypeIdent)> {
    match item {
        Item::Struct(item) => Some((item, item.builder.as_ref()?)),
        _ => None,
    }
}

/// The attribute of what servers alone need.
pub(super) fn gate(for_servers: bool) -> Option<TokenStream> {
    for_servers.then(|| quote! { #[cfg(feature = "server")] })
}

/// The method of the struct that creates its builder, if it has one.
pub(super) fn entry(item: &Struct, prelude: &Prelude) -> Option<TokenStream> {
    let (ident, builder, gate) = (&item.ident, item.builder.as_ref()?, gate(item.for_servers));
    // A setter of that name would be called instead.
    let has_default_setter = item.fields.iter().any(|field| field.ident.as_str() == "default");
    let default = if has_default_setter {
        tokens::path(prelude.default)
    } else {
        quote! { builders::#builder }
    };
    Some(quote! {
        #gate
        impl #ident {
            /// Creates a builder with every member absent.
            #[inline]
            pub fn builder() -> builders::#builder {
                #default::default()
            }
        }
    })
}

/// The struct of the builder and its setters, which a macro of the runtime writes out.
///
/// The macro documents the setters by links to the fields, so that nothing is said twice.
fn definition(item: &Struct, builder: &TypeIdent, prelude: &Prelude) -> TokenStream {
    let ident = &item.ident;
    let redacted = item.is_sensitive().then(|| quote! { #[redacted] });
    let members = item.fields.iter().filter(|field| !field.is_set_by_service);
    let members = members.map(|field| member(field, prelude));
    let rest = item.rest.as_ref().map(|rest| {
        let (name, ty) = (&rest.ident, map(rest, prelude));
        quote! { #name: (rest, #ty), }
    });
    let gate = gate(item.for_servers);
    quote! {
        #gate
        specwright_runtime::builder! {
            #[builds(#ident)]
            #redacted
            pub struct #builder { #(#members,)* #rest }
        }
    }
}

/// A member as the macro takes it.
fn member(field: &Field, prelude: &Prelude) -> TokenStream {
    let (ident, set, deprecated) = (&field.ident, &field.set, deprecated(field.deprecated));
    let may_be_null = matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
    let member = match &field.ty {
        Type::Boxed(inner) => {
            let kind = tokens::ident(if may_be_null { "boxed_nullable" } else { "boxed" });
            let ty = tokens::ty(inner, prelude);
            quote! { #kind, #ty }
        }
        ty if may_be_null => tokens::wrapped(prelude.option, ty, prelude),
        ty => tokens::ty(ty, prelude),
    };
    quote! { #deprecated #ident: (#set, #member) }
}

fn build(item: &Struct, builder: &TypeIdent, prelude: &Prelude) -> TokenStream {
    let (ident, option) = (&item.ident, tokens::path(prelude.option));
    let required: Vec<&Field> = item.fields.iter().filter(|field| field.missing.is_some()).collect();
    let members = item.fields.iter().map(|field| {
        let ident = &field.ident;
        if let Some(variant) = &field.preset {
            let ty = tokens::ty(&field.ty, prelude);
            quote! { #ident: self.#ident.unwrap_or(#ty::#variant) }
        } else if field.presence.is_required() {
            quote! { #ident }
        } else if field.is_set_by_service {
            quote! { #ident: #option::None }
        } else {
            quote! { #ident: self.#ident }
        }
    });
    let rest = item.rest.as_ref().map(|rest| {
        let ident = &rest.ident;
        quote! { , #ident: self.#ident }
    });
    let (result, ok) = (tokens::path(prelude.result), tokens::path(prelude.ok));
    let violations = tokens::path(prelude.violations);
    let taken = taken(&required, prelude);
    let has_preset = item.fields.iter().any(|field| field.preset.is_some());
    let preset = if has_preset { " One that has a single value is set to it." } else { "" };
    let docs = docs(&[format!("A violation for each required member that is missing.{preset}")]);
    let gate = gate(item.for_servers);
    quote! {
        #gate
        impl #builder {
            /// Builds the value.
            ///
            /// # Errors
            ///
            #docs
            #[inline]
            pub fn build(self) -> #result<#ident, #violations> {
                #taken
                #ok(#ident { #(#members),* #rest })
            }
        }
    }
}

/// Reports every missing member, then takes all of them out of the builder.
fn taken(required: &[&Field], prelude: &Prelude) -> TokenStream {
    if required.is_empty() {
        return TokenStream::new();
    }
    let mut by_code: Vec<(&ConstIdent, Vec<&Field>)> = Vec::new();
    for field in required {
        let Some(code) = &field.missing else { continue };
        match by_code.iter_mut().find(|(known, _)| *known == code) {
            Some((_, fields)) => fields.push(field),
            None => by_code.push((code, vec![field])),
        }
    }
    let violations = tokens::path(prelude.violations);
    let reports = by_code.iter().map(|(code, fields)| {
        let flags = fields.iter().map(|field| {
            let (wire, ident) = (&field.wire, &field.ident);
            quote! { (#wire, self.#ident.is_none()) }
        });
        quote! { #violations::missing(&#code, [#(#flags),*]) }
    });
    let mut reports: Vec<TokenStream> = reports.collect();
    let first = reports.remove(0);
    let (mutable, more) = if reports.is_empty() {
        (None, None)
    } else {
        (Some(quote! { mut }), Some(quote! { #(violations.extend(#reports);)* }))
    };
    let (some, err) = (tokens::path(prelude.some), tokens::path(prelude.err));
    let patterns = required.iter().map(|field| {
        let ident = &field.ident;
        quote! { #some(#ident) }
    });
    let values = required.iter().map(|field| {
        let ident = &field.ident;
        quote! { self.#ident }
    });
    let (patterns, values) = match required {
        [_] => (quote! { #(#patterns)* }, quote! { #(#values)* }),
        _ => (quote! { (#(#patterns),*) }, quote! { (#(#values),*) }),
    };
    quote! {
        let #mutable violations = #first;
        #more
        let #patterns = #values else {
            return #err(violations);
        };
    }
}
