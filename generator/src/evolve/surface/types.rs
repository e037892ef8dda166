//! Types as users write them, to be compared and shown.

use crate::rust::{ContentDef, ContentFormat, Field, Passing, Presence, Type};

/// Returns the type that a builder takes for a field.
pub(super) fn of_setter(field: &Field) -> String {
    let ty = field.ty.unboxed();
    match field.presence {
        Presence::RequiredNullable | Presence::OptionalNullable => format!("Option<{ty}>"),
        Presence::Required | Presence::Optional | Presence::OptionalAny => ty.to_string(),
    }
}

/// Returns the type of an argument for a value.
pub(super) fn of_argument(passing: &Passing, ty: &Type) -> String {
    match passing {
        Passing::Text => "impl AsRef<str>".to_owned(),
        Passing::Copied => ty.to_string(),
        Passing::Slice(item) => format!("&[{item}]"),
        Passing::Borrowed => format!("&{ty}"),
    }
}

/// Returns the type of an argument for a body; `None` as `passing`: it is passed as it is sent.
pub(super) fn of_body(passing: Option<&Passing>, content: &ContentDef) -> String {
    match (passing, &content.format) {
        (Some(passing), _) => of_argument(passing, &content.ty),
        (None, ContentFormat::Multipart(_)) => "&Multipart".to_owned(),
        (None, ContentFormat::Text) => "impl Into<String>".to_owned(),
        (None, ContentFormat::Media) => content.ty.to_string(),
        (None, _) => "impl Into<Bytes>".to_owned(),
    }
}
