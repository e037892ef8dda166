//! Small pieces that several templates share.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ident::{ConstIdent, FieldIdent, TypeIdent};
use crate::rust::{Prelude, Type};

impl ToTokens for TypeIdent {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        Ident::new(self.as_str(), Span::call_site()).to_tokens(tokens);
    }
}

impl ToTokens for ConstIdent {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        Ident::new(self.as_str(), Span::call_site()).to_tokens(tokens);
    }
}

impl ToTokens for FieldIdent {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self.as_str().strip_prefix("r#") {
            Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
            None => Ident::new(self.as_str(), Span::call_site()),
        }
        .to_tokens(tokens);
    }
}

/// A name that the generator itself knows.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Outer documentation, a line each.
pub(super) fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().flat_map(|line| line.split(['\n', '\r']));
    let lines = lines.map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// The attribute of what the definition calls deprecated.
pub(super) fn deprecated(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote! { #[deprecated] })
}

/// `Debug` that shows less than the derived one.
pub(super) fn debug(ident: &TypeIdent, body: &TokenStream) -> TokenStream {
    quote! {
        impl std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                #body
            }
        }
    }
}

/// A path written as text, such as `uuid::Uuid`. Text that is no path of tokens is left out, which the
/// settings have refused before.
pub(super) fn path(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// A type as it stands in a field.
pub(super) fn ty(ty: &Type, prelude: &Prelude) -> TokenStream {
    match ty {
        Type::Path(text) => path(text),
        Type::String => path(prelude.string),
        Type::Named(ident) => ident.to_token_stream(),
        Type::Option(inner) => wrapped(prelude.option, inner, prelude),
        Type::Vec(inner) => wrapped(prelude.vec, inner, prelude),
        Type::Boxed(inner) => wrapped(prelude.boxed, inner, prelude),
        Type::Map(inner) => {
            let (key, value) = (path(prelude.string), self::ty(inner, prelude));
            quote! { std::collections::BTreeMap<#key, #value> }
        }
    }
}

/// `Wrapper<T>`.
pub(super) fn wrapped(wrapper: &str, inner: &Type, prelude: &Prelude) -> TokenStream {
    let (wrapper, inner) = (path(wrapper), ty(inner, prelude));
    quote! { #wrapper<#inner> }
}

/// An unsuffixed integer.
pub(super) fn number(value: impl Into<i128>) -> TokenStream {
    let value: i128 = value.into();
    let digits = Literal::u128_unsuffixed(value.unsigned_abs());
    if value < 0 {
        quote! { -#digits }
    } else {
        quote! { #digits }
    }
}
