//! The enums by status: the successes of a call, and its other answers.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{self, docs, number};
use crate::ident::TypeIdent;
use crate::rust::{Answer, ByStatus, Call, Failure, Prelude, Status, Success};

/// The type that an answer is read as.
pub(super) fn ty(answer: &Answer) -> TokenStream {
    answer.ty.as_ref().map_or_else(|| quote! { () }, |ty| tokens::ty(ty, &Prelude::default()))
}

/// The function that reads it.
pub(super) fn reader(answer: &Answer) -> TokenStream {
    let read = tokens::ident(answer.read);
    quote! { read::#read }
}

/// Returns the type that all successes of a call are read as, and the function that reads it.
pub(super) fn of_success(success: &Success) -> (TokenStream, TokenStream) {
    match success {
        Success::One(answer) => (ty(answer), reader(answer)),
        Success::Several(ident, _) => (quote! { #ident }, quote! { #ident::read }),
    }
}

/// The enum of several successes, if there are several.
pub(super) fn success(call: &Call) -> Vec<TokenStream> {
    let Success::Several(ident, variants) = &call.success else { return Vec::new() };
    let method = &call.method;
    let doc = docs(&[format!("The successes of [`Client::{method}`], by status.")]);
    let arms = variants.iter().map(|variant| {
        let (pattern, read) = (pattern(variant.status), success_of(variant));
        quote! { #pattern => #read, }
    });
    let variants = variants.iter().map(declared);
    let result = quote! { Result<Self, read::ReadError> };
    let structure = quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
        }
    };
    let reading = quote! {
        impl #ident {
            fn read(answer: &rt::RawResponse) -> #result {
                match answer.status().as_u16() {
                    #(#arms)*
                    _ => read::undeclared(answer),
                }
            }
        }
    };
    vec![structure, reading]
}

fn success_of(variant: &ByStatus) -> TokenStream {
    let (ident, reader) = (&variant.ident, reader(&variant.answer));
    if variant.answer.ty.is_some() {
        quote! { #reader(answer).map(Self::#ident) }
    } else {
        quote! { Ok(Self::#ident) }
    }
}

/// The enum of all other answers.
pub(super) fn failure(failure: &Failure) -> [TokenStream; 2] {
    let ident = &failure.ident;
    let declared = failure.variants.iter().chain([&failure.other]).map(declared);
    let structure = quote! {
        /// The answers of the service that are no success, by status.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#declared)*
        }
    };
    let other = failure_of(&failure.other);
    if failure.variants.is_empty() {
        let answer = tokens::ident(if failure.other.answer.ty.is_some() { "answer" } else { "_" });
        return [structure, reading(ident, &quote! { #answer }, &other)];
    }
    let arms = failure.variants.iter().map(|variant| {
        let (pattern, read) = (pattern(variant.status), failure_of(variant));
        quote! { #pattern => #read, }
    });
    let body = quote! {
        match answer.status().as_u16() {
            #(#arms)*
            _ => #other,
        }
    };
    [structure, reading(ident, &quote! { answer }, &body)]
}

fn reading(ident: &TypeIdent, answer: &TokenStream, body: &TokenStream) -> TokenStream {
    quote! {
        impl #ident {
            fn read(#answer: &rt::RawResponse) -> Option<Self> {
                #body
            }
        }
    }
}

fn failure_of(variant: &ByStatus) -> TokenStream {
    let (ident, reader) = (&variant.ident, reader(&variant.answer));
    if variant.answer.ty.is_some() {
        quote! { #reader(answer).ok().map(Self::#ident) }
    } else {
        quote! { Some(Self::#ident) }
    }
}

fn declared(variant: &ByStatus) -> TokenStream {
    let (docs, ident) = (docs(&variant.docs), &variant.ident);
    let body = variant.answer.ty.as_ref().map(|_| {
        let ty = ty(&variant.answer);
        quote! { (#ty) }
    });
    quote! {
        #docs
        #ident #body,
    }
}

/// The statuses of an answer as a pattern.
fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => number(code),
        Status::Range(digit) => {
            let first = u16::from(digit) * 100;
            let (first, last) = (number(first), number(first + 99));
            quote! { #first..=#last }
        }
        Status::Default => quote! { _ },
    }
}
