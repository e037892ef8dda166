//! Types as users write them, to be compared and shown.

use crate::rust::{ContentDef, ContentFormat, Field, Passing, Presence, Type};

/// Returns the type as Rust writes it.
pub(super) fn text(ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Integer(integer) => integer.name().to_owned(),
        Type::Float => "f64".to_owned(),
        Type::String => "String".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
        Type::Runtime(ty) => ty.name().to_owned(),
        Type::Named(ident) => ident.as_str().to_owned(),
        Type::External(path) => path.clone(),
        Type::Option(inner) => format!("Option<{}>", text(inner)),
        Type::Vec(inner) => format!("Vec<{}>", text(inner)),
        Type::Map(inner) => format!("BTreeMap<String, {}>", text(inner)),
        Type::Boxed(inner) => format!("Box<{}>", text(inner)),
        Type::Tuple(items) => format!("({},)", items.iter().map(text).collect::<Vec<_>>().join(", ")),
    }
}

/// Returns the type of a field, with what its presence puts around it.
pub(super) fn of_field(field: &Field) -> String {
    let ty = text(&field.ty);
    match field.presence {
        Presence::Required => ty,
        Presence::RequiredNullable | Presence::Optional | Presence::OptionalAny => format!("Option<{ty}>"),
        Presence::OptionalNullable => format!("Option<Option<{ty}>>"),
    }
}

/// Returns the type that a builder takes for a field.
pub(super) fn of_setter(field: &Field) -> String {
    let ty = text(field.ty.unboxed());
    match field.presence {
        Presence::RequiredNullable | Presence::OptionalNullable => format!("Option<{ty}>"),
        Presence::Required | Presence::Optional | Presence::OptionalAny => ty,
    }
}

/// Returns the type of an argument for a value.
pub(super) fn of_argument(passing: &Passing, ty: &Type) -> String {
    match passing {
        Passing::Text => "impl AsRef<str>".to_owned(),
        Passing::Copied => text(ty),
        Passing::Slice(item) => format!("&[{}]", text(item)),
        Passing::Borrowed => format!("&{}", text(ty)),
    }
}

/// Returns the type of an argument for a body; `None` as `passing`: it is passed as it is sent.
pub(super) fn of_body(passing: Option<&Passing>, content: &ContentDef) -> String {
    match (passing, &content.format) {
        (Some(passing), _) => of_argument(passing, &content.ty),
        (None, ContentFormat::Multipart(_)) => "&Multipart".to_owned(),
        (None, ContentFormat::Text) => "impl Into<String>".to_owned(),
        (None, _) => "impl Into<Bytes>".to_owned(),
    }
}
