//! The methods that begin a call, and the builder that they return.
//!
//! They are inline, so that they are compiled where they are called: a crate pays for the calls that it
//! makes, not for all that a service has.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{self, deprecated, docs};
use super::arguments::{Arguments, arguments, lent, lent_ty, passed, style, ty};
use super::bodies::{body, body_ty};
use super::responses;
use crate::ident::FieldIdent;
use crate::rust::{BodySetter, ClientMethod, ErrorEnum, OperationDef, Passing, Setter};

/// The methods of the client: one, or where a body is required one for each way to pass it.
pub(super) fn methods(method: &ClientMethod, operation: &OperationDef) -> Vec<TokenStream> {
    let own = |body| method_of(method, operation, &method.ident, &method.docs, body);
    let mut bodies = method.bodies.iter().filter_map(|body| Some((body, body.method.as_ref()?)));
    let first = own(bodies.next().map(|(body, _)| body));
    let others = bodies.map(|(body, ident)| method_of(method, operation, ident, &body.docs, Some(body)));
    [first].into_iter().chain(others).collect()
}

/// A method that takes the arguments, and a body if one is required.
fn method_of(
    method: &ClientMethod,
    operation: &OperationDef,
    ident: &FieldIdent,
    lines: &[String],
    body: Option<&BodySetter>,
) -> TokenStream {
    let (docs, deprecated, builder) = (docs(lines), deprecated(operation.deprecated), &method.builder);
    let Arguments { declared, passed } = arguments(method, operation);
    let prepared = if begins_once(method) {
        let (client, end) = (quote! { &self.inner }, quote! { #builder { call } });
        begin_call(method, operation, &client, &end, Lent::AsPassed)
    } else {
        quote! { #builder::prepare_call(&self.inner, #passed) }
    };
    let content = body.and_then(|body| Some((body, operation.request_content(body.content)?)));
    let body = content.map(|(body, content)| {
        let ty = body_ty(body, &content.format, &content.ty);
        quote! { body: #ty }
    });
    let set = content.map(|(body, _)| {
        let setter = &body.ident;
        quote! { .#setter(body) }
    });
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(&self, #declared #body) -> #builder {
            #prepared #set
        }
    }
}

/// Returns whether one method alone begins the call.
fn begins_once(method: &ClientMethod) -> bool {
    let bodies = method.bodies.iter().filter(|body| body.method.is_some());
    method.items.is_none() && bodies.count() <= 1
}

/// The builder: its struct and its methods.
pub(super) fn builder(
    method: &ClientMethod,
    operation: &OperationDef,
    error: &ErrorEnum,
) -> [TokenStream; 2] {
    let read_error = &error.readers[method.error_reader].ident;
    let (ident, builder, error) = (&method.ident, &method.builder, &error.ident);
    let doc = docs(&[format!("A builder for a call of [`Client::{ident}`].")]);
    let prepare_call = (!begins_once(method)).then(|| prepare_call(method, operation));
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
            #prepare_call
            #(#bodies)*
            #(#setters)*

            /// Sends the request and reads the response.
            ///
            /// # Errors
            ///
            #errors
            pub async fn send(self) -> Result<Response<#ty>, CallError<#error>> {
                self.call.send(#read, #error::#read_error).await
            }

            specwright_runtime::call_setters!();
        }
    };
    [structure, methods]
}

/// The function that begins a call with its arguments.
fn prepare_call(method: &ClientMethod, operation: &OperationDef) -> TokenStream {
    let declared = if method.argument_struct.is_some() {
        arguments(method, operation).declared
    } else {
        let declared = method.arguments.iter().map(|argument| {
            let ident = &argument.ident;
            let ty = lent_ty(&argument.passing, ty(argument, operation), None);
            quote! { #ident: #ty, }
        });
        declared.collect()
    };
    let body =
        begin_call(method, operation, &quote! { client }, &quote! { Self { call } }, Lent::AsReferences);
    quote! {
        #[inline]
        fn prepare_call(client: &rt::Client, #declared) -> Self {
            #body
        }
    }
}

/// How the statements that begin a call have its arguments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lent {
    /// As the method of the client takes them.
    AsPassed,
    /// As references, where they are not copied.
    AsReferences,
}

/// The statements that begin a call with its arguments, and `end`.
fn begin_call(
    method: &ClientMethod,
    operation: &OperationDef,
    client: &TokenStream,
    end: &TokenStream,
    are_lent: Lent,
) -> TokenStream {
    let constant = &operation.ident;
    let taken_apart = method.argument_struct.as_ref().map(|structure| {
        let idents = method.arguments.iter().map(|argument| &argument.ident);
        quote! { let #structure { #(#idents),* } = arguments; }
    });
    let are_references = are_lent == Lent::AsReferences || taken_apart.is_some();
    let accept = method.accept.as_ref().map(|media_types| quote! { call.accept(#media_types); });
    let set = method.arguments.iter().map(|argument| {
        let ident = &argument.ident;
        let value = match &argument.passing {
            Passing::Text if are_references => quote! { #ident },
            passing => lent(passing, ident),
        };
        set(&quote! { call }, argument, operation, &value)
    });
    let mutable = (accept.is_some() || !method.arguments.is_empty()).then(|| quote! { mut });
    quote! {
        #taken_apart
        let #mutable call = Call::new(#client, &operations::#constant);
        #(#set)*
        #accept
        #end
    }
}

fn setter(setter: &Setter, operation: &OperationDef) -> TokenStream {
    let parameter = &operation.parameters[setter.parameter];
    let (docs, deprecated) = (docs(&parameter.docs), deprecated(parameter.deprecated));
    let (ident, ty) = (&setter.ident, passed(&setter.passing, &parameter.ty));
    let value = lent(&setter.passing, &tokens::ident("value"));
    let set = set(&quote! { self.call }, setter, operation, &value);
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(mut self, value: #ty) -> Self {
            #set
            self
        }
    }
}

/// The statements that set a parameter of the call. `value` is a reference.
fn set(call: &TokenStream, setter: &Setter, operation: &OperationDef, value: &TokenStream) -> TokenStream {
    let parameter = &operation.parameters[setter.parameter];
    let (name, method) = (&parameter.name, tokens::ident(parameter.location.setter()));
    let style = style(parameter.style);
    let checked = parameter.check.as_ref().map(|table| {
        let check = tokens::ident(parameter.location.checker());
        quote! { #call.#check(#name, #value, &validators::#table); }
    });
    quote! {
        #checked
        #call.#method(#name, #value, #style);
    }
}
