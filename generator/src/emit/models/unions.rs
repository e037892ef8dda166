//! An enum of alternatives that is told apart by a discriminator or by its members.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{self, deprecated, docs};
use crate::rust::{Candidate, Discriminator, Prelude, Type, Union, Variant};

/// The enum and its way to and from JSON.
pub(super) fn union(item: &Union, prelude: &Prelude) -> Vec<TokenStream> {
    let mut items = vec![definition(item, prelude), serialize(item, prelude), deserialize(item, prelude)];
    items.extend(item.is_sensitive().then(|| redacted_debug(item)));
    items.extend(conversions(item, prelude));
    items
}

fn definition(item: &Union, prelude: &Prelude) -> TokenStream {
    let (outer, deprecated) = (docs(&item.docs), deprecated(item.deprecated));
    let (ident, unknown) = (&item.ident, &item.unknown);
    let eq = item.eq.then(|| quote! { , Eq });
    let debug = (!item.is_sensitive()).then(|| quote! { , Debug });
    let variants = item.variants.iter().map(|variant| {
        let (docs, ident, ty) = (docs(&variant.docs), &variant.ident, tokens::ty(&variant.ty, prelude));
        quote! { #docs #ident(#ty), }
    });
    quote! {
        #outer
        #deprecated
        #[derive(Clone, PartialEq #eq #debug)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            /// A value that is none of the above, kept as it came.
            #unknown(specwright_runtime::Json),
        }
    }
}

/// Shows which variant it is, and the value only of those that may be shown.
fn redacted_debug(item: &Union) -> TokenStream {
    let unknown = (&item.unknown, true);
    let all = item.variants.iter().map(|variant| (&variant.ident, variant.sensitive)).chain([unknown]);
    let arms = all.map(|(ident, sensitive)| {
        let name = ident.as_str();
        if sensitive {
            quote! { Self::#ident(_) => f.debug_tuple(#name).field(&specwright_runtime::Redacted).finish(), }
        } else {
            quote! { Self::#ident(value) => f.debug_tuple(#name).field(value).finish(), }
        }
    });
    tokens::debug(&item.ident, &quote! { match self { #(#arms)* } })
}

fn serialize(item: &Union, prelude: &Prelude) -> TokenStream {
    let result = tokens::path(prelude.result);
    let (ident, unknown) = (&item.ident, &item.unknown);
    let arms = item.variants.iter().enumerate().map(|(place, variant)| {
        let name = &variant.ident;
        let tag = missing_tag(item.discriminator.as_ref(), place, variant);
        let written = tag.map_or_else(
            || quote! { serde::Serialize::serialize(value, serializer) },
            |(property, tag)| {
                quote! { specwright_runtime::union::serialize_tagged(serializer, #property, #tag, value) }
            },
        );
        quote! { Self::#name(value) => #written, }
    });
    quote! {
        impl serde::Serialize for #ident {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                match self {
                    #(#arms)*
                    Self::#unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }
    }
}

/// The discriminator that an object must be given because its own schema has no such property.
fn missing_tag<'a>(
    discriminator: Option<&'a Discriminator>,
    place: usize,
    variant: &Variant,
) -> Option<(&'a str, &'a str)> {
    let discriminator = discriminator?;
    let is_object = variant.candidate.kinds == ["Object"];
    if !is_object || variant.candidate.known.contains(&discriminator.property) {
        return None;
    }
    let (value, _) = discriminator.mapping.iter().find(|(_, mapped)| *mapped == place)?;
    Some((&discriminator.property, value))
}

fn deserialize(item: &Union, prelude: &Prelude) -> TokenStream {
    let (result, ok) = (tokens::path(prelude.result), tokens::path(prelude.ok));
    let ident = &item.ident;
    let body = match &item.discriminator {
        Some(discriminator) if !discriminator.mapping.is_empty() => by_tag(item, discriminator, prelude),
        _ => by_rank(item),
    };
    let unknown = &item.unknown;
    quote! {
        impl<'de> serde::Deserialize<'de> for #ident {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                let json = <specwright_runtime::Json as serde::Deserialize>::deserialize(deserializer)?;
                let raw = json.raw();
                #body
                #ok(found.unwrap_or(Self::#unknown(json)))
            }
        }
    }
}

fn by_tag(item: &Union, discriminator: &Discriminator, prelude: &Prelude) -> TokenStream {
    let (property, some) = (&discriminator.property, tokens::path(prelude.some));
    let arms = item.variants.iter().enumerate().filter_map(|(place, variant)| {
        let values: Vec<&String> = discriminator
            .mapping
            .iter()
            .filter(|(_, mapped)| *mapped == place)
            .map(|(value, _)| value)
            .collect();
        let name = &variant.ident;
        (!values.is_empty()).then(|| {
            quote! { #some(#(#values)|*) => specwright_runtime::union::decode(raw).map(Self::#name), }
        })
    });
    quote! {
        let found = match specwright_runtime::union::tag(raw, #property).as_deref() {
            #(#arms)*
            _ => None,
        };
    }
}

fn by_rank(item: &Union) -> TokenStream {
    let candidates = item.variants.iter().map(|variant| candidate(&variant.candidate));
    let arms = item.variants.iter().enumerate().map(|(place, variant)| {
        let (place, name) = (tokens::number(i64::try_from(place).unwrap_or_default()), &variant.ident);
        quote! { #place => specwright_runtime::union::decode(raw).map(Self::#name), }
    });
    quote! {
        const CANDIDATES: &[specwright_runtime::union::Candidate] = &[#(#candidates),*];
        let found = specwright_runtime::union::rank(raw, CANDIDATES).into_iter().find_map(|place| match place {
            #(#arms)*
            _ => None,
        });
    }
}

fn candidate(candidate: &Candidate) -> TokenStream {
    let kinds = candidate.kinds.iter().map(|kind| tokens::ident(kind));
    let (required, known) = (&candidate.required, &candidate.known);
    let others = tokens::ident(candidate.others);
    let constants = candidate.constants.iter().map(|(name, values)| quote! { (#name, &[#(#values),*]) });
    quote! {
        specwright_runtime::union::Candidate {
            types: &[#(specwright_runtime::union::JsonType::#kinds),*],
            required: &[#(#required),*],
            known: &[#(#known),*],
            others: specwright_runtime::union::Others::#others,
            constants: &[#(#constants),*],
        }
    }
}

/// `From` for every variant that converts.
fn conversions(item: &Union, prelude: &Prelude) -> Vec<TokenStream> {
    let ident = &item.ident;
    let from = tokens::path(prelude.from);
    let converting = item.variants.iter().filter(|variant| variant.converts);
    let made = converting.map(|variant| {
        let (inner, is_boxed) = match &variant.ty {
            Type::Boxed(inner) => (inner.as_ref(), true),
            ty => (ty, false),
        };
        let (name, argument) = (&variant.ident, tokens::ty(inner, prelude));
        let boxed = tokens::path(prelude.boxed);
        let value = if is_boxed {
            quote! { #boxed::new(value) }
        } else {
            quote! { value }
        };
        quote! {
            impl #from<#argument> for #ident {
                fn from(value: #argument) -> Self {
                    Self::#name(#value)
                }
            }
        }
    });
    made.collect()
}
