//! `SERVICE`, and how a token is obtained.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::{self, docs};
use crate::rust::{SecurityKind, SecuritySchemeDef, Service, TokenServiceDef};

pub(super) fn service(service: &Service) -> TokenStream {
    let (name, version) = (&service.name, &service.version);
    let schemes = service.schemes.iter().map(scheme);
    let schemes = (!service.schemes.is_empty()).then(|| quote! { .schemes(&[#(#schemes),*]) });
    let hosts = list("token_hosts", &service.token_hosts);
    let correlation = service.correlation_header.as_ref().map(|name| quote! { .correlation_header(#name) });
    quote! {
        /// The service: servers, security schemes, and how it writes errors.
        pub static SERVICE: rt::Service = rt::Service::new(#name, #version)
            .servers(operations::SERVERS)
            #schemes #hosts #correlation
            .errors(&validators::DEFINITION);
    }
}

pub(in super::super) fn scheme(scheme: &SecuritySchemeDef) -> TokenStream {
    let name = &scheme.name;
    let kind = match &scheme.kind {
        SecurityKind::Bearer => quote! { Bearer },
        SecurityKind::Basic => quote! { Basic },
        SecurityKind::ApiKey(location, name) => {
            let location = tokens::ident(location.name());
            quote! { ApiKey(Location::#location, #name) }
        }
    };
    quote! { SecurityScheme::new(#name, SecurityKind::#kind) }
}

pub(super) fn token_service(service: &TokenServiceDef) -> TokenStream {
    let (docs, ident) = (docs(&service.docs), &service.ident);
    let (scheme, token_url) = (&service.scheme, &service.token_url);
    let refresh_url = text("refresh_url", service.refresh_url.as_ref());
    let form = service.form.iter().map(|(name, value)| quote! { (#name, #value) });
    let form = (!service.form.is_empty()).then(|| quote! { .form(&[#(#form),*]) });
    let base_url = text("base_url_member", service.base_url.as_ref());
    let hosts = list("hosts", &service.hosts);
    let error_code = text("error_code_member", service.error_code.as_ref());
    let moved = list("moved", &service.moved);
    let new_grant_needed = list("new_grant_needed", &service.new_grant_needed);
    let later = list("later", &service.later);
    quote! {
        #docs
        pub static #ident: rt::OAuth2Scheme = rt::OAuth2Scheme::new(#scheme, #token_url)
            #refresh_url #form #base_url #hosts #error_code #moved #new_grant_needed #later;
    }
}

fn text(method: &str, text: Option<&String>) -> Option<TokenStream> {
    let method = tokens::ident(method);
    text.map(|text| quote! { .#method(#text) })
}

fn list(method: &str, texts: &[String]) -> Option<TokenStream> {
    let method = tokens::ident(method);
    (!texts.is_empty()).then(|| quote! { .#method(&[#(#texts),*]) })
}
