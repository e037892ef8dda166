//! Open enums of strings: a value that the definition does not name is kept and written as it was read.

use std::{fmt, marker::PhantomData};

use serde::{Deserializer, de};

/// A string that the definition of an enum does not name.
///
/// It has no public constructor, so that a named value is never in the catch-all variant. Convert the string
/// into the enum instead: `CardBrand::from("DC")`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Creates a value, for generated code that has matched the known values.
    #[doc(hidden)]
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// Returns the string.
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

/// An open enum of strings. [`open_enum!`](crate::open_enum) implements it.
pub trait OpenEnum: Sized + 'static {
    /// The values that the definition names, in its order.
    const KNOWN: &'static [Self];

    /// Returns the variant of a string, or the catch-all variant if the definition does not name it.
    fn from_wire(value: &str) -> Self;

    /// Returns the string.
    fn as_wire(&self) -> &str;
}

/// Implements [`OpenEnum`] for an enum, with its methods and conversions.
///
/// The catch-all variant, which holds an [`UnknownValue`](crate::UnknownValue), comes first; then every other
/// variant with its string. Methods and conversions are `KNOWN`, `as_str` and `is_known`, `Display`,
/// `FromStr` (which never fails), `From<&str>`, `From<String>`, and serde's `Serialize` and `Deserialize`, as
/// a string. The type must be `PartialEq`.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub enum Brand {
///     AmericanExpress,
///     Visa,
///     Unknown(specwright_runtime::UnknownValue),
/// }
///
/// specwright_runtime::open_enum! {
///     enum Brand {
///         Unknown,
///         AmericanExpress = "AX",
///         Visa = "VI",
///     }
/// }
///
/// assert_eq!(Brand::from("VI"), Brand::Visa);
/// assert_eq!(serde_json::to_string(&Brand::from("DC"))?, r#""DC""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open_enum {
    (enum $name:ident { $unknown:ident $(, $known:ident = $wire:literal)* $(,)? }) => {
        impl $crate::OpenEnum for $name {
            const KNOWN: &'static [Self] = &[$(Self::$known),*];

            fn from_wire(value: &str) -> Self {
                match value {
                    $($wire => Self::$known,)*
                    other => Self::$unknown($crate::UnknownValue::new(other)),
                }
            }

            fn as_wire(&self) -> &str {
                match self {
                    $(Self::$known => $wire,)*
                    Self::$unknown(value) => value.as_str(),
                }
            }
        }

        impl $name {
            /// The values that the definition names, in its order.
            pub const KNOWN: &'static [Self] = <Self as $crate::OpenEnum>::KNOWN;

            /// Returns the string of the value.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                $crate::OpenEnum::as_wire(self)
            }

            /// Returns whether the definition names this value.
            #[must_use]
            #[inline]
            pub fn is_known(&self) -> bool {
                Self::KNOWN.contains(self)
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]

            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(<Self as $crate::OpenEnum>::from_wire(value))
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                <Self as $crate::OpenEnum>::from_wire(value)
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                <Self as $crate::OpenEnum>::from_wire(&value)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize_open_enum(deserializer)
            }
        }
    };
}

/// Deserializes an open enum from a string, without copying the string.
pub fn deserialize<'de, T: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(StringVisitor(PhantomData))
}

struct StringVisitor<T>(PhantomData<T>);

impl<T: OpenEnum> de::Visitor<'_> for StringVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        Ok(T::from_wire(value))
    }
}
