//! Types as they are used in fields, parameters and bodies.

use std::fmt;

use super::RuntimeType;
use crate::ident::TypeIdent;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    Bool,
    Integer(IntegerType),
    /// `f64`
    Float,
    String,
    /// The bytes of a body.
    Bytes,
    /// The bytes of a body with their media type.
    Media,
    Runtime(RuntimeType),
    /// An item of `models.rs`.
    Named(TypeIdent),
    /// A type that the configuration names, of values that are text or numbers.
    External {
        path: String,
        is_text: bool,
    },
    Option(Box<Type>),
    Vec(Box<Type>),
    /// With strings as keys.
    Map(Box<Type>),
    /// A list of so many items, each of its own type.
    Tuple(Vec<Type>),
    Boxed(Box<Type>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IntegerType {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

impl Type {
    /// Returns the types inside of all options, lists, maps, tuples and boxes.
    pub(crate) fn innermost(&self) -> Vec<&Self> {
        match self {
            Self::Option(inner) | Self::Vec(inner) | Self::Map(inner) | Self::Boxed(inner) => {
                inner.innermost()
            }
            Self::Tuple(items) => items.iter().flat_map(Self::innermost).collect(),
            _ => vec![self],
        }
    }

    /// Returns the items of `models.rs` among the innermost types.
    pub(crate) fn named(&self) -> impl Iterator<Item = &TypeIdent> {
        self.innermost()
            .into_iter()
            .filter_map(|ty| if let Self::Named(ident) = ty { Some(ident) } else { None })
    }

    /// Returns the type without the box around it.
    pub(crate) fn unboxed(&self) -> &Self {
        if let Self::Boxed(inner) = self { inner } else { self }
    }

    /// Returns whether values are passed as copies.
    pub(crate) fn is_copy(&self) -> bool {
        match self {
            Self::Bool | Self::Integer(_) | Self::Float => true,
            Self::Runtime(ty) => *ty != RuntimeType::Json,
            _ => false,
        }
    }
}

/// The type as `models.rs` writes it where no schema took one of the names.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => f.write_str("bool"),
            Self::Integer(integer) => f.write_str(integer.name()),
            Self::Float => f.write_str("f64"),
            Self::String => f.write_str("String"),
            Self::Bytes => f.write_str("Bytes"),
            Self::Media => f.write_str("MediaBody"),
            Self::Runtime(ty) => f.write_str(ty.name()),
            Self::Named(ident) => f.write_str(ident.as_str()),
            Self::External { path, .. } => f.write_str(path),
            Self::Option(inner) => write!(f, "Option<{inner}>"),
            Self::Vec(inner) => write!(f, "Vec<{inner}>"),
            Self::Map(inner) => write!(f, "BTreeMap<String, {inner}>"),
            Self::Boxed(inner) => write!(f, "Box<{inner}>"),
            Self::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| format!("{item},")).collect();
                write!(f, "({})", items.join(" "))
            }
        }
    }
}

impl IntegerType {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
        }
    }

    pub(crate) const ALL: [Self; 8] =
        [Self::I8, Self::I16, Self::I32, Self::I64, Self::U8, Self::U16, Self::U32, Self::U64];
}
