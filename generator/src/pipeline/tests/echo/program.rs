//! What is written for one definition: an implementation of its server that records requests, and for each
//! operation the call of the client that makes the request again.
//!
//! Types of fields are left to inference: the struct of the request has what the client takes.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::responses::{answer, failures, shown_body, shown_enum};
use crate::rust::{
    BodyChoice, BodySetter, BodyVariant, Caller, ClientMethod, ContentDef, ContentFormat, Crate,
    OperationDef, Passing, RequestStruct, SecurityKind, ServerMethod, Setter, Success,
};

/// Returns the module of a definition.
pub(super) fn module(krate: &Crate) -> String {
    let operation = |method: &ServerMethod| &krate.operations.operations[method.operation];
    let methods = krate.server.methods.iter().zip(&krate.client.methods);
    let methods: Vec<_> = methods.filter(|(method, _)| can_be_made(operation(method))).collect();
    let handlers = methods.iter().map(|(method, _)| handler(method));
    let implementations =
        methods.iter().map(|(server, client)| implementation(server, client, operation(server)));
    let arms = methods.iter().map(|(method, _)| {
        let (index, name) = (Literal::usize_unsuffixed(method.operation), structure(method));
        quote! { #index => harness::exchange::<#name>(&client, &server, case).await, }
    });
    let errors = krate.client.errors.iter().map(|error| failures(error, krate));
    let successes = methods.iter().filter_map(|(server, client)| {
        let Success::Several(ident, variants) = &client.success else { return None };
        Some(shown_enum(ident, variants.iter().map(|variant| (variant, operation(server)))))
    });
    let schemes = krate.client.service.schemes.iter();
    let basic = schemes.filter(|scheme| scheme.kind == SecurityKind::Basic).map(|scheme| &scheme.name);
    let tokens = quote! {
        use specwright_runtime::client::Token;
        use specwright_runtime::serve::{Context, Failure};
        use super::{client, server};
        use crate::case_harness::{self as harness, Case, Decoded, Echo, Operation, Received, Shown, Verdict};

        pub async fn run(case: &Case) -> Verdict {
            let (server, transport) = harness::server(server::router);
            let builder = client::Client::builder() #(.credential(#basic, Token::new("user:password")))*;
            let client: client::Client = harness::client(builder, transport);
            match case.operation {
                #(#arms)*
                other => unreachable!("{other}"),
            }
        }

        impl server::Api for Echo { #(#handlers)* }
        #(#errors)*
        #(#successes)*
        #(#implementations)*
    };
    tokens.to_string()
}

/// Returns whether the operation has no body, or one that is not made of parts.
fn can_be_made(operation: &OperationDef) -> bool {
    let contents = operation.request.as_ref().map_or(&[][..], |request| &request.content);
    contents.is_empty() || contents.iter().any(|content| !is_multipart(content))
}

pub(super) fn is_multipart(content: &ContentDef) -> bool {
    matches!(content.format, ContentFormat::Multipart(_))
}

fn structure(method: &ServerMethod) -> proc_macro2::Ident {
    format_ident!("Operation{}", method.operation)
}

fn request_type(method: &ServerMethod) -> TokenStream {
    method.request.as_ref().map_or(quote! { () }, |request| {
        let ident = &request.ident;
        quote! { server::#ident }
    })
}

fn handler(method: &ServerMethod) -> TokenStream {
    let (ident, response, request) = (&method.ident, &method.response.ident, request_type(method));
    let principal = match method.caller {
        Caller::Unasked | Caller::Required => quote! { () },
        Caller::Optional => quote! { Option<()> },
    };
    let (declared, passed) = match &method.request {
        Some(_) => (quote! { request: #request }, quote! { request }),
        None => (quote! {}, quote! { () }),
    };
    quote! {
        async fn #ident(
            &self,
            _: Context<#principal>,
            #declared
        ) -> Result<server::#response, Failure> {
            self.record(#passed)
        }
    }
}

fn implementation(server: &ServerMethod, client: &ClientMethod, operation: &OperationDef) -> TokenStream {
    let name = structure(server);
    let (request, response) = (request_type(server), &server.response.ident);
    let (made, shown) = match &server.request {
        Some(request) => (made(request, operation), shown(request, client, operation)),
        None => (quote! { Ok(()) }, quote! { Vec::new() }),
    };
    let variants = server.response.variants.iter().enumerate();
    let answers = variants.map(|(index, variant)| answer(index, variant, server, operation));
    let call = call(server.request.as_ref(), client, operation);
    let show = match &client.success {
        Success::One(read) => shown_body(super::read_type(*read, operation)),
        Success::Several(..) => quote! { |value| value.shown() },
    };
    quote! {
        pub struct #name;

        impl Operation for #name {
            type Client = client::Client;
            type Request = #request;
            type Response = server::#response;

            fn request(case: &Case) -> Decoded<Self::Request> { #made }
            fn shown(request: &Self::Request) -> Vec<String> { #shown }
            fn response(case: &Case) -> Decoded<(Self::Response, String)> {
                match case.response { #(#answers)* other => unreachable!("{other}") }
            }
            async fn call(client: &client::Client, request: &Self::Request) -> Received {
                #call
                Received::new(call.send().await, #show)
            }
        }
    }
}

/// The request of a case.
fn made(request: &RequestStruct, operation: &OperationDef) -> TokenStream {
    let ident = &request.ident;
    let fields = request.fields.iter().map(|field| {
        let (ident, index) = (&field.ident, Literal::usize_unsuffixed(field.parameter));
        quote! { #ident: case.field(#index)?, }
    });
    let body = request.body.as_ref().map(|choice| {
        let arms = choice.contents.iter().map(|variant| {
            let content = operation.request_content(variant.content);
            let value = content.map(|content| read_body(content, &quote! { body }));
            let value = chosen(choice, variant, &quote! { #value });
            let index = Literal::usize_unsuffixed(variant.content);
            let value = if operation.requires_body() {
                value
            } else {
                quote! { Some(#value) }
            };
            quote! { #index => #value, }
        });
        let none = (!operation.requires_body()).then(|| quote! { _ if case.body.is_none() => None, });
        quote! { body: match case.content { #none #(#arms)* other => unreachable!("{other}") } }
    });
    quote! { Ok(server::#ident { #(#fields)* #body }) }
}

pub(super) fn chosen(choice: &BodyChoice, variant: &BodyVariant, value: &TokenStream) -> TokenStream {
    choice.ident.as_ref().map_or(value.clone(), |ident| {
        let variant = &variant.ident;
        quote! { server::#ident::#variant(#value) }
    })
}

pub(super) fn read_body(content: &ContentDef, member: &TokenStream) -> TokenStream {
    match content.format {
        ContentFormat::Json | ContentFormat::Form(_) => quote! { harness::decoded(&case.#member)? },
        ContentFormat::Text => quote! { harness::text(&case.#member) },
        ContentFormat::Bytes => quote! { harness::text(&case.#member).into() },
        ContentFormat::Media => {
            let media_type = content.media_type.replace('*', "x-any");
            quote! { harness::media(#media_type, &case.#member) }
        }
        ContentFormat::Multipart(_) => quote! { return Err("a body of several parts") },
    }
}

/// What of a request the client can set, as JSON.
fn shown(request: &RequestStruct, client: &ClientMethod, operation: &OperationDef) -> TokenStream {
    let is_set =
        |index: usize| client.arguments.iter().chain(&client.setters).any(|known| known.parameter == index);
    let fields = request.fields.iter().filter(|field| is_set(field.parameter)).map(|field| {
        let ident = &field.ident;
        quote! { harness::json(&request.#ident) }
    });
    let body = request.body.as_ref().map(|choice| {
        let arms = bodies(choice, operation).map(|(pattern, _, content)| {
            let show = shown_body(Some(&content.ty));
            let show = if let ContentFormat::Multipart(_) = content.format {
                quote! { unreachable!() }
            } else {
                quote! { harness::shown_by(body, #show) }
            };
            quote! { #pattern => #show, }
        });
        let none = (!operation.requires_body()).then(|| quote! { None => String::new(), });
        quote! { match &request.body { #none #(#arms)* } }
    });
    quote! { vec![#(#fields,)* #body] }
}

/// Each body of a request: the pattern that names it `body`, and its content.
fn bodies<'a>(
    choice: &'a BodyChoice,
    operation: &'a OperationDef,
) -> impl Iterator<Item = (TokenStream, &'a BodyVariant, &'a ContentDef)> {
    choice.contents.iter().filter_map(move |variant| {
        let pattern = chosen(choice, variant, &quote! { body });
        let pattern = if operation.requires_body() {
            pattern
        } else {
            quote! { Some(#pattern) }
        };
        Some((pattern, variant, operation.request_content(variant.content)?))
    })
}

/// The statements that make the call of a request.
fn call(request: Option<&RequestStruct>, client: &ClientMethod, operation: &OperationDef) -> TokenStream {
    let field = |setter: &Setter| {
        let fields = request.iter().flat_map(|request| &request.fields);
        fields.into_iter().find(|field| field.parameter == setter.parameter).map(|field| &field.ident)
    };
    let arguments: Vec<TokenStream> = client
        .arguments
        .iter()
        .map(|argument| {
            let (name, field) = (&argument.ident, field(argument));
            let value = if argument.passing == Passing::Copied {
                quote! { request.#field }
            } else {
                quote! { &request.#field }
            };
            if client.argument_struct.is_some() {
                quote! { #name: #value }
            } else {
                value
            }
        })
        .collect();
    let arguments = if let Some(ident) = &client.argument_struct {
        quote! { client::#ident { #(#arguments),* }, }
    } else {
        quote! { #(#arguments,)* }
    };
    let setters = client.setters.iter().map(|setter| {
        let (name, field) = (&setter.ident, field(setter));
        let value = if setter.passing == Passing::Copied {
            quote! { *value }
        } else {
            quote! { value }
        };
        quote! { let call = match &request.#field { Some(value) => call.#name(#value), None => call }; }
    });
    let ident = &client.ident;
    let begun = quote! { client.#ident(#arguments) };
    let begun = match request.and_then(|request| request.body.as_ref()) {
        None => begun,
        Some(choice) => {
            let arms = bodies(choice, operation).map(|(pattern, variant, content)| {
                let body = client.bodies.iter().find(|body| body.content == variant.content);
                let sent = body.and_then(|body| sent(body, content, &begun, &arguments));
                sent.map_or(
                    quote! { #pattern => { let _ = body; unreachable!() } },
                    |sent| quote! { #pattern => #sent, },
                )
            });
            let none = (!operation.requires_body()).then(|| quote! { None => #begun, });
            quote! { match &request.body { #none #(#arms)* } }
        }
    };
    quote! { let call = #begun; #(#setters)* }
}

/// The call with a body. The first way to pass that content is the typed one.
fn sent(
    body: &BodySetter,
    content: &ContentDef,
    begun: &TokenStream,
    arguments: &TokenStream,
) -> Option<TokenStream> {
    let value = match (&body.passing, &content.format) {
        (_, ContentFormat::Multipart(_)) => return None,
        (Some(Passing::Copied), _) => quote! { *body },
        (Some(_), _) => quote! { body },
        (None, _) => quote! { body.clone() },
    };
    let setter = &body.ident;
    Some(if let Some(method) = &body.method {
        quote! { client.#method(#arguments #value) }
    } else {
        quote! { #begun.#setter(#value) }
    })
}
