//! How a struct is written to and read from JSON: the table of its members.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens;
use crate::rust::{Field, Presence, Struct};

/// The call of `object!`.
pub(super) fn members(item: &Struct) -> TokenStream {
    let ident = &item.ident;
    let fields = item.fields.iter().map(member);
    let rest = item.rest.as_ref().map(|rest| {
        let (sensitive, name) = (sensitive(rest.sensitive), &rest.ident);
        let presence = tokens::ident(if rest.exact { "exact_rest" } else { "rest" });
        quote! { #sensitive #name: #presence, }
    });
    quote! {
        specwright_runtime::object! {
            struct #ident {
                #(#fields)*
                #rest
            }
        }
    }
}

fn member(field: &Field) -> TokenStream {
    let (sensitive, name, wire) = (sensitive(field.sensitive), &field.ident, &field.wire);
    let presence = tokens::ident(match field.presence {
        Presence::Required => "required",
        Presence::RequiredNullable => "required_nullable",
        Presence::Optional => "optional",
        Presence::OptionalNullable => "nullable",
        Presence::OptionalAny => "present",
    });
    let exact = field.exact.then(|| quote! { , exact });
    quote! { #sensitive #name: #presence<#wire #exact>, }
}

fn sensitive(is_sensitive: bool) -> Option<TokenStream> {
    is_sensitive.then(|| quote! { #[sensitive] })
}
