//! `client.rs`: the service, the client, and for each operation the builder of a call and the enums of its
//! responses.

mod arguments;
mod bodies;
mod bulk;
mod calls;
pub(super) mod reexports;
mod responses;
mod service;

pub(super) use arguments::style;
pub(super) use service::scheme;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::groups::{self, Share};
use super::tokens::{self, docs};
use crate::module::Content;
use crate::rust::{
    Client, ClientMethod, ContentCheck, ContentFormat, Crate, OperationDef, Passing, SecurityKind, Success,
    Type,
};
use crate::settings::Part;

/// The whole file, or that of a group.
pub(super) fn client(krate: &Crate, share: Share<'_>) -> Content {
    let (client, operations) = (&krate.client, &*krate.operations.operations);
    let own = client.methods.iter().filter(|method| share.has_operation(method.operation));
    let own: Vec<&ClientMethod> = own.collect();
    let mut items = Vec::new();
    if share.is_root() {
        items.push(imports(client, operations));
        items.push(reexports::reexports(client, operations));
        items.extend(groups::declarations(&groups::others(krate, Part::Client)));
        items.push(service::service(&client.service));
        items.extend(client.token_services.iter().map(service::token_service));
        items.extend(structure(client));
        items.push(constructors(client, &methods(&own, operations)));
    } else {
        let methods = methods(&own, operations);
        items.push(quote! { use super::*; });
        items.push(quote! { impl Client { #(#methods)* } });
    }
    for method in &client.methods {
        let (operation, error) = (&operations[method.operation], &client.errors[method.error]);
        if share.has_operation(method.operation) {
            items.extend(arguments::argument_struct(method, operation));
            items.extend(calls::builder(method, operation, error));
            items.extend(bulk::bulk(method, operation));
            items.extend(bulk::poll(method, operation, error));
            items.extend(responses::success(method, operation));
        }
        // An enum that several methods share is written for the first of them.
        if error.operation == method.operation && share.has(&krate.groups.errors, method.error) {
            items.extend(responses::error(error, operations, &client.methods));
        }
    }
    Content::Rust { docs: vec!["The client: a method for each operation.".to_owned()], items }
}

/// The names that the items mention.
fn imports(client: &Client, operations: &[OperationDef]) -> TokenStream {
    let is_called = !client.methods.is_empty();
    let styled = |method: &ClientMethod| {
        let contents = method.bodies.iter();
        let mut contents =
            contents.filter_map(|body| operations[method.operation].request_content(body.content));
        contents.any(|content| matches!(&content.format, ContentFormat::Form(styles) if !styles.is_empty()))
            || !method.arguments.is_empty()
            || !method.setters.is_empty()
    };
    let of_runtime =
        named([("Call", is_called), ("Style", client.methods.iter().any(styled)), ("read", is_called)]);
    let schemes = &client.service.schemes;
    let of_operations = named([
        ("Location", schemes.iter().any(|scheme| matches!(scheme.kind, SecurityKind::ApiKey(..)))),
        ("SecurityKind", !schemes.is_empty()),
        ("SecurityScheme", !schemes.is_empty()),
    ]);
    let security =
        (!schemes.is_empty()).then(|| quote! { use specwright_runtime::operation::{#(#of_operations),*}; });
    let splits = |operation: &OperationDef| operation.bulk.as_ref().is_some_and(|bulk| bulk.split.is_some());
    let cow = operations.iter().any(splits).then(|| quote! { use std::borrow::Cow; });
    let mut types = client.methods.iter().flat_map(|method| types(client, method, operations));
    let models = types.any(|ty| ty.named().next().is_some()).then(|| quote! { models, });
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

/// Every type that a method, its builder and its enums mention.
fn types<'a>(client: &'a Client, method: &'a ClientMethod, operations: &'a [OperationDef]) -> Vec<&'a Type> {
    fn passed<'t>(passing: &'t Passing, ty: &'t Type) -> Option<&'t Type> {
        match passing {
            Passing::Text => None,
            Passing::Slice(item) => Some(item),
            Passing::Copied | Passing::Borrowed => Some(ty),
        }
    }
    let operation = &operations[method.operation];
    let mut found = Vec::new();
    for setter in method.arguments.iter().chain(&method.setters) {
        found.extend(passed(&setter.passing, &operation.parameters[setter.parameter].ty));
    }
    for body in &method.bodies {
        let Some(content) = operation.request_content(body.content) else { continue };
        found.extend(body.passing.as_ref().and_then(|passing| passed(passing, &content.ty)));
        found.extend((content.check == Some(ContentCheck::Type)).then_some(&content.ty));
    }
    match &method.success {
        Success::One(read) => found.extend(responses::read_type(*read, operation)),
        Success::Several(_, variants) => {
            found.extend(variants.iter().filter_map(|variant| responses::read_type(variant.read, operation)));
        }
    }
    let error = &client.errors[method.error];
    found.extend(
        error
            .variants
            .iter()
            .chain([&error.other])
            .filter_map(|failure| responses::read_type(failure.variant.read, &operations[failure.operation])),
    );
    found
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

fn methods(methods: &[&ClientMethod], operations: &[OperationDef]) -> Vec<TokenStream> {
    let of = |method: &&ClientMethod| {
        let operation = &operations[method.operation];
        calls::methods(method, operation).into_iter().chain(bulk::method(method, operation))
    };
    methods.iter().flat_map(of).collect()
}

/// What begins and ends the methods of the client.
fn constructors(client: &Client, methods: &[TokenStream]) -> TokenStream {
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
