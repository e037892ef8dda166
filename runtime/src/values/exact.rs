//! Numbers that are read as they are, or not at all: integers in any form that JSON has for them, and binary
//! floats without rounding of whole numbers.

use std::collections::BTreeMap;
use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, de};

/// A number, or a list, map or option of such, that is read exactly.
///
/// An integer is read from whole numbers in any form: `1`, `1.0` and `1e0` are the same value to JSON Schema.
/// One with a fraction of zeros or an exponent is read if it is below 2^50: formats hand it on as a binary
/// float.
///
/// An `f64` is read from an integer of at most 64 bits if it keeps its digits: `9007199254740993` would
/// become another number.
pub struct Exact<T>(pub T);

/// 2^50. As far as 2^53, every whole number has a binary float of its own; but `serde_json` reads floats with
/// an error of a few units in the last place, which below this limit are no whole number.
const EXACT: f64 = 1_125_899_906_842_624.0;

/// Returns a binary float as an integer, if it is sure that the text of the float was that number.
pub(crate) fn whole(value: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and below 2^50")]
    (value.fract() == 0.0 && value.abs() < EXACT).then_some(value as i64)
}

/// Returns whether a binary float keeps the digits of an integer: it is that number, or is written like it.
pub(crate) fn keeps_digits(integer: &str) -> bool {
    let Ok(float) = integer.parse::<f64>() else { return false };
    float.to_string() == integer || format!("{float:.0}") == integer
}

struct WholeVisitor<T>(PhantomData<T>);

impl<T: TryFrom<i64> + TryFrom<u64>> de::Visitor<'_> for WholeVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number in its range")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(de::Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        T::try_from(value).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        match whole(value) {
            Some(value) => self.visit_i64(value),
            None => Err(E::invalid_value(de::Unexpected::Float(value), &self)),
        }
    }
}

/// What [`Exact`] may hold.
pub trait ExactNumbers<'de>: Sized {
    /// Deserializes the value.
    ///
    /// # Errors
    ///
    /// The value is of another form, or a number of it can't be held.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

impl<'de, T: ExactNumbers<'de>> Deserialize<'de> for Exact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

macro_rules! integers {
    ($($integer:ident)*) => {$(
        impl<'de> ExactNumbers<'de> for $integer {
            fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_i64(WholeVisitor(PhantomData))
            }
        }
    )*};
}

integers! { i8 i16 i32 i64 u8 u16 u32 u64 }

struct FloatVisitor;

impl FloatVisitor {
    fn of_integer<E: de::Error>(value: impl fmt::Display) -> Result<f64, E> {
        let text = value.to_string();
        let float = text.parse().ok().filter(|_| keeps_digits(&text));
        float.ok_or_else(|| E::custom(format_args!("a binary float does not keep the digits of {text}")))
    }
}

impl de::Visitor<'_> for FloatVisitor {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<f64, E> {
        match i32::try_from(value) {
            Ok(small) => Ok(small.into()),
            Err(_) => Self::of_integer(value),
        }
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<f64, E> {
        match u32::try_from(value) {
            Ok(small) => Ok(small.into()),
            Err(_) => Self::of_integer(value),
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<f64, E> {
        Ok(value)
    }
}

impl<'de> ExactNumbers<'de> for f64 {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_f64(FloatVisitor)
    }
}

impl<'de, T: ExactNumbers<'de>> ExactNumbers<'de> for Option<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<Exact<T>>::deserialize(deserializer)?;
        Ok(value.map(|Exact(value)| value))
    }
}

impl<'de, T: ExactNumbers<'de>> ExactNumbers<'de> for Vec<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<Exact<T>>::deserialize(deserializer)?;
        Ok(items.into_iter().map(|Exact(item)| item).collect())
    }
}

impl<'de, T: ExactNumbers<'de>> ExactNumbers<'de> for BTreeMap<String, T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = BTreeMap::<String, Exact<T>>::deserialize(deserializer)?;
        Ok(members.into_iter().map(|(name, Exact(value))| (name, value)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: for<'de> ExactNumbers<'de>>(text: &str) -> Option<T> {
        serde_json::from_str(text).ok().map(|Exact(value)| value)
    }

    #[test]
    fn in_any_form() {
        for (text, value) in [
            ("7", Some(7)),
            ("7.0", Some(7)),
            ("-7e2", Some(-700)),
            ("-0", Some(0)),
            ("9007199254740993", Some(9_007_199_254_740_993)),
            ("1125899906842623.0", Some(1_125_899_906_842_623)),
            ("1125899906842625.0", None),
            ("9007199254740993.0", None),
            ("7.5", None),
            ("1e300", None),
            ("\"7\"", None),
        ] {
            assert_eq!(read::<i64>(text), value, "{text}");
        }
        assert_eq!(read::<u64>("18446744073709551615"), Some(u64::MAX));
        assert_eq!((read::<u8>("255.0"), read::<u8>("256.0"), read::<u8>("-1.0")), (Some(255), None, None));
    }

    #[test]
    fn floats_that_keep_their_digits() {
        for (text, value) in [
            ("7", Some(7.0)),
            ("-5000000000", Some(-5e9)),
            ("0.1", Some(0.1)),
            ("1e300", Some(1e300)),
            ("9007199254740993", None),
            ("-9007199254740993", None),
            // This is 2^60, and as other languages write it.
            ("1152921504606846976", Some(1_152_921_504_606_846_976.0)),
            ("1152921504606847000", Some(1_152_921_504_606_846_976.0)),
            ("1152921504606847001", None),
            ("true", None),
        ] {
            assert_eq!(read::<f64>(text), value, "{text}");
        }
    }

    #[test]
    fn inside_other_values() {
        assert_eq!(read::<Vec<Option<i64>>>("[1.0,null]"), Some(vec![Some(1), None]));
        let members = read::<BTreeMap<String, u8>>("{\"a\":1e1}");
        assert_eq!(members, Some(BTreeMap::from([("a".to_owned(), 10)])));
        assert_eq!((read::<Option<u8>>("null"), read::<Vec<u8>>("[1.5]")), (Some(None), None));
    }
}
