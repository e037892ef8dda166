//! Types as they stand in fields.

use crate::ident::TypeIdent;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    /// A path that needs nothing else: `bool`, `Decimal`, `uuid::Uuid`.
    Path(String),
    String,
    Named(TypeIdent),
    Option(Box<Type>),
    Vec(Box<Type>),
    /// String keys.
    Map(Box<Type>),
    Boxed(Box<Type>),
}

impl Type {
    /// The text of a path; empty for every other type.
    pub(crate) fn path(&self) -> &str {
        if let Self::Path(text) = self { text } else { "" }
    }

    /// The path at the heart of lists, maps and pointers.
    pub(crate) fn innermost_path(&self) -> Option<&str> {
        match self {
            Self::Path(text) => Some(text),
            Self::Option(inner) | Self::Vec(inner) | Self::Map(inner) | Self::Boxed(inner) => {
                inner.innermost_path()
            }
            Self::String | Self::Named(_) => None,
        }
    }
}
