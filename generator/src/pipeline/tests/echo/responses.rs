//! What is written of responses: those of a case, and what of them a client reads.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::program::{chosen, read_body};
use crate::ident::TypeIdent;
use crate::rust::{
    Crate, ErrorEnum, OperationDef, ResponseStatus, ResponseVariant, ServerMethod, StatusVariant, Type,
};

/// The arm of a variant of the responses: the response, and what of its body a client reads.
pub(super) fn answer(
    index: usize,
    variant: &ResponseVariant,
    server: &ServerMethod,
    operation: &OperationDef,
) -> TokenStream {
    let (index, ident, owner) = (Literal::usize_unsuffixed(index), &variant.ident, &server.response.ident);
    let described = variant.response.and_then(|index| operation.responses.get(index));
    let status = described.map_or(ResponseStatus::Default, |described| described.status);
    let has_status = !matches!(status, ResponseStatus::Code(_));
    let status = has_status.then(|| quote! { status: case.status()?, });
    let headers = variant.headers.iter().enumerate().map(|(index, header)| {
        let (ident, index) = (&header.ident, Literal::usize_unsuffixed(index));
        quote! { #ident: case.header(#index)?, }
    });
    let body = variant.body.as_ref().zip(described).map(|(choice, described)| {
        let arms = choice.contents.iter().map(|body| {
            let content = &described.content[body.content];
            let index = Literal::usize_unsuffixed(body.content);
            let value = read_body(content, &quote! { answer });
            let show = match described.read {
                Some(read) if read == body.content => shown_body(Some(&content.ty)),
                _ => quote! { |_| String::new() },
            };
            let value = chosen(choice, body, &quote! { harness::kept(&mut shown, #value, #show) });
            quote! { #index => #value, }
        });
        quote! { match case.answer_content { #(#arms)* other => unreachable!("{other}") } }
    });
    let named = body.as_ref().map(|body| quote! { body: #body });
    let value = match (&body, has_status, &*variant.headers) {
        (None, false, []) => quote! {},
        (Some(body), false, []) => quote! { (#body) },
        (None, true, []) => quote! { (case.status()?) },
        _ => quote! { { #status #(#headers)* #named } },
    };
    quote! {
        #index => {
            let mut shown = String::new();
            let response = server::#owner::#ident #value;
            Ok((response, shown))
        }
    }
}

pub(super) fn failures(error: &ErrorEnum, krate: &Crate) -> TokenStream {
    let ident = &error.ident;
    let variants = error.variants.iter().chain([&error.other]);
    let variants = variants.map(|of| (&of.variant, &krate.operations.operations[of.operation]));
    shown_enum(ident, variants)
}

pub(super) fn shown_enum<'a>(
    ident: &TypeIdent,
    variants: impl Iterator<Item = (&'a StatusVariant, &'a OperationDef)>,
) -> TokenStream {
    let arms = variants.map(|(variant, operation)| {
        let ident = &variant.ident;
        match super::read_type(variant.read, operation) {
            None => quote! { Self::#ident => String::new(), },
            ty => {
                let show = shown_body(ty);
                quote! { Self::#ident(value) => harness::shown_by(value, #show), }
            }
        }
    });
    quote! {
        impl Shown for client::#ident {
            fn shown(&self) -> String { match self { #(#arms)* } }
        }
    }
}

/// A closure that returns the text of a value.
pub(super) fn shown_body(ty: Option<&Type>) -> TokenStream {
    match ty {
        None => quote! { |_| String::new() },
        Some(Type::Bytes) => quote! { |value| harness::bytes(value) },
        Some(Type::Media) => quote! { |value| harness::media_bytes(value) },
        Some(_) => quote! { |value| harness::json(value) },
    }
}
