//! The types of the runtime that users of the client meet, re-exported beside it.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::ident;
use crate::rust::{Client, ContentFormat, Crate, OperationDef, ResponseDef, Success};

/// The names, in order. A name that the definition gave to a type of the module is not re-exported.
pub(in super::super) const NAMES: [&str; 21] = [
    "BuildError",
    "Builder",
    "CallError",
    "Error",
    "FileTokenStore",
    "HostError",
    "Hosts",
    "MediaBody",
    "MemoryTokenStore",
    "Multipart",
    "OAuth2",
    "OAuth2Scheme",
    "Part",
    "RawResponse",
    "Response",
    "Token",
    "TokenContext",
    "TokenError",
    "TokenProblem",
    "TokenSource",
    "TokenStore",
];

/// The re-exports that the methods of this client need.
pub(super) fn reexports(client: &Client, operations: &[OperationDef]) -> TokenStream {
    let names =
        NAMES.into_iter().filter(|name| is_needed(client, operations, name) && !is_taken(client, name));
    let names = names.map(ident);
    quote! {
        #[doc(inline)]
        pub use specwright_runtime::client::{#(#names),*};
    }
}

/// The path of such a type within the crate.
pub(in super::super) fn path(krate: &Crate, name: &str) -> String {
    let client = &krate.client;
    let is_here = is_needed(client, &krate.operations.operations, name) && !is_taken(client, name);
    format!("{}client::{name}", if is_here { "" } else { "runtime::" })
}

/// A link to such a type from the client's module.
pub(super) fn link(client: &Client, name: &str) -> String {
    if is_taken(client, name) { format!("[`{name}`](rt::{name})") } else { format!("[`{name}`]") }
}

fn is_needed(client: &Client, operations: &[OperationDef], name: &str) -> bool {
    match name {
        "CallError" | "RawResponse" | "Response" => !client.methods.is_empty(),
        "Multipart" | "Part" => operations.iter().any(|operation| {
            let mut contents = operation.request.iter().flat_map(|request| &request.content);
            contents.any(|content| matches!(content.format, ContentFormat::Multipart(_)))
        }),
        "MediaBody" => operations.iter().any(|operation| {
            let requests = operation.request.iter().flat_map(|request| &request.content);
            let read = operation.responses.iter().filter_map(ResponseDef::read_content);
            requests.chain(read).any(|content| content.format == ContentFormat::Media)
        }),
        "FileTokenStore" | "MemoryTokenStore" | "OAuth2" | "OAuth2Scheme" | "TokenStore" => {
            !client.token_services.is_empty()
        }
        _ => true,
    }
}

fn is_taken(client: &Client, name: &str) -> bool {
    let errors = client.errors.iter().map(|error| &error.ident);
    let others = client.methods.iter().flat_map(|method| {
        let success = match &method.success {
            Success::Several(ident, _) => Some(ident),
            Success::One(_) => None,
        };
        success.into_iter().chain([&method.builder])
    });
    errors.chain(others).any(|ident| ident.as_str() == name)
}
