//! `Visit` and `Validate` for the types of the models.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::number;
use crate::rust::validators::{FieldVisit, RestVisit, Validators, Visit, Way};

/// Both traits for one type.
pub(super) fn visit(visit: &Visit, validators: &Validators) -> Vec<TokenStream> {
    let ident = &visit.ident;
    let Some(table) = validators.tables.get(visit.table.0).and_then(|table| table.ident.as_ref()) else {
        return Vec::new();
    };
    let body = match &visit.way {
        Way::Fields { fields, rest } => fields_body(fields, rest.as_ref()),
        Way::Text => quote! { visitor.text(specwright_runtime::OpenEnum::as_wire(self)); },
        Way::Inner => quote! { self.0.visit(visitor); },
        Way::Serialized => quote! { visitor.serialized(self); },
    };
    let text = matches!(visit.way, Way::Text).then(as_text);
    vec![
        quote! {
            impl Visit for models::#ident {
                fn visit(&self, visitor: &mut Visitor<'_>) {
                    #body
                }
                #text
            }
        },
        quote! {
            impl Validate for models::#ident {
                const SCHEMA: &'static Schema = &#table;
                const DEFINITION: &'static Definition = &DEFINITION;
            }
        },
    ]
}

/// What a type of text says so that it need not be visited to be looked at.
fn as_text() -> TokenStream {
    quote! {
        fn as_text(&self) -> Option<&str> {
            Some(specwright_runtime::OpenEnum::as_wire(self))
        }
    }
}

fn fields_body(fields: &[FieldVisit], rest: Option<&RestVisit>) -> TokenStream {
    let shown = fields.iter().map(field);
    let rest = rest.map(|rest| {
        let ident = &rest.ident;
        if rest.serialized {
            quote! { fields.rest_serialized(&self.#ident); }
        } else {
            quote! { fields.rest(&self.#ident); }
        }
    });
    if fields.is_empty() && rest.is_none() {
        return quote! { visitor.object().end(); };
    }
    quote! {
        let mut fields = visitor.object();
        #(#shown)*
        #rest
        fields.end();
    }
}

fn field(field: &FieldVisit) -> TokenStream {
    let (ident, place) = (&field.ident, number(field.place));
    match (field.optional, field.serialized) {
        (false, false) => quote! { fields.required(#place, &self.#ident); },
        (true, false) => quote! { fields.optional(#place, &self.#ident); },
        (false, true) => quote! { fields.serialized(#place, &self.#ident); },
        (true, true) => quote! { fields.optional_serialized(#place, &self.#ident); },
    }
}
