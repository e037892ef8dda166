//! The enum of responses, the enums of their bodies where those have several media types, and how they are
//! written.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{self, docs, number};
use crate::ident::TypeIdent;
use crate::rust::{
    BodyChoice, BodyVariant, ContentDef, ContentFormat, OperationDef, ResponseCheck, ResponseDef,
    ResponseEnum, ResponseHeader, ResponseStatus, ResponseVariant, ServerMethod,
};

pub(super) fn items(method: &ServerMethod, operation: &OperationDef) -> Vec<TokenStream> {
    let response = &method.response;
    if let Some(other) = &response.same_as {
        return vec![alias(method, other)];
    }
    let mut items = vec![enumeration(method, operation), writing(response, operation)];
    for variant in &response.variants {
        let Some((body, described)) = variant.body.as_ref().zip(described(variant, operation)) else {
            continue;
        };
        items.extend(choice(body, described));
    }
    items
}

pub(super) fn has_headers(response: &ResponseEnum) -> bool {
    response.variants.iter().any(|variant| !variant.headers.is_empty())
}

fn described<'a>(variant: &ResponseVariant, operation: &'a OperationDef) -> Option<&'a ResponseDef> {
    operation.responses.get(variant.response?)
}

fn content<'a>(
    variant: &ResponseVariant,
    body: &BodyVariant,
    operation: &'a OperationDef,
) -> Option<&'a ContentDef> {
    described(variant, operation)?.content.get(body.content)
}

fn status(variant: &ResponseVariant, operation: &OperationDef) -> ResponseStatus {
    described(variant, operation).map_or(ResponseStatus::Default, |described| described.status)
}

fn alias(method: &ServerMethod, other: &TypeIdent) -> TokenStream {
    let ident = &method.response.ident;
    let doc = docs(&[format!("The responses of [`Api::{}`], which are those of [`{other}`].", method.ident)]);
    quote! {
        #doc
        pub type #ident = #other;
    }
}

fn enumeration(method: &ServerMethod, operation: &OperationDef) -> TokenStream {
    let response = &method.response;
    let ident = &response.ident;
    let doc = docs(&[format!("The responses of [`Api::{}`], by status.", method.ident)]);
    let variants = response.variants.iter().map(|variant| declared(variant, operation));
    quote! {
        #doc
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
        }
    }
}

fn declared(variant: &ResponseVariant, operation: &OperationDef) -> TokenStream {
    let (doc, ident) = (docs(&variant.docs), &variant.ident);
    let body = variant.body.as_ref().map(|body| body_ty(body, variant, operation));
    let status = !matches!(status(variant, operation), ResponseStatus::Code(_));
    let fields = match (body, status) {
        (None, false) if variant.headers.is_empty() => quote! {},
        (Some(body), false) if variant.headers.is_empty() => quote! { (#body) },
        (None, true) if variant.headers.is_empty() => quote! { (rt::StatusCode) },
        (body, status) => {
            let status = status.then(|| {
                quote! {
                    /// The status.
                    status: rt::StatusCode,
                }
            });
            let headers = variant.headers.iter().map(header_field);
            let body = body.map(|ty| {
                quote! {
                    /// The body.
                    body: #ty,
                }
            });
            quote! { { #status #(#headers)* #body } }
        }
    };
    quote! {
        #doc
        #ident #fields,
    }
}

fn header_field(header: &ResponseHeader) -> TokenStream {
    let (ident, ty) = (&header.ident, tokens::outer_ty(&header.ty));
    let doc = docs(&[format!("The header `{}`.", header.name)]);
    let ty = if header.required {
        ty
    } else {
        quote! { Option<#ty> }
    };
    quote! {
        #doc
        #ident: #ty,
    }
}

fn body_ty(body: &BodyChoice, variant: &ResponseVariant, operation: &OperationDef) -> TokenStream {
    let single = body.contents.first().and_then(|first| content(variant, first, operation));
    match (&body.ident, single) {
        (Some(ident), _) => quote! { #ident },
        (None, Some(content)) => tokens::outer_ty(&content.ty),
        (None, None) => quote! { () },
    }
}

/// The enum of the media types of a response.
fn choice(body: &BodyChoice, described: &ResponseDef) -> Option<TokenStream> {
    let ident = body.ident.as_ref()?;
    let variants = body.contents.iter().map(|variant| {
        let content = &described.content[variant.content];
        let doc = docs(&[format!("`{}`", content.media_type)]);
        let (ident, ty) = (&variant.ident, tokens::outer_ty(&content.ty));
        quote! {
            #doc
            #ident(#ty),
        }
    });
    Some(quote! {
        /// The body of a response, by media type.
        #[derive(Debug, Clone)]
        pub enum #ident {
            #(#variants)*
        }
    })
}

fn writing(response: &ResponseEnum, operation: &OperationDef) -> TokenStream {
    let ident = &response.ident;
    let arms = response.variants.iter().map(|variant| arm(variant, operation));
    quote! {
        impl #ident {
            fn write(self, response: rt::ResponseWriter) -> rt::ResponseWriter {
                match self {
                    #(#arms)*
                }
            }
        }
    }
}

fn arm(variant: &ResponseVariant, operation: &OperationDef) -> TokenStream {
    let ident = &variant.ident;
    let (has_status, status) = match status(variant, operation) {
        ResponseStatus::Code(code) => {
            let code = number(code);
            (false, quote! { response.status(#code) })
        }
        ResponseStatus::Range(digit) => {
            let digit = number(digit);
            (true, quote! { response.status_of(status, #digit) })
        }
        ResponseStatus::Default => (true, quote! { response.status_beside(status) }),
    };
    let headers: Vec<_> = variant.headers.iter().map(|header| &header.ident).collect();
    let pattern = match (variant.body.is_some(), has_status, &*headers) {
        (false, false, []) => quote! {},
        (true, false, []) => quote! { (body) },
        (false, true, []) => quote! { (status) },
        (has_body, ..) => {
            let status = has_status.then(|| quote! { status, });
            let body = has_body.then(|| quote! { body });
            quote! { { #status #(#headers,)* #body } }
        }
    };
    let written = variant.headers.iter().map(|header| {
        let (ident, name) = (&header.ident, &header.name);
        let style = if header.is_json {
            quote! { json() }
        } else {
            let explode = header.explode;
            quote! { simple(#explode) }
        };
        quote! { .header(#name, &#ident, Style::#style) }
    });
    let response = quote! { #status #(#written)* };
    let response = match &variant.body {
        Some(body) => write_body(body, variant, operation, &response),
        None => response,
    };
    quote! { Self::#ident #pattern => #response, }
}

fn write_body(
    body: &BodyChoice,
    variant: &ResponseVariant,
    operation: &OperationDef,
    response: &TokenStream,
) -> TokenStream {
    let written = |choice: &BodyVariant| {
        let set = content(variant, choice, operation).map(|content| set(content, choice.check));
        quote! { response #set }
    };
    let Some(ident) = &body.ident else {
        let set = body.contents.first().map(written);
        return quote! { { let response = #response; #set } };
    };
    let arms = body.contents.iter().map(|choice| {
        let (variant, set) = (&choice.ident, written(choice));
        quote! { #ident::#variant(body) => #set, }
    });
    quote! { { let response = #response; match body { #(#arms)* } } }
}

/// The calls that set the body.
fn set(content: &ContentDef, check: ResponseCheck) -> TokenStream {
    let concrete = |usual: &'static str| {
        if content.media_type.contains('*') { usual.to_owned() } else { content.media_type.clone() }
    };
    let check = match check {
        ResponseCheck::Unchecked => quote! {},
        ResponseCheck::Type => quote! { .check(&body) },
        ResponseCheck::Items => quote! { .check_each(&body) },
        ResponseCheck::Values => quote! { .check_each(body.values()) },
    };
    match content.format {
        ContentFormat::Json => {
            let media_type = concrete("application/json");
            quote! { #check.json(#media_type, &body) }
        }
        ContentFormat::Text => {
            let media_type = concrete("text/plain; charset=utf-8");
            quote! { .text(#media_type, body) }
        }
        ContentFormat::Media => {
            let range = &content.media_type;
            quote! { .media(#range, body) }
        }
        _ => {
            let media_type = &content.media_type;
            quote! { .bytes(#media_type, body) }
        }
    }
}
