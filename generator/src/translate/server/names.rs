//! Names of the types in `server.rs`.

use super::super::media_types;
use crate::ident::{Scope, TypeIdent};
use crate::rust::{ContentDef, ContentFormat};

/// Takes the name of a type that belongs to an operation.
pub(super) fn type_ident(names: &mut Scope, owner: &str, suffix: &str) -> TypeIdent {
    names.type_ident(TypeIdent::new(&format!("{owner}{suffix}"), "Operation"))
}

/// Takes a name for the variant of a media type.
pub(super) fn media_type(scope: &mut Scope, content: &ContentDef) -> TypeIdent {
    let name = match content.format {
        ContentFormat::Form(_) => "form".to_owned(),
        _ => media_types::subtype(&content.media_type),
    };
    scope.type_ident(TypeIdent::new(&name, "Body"))
}
