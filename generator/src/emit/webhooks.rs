//! `webhooks.rs`: an enum of the requests that the service sends.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{docs, outer_ty};
use crate::module::Content;
use crate::rust::{Crate, WebhookBody, WebhookDef, WebhookRules};
use crate::settings::Part;

/// Webhooks have bodies with types, which are validated.
pub(super) fn are_wanted(krate: &Crate, parts: &[Part]) -> bool {
    !krate.webhooks.is_empty() && [Part::Models, Part::Validators].iter().all(|part| parts.contains(part))
}

/// The whole file.
pub(super) fn webhooks(krate: &Crate) -> Content {
    let webhooks = &krate.webhooks;
    let bodies = || webhooks.iter().filter_map(|webhook| webhook.body.as_ref());
    let is_model = |body: &WebhookBody| body.ty.named().next().is_some();
    let models = bodies().any(is_model).then(|| quote! { use super::models; });
    let has_tables = bodies().any(|body| body.rules != WebhookRules::OfType);
    let validators = has_tables.then(|| quote! { use super::validators; });
    let mut items: Vec<TokenStream> = models.into_iter().chain(validators).collect();
    items.push(definition(webhooks));
    items.push(methods(webhooks));
    let docs = "The requests that the service sends of its own accord.";
    Content::Rust { docs: vec![docs.to_owned()], items }
}

fn definition(webhooks: &[WebhookDef]) -> TokenStream {
    let variants = webhooks.iter().map(|webhook| {
        let (docs, ident) = (docs(&webhook.docs), &webhook.ident);
        let body = webhook.body.as_ref().map(|body| {
            let ty = outer_ty(&body.ty);
            quote! { (#ty) }
        });
        quote! { #docs #ident #body }
    });
    quote! {
        /// A request that the service sends, with its body.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Webhook {
            #(#variants,)*
        }
    }
}

fn methods(webhooks: &[WebhookDef]) -> TokenStream {
    let names = webhooks.iter().map(|webhook| &webhook.name);
    let name_arms = webhooks.iter().map(|webhook| {
        let (ident, name) = (&webhook.ident, &webhook.name);
        let body = webhook.body.as_ref().map(|_| quote! { (_) });
        quote! { Self::#ident #body => #name, }
    });
    let arms = webhooks.iter().map(|webhook| {
        let (ident, name) = (&webhook.ident, &webhook.name);
        let event = match &webhook.body {
            None => quote! { Ok(Self::#ident) },
            Some(body) => {
                let read = decoded(body);
                let exact = body.exact.then(|| quote! { .map(|specwright_runtime::Exact(body)| body) });
                quote! { #read #exact.map(Self::#ident) }
            }
        };
        quote! { #name => #event, }
    });
    let body = if webhooks.iter().any(|webhook| webhook.body.is_some()) {
        quote! { body }
    } else {
        quote! { _ }
    };
    quote! {
        impl Webhook {
            /// The names of all webhooks.
            pub const NAMES: &'static [&'static str] = &[#(#names),*];

            /// Validates the body of the webhook of a name and decodes it. Whether the request is from the
            /// service is for the caller to check, by its signature.
            ///
            /// # Errors
            ///
            /// Returns why the request is none that the definition describes.
            pub fn from_json(name: &str, #body: &[u8]) -> Result<Self, specwright_runtime::WebhookError> {
                match name {
                    #(#arms)*
                    _ => Err(specwright_runtime::WebhookError::UnknownName),
                }
            }

            /// Returns the name of the webhook.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    #(#name_arms)*
                }
            }
        }
    }
}

fn decoded(body: &WebhookBody) -> TokenStream {
    match &body.rules {
        WebhookRules::OfType => quote! { specwright_runtime::WebhookError::decoded(body) },
        WebhookRules::Table(table) => quote! {
            specwright_runtime::WebhookError::decoded_by(&validators::#table, &validators::DEFINITION, body)
        },
        WebhookRules::Nothing => quote! {
            specwright_runtime::WebhookError::decoded_by(
                &specwright_runtime::validate::ANY, &validators::DEFINITION, body,
            )
        },
    }
}
