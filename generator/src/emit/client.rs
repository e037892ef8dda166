//! `client.rs`: the service, the client, and for each operation the builder of a call and the enum of its
//! failures.

mod answers;
mod bulk;
mod calls;
pub(super) mod reexports;
mod service;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::tokens::{self, docs};
use crate::module::Content;
use crate::rust::{Call, CallBody, Client, Handed, SecurityKind, Success, Type};

/// The whole file.
pub(super) fn client(client: &Client) -> Content {
    let mut items = vec![imports(client), reexports::reexports(client), service::service(&client.service)];
    items.extend(client.token_services.iter().map(service::token_service));
    items.extend(structure(client));
    items.push(methods(client));
    for call in &client.calls {
        items.extend(calls::builder(call));
        items.extend(bulk::bulk(call));
        items.extend(bulk::poll(call));
        items.extend(answers::success(call));
        items.extend(answers::failure(&call.failure));
    }
    Content::Rust { docs: vec!["The client: a method for each operation.".to_owned()], items }
}

/// What the items mention, and no other name.
fn imports(client: &Client) -> TokenStream {
    let calls = &client.calls;
    let parameters = || calls.iter().flat_map(|call| call.arguments.iter().chain(&call.setters));
    let of_runtime = named([
        ("Call", !calls.is_empty()),
        ("Style", parameters().next().is_some() || calls.iter().any(Call::has_styled_form)),
        ("read", !calls.is_empty()),
    ]);
    let schemes = &client.service.schemes;
    let of_operations = named([
        ("Location", schemes.iter().any(|scheme| matches!(scheme.kind, SecurityKind::ApiKey(..)))),
        ("SecurityKind", !schemes.is_empty()),
        ("SecurityScheme", !schemes.is_empty()),
    ]);
    let security =
        (!schemes.is_empty()).then(|| quote! { use specwright_runtime::operation::{#(#of_operations),*}; });
    let cow = calls.iter().any(|call| call.bulk.is_some()).then(|| quote! { use std::borrow::Cow; });
    let models = types(client).iter().any(|ty| names_a_model(ty)).then(|| quote! { models, });
    quote! {
        #cow
        use specwright_runtime::client::{self as rt, #(#of_runtime),*};
        #security
        use super::{#models operations, validators};
    }
}

fn named<const N: usize>(names: [(&'static str, bool); N]) -> Vec<Ident> {
    names.into_iter().filter(|(_, is_needed)| *is_needed).map(|(name, _)| tokens::ident(name)).collect()
}

/// Every type that the calls mention.
fn types(client: &Client) -> Vec<&Type> {
    let mut found = Vec::new();
    for call in &client.calls {
        let handed = call.arguments.iter().chain(&call.setters).map(|parameter| &parameter.value);
        found.extend(handed.filter_map(handed_type));
        for setter in &call.bodies {
            match &setter.body {
                CallBody::Json(value, checked) => {
                    found.extend(handed_type(value).into_iter().chain(checked.as_ref()));
                }
                CallBody::Form(value, _) => found.extend(handed_type(value)),
                CallBody::JsonText(checked) => found.extend(checked.as_ref()),
                CallBody::Multipart | CallBody::Text | CallBody::Bytes => {}
            }
        }
        match &call.success {
            Success::One(answer) => found.extend(answer.ty.as_ref()),
            Success::Several(_, variants) => {
                found.extend(variants.iter().filter_map(|variant| variant.answer.ty.as_ref()));
            }
        }
        let failures = call.failure.variants.iter().chain([&call.failure.other]);
        found.extend(failures.filter_map(|variant| variant.answer.ty.as_ref()));
    }
    found
}

fn handed_type(value: &Handed) -> Option<&Type> {
    match value {
        Handed::Text => None,
        Handed::Copied(ty) | Handed::Slice(ty) | Handed::Borrowed(ty) => Some(ty),
    }
}

fn names_a_model(ty: &Type) -> bool {
    ty.innermost_path().is_some_and(|path| path.starts_with("models::"))
}

fn structure(client: &Client) -> [TokenStream; 2] {
    let docs = docs(&client.docs);
    let structure = quote! {
        #docs
        ///
        /// A clone shares connections, tokens and the budgets of retries, and is cheap.
        #[derive(Debug, Clone)]
        pub struct Client {
            inner: rt::Client,
        }
    };
    let from = quote! {
        impl From<rt::Client> for Client {
            fn from(inner: rt::Client) -> Self {
                Self { inner }
            }
        }
    };
    [structure, from]
}

fn methods(client: &Client) -> TokenStream {
    let built = quote! { Result<Self, rt::BuildError> };
    let link = reexports::link(client, "BuildError");
    let reasons = docs(&[format!("There is no default transport, or it can't be built: see {link}.")]);
    let new = if client.needs_token {
        quote! {
            /// Creates a client with this token and default settings.
            ///
            /// # Errors
            ///
            #reasons
            pub fn new(token: impl rt::TokenSource + 'static) -> #built {
                Self::builder().token(token).build()
            }
        }
    } else {
        quote! {
            /// Creates a client with default settings.
            ///
            /// # Errors
            ///
            #reasons
            pub fn new() -> #built {
                Self::builder().build()
            }
        }
    };
    let methods = client.calls.iter().map(calls::method);
    quote! {
        impl Client {
            #new

            /// Creates a builder for a client with other settings.
            pub fn builder() -> rt::Builder<Self> {
                rt::Builder::new(&SERVICE)
            }

            /// Returns the part of the client that is not generated, which all calls share.
            #[must_use]
            pub fn inner(&self) -> &rt::Client {
                &self.inner
            }

            #(#methods)*
        }
    }
}
