//! Open enums of integers, like [`open_enum`](super::open_enum) for strings.

use std::{fmt, marker::PhantomData};

use serde::{Deserializer, de};

use super::exact;

/// An integer that the definition of an enum does not name.
///
/// It has no public constructor, so that a named value is never in the catch-all variant. Convert the integer
/// into the enum instead: `Level::from(7)`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownInteger(i64);

impl UnknownInteger {
    /// Creates a value, for generated code that has matched the known values.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(value: i64) -> Self {
        Self(value)
    }

    /// Returns the integer.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Debug for UnknownInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// An open enum of integers. [`open_integer_enum!`](crate::open_integer_enum) implements it.
pub trait OpenIntegerEnum: Sized + 'static {
    /// The values that the definition names, in its order.
    const KNOWN: &'static [Self];

    /// Returns the variant of an integer, or the catch-all variant if the definition does not name it.
    fn from_wire(value: i64) -> Self;

    /// Returns the integer.
    fn as_wire(&self) -> i64;
}

/// Implements [`OpenIntegerEnum`] for an enum, with its methods and conversions.
///
/// The catch-all variant, which holds an [`UnknownInteger`](crate::UnknownInteger), comes first; then every
/// other variant with its integer. Methods and conversions are `KNOWN`, `value` and `is_known`, `Display`,
/// `From<i64>`, and serde's `Serialize` and `Deserialize`, as a JSON integer. The type must be `PartialEq`.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub enum Level {
///     Low,
///     High,
///     Unknown(specwright_runtime::UnknownInteger),
/// }
///
/// specwright_runtime::open_integer_enum! {
///     enum Level {
///         Unknown,
///         Low = -1,
///         High = 1,
///     }
/// }
///
/// assert_eq!(Level::from(-1), Level::Low);
/// assert_eq!(Level::from(7).value(), 7);
/// ```
#[macro_export]
macro_rules! open_integer_enum {
    (enum $name:ident { $unknown:ident $(, $known:ident = $wire:literal)* $(,)? }) => {
        impl $crate::OpenIntegerEnum for $name {
            const KNOWN: &'static [Self] = &[$(Self::$known),*];

            fn from_wire(value: i64) -> Self {
                match value {
                    $($wire => Self::$known,)*
                    other => Self::$unknown($crate::UnknownInteger::new(other)),
                }
            }

            fn as_wire(&self) -> i64 {
                match self {
                    $(Self::$known => $wire,)*
                    Self::$unknown(value) => value.get(),
                }
            }
        }

        impl $name {
            /// The values that the definition names, in its order.
            pub const KNOWN: &'static [Self] = <Self as $crate::OpenIntegerEnum>::KNOWN;

            /// Returns the integer of the value.
            #[must_use]
            #[inline]
            pub fn value(&self) -> i64 {
                $crate::OpenIntegerEnum::as_wire(self)
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
                ::core::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl ::core::convert::From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                <Self as $crate::OpenIntegerEnum>::from_wire(value)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.value())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize_open_integer_enum(deserializer)
            }
        }
    };
}

/// Deserializes an open enum from an integer that fits `i64`.
pub fn deserialize<'de, T: OpenIntegerEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_i64(IntegerVisitor(PhantomData))
}

struct IntegerVisitor<T>(PhantomData<T>);

impl<T: OpenIntegerEnum> de::Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer of at most 64 bits, signed")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        Ok(T::from_wire(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        match exact::whole(value) {
            Some(value) => Ok(T::from_wire(value)),
            None => Err(E::invalid_value(de::Unexpected::Float(value), &self)),
        }
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        match i64::try_from(value) {
            Ok(value) => Ok(T::from_wire(value)),
            Err(_) => Err(E::invalid_value(de::Unexpected::Unsigned(value), &self)),
        }
    }
}
