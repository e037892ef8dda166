//! A struct.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{self, deprecated, docs};
use super::fields::{field_type, map};
use super::wire;
use crate::rust::{Field, Prelude, Presence, Struct};

/// The struct, and how it is written and read.
pub(super) fn structure(item: &Struct, prelude: &Prelude) -> Vec<TokenStream> {
    let mut items = vec![definition(item, prelude)];
    items.extend(item.is_sensitive().then(|| redacted_debug(item)));
    items.push(wire::members(item));
    items
}

fn definition(item: &Struct, prelude: &Prelude) -> TokenStream {
    let (docs, deprecated, ident) = (docs(&item.docs), deprecated(item.deprecated), &item.ident);
    let eq = item.eq.then(|| quote! { , Eq });
    let default = item.default.then(|| quote! { , Default });
    let debug = (!item.is_sensitive()).then(|| quote! { , Debug });
    let fields = item.fields.iter().map(|field| self::field(field, prelude));
    let rest = item.rest.as_ref().map(|rest| {
        let (name, ty) = (&rest.ident, map(rest, prelude));
        quote! {
            /// Members that the definition does not name.
            pub #name: #ty,
        }
    });
    quote! {
        #docs
        #deprecated
        #[derive(Clone, PartialEq #eq #default #debug)]
        #[non_exhaustive]
        pub struct #ident {
            #(#fields)*
            #rest
        }
    }
}

fn field(field: &Field, prelude: &Prelude) -> TokenStream {
    let (docs, ident, ty) = (docs(&field.docs), &field.ident, field_type(field, prelude));
    quote! { #docs pub #ident: #ty, }
}

fn redacted_debug(item: &Struct) -> TokenStream {
    let (ident, name) = (&item.ident, item.ident.as_str());
    let shown = item.fields.iter().map(|field| shown(field, field.presence == Presence::Required));
    let rest = item.rest.as_ref().map(|rest| {
        let (ident, name) = (&rest.ident, rest.ident.as_str());
        if rest.sensitive {
            quote! { .field(#name, &specwright_runtime::Redacted) }
        } else {
            quote! { .field(#name, &self.#ident) }
        }
    });
    tokens::debug(ident, &quote! { f.debug_struct(#name) #(#shown)* #rest .finish() })
}

fn shown(field: &Field, always_there: bool) -> TokenStream {
    let ident = &field.ident;
    let name = ident.as_str().trim_start_matches("r#");
    match (field.sensitive, always_there) {
        (false, _) => quote! { .field(#name, &self.#ident) },
        (true, true) => quote! { .field(#name, &specwright_runtime::Redacted) },
        (true, false) => quote! { .field(#name, &specwright_runtime::Redacted::of(&self.#ident)) },
    }
}
