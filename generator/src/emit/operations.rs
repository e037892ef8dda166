//! `operations.rs`: a constant for each operation, and the servers.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{self, deprecated, docs};
use crate::module::Content;
use crate::rust::{
    BulkDef, ContentDef, OperationDef, Operations, ParameterDef, PollDef, RequestDef, ResponseDef,
    ResponseStatus, ServerDef, StyleFunction,
};

/// The whole file.
pub(super) fn operations(operations: &Operations) -> Content {
    let mut items = vec![imports(operations), servers(&operations.servers)];
    items.extend(operations.operations.iter().map(|known| operation(known, &operations.operations)));
    items.push(all(&operations.operations));
    Content::Rust {
        docs: vec!["The operations of the service, with their parameters, bodies and responses.".to_owned()],
        items,
    }
}

/// The types that the constants below need, and no other.
fn imports(operations: &Operations) -> TokenStream {
    let any = |test: fn(&OperationDef) -> bool| operations.operations.iter().any(test);
    let own = operations.operations.iter().flat_map(|operation| &operation.servers);
    let mut servers = operations.servers.iter().chain(own);
    let needed = [
        ("BulkDescription", any(|operation| operation.bulk.is_some())),
        ("DeclaredResponse", any(|operation| !operation.responses.is_empty())),
        ("Location", any(|operation| !operation.parameters.is_empty())),
        ("Operation", true),
        ("Parameter", any(|operation| !operation.parameters.is_empty())),
        ("PollDescription", any(|operation| operation.poll.is_some())),
        ("Repeatable", any(|operation| operation.repeatable.is_some())),
        ("RequestBody", any(|operation| operation.request.is_some())),
        ("Scheme", any(|operation| operation.security.iter().any(|schemes| !schemes.is_empty()))),
        ("Server", true),
        ("Status", any(|operation| !operation.responses.is_empty())),
        ("Variable", servers.any(|server| !server.variables.is_empty())),
    ];
    let names = needed.into_iter().filter(|(_, is_needed)| *is_needed).map(|(name, _)| tokens::ident(name));
    quote! { use specwright_runtime::operation::{#(#names),*}; }
}

fn servers(servers: &[ServerDef]) -> TokenStream {
    let servers = servers.iter().map(server);
    quote! {
        /// The servers of the definition, the default one first.
        pub const SERVERS: &[Server] = &[#(#servers),*];
    }
}

fn server(server: &ServerDef) -> TokenStream {
    let (url, description) = (&server.url, &server.description);
    let variables = server.variables.iter().map(|variable| {
        let (name, default, values) = (&variable.name, &variable.default, &variable.values);
        quote! { Variable::new(#name, #default, &[#(#values),*]) }
    });
    quote! { Server::new(#url, #description, &[#(#variables),*]) }
}

fn operation(operation: &OperationDef, all: &[OperationDef]) -> TokenStream {
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
            quote! { Scheme::new(#name, &[#(#scopes),*]) }
        });
        quote! { &[#(#schemes),*] }
    });
    let security = slice(security).map(|all| quote! { .security(#all) });
    let repeatable = operation.repeatable.map(|variant| {
        let variant = tokens::ident(variant.name());
        quote! { .repeatable(Repeatable::#variant) }
    });
    let servers = slice(operation.servers.iter().map(server)).map(|all| quote! { .servers(#all) });
    let bulk = operation.bulk.as_ref().map(|known| bulk(known, all));
    let poll = operation.poll.as_ref().map(poll);
    let deprecated = deprecated(operation.deprecated);
    quote! {
        #docs
        #deprecated
        pub const #ident: Operation =
            Operation::new(#id, #method, #path)
                #tags #parameters #request #responses #security #repeatable #servers #bulk #poll;
    }
}

fn all(operations: &[OperationDef]) -> TokenStream {
    let idents = operations.iter().map(|operation| &operation.ident);
    quote! {
        /// Every operation, in the order of the definition.
        pub const OPERATIONS: &[Operation] = &[#(#idents),*];
    }
}

fn parameter(parameter: &ParameterDef) -> TokenStream {
    let (name, location, required) =
        (&parameter.name, tokens::ident(parameter.location.name()), parameter.required);
    let is_deep = parameter.style.function == StyleFunction::DeepObject;
    let deep = is_deep.then(|| quote! { .deep_object() });
    quote! { Parameter::new(#name, Location::#location, #required) #deep }
}

fn request(body: &RequestDef) -> TokenStream {
    let (required, media_types) = (body.required, media_types(&body.content));
    quote! { .request(RequestBody::new(#required, &[#(#media_types),*])) }
}

fn response(response: &ResponseDef) -> TokenStream {
    let media_types = media_types(&response.content);
    let status = match response.status {
        ResponseStatus::Code(code) => {
            let code = tokens::number(code);
            quote! { Code(#code) }
        }
        ResponseStatus::Range(digit) => {
            let digit = tokens::number(digit);
            quote! { Range(#digit) }
        }
        ResponseStatus::Default => quote! { Default },
    };
    quote! {
        DeclaredResponse::new(
            Status::#status, &[#(#media_types),*],
        )
    }
}

fn bulk(bulk: &BulkDef, all: &[OperationDef]) -> TokenStream {
    let (items, key) = (&bulk.items, &bulk.item_key);
    let max_items = bulk.max_items.map(|count| {
        let count = tokens::number(count);
        quote! { .max_items(#count) }
    });
    let request_id = bulk.request_id.as_ref().map(|name| quote! { .request_id(#name) });
    let status = bulk.status.as_ref().map(|status| {
        let (ident, parameter) = (&all[status.operation].ident, &status.parameter);
        quote! { .status(&#ident, #parameter) }
    });
    quote! { .bulk(BulkDescription::new(#items, #key) #max_items #request_id #status) }
}

fn poll(poll: &PollDef) -> TokenStream {
    let member = &poll.status;
    let lists = [
        ("pending", &poll.pending),
        ("success", &poll.success),
        ("warning", &poll.warning),
        ("failure", &poll.failure),
    ];
    let lists = lists.into_iter().filter_map(|(name, states)| {
        let (method, states) = (tokens::ident(name), list(states)?);
        Some(quote! { .#method(#states) })
    });
    quote! { .poll(PollDescription::new(#member) #(#lists)*) }
}

fn media_types(content: &[ContentDef]) -> impl Iterator<Item = &String> {
    content.iter().map(|content| &content.media_type)
}

fn list(texts: &[String]) -> Option<TokenStream> {
    slice(texts.iter().map(|text| quote! { #text }))
}

/// `&[a, b]`; nothing for no entry.
fn slice(entries: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let entries: Vec<TokenStream> = entries.collect();
    (!entries.is_empty()).then(|| quote! { &[#(#entries),*] })
}
