//! A component that is another name for a type.

use super::super::plan::Sensitive;
use super::super::types::Types;
use super::describe::describe;
use crate::api::SchemaId;
use crate::ident::TypeIdent;
use crate::rust::Alias;

pub(super) fn alias(types: &mut Types<'_>, sensitive: &Sensitive, id: SchemaId, ident: TypeIdent) -> Alias {
    Alias {
        at: types.api.schemas[id].at.clone(),
        ident,
        docs: describe(types.api, types.plans, id, ""),
        // Where `null` is a value too, the types that use the alias say so.
        target: types.expression(id),
        newtype: false,
        eq: false,
        sensitive: sensitive.is_within(id),
    }
}
