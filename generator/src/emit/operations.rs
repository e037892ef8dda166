//! `operations.rs`: a constant for each operation, and the servers.

use proc_macro2::TokenStream;
use quote::quote;

use super::Content;
use super::tokens::{self, docs};
use crate::rust::{Body, Operation, Operations, Parameter, Response, Server, Status};

/// The whole file.
pub(super) fn operations(operations: &Operations) -> Content {
    let mut items = vec![servers(&operations.servers)];
    items.extend(operations.operations.iter().map(operation));
    items.push(all(&operations.operations));
    Content::Rust { docs: vec!["What each operation is called with and what it answers.".to_owned()], items }
}

fn servers(servers: &[Server]) -> TokenStream {
    let servers = servers.iter().map(|server| {
        let (url, description) = (&server.url, &server.description);
        let variables = server.variables.iter().map(|variable| {
            let (name, default, values) = (&variable.name, &variable.default, &variable.values);
            quote! { ::specwright_runtime::operation::Variable::new(#name, #default, &[#(#values),*]) }
        });
        quote! { ::specwright_runtime::operation::Server::new(#url, #description, &[#(#variables),*]) }
    });
    quote! {
        /// The servers that the definition names, the usual one first.
        pub const SERVERS: &[::specwright_runtime::operation::Server] = &[#(#servers),*];
    }
}

fn operation(operation: &Operation) -> TokenStream {
    let (docs, ident) = (docs(&operation.docs), &operation.ident);
    let (id, method, path) = (&operation.id, operation.method, &operation.path);
    let tags = list(&operation.tags).map(|tags| quote! { .tags(#tags) });
    let parameters = operation.parameters.iter().map(parameter);
    let parameters = slice(parameters).map(|all| quote! { .parameters(#all) });
    let request = operation.request.as_ref().map(request);
    let responses = operation.responses.iter().map(response);
    let responses = slice(responses).map(|all| quote! { .responses(#all) });
    let security = operation.security.iter().map(|schemes| {
        let schemes = schemes.iter().map(|(name, scopes)| {
            quote! { ::specwright_runtime::operation::Scheme::new(#name, &[#(#scopes),*]) }
        });
        quote! { &[#(#schemes),*] }
    });
    let security = slice(security).map(|all| quote! { .security(#all) });
    quote! {
        #docs
        pub const #ident: ::specwright_runtime::operation::Operation =
            ::specwright_runtime::operation::Operation::new(#id, #method, #path)
                #tags #parameters #request #responses #security;
    }
}

fn all(operations: &[Operation]) -> TokenStream {
    let idents = operations.iter().map(|operation| &operation.ident);
    quote! {
        /// Every operation, in the order of the definition.
        pub const OPERATIONS: &[::specwright_runtime::operation::Operation] = &[#(#idents),*];
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let (name, location, required) = (&parameter.name, tokens::ident(parameter.location), parameter.required);
    quote! {
        ::specwright_runtime::operation::Parameter::new(
            #name, ::specwright_runtime::operation::Location::#location, #required,
        )
    }
}

fn request(body: &Body) -> TokenStream {
    let (required, media_types) = (body.required, &body.media_types);
    quote! { .request(::specwright_runtime::operation::Body::new(#required, &[#(#media_types),*])) }
}

fn response(response: &Response) -> TokenStream {
    let media_types = &response.media_types;
    let status = match response.status {
        Status::Code(code) => {
            let code = tokens::number(code);
            quote! { Code(#code) }
        }
        Status::Range(digit) => {
            let digit = tokens::number(digit);
            quote! { Range(#digit) }
        }
        Status::Default => quote! { Default },
    };
    quote! {
        ::specwright_runtime::operation::Response::new(
            ::specwright_runtime::operation::Status::#status, &[#(#media_types),*],
        )
    }
}

fn list(texts: &[String]) -> Option<TokenStream> {
    slice(texts.iter().map(|text| quote! { #text }))
}

/// `&[a, b]`; nothing for no entry.
fn slice(entries: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let entries: Vec<TokenStream> = entries.collect();
    (!entries.is_empty()).then(|| quote! { &[#(#entries),*] })
}
