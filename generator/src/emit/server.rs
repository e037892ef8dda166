//! `server.rs`: the trait, the router, and for each operation the struct of its request, the enum of its
//! responses, and the handler between the two.

mod handlers;
mod requests;
mod responses;

use proc_macro2::TokenStream;
use quote::quote;

use super::client::scheme;
use super::tokens::{self, deprecated, docs};
use crate::module::Content;
use crate::rust::{
    Caller, ContentFormat, OperationDef, Operations, SecurityKind, ServerApi, ServerMethod, Type,
};

/// The whole file.
pub(super) fn server(server: &ServerApi, operations: &Operations) -> Content {
    let operations = &*operations.operations;
    let mut items = vec![imports(server, operations), reexports(server, operations), definition(server)];
    items.extend(server.shapes.iter().map(handlers::shape_static));
    items.push(interface(server, operations));
    items.extend(router(server, operations));
    for method in &server.methods {
        let operation = &operations[method.operation];
        items.extend(requests::items(method, operation));
        items.extend(responses::items(method, operation));
        items.push(handlers::handler(method, operation));
    }
    let docs =
        "A server: a trait with a method for each operation, and an axum router of what implements it.";
    Content::Rust { docs: vec![docs.to_owned()], items }
}

/// The names that the items mention.
fn imports(server: &ServerApi, operations: &[OperationDef]) -> TokenStream {
    let has_parameters = server
        .methods
        .iter()
        .any(|method| method.request.as_ref().is_some_and(|request| !request.fields.is_empty()));
    let has_keys = server.schemes.iter().any(|scheme| matches!(scheme.kind, SecurityKind::ApiKey(..)));
    let styled = has_parameters
        || server.methods.iter().any(|method| handlers::has_styles(method, &operations[method.operation]))
        || server.methods.iter().any(|method| responses::has_headers(&method.response));
    let needed = [
        ("Location", has_parameters || has_keys),
        ("SecurityKind", !server.schemes.is_empty()),
        ("SecurityScheme", !server.schemes.is_empty()),
        ("Style", styled),
    ];
    let names = needed.into_iter().filter(|(_, is_needed)| *is_needed).map(|(name, _)| tokens::ident(name));
    let has_operations = !server.methods.is_empty();
    let operation_list = has_operations.then(|| quote! { operations, });
    let mut types = server.methods.iter().flat_map(|method| types(method, &operations[method.operation]));
    let models = types.any(|ty| ty.named().next().is_some()).then(|| quote! { models, });
    quote! {
        use std::sync::Arc;
        use specwright_runtime::serve::{self as rt, #(#names),*};
        use super::{#models #operation_list validators};
    }
}

/// The types of the runtime that implementations mention.
fn reexports(server: &ServerApi, operations: &[OperationDef]) -> TokenStream {
    let asks = server.methods.iter().any(|method| method.caller != Caller::Unasked);
    let has_form = operations.iter().any(handlers::has_form_data);
    let mut methods = server.methods.iter();
    let has_media =
        methods.any(|method| types(method, &operations[method.operation]).contains(&&Type::Media));
    let needed = [
        ("Authenticate", asks),
        ("Claim", asks),
        ("Context", true),
        ("Credential", asks),
        ("Denied", asks),
        ("Failure", true),
        ("FormData", has_form),
        ("FormPart", has_form),
        ("MediaBody", has_media),
        ("Router", true),
        ("Settings", true),
        ("StatusCode", true),
    ];
    let names = needed.into_iter().filter(|(_, is_needed)| *is_needed).map(|(name, _)| tokens::ident(name));
    quote! {
        #[doc(inline)]
        pub use specwright_runtime::serve::{#(#names),*};
    }
}

/// Every type that requests and responses mention.
fn types<'a>(method: &'a ServerMethod, operation: &'a OperationDef) -> Vec<&'a Type> {
    let mut found = Vec::new();
    if let Some(request) = &method.request {
        found.extend(request.fields.iter().map(|field| &operation.parameters[field.parameter].ty));
        let contents = request.body.iter().flat_map(|body| &body.contents);
        let contents = contents.filter_map(|content| operation.request_content(content.content));
        // The parts of a form have no type of the models.
        let typed = contents.filter(|content| !matches!(content.format, ContentFormat::Multipart(_)));
        found.extend(typed.map(|content| &content.ty));
    }
    for variant in &method.response.variants {
        found.extend(variant.headers.iter().map(|header| &header.ty));
        let contents = variant.body.iter().flat_map(|body| &body.contents);
        let response = variant.response.and_then(|index| operation.responses.get(index));
        found.extend(contents.filter_map(|content| Some(&response?.content[content.content].ty)));
    }
    found
}

fn definition(server: &ServerApi) -> TokenStream {
    let schemes = server.schemes.iter().map(scheme);
    let schemes = (!server.schemes.is_empty()).then(|| quote! { .schemes(&[#(#schemes),*]) });
    let names = server.http_schemes.iter().map(|(scheme, name)| quote! { (#scheme, #name) });
    let names = (!server.http_schemes.is_empty()).then(|| quote! { .http_schemes(&[#(#names),*]) });
    let missing = server.missing.as_ref().map(|code| quote! { .missing(&validators::#code) });
    quote! {
        static DEFINITION: rt::ApiDefinition =
            rt::ApiDefinition::new(&validators::DEFINITION) #schemes #names #missing;
    }
}

fn interface(server: &ServerApi, operations: &[OperationDef]) -> TokenStream {
    let methods = server.methods.iter().map(|method| signature(method, &operations[method.operation]));
    let asks = server.methods.iter().any(|method| method.caller != Caller::Unasked);
    let bounds = if asks {
        quote! { rt::Authenticate }
    } else {
        quote! { Send + Sync + 'static }
    };
    quote! {
        /// The operations of the service. What implements it is served by [`router`].
        ///
        /// A method gets a request that the validators let pass, and returns one of the responses that the
        /// definition describes. Any other outcome is a [`Failure`], which the method may return as its
        /// error. A method that is not implemented answers 501, so that one more operation breaks nothing.
        pub trait Api: #bounds {
            #(#methods)*
        }
    }
}

fn signature(method: &ServerMethod, operation: &OperationDef) -> TokenStream {
    let (docs, deprecated) = (docs(&operation.docs), deprecated(operation.deprecated));
    let (ident, response) = (&method.ident, &method.response.ident);
    let context = match method.caller {
        Caller::Unasked => quote! { rt::Context },
        Caller::Optional => quote! { rt::Context<Option<Self::Principal>> },
        Caller::Required => quote! { rt::Context<Self::Principal> },
    };
    let request = method.request.as_ref().map(|request| {
        let ident = &request.ident;
        quote! { request: #ident, }
    });
    let passed = method.request.as_ref().map(|_| quote! { request });
    quote! {
        #docs
        #deprecated
        fn #ident(
            &self,
            context: #context,
            #request
        ) -> impl Future<Output = Result<#response, rt::Failure>> + Send {
            let _ = (context, #passed);
            async { Err(rt::Failure::new(rt::StatusCode::NOT_IMPLEMENTED)) }
        }
    }
}

fn router(server: &ServerApi, operations: &[OperationDef]) -> [TokenStream; 2] {
    let routes = server.methods.iter().map(|method| {
        let (constant, handler) = (&operations[method.operation].ident, &method.handler);
        quote! { .operation(&operations::#constant, #handler::<A>) }
    });
    let plain = quote! {
        /// Returns a router that serves `api` with default settings, at the paths of the definition: nest it
        /// where its servers have a path in their URL.
        ///
        /// Its fallback answers all other paths with 404.
        pub fn router<A: Api, S: Clone + Send + Sync + 'static>(api: Arc<A>) -> rt::Router<S> {
            router_with(api, rt::Settings::new())
        }
    };
    let with = quote! {
        /// Returns what [`router`] returns, with other settings.
        pub fn router_with<A: Api, S: Clone + Send + Sync + 'static>(
            api: Arc<A>,
            settings: rt::Settings,
        ) -> rt::Router<S> {
            rt::Routes::new(api, &DEFINITION, settings) #(#routes)* .into_router()
        }
    };
    [plain, with]
}
