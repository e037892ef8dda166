//! The handler of an operation: it reads the request, calls the method, and writes the response.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::client::style;
use super::super::{shapes, tokens};
use crate::ident::ConstIdent;
use crate::rust::{
    BodyChoice, BodyVariant, Caller, ContentCheck, ContentDef, ContentFormat, OperationDef, RequestField,
    RequestStruct, ServerMethod, WireForms,
};

/// Returns whether the members of a form have styles of their own.
pub(super) fn has_styles(method: &ServerMethod, operation: &OperationDef) -> bool {
    let contents = method.request.iter().flat_map(|request| &request.body).flat_map(|body| &body.contents);
    let mut contents = contents.filter_map(|content| operation.request_content(content.content));
    contents.any(|content| matches!(&content.format, ContentFormat::Form(styles) if !styles.is_empty()))
}

pub(super) fn has_form_data(operation: &OperationDef) -> bool {
    let mut contents = operation.request.iter().flat_map(|request| &request.content);
    contents.any(|content| matches!(content.format, ContentFormat::Multipart(_)))
}

pub(super) fn handler(method: &ServerMethod, operation: &OperationDef) -> TokenStream {
    let (handler, ident) = (&method.handler, &method.ident);
    let (authenticated, principal) = match method.caller {
        Caller::Unasked => (None, quote! { () }),
        Caller::Optional => {
            (Some(quote! { let principal = call.authenticate_if_given(&*api).await?; }), quote! { principal })
        }
        Caller::Required => {
            (Some(quote! { let principal = call.authenticate(&*api).await?; }), quote! { principal })
        }
    };
    let parameters = method.request.as_ref().and_then(|request| parameters(request, operation));
    let forms = method.request.iter().flat_map(forms_of);
    let read = method.request.as_ref().map(|request| read(request, operation));
    let request = method.request.as_ref().map(|_| quote! { request });
    let mutable = (authenticated.is_some() || read.is_some()).then(|| quote! { mut });
    quote! {
        async fn #handler<A: Api>(
            api: Arc<A>,
            #mutable call: rt::IncomingRequest,
        ) -> Result<rt::HttpResponse, rt::Failure> {
            #parameters
            #(#forms)*
            #authenticated
            #read
            let response = call.response();
            let context = call.into_context(#principal);
            <A as Api>::#ident(&api, context, #request).await?.write(response).finish()
        }
    }
}

/// The statements that read the request. All of it is read before the first violation ends it.
fn read(request: &RequestStruct, operation: &OperationDef) -> TokenStream {
    let parameters = request.fields.iter().enumerate();
    let parameters = parameters.map(|(index, field)| parameter(index, field, operation));
    let body = request.body.as_ref().map(|choice| body(choice, operation));
    let structure = &request.ident;
    let names = request.fields.iter().map(|field| &field.ident);
    let body_name = request.body.as_ref().map(|_| tokens::ident("body"));
    let names: Vec<TokenStream> =
        names.map(|ident| quote! { #ident }).chain(body_name.map(|ident| quote! { #ident })).collect();
    let given = if let [only] = &*names {
        quote! { let Some(#only) = #only }
    } else {
        quote! { let (#(Some(#names)),*) = (#(#names),*) }
    };
    quote! {
        #(#parameters)*
        #body
        #given else {
            return Err(call.refuse());
        };
        let request = #structure { #(#names),* };
    }
}

/// The parameters, as a static: in a constant, shapes that refer to others, which are statics, could not be
/// written where they are needed.
fn parameters(request: &RequestStruct, operation: &OperationDef) -> Option<TokenStream> {
    let parameters = request.fields.iter().map(|field| {
        let parameter = &operation.parameters[field.parameter];
        let (name, location) = (&parameter.name, tokens::ident(parameter.location.name()));
        let (style, shape) = (style(parameter.style), shapes::reference(&field.shape));
        let check = parameter.check.as_ref().map(|table| quote! { .check(&validators::#table) });
        quote! { rt::ServedParameter::new(Location::#location, #name, #style, #shape) #check }
    });
    let count = Literal::usize_unsuffixed(request.fields.len());
    (!request.fields.is_empty()).then(|| {
        quote! { static PARAMETERS: [rt::ServedParameter; #count] = [#(#parameters),*]; }
    })
}

/// The shapes of forms, as statics.
fn forms_of(request: &RequestStruct) -> impl Iterator<Item = TokenStream> {
    let variants = request.body.iter().flat_map(|body| &body.contents);
    variants.filter_map(|variant| {
        let (ident, shape) = (form_ident(variant), shapes::reference(variant.shape.as_ref()?));
        Some(quote! { static #ident: &rt::Shape = #shape; })
    })
}

fn form_ident(variant: &BodyVariant) -> Ident {
    tokens::ident(&format!("FORM_{}", variant.content))
}

fn parameter(index: usize, field: &RequestField, operation: &OperationDef) -> TokenStream {
    let parameter = &operation.parameters[field.parameter];
    let (ident, ty) = (&field.ident, tokens::outer_ty(&parameter.ty));
    let reader = tokens::ident(match (parameter.exact, parameter.is_argument()) {
        (false, true) => "required",
        (false, false) => "optional",
        (true, true) => "exact_required",
        (true, false) => "exact_optional",
    });
    let index = Literal::usize_unsuffixed(index);
    quote! { let #ident = call.#reader::<#ty>(PARAMETERS[#index]); }
}

fn body(choice: &BodyChoice, operation: &OperationDef) -> TokenStream {
    let contents = choice.contents.iter();
    let contents: Vec<(&BodyVariant, &ContentDef)> =
        contents.filter_map(|variant| Some((variant, operation.request_content(variant.content)?))).collect();
    let media_types = contents.iter().map(|(_, content)| &content.media_type);
    let is_required = operation.requires_body();
    let last = contents.len().saturating_sub(1);
    let arms = contents.iter().enumerate().map(|(index, (variant, content))| {
        let read = read_content(variant, content);
        let chosen = choice.ident.as_ref().map(|ident| {
            let variant = &variant.ident;
            quote! { .map(#ident::#variant) }
        });
        let optional = (!is_required).then(|| quote! { .map(Some) });
        let pattern = if index == last {
            quote! { Some(_) }
        } else {
            let index = Literal::usize_unsuffixed(index);
            quote! { Some(#index) }
        };
        quote! { #pattern => #read #chosen #optional, }
    });
    let none = if is_required {
        quote! { call.missing_body() }
    } else {
        quote! { Some(None) }
    };
    quote! {
        let body = match call.content(&[#(#media_types),*]).await? {
            #(#arms)*
            None => #none,
        };
    }
}

fn read_content(variant: &BodyVariant, content: &ContentDef) -> TokenStream {
    let ty = tokens::outer_ty(&content.ty);
    let schema = match &content.check {
        Some(ContentCheck::Type) => quote! { Some(<#ty as specwright_runtime::Validate>::SCHEMA) },
        Some(ContentCheck::Table(table)) => quote! { Some(&validators::#table) },
        None => quote! { None },
    };
    match &content.format {
        ContentFormat::Json if content.exact => quote! { call.exact_json::<#ty>(#schema) },
        ContentFormat::Json => quote! { call.json::<#ty>(#schema) },
        ContentFormat::Form(styles) => {
            let shape = form_ident(variant);
            let styles = styles.iter().map(|(name, known)| {
                let style = style(*known);
                quote! { (#name, #style) }
            });
            let reader = tokens::ident(if content.exact { "exact_form" } else { "form" });
            quote! { call.#reader::<#ty>(#shape, &[#(#styles),*], #schema) }
        }
        ContentFormat::Multipart(parts) => {
            let parts = parts.iter().filter(|part| part.required || part.check.is_some()).map(|part| {
                let name = &part.name;
                let required = part.required.then(|| quote! { .required() });
                let check = part.check.as_ref().map(shapes::part_check);
                quote! { rt::ServedPart::new(#name) #required #check }
            });
            quote! {
                {
                    static PARTS: &[rt::ServedPart] = &[#(#parts),*];
                    call.form_data(PARTS).await
                }
            }
        }
        ContentFormat::Text => quote! { call.text_body(#schema) },
        ContentFormat::Bytes => quote! { call.bytes() },
        ContentFormat::Media => quote! { call.media() },
    }
}

/// The static with the forms of a type.
pub(super) fn shape_static((ident, known): &(ConstIdent, WireForms)) -> TokenStream {
    let known = shapes::forms(known);
    quote! { static #ident: rt::Shape = #known; }
}
