//! Enums of strings that stay open: a value that the definition does not name is kept and written back as it was.

use std::{fmt, marker::PhantomData};

use serde::{Deserializer, de};

/// A string that an enum's definition does not name, as it stood on the wire.
///
/// It can't be made by hand, so that a named value never hides in the catch-all variant: convert the string into the
/// enum instead, `CardBrand::from("DC")`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// For generated code, behind the match on the known values.
    #[doc(hidden)]
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The string as it stood on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What an open enum of strings says about itself. [`open_enum!`](crate::values::open_enum) derives the rest.
pub trait OpenEnum: Sized + 'static {
    /// The values that the definition names, in its order.
    const KNOWN: &'static [Self];

    /// The variant for a string on the wire; the catch-all variant for one that is not named.
    fn from_wire(value: &str) -> Self;

    /// The string on the wire.
    fn as_wire(&self) -> &str;
}

/// Gives an [`OpenEnum`] its methods and conversions.
///
/// They are `KNOWN`, `as_str` and `is_known`; `Display` and `FromStr`, which never fails; `From<&str>` and
/// `From<String>`; serde's `Serialize` and `Deserialize`, as a string. The type must be `PartialEq`.
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        impl $name {
            /// The values that the definition names, in its order.
            pub const KNOWN: &'static [Self] = <Self as $crate::OpenEnum>::KNOWN;

            /// The value as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                $crate::OpenEnum::as_wire(self)
            }

            /// Whether the definition names this value.
            #[must_use]
            pub fn is_known(&self) -> bool {
                Self::KNOWN.contains(self)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(<Self as $crate::OpenEnum>::from_wire(value))
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                <Self as $crate::OpenEnum>::from_wire(value)
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                <Self as $crate::OpenEnum>::from_wire(&value)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize_open_enum(deserializer)
            }
        }
    };
}

/// Reads an open enum from a string without owning the string.
pub fn deserialize<'de, T: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(WireVisitor(PhantomData))
}

struct WireVisitor<T>(PhantomData<T>);

impl<T: OpenEnum> de::Visitor<'_> for WireVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        Ok(T::from_wire(value))
    }
}
