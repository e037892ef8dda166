//! `validators.rs`: error codes, patterns, a table for each schema, and `Validate` for the types of the
//! models.

mod beyond;
mod imports;
mod patterns;
mod scalars;
mod schemas;
mod validate;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use self::schemas::Tables;
use super::groups::{self, Share};
use super::tokens::{self, docs};
use crate::module::Content;
use crate::rust::Crate;
use crate::rust::validators::{CodeRef, Definition, ErrorFormat, Reweighed, ServiceCode};
use crate::settings::Part;

/// The whole file, or that of a group; without models there are no types to validate, and it holds the tables
/// alone.
pub(super) fn validators(krate: &Crate, share: Share<'_>, with_models: bool) -> Content {
    let validators = &krate.validators;
    let mut items = Vec::new();
    if share.is_root() {
        items.push(list(&validators.codes));
        items.extend(validators.codes.iter().map(code));
        items.extend(validators.reweighed.iter().map(reweighed));
        items.push(definition(&validators.definition));
        items.extend(validators.patterns.iter().map(patterns::pattern));
    }
    let tables = share.select(&validators.tables, &krate.groups.tables);
    items.extend(Tables(validators).written(tables, share));
    if share.is_root() {
        items.extend(Tables(validators).all_evaluated());
    }
    if with_models {
        let types = share.select(&validators.types, &krate.groups.validated);
        items.extend(types.filter_map(|validated| validate::implementation(validated, validators)));
    }
    let imports = imports::imports(&items, share);
    items.splice(0..0, imports);
    if share.is_root() {
        items.extend(groups::declarations(&groups::others(krate, Part::Validators)));
    }
    let docs = "What the definition asks of a value, as tables, and the error codes of the service.";
    Content::Rust { docs: vec![docs.to_owned()], items }
}

fn list(codes: &[ServiceCode]) -> TokenStream {
    let idents = codes.iter().map(|code| &code.ident);
    quote! {
        /// Every error code of the definition, in its order.
        pub const CODES: &[Code] = &[#(#idents),*];
    }
}

fn code(code: &ServiceCode) -> TokenStream {
    let (docs, ident, name, message) = (docs(&code.docs), &code.ident, &code.name, &code.message);
    let severity = severity(code.warning);
    quote! {
        #docs
        pub const #ident: Code = Code::#severity(#name, #message);
    }
}

fn reweighed(code: &Reweighed) -> TokenStream {
    let (ident, of, severity) = (&code.ident, &code.of, severity(code.warning));
    quote! { const #ident: Code = Code::#severity(#of.name, #of.message); }
}

fn severity(warning: bool) -> proc_macro2::Ident {
    tokens::ident(if warning { "warning" } else { "error" })
}

fn definition(definition: &Definition) -> TokenStream {
    let invalid_json = definition.invalid_json.as_ref().map(|code| quote! { .invalid_json(&#code) });
    let error_body = definition.error_body.as_ref().map(error_body);
    let null_is_absent = definition.null_is_absent.then(|| quote! { .null_is_absent() });
    quote! {
        /// What the tables share.
        pub static DEFINITION: Definition = Definition::new() #invalid_json #error_body #null_is_absent;
    }
}

fn error_body(body: &ErrorFormat) -> TokenStream {
    let (code, message, data_path) = (&body.code, &body.message, &body.data_path);
    let envelope = body.envelope.as_ref().map(|envelope| {
        let (errors, code, array) = (&envelope.errors, &envelope.code, envelope.array);
        let path = envelope.path_from.as_ref().map(|start| quote! { .request_path(#start) });
        quote! { .envelope(#errors, &#code, #array) #path }
    });
    quote! { .error_body(ErrorBody::new().members(#code, #message, #data_path) #envelope) }
}

impl ToTokens for CodeRef {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Own(ident) => ident.to_tokens(tokens),
            Self::Local(name) => {
                let name = tokens::ident(name);
                quote! { codes::#name }.to_tokens(tokens);
            }
        }
    }
}
