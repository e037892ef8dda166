//! How a struct is written to and read from JSON: serde attributes, or code where attributes do not reach.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens;
use crate::rust::{Field, Prelude, Presence, Rest, Struct};

/// The `#[serde(...)]` of a field in a struct that derives both ways.
pub(super) fn attribute(field: &Field, prelude: &Prelude) -> Option<TokenStream> {
    let wire = &field.wire;
    let plain = field.ident.as_str().trim_start_matches("r#");
    let rename = (wire != plain).then(|| quote! { rename = #wire });
    let skip = format!("{}::is_none", prelude.option);
    let absent = match field.presence {
        Presence::Required => None,
        Presence::Optional => Some(quote! { skip_serializing_if = #skip }),
        Presence::RequiredNullable => {
            Some(quote! { deserialize_with = "specwright_runtime::nullable::required" })
        }
        Presence::OptionalNullable => Some(quote! {
            default, deserialize_with = "specwright_runtime::nullable::deserialize", skip_serializing_if = #skip
        }),
        Presence::OptionalAny => Some(quote! {
            default, deserialize_with = "specwright_runtime::nullable::present", skip_serializing_if = #skip
        }),
    };
    let arguments: Vec<TokenStream> = rename.into_iter().chain(absent).collect();
    (!arguments.is_empty()).then(|| quote! { #[serde(#(#arguments),*)] })
}

/// `Serialize` of a struct that keeps additional properties.
///
/// serde's `flatten` would do, but reading needs code of its own, and the two stand better side by side.
pub(super) fn serialize(item: &Struct, rest: &Rest, prelude: &Prelude) -> TokenStream {
    let ident = &item.ident;
    let members = item.fields.iter().map(|field| {
        let (name, wire) = (&field.ident, &field.wire);
        match field.presence {
            Presence::Required | Presence::RequiredNullable => {
                quote! { object.required(#wire, &self.#name)?; }
            }
            Presence::Optional | Presence::OptionalAny | Presence::OptionalNullable => {
                quote! { object.optional(#wire, &self.#name)?; }
            }
        }
    });
    let (rest, result) = (&rest.ident, tokens::path(prelude.result));
    quote! {
        impl serde::Serialize for #ident {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                let mut object = specwright_runtime::object::Writer::new(serializer)?;
                #(#members)*
                object.rest(&self.#rest)?;
                object.end()
            }
        }
    }
}

/// `Deserialize` of a struct that keeps additional properties: serde's `flatten` cannot carry exact numbers.
pub(super) fn deserialize(item: &Struct, rest: &Rest, prelude: &Prelude) -> TokenStream {
    let ident = &item.ident;
    let members = item.fields.iter().map(|field| {
        let (name, wire) = (&field.ident, &field.wire);
        let read = match field.presence {
            Presence::Required => quote! { required },
            Presence::RequiredNullable => quote! { required_nullable },
            Presence::Optional => quote! { optional },
            Presence::OptionalNullable => quote! { nullable },
            Presence::OptionalAny => quote! { present },
        };
        quote! { #name: object.#read(#wire)?, }
    });
    let (rest, result) = (&rest.ident, tokens::path(prelude.result));
    quote! {
        impl<'de> serde::Deserialize<'de> for #ident {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                let mut object = specwright_runtime::object::RawObject::deserialize(deserializer)?;
                Ok(Self {
                    #(#members)*
                    #rest: object.rest()?,
                })
            }
        }
    }
}
