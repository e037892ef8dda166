//! How a struct is written to and read from JSON: serde attributes, or code where they are not enough.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens;
use crate::rust::{Field, FieldReader, Prelude, Presence, Rest, Struct};

/// The `#[serde(...)]` of a field in a struct that derives both ways.
pub(super) fn attribute(field: &Field, prelude: &Prelude) -> Option<TokenStream> {
    let wire = &field.wire;
    let plain = field.ident.as_str().trim_start_matches("r#");
    let rename = (wire != plain).then(|| quote! { rename = #wire });
    let skip = format!("{}::is_none", prelude.option);
    let read = reader(field).map(|reader| {
        let path = reader.name();
        quote! { deserialize_with = #path }
    });
    let (default, skip) = match field.presence {
        Presence::Required | Presence::RequiredNullable => (None, None),
        _ => (read.is_some().then(|| quote! { default }), Some(quote! { skip_serializing_if = #skip })),
    };
    let arguments: Vec<TokenStream> = [rename, default, read, skip].into_iter().flatten().collect();
    (!arguments.is_empty()).then(|| quote! { #[serde(#(#arguments),*)] })
}

fn reader(field: &Field) -> Option<FieldReader> {
    match (field.sensitive, field.presence) {
        (true, Presence::Required | Presence::RequiredNullable | Presence::Optional) => {
            Some(FieldReader::Redacted)
        }
        (true, Presence::OptionalNullable | Presence::OptionalAny) => Some(FieldReader::RedactedPresent),
        (false, Presence::RequiredNullable) => Some(FieldReader::RequiredNullable),
        (false, Presence::OptionalNullable) => Some(FieldReader::Nullable),
        (false, Presence::OptionalAny) => Some(FieldReader::Present),
        (false, Presence::Required | Presence::Optional) => None,
    }
}

/// `Serialize` of a struct that keeps additional properties.
///
/// serde's `flatten` would do, but `Deserialize` needs code of its own, and the two are easier to read side
/// by side.
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
                let mut object = specwright_runtime::object::ObjectWriter::new(serializer)?;
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
    let take_rest = tokens::ident(if rest.sensitive { "sensitive_rest" } else { "rest" });
    let (rest, result, ok) = (&rest.ident, tokens::path(prelude.result), tokens::path(prelude.ok));
    let sensitive: Vec<&String> =
        item.fields.iter().filter(|field| field.sensitive).map(|field| &field.wire).collect();
    let sensitive = (!sensitive.is_empty()).then(|| quote! { .sensitive(&[#(#sensitive),*]) });
    quote! {
        impl<'de> serde::Deserialize<'de> for #ident {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                let mut object = specwright_runtime::object::RawObject::deserialize(deserializer)? #sensitive;
                #ok(Self {
                    #(#members)*
                    #rest: object.#take_rest()?,
                })
            }
        }
    }
}
