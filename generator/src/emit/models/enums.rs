//! An enum that keeps values it does not know.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{self, deprecated, docs};
use crate::rust::{EnumVariant, EnumVariants, OpenEnum};

/// The enum, and how it is written and read.
pub(super) fn open_enum(item: &OpenEnum) -> Vec<TokenStream> {
    match &item.variants {
        EnumVariants::Strings(variants) => strings(item, variants),
        EnumVariants::Integers(variants) => integers(item, variants),
    }
}

fn strings(item: &OpenEnum, variants: &[EnumVariant<String>]) -> Vec<TokenStream> {
    let (ident, unknown) = (&item.ident, &item.unknown);
    let idents: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    let wires: Vec<_> = variants.iter().map(|variant| &variant.wire).collect();
    vec![
        definition(item, variants, &quote! { specwright_runtime::UnknownValue }),
        quote! {
            impl specwright_runtime::OpenEnum for #ident {
                const KNOWN: &'static [Self] = &[#(Self::#idents),*];
                fn from_wire(value: &str) -> Self {
                    match value {
                        #(#wires => Self::#idents,)*
                        other => Self::#unknown(specwright_runtime::UnknownValue::new(other)),
                    }
                }
                fn as_wire(&self) -> &str {
                    match self {
                        #(Self::#idents => #wires,)*
                        Self::#unknown(value) => value.as_str(),
                    }
                }
            }
        },
        quote! { specwright_runtime::open_enum!(#ident); },
    ]
}

fn integers(item: &OpenEnum, variants: &[EnumVariant<i64>]) -> Vec<TokenStream> {
    let (ident, unknown) = (&item.ident, &item.unknown);
    let idents: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    let wires: Vec<_> = variants.iter().map(|variant| tokens::number(variant.wire)).collect();
    vec![
        definition(item, variants, &quote! { specwright_runtime::UnknownInteger }),
        quote! {
            impl specwright_runtime::OpenIntegerEnum for #ident {
                const KNOWN: &'static [Self] = &[#(Self::#idents),*];
                fn from_wire(value: i64) -> Self {
                    match value {
                        #(#wires => Self::#idents,)*
                        other => Self::#unknown(specwright_runtime::UnknownInteger::new(other)),
                    }
                }
                fn as_wire(&self) -> i64 {
                    match self {
                        #(Self::#idents => #wires,)*
                        Self::#unknown(value) => value.get(),
                    }
                }
            }
        },
        quote! { specwright_runtime::open_integer_enum!(#ident); },
    ]
}

fn definition<T>(item: &OpenEnum, variants: &[EnumVariant<T>], kept: &TokenStream) -> TokenStream {
    let (outer, deprecated) = (docs(&item.docs), deprecated(item.deprecated));
    let (ident, unknown) = (&item.ident, &item.unknown);
    let variants = variants.iter().map(|variant| {
        let (docs, ident) = (docs(&variant.docs), &variant.ident);
        quote! { #docs #ident, }
    });
    let (shown, debug) = if item.sensitive {
        (None, Some(tokens::debug(ident, &quote! { std::fmt::Debug::fmt(&specwright_runtime::Redacted, f) })))
    } else {
        (Some(quote! { Debug, }), None)
    };
    quote! {
        #outer
        #deprecated
        #[derive(Clone, #shown PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            /// A value that the definition does not list, kept as it came.
            #unknown(#kept),
        }
        #debug
    }
}
