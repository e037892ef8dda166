//! The types of fields.

use proc_macro2::TokenStream;

use super::super::tokens;
use crate::rust::{Field, Prelude, Presence, Rest, Type};

/// The type of the field, `Option` included.
pub(super) fn field_type(field: &Field, prelude: &Prelude) -> TokenStream {
    let option = |ty: Type| Type::Option(Box::new(ty));
    let ty = match field.presence {
        Presence::Required => field.ty.clone(),
        Presence::RequiredNullable | Presence::Optional | Presence::OptionalAny => option(field.ty.clone()),
        Presence::OptionalNullable => option(option(field.ty.clone())),
    };
    tokens::ty(&ty, prelude)
}

/// The type of the additional members.
pub(super) fn map(rest: &Rest, prelude: &Prelude) -> TokenStream {
    tokens::ty(&Type::Map(Box::new(rest.ty.clone())), prelude)
}
