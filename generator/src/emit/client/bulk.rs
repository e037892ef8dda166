//! What a call can do with many items, and with a state that is not final yet.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens;
use super::answers;
use crate::rust::{BulkItems, Call, ItemKey, Prelude, Presence, Success};

/// The trait that lets the runtime send items of any number, and the method that begins it.
pub(super) fn bulk(call: &Call) -> Vec<TokenStream> {
    let Some(BulkItems { body, item, key }) = &call.bulk else { return Vec::new() };
    let builder = &call.builder;
    let (body, item) = (tokens::ty(body, &Prelude::default()), tokens::ty(item, &Prelude::default()));
    let (key, (success, read)) = (text_of(key), answers::of_success(&call.success));
    let result = quote! { Result<(), read::ReadError> };
    let traits = quote! {
        impl specwright_runtime::bulk::BulkRequest for #builder {
            type Body = #body;
            type Item = #item;
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
    };
    let method = quote! {
        impl #builder {
            /// Sends items of any number, in as many requests as it takes, and accounts for each of them. A
            /// body that was set is not sent.
            pub fn bulk(self) -> specwright_runtime::bulk::Bulk<Self> {
                specwright_runtime::bulk::Bulk::new(self)
            }
        }
    };
    vec![traits, method]
}

/// The key of an item as text, if it is there.
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

/// The method that asks until the state is final.
pub(super) fn poll(call: &Call) -> Option<TokenStream> {
    let Success::One(answer) = &call.success else { return None };
    let (builder, failure) = (&call.builder, &call.failure.ident);
    let (ty, read) = (answers::ty(answer), answers::reader(answer));
    (call.polls && answer.ty.is_some()).then(|| {
        quote! {
            impl #builder {
                /// Makes this call again and again until the state is final. The poller is a future of the
                /// final answer, and a stream of all states.
                pub fn poll(self) -> specwright_runtime::poll::Poller<#ty, #failure> {
                    specwright_runtime::poll::Poller::new(self.call, #read, #failure::read)
                }
            }
        }
    })
}
