//! The builder of a struct: a setter for each member, and `build`, which reports every missing one.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::super::tokens::{self, deprecated, docs};
use super::fields::{field_type, map};
use crate::rust::{Field, Prelude, Presence, Struct, Type};

/// The way in, the builder and its methods.
pub(super) fn builder(item: &Struct, prelude: &Prelude) -> Vec<TokenStream> {
    let mut items = vec![entry(item, prelude), definition(item, prelude)];
    items.extend(debug(item));
    items.push(setters(item, prelude));
    items
}

fn entry(item: &Struct, prelude: &Prelude) -> TokenStream {
    let (ident, builder) = (&item.ident, &item.builder);
    // A setter of that name would be called instead.
    let has_default_setter = item.fields.iter().any(|field| field.ident.as_str() == "default");
    let default = if has_default_setter { tokens::path(prelude.default) } else { builder.to_token_stream() };
    quote! {
        impl #ident {
            /// Starts a value with every member absent.
            pub fn builder() -> #builder {
                #default::default()
            }
        }
    }
}

fn definition(item: &Struct, prelude: &Prelude) -> TokenStream {
    let builder = &item.builder;
    let doc = format!(" Collects the members of [`{}`].", item.ident);
    let fields = item.fields.iter().map(|field| {
        let (ident, ty) = (&field.ident, builder_type(field, prelude));
        quote! { #ident: #ty, }
    });
    let rest = item.rest.as_ref().map(|rest| {
        let (name, ty) = (&rest.ident, map(rest, prelude));
        quote! { #name: #ty, }
    });
    let debug = (!item.is_sensitive()).then(|| quote! { , Debug });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Default #debug)]
        #[must_use]
        pub struct #builder { #(#fields)* #rest }
    }
}

/// `Debug` of a builder that may hold what must not be shown.
fn debug(item: &Struct) -> Option<TokenStream> {
    let (builder, name) = (&item.builder, item.builder.as_str());
    let body = quote! { f.debug_struct(#name).finish_non_exhaustive() };
    item.is_sensitive().then(|| tokens::debug(builder, &body))
}

/// A builder holds what a field holds, and `None` for a required member that is not there yet.
fn builder_type(field: &Field, prelude: &Prelude) -> TokenStream {
    match field.presence {
        Presence::Required => tokens::wrapped(prelude.option, &field.ty, prelude),
        Presence::RequiredNullable => {
            let nullable = Type::Option(Box::new(field.ty.clone()));
            tokens::wrapped(prelude.option, &nullable, prelude)
        }
        _ => field_type(field, prelude),
    }
}

fn setters(item: &Struct, prelude: &Prelude) -> TokenStream {
    let builder = &item.builder;
    let setters = item.fields.iter().map(|field| setter(field, prelude));
    let rest = item.rest.as_ref().map(|rest| {
        let (name, ty) = (&rest.ident, map(rest, prelude));
        quote! {
            /// Sets the members that the definition does not name.
            pub fn #name(mut self, value: #ty) -> Self {
                self.#name = value;
                self
            }
        }
    });
    let build = build(item, prelude);
    quote! {
        impl #builder {
            #(#setters)*
            #rest
            #build
        }
    }
}

fn setter(field: &Field, prelude: &Prelude) -> TokenStream {
    let (ident, docs) = (&field.ident, docs(first_paragraph(&field.docs)));
    let option = tokens::path(prelude.option);
    let (inner, boxed) = match &field.ty {
        Type::Boxed(inner) => (inner.as_ref(), true),
        ty => (ty, false),
    };
    let ty = tokens::ty(inner, prelude);
    let put = |value: TokenStream| {
        let new = tokens::path(prelude.boxed);
        if boxed {
            quote! { #new::new(#value) }
        } else {
            value
        }
    };
    let may_be_null = matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
    let (argument, value) = if may_be_null && boxed {
        let boxed = tokens::path(prelude.boxed);
        (quote! { #option<#ty> }, quote! { value.into().map(#boxed::new) })
    } else if may_be_null {
        (quote! { #option<#ty> }, quote! { value.into() })
    } else {
        let value = put(quote! { value.into() });
        (ty, value)
    };
    let some = tokens::path(prelude.some);
    let into = tokens::path(prelude.into);
    let deprecated = deprecated(field.deprecated);
    quote! {
        #docs
        #deprecated
        pub fn #ident(mut self, value: impl #into<#argument>) -> Self {
            self.#ident = #some(#value);
            self
        }
    }
}

/// The lines before the first blank one.
fn first_paragraph(lines: &[String]) -> &[String] {
    lines.split(String::is_empty).next().unwrap_or_default()
}

fn build(item: &Struct, prelude: &Prelude) -> TokenStream {
    let ident = &item.ident;
    let required: Vec<&Field> = item.fields.iter().filter(|field| field.presence.is_required()).collect();
    let members = item.fields.iter().map(|field| {
        let ident = &field.ident;
        if field.presence.is_required() {
            quote! { #ident }
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
    quote! {
        /// The finished value.
        ///
        /// # Errors
        ///
        /// Every required member that is missing, at once.
        pub fn build(self) -> #result<#ident, #violations> {
            #taken
            #ok(#ident { #(#members),* #rest })
        }
    }
}

/// Reports every missing member, then takes all of them out of the builder.
fn taken(required: &[&Field], prelude: &Prelude) -> TokenStream {
    if required.is_empty() {
        return TokenStream::new();
    }
    let mut by_code: Vec<(&crate::ident::ConstIdent, Vec<&Field>)> = Vec::new();
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
