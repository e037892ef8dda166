//! The method that begins a call, and the builder that it gives.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::super::tokens::{self, deprecated, docs};
use super::answers;
use crate::rust::{BodySetter, Call, CallBody, CallParameter, Handed, Prelude, Style, Type};

/// The method of the client.
pub(super) fn method(call: &Call) -> TokenStream {
    let (docs, deprecated) = (docs(&call.docs), deprecated(call.deprecated));
    let (method, builder, operation) = (&call.method, &call.builder, &call.operation);
    let arguments = call.arguments.iter().map(|argument| {
        let (ident, ty) = (&argument.ident, handed(&argument.value));
        quote! { #ident: #ty }
    });
    let accept = call.accept.as_ref().map(|media_types| quote! { call.accept(#media_types); });
    let given = call.arguments.iter().map(|argument| given(&quote! { call }, argument, &argument.ident));
    let mutable = (accept.is_some() || !call.arguments.is_empty()).then(|| quote! { mut });
    quote! {
        #docs
        #deprecated
        pub fn #method(&self, #(#arguments),*) -> #builder {
            let #mutable call = Call::new(&self.inner, &operations::#operation);
            #(#given)*
            #accept
            #builder { call }
        }
    }
}

/// The builder: its struct and its methods.
pub(super) fn builder(call: &Call) -> [TokenStream; 3] {
    let (method, builder, failure) = (&call.method, &call.builder, &call.failure.ident);
    let doc = docs(&[format!("A call of [`Client::{method}`], before it is sent.")]);
    let bodies = call.bodies.iter().map(body);
    let setters = call.setters.iter().map(setter);
    let (ty, read) = answers::of_success(&call.success);
    let errors = docs(&[
        "Everything but an answer that the definition describes as a success.".to_owned(),
        format!("[`CallError::failure`] returns other answers as [`{failure}`]."),
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

            /// Sends the call and reads its answer.
            ///
            /// # Errors
            ///
            #errors
            pub async fn send(self) -> Result<Response<#ty>, CallError<#failure>> {
                self.call.send(#read, #failure::read).await
            }
        }
    };
    let common = quote! { impl #builder { specwright_runtime::call_setters!(); } };
    [structure, methods, common]
}

fn setter(parameter: &CallParameter) -> TokenStream {
    let (docs, deprecated) = (docs(&parameter.docs), deprecated(parameter.deprecated));
    let (ident, ty) = (&parameter.ident, handed(&parameter.value));
    let given = given(&quote! { self.call }, parameter, &tokens::ident("value"));
    quote! {
        #docs
        #deprecated
        pub fn #ident(mut self, value: #ty) -> Self {
            #given
            self
        }
    }
}

/// The statement that hands a parameter to the call.
fn given(call: &TokenStream, parameter: &CallParameter, variable: &impl ToTokens) -> TokenStream {
    let (name, location) = (&parameter.name, tokens::ident(parameter.location));
    let value = lent(&parameter.value, variable);
    let style = style(parameter.style);
    let checked = parameter.check.as_ref().map(|table| {
        let check = tokens::ident(&format!("check_{}", parameter.location));
        quote! { #call.#check(#name, #value, &validators::#table, &validators::DEFINITION); }
    });
    quote! {
        #checked
        #call.#location(#name, #value, #style);
    }
}

fn style(style: Style) -> TokenStream {
    let (name, explode) = (tokens::ident(style.name), style.explode.into_iter());
    let reserved = style.reserved.then(|| quote! { .reserved() });
    quote! { Style::#name(#(#explode)*) #reserved }
}

/// The type of an argument.
fn handed(value: &Handed) -> TokenStream {
    match value {
        Handed::Text => quote! { impl AsRef<str> },
        Handed::Copied(copied) => ty(copied),
        Handed::Slice(item) => {
            let item = ty(item);
            quote! { &[#item] }
        }
        Handed::Borrowed(lent) => {
            let lent = ty(lent);
            quote! { &#lent }
        }
    }
}

/// The argument as something that can be serialized.
fn lent(value: &Handed, ident: &impl ToTokens) -> TokenStream {
    match value {
        Handed::Text => quote! { #ident.as_ref() },
        Handed::Copied(_) => quote! { &#ident },
        Handed::Slice(_) | Handed::Borrowed(_) => quote! { #ident },
    }
}

fn ty(ty: &Type) -> TokenStream {
    tokens::ty(ty, &Prelude::default())
}

fn body(setter: &BodySetter) -> TokenStream {
    let (docs, ident, media_type) = (docs(&setter.docs), &setter.ident, &setter.media_type);
    let body = tokens::ident("body");
    let bytes = || quote! { impl Into<rt::Bytes> };
    let (taken, given) = match &setter.body {
        CallBody::Json(value, checked) => {
            let (lent, checked) = (lent(value, &body), checked.as_ref().map(ty));
            let given = if let Some(checked) = checked {
                quote! { json_checked::<#checked>(#media_type, #lent) }
            } else {
                quote! { json(#media_type, #lent) }
            };
            (handed(value), given)
        }
        CallBody::JsonText(Some(checked)) => {
            let checked = ty(checked);
            (bytes(), quote! { json_text_checked::<#checked>(#media_type, body) })
        }
        CallBody::Form(value, styles) => {
            let lent = lent(value, &body);
            let styles = styles.iter().map(|(name, style)| {
                let style = self::style(*style);
                quote! { (#name, #style) }
            });
            (handed(value), quote! { form(#media_type, #lent, &[#(#styles),*]) })
        }
        CallBody::Multipart => (quote! { &rt::Multipart }, quote! { multipart(body) }),
        CallBody::Text => (quote! { impl Into<String> }, quote! { text(#media_type, body) }),
        CallBody::JsonText(None) | CallBody::Bytes => (bytes(), quote! { bytes(#media_type, body) }),
    };
    quote! {
        #docs
        pub fn #ident(mut self, body: #taken) -> Self {
            self.call.#given;
            self
        }
    }
}
