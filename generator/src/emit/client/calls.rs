//! The method that begins a call, and the builder that it returns.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::super::tokens::{self, deprecated, docs};
use super::responses;
use crate::rust::{
    BodySetter, ClientMethod, ContentFormat, ErrorEnum, OperationDef, PartDef, Passing, Setter, Style, Type,
};

/// The method of the client.
pub(super) fn method(method: &ClientMethod, operation: &OperationDef) -> TokenStream {
    let (docs, deprecated) = (docs(&method.docs), deprecated(operation.deprecated));
    let (ident, builder, constant) = (&method.ident, &method.builder, &operation.ident);
    let arguments = method.arguments.iter().map(|argument| {
        let ident = &argument.ident;
        let ty = passed(&argument.passing, &operation.parameters[argument.parameter].ty);
        quote! { #ident: #ty }
    });
    let accept = method.accept.as_ref().map(|media_types| quote! { call.accept(#media_types); });
    let set =
        method.arguments.iter().map(|argument| set(&quote! { call }, argument, operation, &argument.ident));
    let mutable = (accept.is_some() || !method.arguments.is_empty()).then(|| quote! { mut });
    quote! {
        #docs
        #deprecated
        pub fn #ident(&self, #(#arguments),*) -> #builder {
            let #mutable call = Call::new(&self.inner, &operations::#constant);
            #(#set)*
            #accept
            #builder { call }
        }
    }
}

/// The builder: its struct and its methods.
pub(super) fn builder(
    method: &ClientMethod,
    operation: &OperationDef,
    error: &ErrorEnum,
) -> [TokenStream; 3] {
    let (ident, builder, error) = (&method.ident, &method.builder, &error.ident);
    let doc = docs(&[format!("A builder for a call of [`Client::{ident}`].")]);
    let bodies = method.bodies.iter().filter_map(|setter| body(setter, operation));
    let setters = method.setters.iter().map(|known| setter(known, operation));
    let (ty, read) = responses::of_success(&method.success, operation);
    let errors = docs(&[
        "The call failed, or the response is not one that the definition describes as a success.".to_owned(),
        format!("[`CallError::failure`] returns such a response as [`{error}`]."),
    ]);
    let structure = quote! {
        #doc
        #[derive(Debug, Clone)]
        #[must_use = "a call does nothing until it is sent"]
        pub struct #builder {
            call: Call,
        }
    };
    let methods = quote! {
        impl #builder {
            #(#bodies)*
            #(#setters)*

            /// Sends the request and reads the response.
            ///
            /// # Errors
            ///
            #errors
            pub async fn send(self) -> Result<Response<#ty>, CallError<#error>> {
                self.call.send(#read, #error::read).await
            }
        }
    };
    let common = quote! { impl #builder { specwright_runtime::call_setters!(); } };
    [structure, methods, common]
}

fn setter(setter: &Setter, operation: &OperationDef) -> TokenStream {
    let parameter = &operation.parameters[setter.parameter];
    let (docs, deprecated) = (docs(&parameter.docs), deprecated(parameter.deprecated));
    let (ident, ty) = (&setter.ident, passed(&setter.passing, &parameter.ty));
    let set = set(&quote! { self.call }, setter, operation, &tokens::ident("value"));
    quote! {
        #docs
        #deprecated
        pub fn #ident(mut self, value: #ty) -> Self {
            #set
            self
        }
    }
}

/// The statements that set a parameter of the call.
fn set(
    call: &TokenStream,
    setter: &Setter,
    operation: &OperationDef,
    variable: &impl ToTokens,
) -> TokenStream {
    let parameter = &operation.parameters[setter.parameter];
    let (name, method) = (&parameter.name, tokens::ident(parameter.location.setter()));
    let value = lent(&setter.passing, variable);
    let style = style(parameter.style);
    let checked = parameter.check.as_ref().map(|table| {
        let check = tokens::ident(parameter.location.checker());
        quote! { #call.#check(#name, #value, &validators::#table, &validators::DEFINITION); }
    });
    quote! {
        #checked
        #call.#method(#name, #value, #style);
    }
}

fn part_rule(part: &PartDef) -> TokenStream {
    let (name, types, headers) = (&part.name, &part.media_types, &part.headers);
    let required = part.required.then(|| quote! { .required() });
    let types = (!types.is_empty()).then(|| quote! { .media_types(&[#(#types),*]) });
    let headers = (!headers.is_empty()).then(|| quote! { .headers(&[#(#headers),*]) });
    quote! { rt::PartRule::new(#name) #required #types #headers }
}

fn style(style: Style) -> TokenStream {
    let (function, explode) = (tokens::ident(style.function.name()), style.explode.into_iter());
    let reserved = style.reserved.then(|| quote! { .reserved() });
    quote! { Style::#function(#(#explode)*) #reserved }
}

/// The type of an argument for a value of the type.
fn passed(passing: &Passing, ty: &Type) -> TokenStream {
    match passing {
        Passing::Text => quote! { impl AsRef<str> },
        Passing::Copied => tokens::outer_ty(ty),
        Passing::Slice(item) => {
            let item = tokens::outer_ty(item);
            quote! { &[#item] }
        }
        Passing::Borrowed => {
            let ty = tokens::outer_ty(ty);
            quote! { &#ty }
        }
    }
}

/// The argument as a reference to a value that can be serialized.
fn lent(passing: &Passing, ident: &impl ToTokens) -> TokenStream {
    match passing {
        Passing::Text => quote! { #ident.as_ref() },
        Passing::Copied => quote! { &#ident },
        Passing::Slice(_) | Passing::Borrowed => quote! { #ident },
    }
}

fn body(setter: &BodySetter, operation: &OperationDef) -> Option<TokenStream> {
    let content = operation.request_content(setter.content)?;
    let (docs, ident, media_type) = (docs(&setter.docs), &setter.ident, &content.media_type);
    let value = setter.passing.as_ref().map(|passing| lent(passing, &tokens::ident("body")));
    let checked = content.checked.then(|| tokens::outer_ty(&content.ty));
    let set = match (&content.format, value, checked) {
        (ContentFormat::Json, Some(value), Some(ty)) => {
            quote! { json_checked::<#ty>(#media_type, #value) }
        }
        (ContentFormat::Json, Some(value), None) => quote! { json(#media_type, #value) },
        (ContentFormat::Json, None, Some(ty)) => quote! { json_text_checked::<#ty>(#media_type, body) },
        (ContentFormat::Form(styles), Some(value), _) => {
            let styles = styles.iter().map(|(name, style)| {
                let style = self::style(*style);
                quote! { (#name, #style) }
            });
            quote! { form(#media_type, #value, &[#(#styles),*]) }
        }
        (ContentFormat::Multipart(parts), ..) => {
            let parts = parts.iter().map(part_rule);
            quote! { multipart(body, &[#(#parts),*]) }
        }
        (ContentFormat::Text, ..) => quote! { text(#media_type, body) },
        _ => quote! { bytes(#media_type, body) },
    };
    let ty = match (&setter.passing, &content.format) {
        (Some(passing), _) => passed(passing, &content.ty),
        (None, ContentFormat::Multipart(_)) => quote! { &rt::Multipart },
        (None, ContentFormat::Text) => quote! { impl Into<String> },
        (None, _) => quote! { impl Into<rt::Bytes> },
    };
    Some(quote! {
        #docs
        pub fn #ident(mut self, body: #ty) -> Self {
            self.call.#set;
            self
        }
    })
}
