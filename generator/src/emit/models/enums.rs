//! An enum that keeps values it does not know.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::super::tokens::{self, deprecated, docs};
use crate::rust::{EnumVariant, EnumVariants, OpenEnum};

/// The enum, and how it is written and read.
pub(super) fn open_enum(item: &OpenEnum) -> Vec<TokenStream> {
    match &item.variants {
        EnumVariants::Strings(variants) => {
            let definition = definition(item, variants, &quote! { specwright_runtime::UnknownValue });
            vec![definition, values(item, variants, "open_enum", |wire| quote! { #wire })]
        }
        EnumVariants::Integers(variants) => {
            let definition = definition(item, variants, &quote! { specwright_runtime::UnknownInteger });
            let number = |wire: &i64| tokens::number(*wire).into_token_stream();
            vec![definition, values(item, variants, "open_integer_enum", number)]
        }
    }
}

/// The call of the macro that implements the rest, with the value of each variant.
fn values<T>(
    item: &OpenEnum,
    variants: &[EnumVariant<T>],
    implement: &str,
    literal: fn(&T) -> TokenStream,
) -> TokenStream {
    let (ident, unknown, implement) = (&item.ident, &item.unknown, tokens::ident(implement));
    let variants = variants.iter().map(|variant| {
        let (ident, wire) = (&variant.ident, literal(&variant.wire));
        quote! { #ident = #wire, }
    });
    quote! {
        specwright_runtime::#implement! {
            enum #ident {
                #unknown,
                #(#variants)*
            }
        }
    }
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
