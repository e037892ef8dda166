//! The struct of a request, and the enum of its body where that has several media types.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{self, deprecated, docs};
use crate::rust::{BodyChoice, ContentDef, ContentFormat, OperationDef, RequestStruct, ServerMethod};

pub(super) fn items(method: &ServerMethod, operation: &OperationDef) -> Vec<TokenStream> {
    let Some(request) = &method.request else { return Vec::new() };
    let body = request.body.as_ref().and_then(|body| choice(body, method, operation));
    [Some(structure(request, method, operation)), body].into_iter().flatten().collect()
}

fn structure(request: &RequestStruct, method: &ServerMethod, operation: &OperationDef) -> TokenStream {
    let ident = &request.ident;
    let doc = docs(&[format!("The request of [`Api::{}`].", method.ident)]);
    let fields = request.fields.iter().map(|field| {
        let parameter = &operation.parameters[field.parameter];
        let (docs, deprecated) = (docs(&parameter.docs), deprecated(parameter.deprecated));
        let (ident, ty) = (&field.ident, tokens::outer_ty(&parameter.ty));
        let ty = if parameter.is_argument() {
            ty
        } else {
            quote! { Option<#ty> }
        };
        quote! {
            #docs
            #deprecated
            pub #ident: #ty,
        }
    });
    let body = request.body.as_ref().map(|body| {
        let ty = body_ty(body, operation);
        let ty = if operation.requires_body() {
            ty
        } else {
            quote! { Option<#ty> }
        };
        quote! {
            /// The body.
            pub body: #ty,
        }
    });
    quote! {
        #doc
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub struct #ident {
            #(#fields)*
            #body
        }
    }
}

fn body_ty(body: &BodyChoice, operation: &OperationDef) -> TokenStream {
    let single = body.contents.first().and_then(|first| operation.request_content(first.content));
    match (&body.ident, single) {
        (Some(ident), _) => quote! { #ident },
        (None, Some(content)) => content_ty(content),
        (None, None) => quote! { () },
    }
}

fn content_ty(content: &ContentDef) -> TokenStream {
    match content.format {
        ContentFormat::Multipart(_) => quote! { rt::FormData },
        _ => tokens::outer_ty(&content.ty),
    }
}

fn choice(body: &BodyChoice, method: &ServerMethod, operation: &OperationDef) -> Option<TokenStream> {
    let ident = body.ident.as_ref()?;
    let doc = docs(&[format!("The body of a request of [`Api::{}`], by media type.", method.ident)]);
    let variants = body.contents.iter().filter_map(|variant| {
        let content = operation.request_content(variant.content)?;
        let doc = docs(&[format!("`{}`", content.media_type)]);
        let (ident, ty) = (&variant.ident, content_ty(content));
        Some(quote! {
            #doc
            #ident(#ty),
        })
    });
    Some(quote! {
        #doc
        #[derive(Debug, Clone)]
        pub enum #ident {
            #(#variants)*
        }
    })
}
