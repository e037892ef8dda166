//! `Validate` for the types of the models.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::validators::{ValidatedType, Validators};

/// Returns the implementation for one type; `None` for a type whose table has no name.
pub(super) fn implementation(validated: &ValidatedType, validators: &Validators) -> Option<TokenStream> {
    let ident = &validated.ident;
    let table = validators.tables.get(validated.table.0)?.ident.as_ref()?;
    Some(quote! {
        impl Validate for models::#ident {
            const SCHEMA: &'static Schema = &#table;
            const DEFINITION: &'static Definition = &DEFINITION;
        }
    })
}
