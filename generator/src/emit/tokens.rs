//! Tokens that several templates share.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ident::{ConstIdent, FieldIdent, TypeIdent};
use crate::rust::{Prelude, RuntimeType, Type};

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

/// An identifier that is written as it is.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Outer documentation, a line each.
pub(super) fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().flat_map(|line| line.split(['\n', '\r']));
    let lines = lines.map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// The attribute of items that the definition calls deprecated.
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

/// A path such as `uuid::Uuid`. The settings have refused text that is none.
pub(super) fn path(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// A type as `models.rs` writes it.
pub(super) fn ty(ty: &Type, prelude: &Prelude) -> TokenStream {
    written(ty, prelude, &|ident| quote! { #ident }, &|runtime| {
        let name = ident(runtime.name());
        if prelude.shadowed.contains(&runtime) {
            quote! { specwright_runtime::#name }
        } else {
            quote! { #name }
        }
    })
}

/// A type as `client.rs` writes it: everything has its path.
pub(super) fn outer_ty(ty: &Type) -> TokenStream {
    written(ty, &Prelude::default(), &|ident| quote! { models::#ident }, &|runtime| {
        let name = ident(runtime.name());
        quote! { specwright_runtime::#name }
    })
}

/// The same outside of the crate, whose library has this name.
pub(super) fn example_ty(ty: &Type, library: &str) -> TokenStream {
    let library = ident(library);
    written(ty, &Prelude::default(), &|ident| quote! { #library::models::#ident }, &|runtime| {
        let name = ident(runtime.name());
        quote! { specwright_runtime::#name }
    })
}

fn written(
    ty: &Type,
    prelude: &Prelude,
    model: &dyn Fn(&TypeIdent) -> TokenStream,
    runtime: &dyn Fn(RuntimeType) -> TokenStream,
) -> TokenStream {
    let inner = |inner: &Type| written(inner, prelude, model, runtime);
    match ty {
        Type::Bool => quote! { bool },
        Type::Integer(ty) => ident(ty.name()).to_token_stream(),
        Type::Float => quote! { f64 },
        Type::String => path(prelude.string),
        Type::Bytes => quote! { rt::Bytes },
        Type::Media => quote! { rt::MediaBody },
        Type::Runtime(ty) => runtime(*ty),
        Type::Named(ident) => model(ident),
        Type::External { path: text, .. } => path(text),
        Type::Option(of) => generic(prelude.option, &inner(of)),
        Type::Vec(of) => generic(prelude.vec, &inner(of)),
        Type::Boxed(of) => generic(prelude.boxed, &inner(of)),
        Type::Map(of) => {
            let (key, value) = (path(prelude.string), inner(of));
            quote! { std::collections::BTreeMap<#key, #value> }
        }
        Type::Tuple(items) => {
            let items = items.iter().map(inner);
            quote! { (#(#items,)*) }
        }
    }
}

/// `Wrapper<T>` in `models.rs`.
pub(super) fn wrapped(wrapper: &str, inner: &Type, prelude: &Prelude) -> TokenStream {
    generic(wrapper, &ty(inner, prelude))
}

fn generic(wrapper: &str, inner: &TokenStream) -> TokenStream {
    let wrapper = path(wrapper);
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
