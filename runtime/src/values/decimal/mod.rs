//! Exact decimal numbers: a JSON number in, the same JSON number out.
//!
//! Through `f64`, `120` would become `120.0`, and digits from the sixteenth on would be lost.
//! `rust_decimal`'s own serde support writes strings, or goes through `f64`, or needs `serde_json`'s
//! `arbitrary_precision`, a feature that changes every other crate of the user's build.

mod digits;
mod ops;
mod parse;
mod wire;

use std::{fmt, ops::Deref, str::FromStr};

use super::parse_error::ParseError;

/// A decimal number with up to 28 digits after the decimal point and a mantissa below 2^96.
///
/// The number of fraction digits is part of the value: `405.10` is read and written as `405.10`. Comparison
/// and hashing ignore it: `405.1 == 405.10`.
///
/// In JSON it is read from a number and written as one, never with an exponent. A number with an exponent is
/// read exactly (`1.5E3` is `1500`, `1e-7` is `0.0000001`). A number that does not fit is an error and never
/// rounded. Minus zero is written as zero.
///
/// It dereferences to [`rust_decimal::Decimal`], which has the rest of the arithmetic: `checked_add`,
/// `round_dp`, `is_zero` and so on.
///
/// ```
/// use specwright_runtime::Decimal;
///
/// let amount: Decimal = serde_json::from_str("405.10")?;
/// assert_eq!(serde_json::to_string(&amount)?, "405.10");
/// assert_eq!(amount + Decimal::from(1), "406.1".parse().unwrap());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(rust_decimal::Decimal);

impl Decimal {
    /// Returns the number. Minus zero, which `rust_decimal` has, loses its sign.
    fn without_minus_zero(self) -> rust_decimal::Decimal {
        if self.0.is_zero() { self.0.abs() } else { self.0 }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.without_minus_zero(), f)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Parses a JSON number, and nothing else: no leading `+`, no leading zeros, no white space.
impl FromStr for Decimal {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        parse::exactly(text).map(Self)
    }
}

impl Deref for Decimal {
    type Target = rust_decimal::Decimal;

    fn deref(&self) -> &rust_decimal::Decimal {
        &self.0
    }
}

impl From<rust_decimal::Decimal> for Decimal {
    fn from(number: rust_decimal::Decimal) -> Self {
        Self(number)
    }
}

impl From<Decimal> for rust_decimal::Decimal {
    fn from(number: Decimal) -> Self {
        number.0
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Decimal {
            fn from(number: $integer) -> Self {
                Self(number.into())
            }
        }
    )*};
}

from_integers!(i8, i16, i32, i64, u8, u16, u32, u64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minus_zero_is_zero() {
        let zero: Decimal = "-0.00".parse().unwrap();
        assert_eq!(zero.to_string(), "0.00");
        assert_eq!((-zero).to_string(), "0.00");
        let foreign = Decimal::from(-rust_decimal::Decimal::ZERO);
        assert_eq!(format!("{foreign:?}"), "0");
        assert_eq!(serde_json::to_string(&foreign).unwrap(), "0");
    }

    #[test]
    fn comparison_ignores_the_scale() {
        let short: Decimal = "405.1".parse().unwrap();
        let long: Decimal = "405.10".parse().unwrap();
        assert_eq!(short, long);
        assert_ne!(short.to_string(), long.to_string());
    }

    #[test]
    fn integers_convert() {
        assert_eq!(Decimal::from(u64::MAX).to_string(), u64::MAX.to_string());
        assert_eq!(Decimal::from(i64::MIN).to_string(), i64::MIN.to_string());
        assert_eq!(Decimal::from(-7_i8).to_string(), "-7");
        assert_eq!(Decimal::default().to_string(), "0");
    }

    #[test]
    fn formats_like_a_number() {
        let amount: Decimal = "405.10".parse().unwrap();
        assert_eq!(format!("{amount:>8}|{amount:.1}|{amount:?}"), "  405.10|405.1|405.10");
    }
}
