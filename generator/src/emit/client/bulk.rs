//! Calls with many items, and calls that report a state until it is final.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{self, deprecated, docs};
use super::arguments::{self, Arguments};
use super::responses;
use crate::rust::{
    BulkSplit, ClientMethod, ContentCheck, ErrorEnum, ItemKey, OperationDef, Presence, Success,
};

/// The method of the client that sends items of any number.
pub(super) fn method(method: &ClientMethod, operation: &OperationDef) -> Option<TokenStream> {
    let (ident, builder) = (method.items.as_ref()?, &method.builder);
    let doc = docs(&[
        "Returns a sender of any number of items, which makes as many calls as needed and reports on each item."
            .to_owned(),
        String::new(),
        format!("Its calls are those of [`{0}`](Self::{0}).", method.ident),
    ]);
    let deprecated = deprecated(operation.deprecated);
    let Arguments { declared, passed } = arguments::arguments(method, operation);
    Some(quote! {
        #doc
        #deprecated
        #[inline]
        pub fn #ident(&self, #declared) -> specwright_runtime::bulk::Bulk<#builder> {
            specwright_runtime::bulk::Bulk::new(#builder::prepare_call(&self.inner, #passed))
        }
    })
}

/// The trait that lets the runtime send items of any number.
pub(super) fn bulk(method: &ClientMethod, operation: &OperationDef) -> Option<TokenStream> {
    let BulkSplit { content, item, key } = operation.bulk.as_ref()?.split.as_ref()?;
    let body = operation.request_content(*content)?;
    let builder = &method.builder;
    let schema = match &body.check {
        Some(ContentCheck::Table(table)) => Some(quote! {
            fn schema() -> &'static specwright_runtime::validate::Schema {
                &validators::#table
            }
        }),
        _ => None,
    };
    let (body, item) = (tokens::outer_ty(&body.ty), tokens::outer_ty(item));
    let (key, (success, read)) = (text_of(key), responses::of_success(&method.success, operation));
    let result = quote! { Result<(), read::ReadError> };
    Some(quote! {
        impl specwright_runtime::bulk::BulkRequest for #builder {
            type Body = #body;
            type Item = #item;
            #schema
            fn call(&self) -> &Call {
                &self.call
            }
            fn key(item: &Self::Item) -> Option<Cow<'_, str>> {
                #key
            }
            fn check_success(answer: &rt::RawResponse) -> #result {
                let _: #success = #read(answer)?;
                Ok(())
            }
        }
    })
}

/// The key of an item as text, if it is present.
fn text_of(key: &ItemKey) -> TokenStream {
    let ident = &key.ident;
    match (key.is_text, key.presence) {
        (true, Presence::Required) => quote! { Some(Cow::Borrowed(item.#ident.as_str())) },
        (false, Presence::Required) => quote! { Some(Cow::Owned(item.#ident.to_string())) },
        (true, Presence::OptionalNullable) => {
            quote! { item.#ident.as_ref().and_then(|key| key.as_deref()).map(Cow::Borrowed) }
        }
        (false, Presence::OptionalNullable) => {
            quote! { item.#ident.flatten().map(|key| Cow::Owned(key.to_string())) }
        }
        (true, _) => quote! { item.#ident.as_deref().map(Cow::Borrowed) },
        (false, _) => quote! { item.#ident.map(|key| Cow::Owned(key.to_string())) },
    }
}

/// The method that calls until the state is final.
pub(super) fn poll(
    method: &ClientMethod,
    operation: &OperationDef,
    error: &ErrorEnum,
) -> Option<TokenStream> {
    let Success::One(read) = &method.success else { return None };
    operation.poll.as_ref()?;
    responses::read_type(*read, operation)?;
    let read_error = &error.readers[method.error_reader].ident;
    let (builder, error) = (&method.builder, &error.ident);
    let (ty, read) = (responses::ty(*read, operation), responses::reader(*read));
    Some(quote! {
        impl #builder {
            /// Returns a poller, which repeats the call until the state is final: a future of the final
            /// response, and a stream of all states.
            pub fn poll(self) -> specwright_runtime::poll::Poller<#ty, #error> {
                specwright_runtime::poll::Poller::new(self.call, #read, #error::#read_error)
            }
        }
    })
}
