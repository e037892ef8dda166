//! Decimals as JSON numbers, through `serde_json`'s `RawValue`, the only type that keeps the text of a
//! number. Other formats are read with the digits that they have.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::value::RawValue;

use super::{Decimal, digits::Digits};
use crate::values::any_format::raw_value;

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = raw_value(deserializer)?;
        let found = match raw.get().as_bytes().first() {
            Some(b'"') => "string",
            Some(b'[') => "array",
            Some(b'{') => "object",
            Some(b't' | b'f') => "boolean",
            Some(b'n') => "null",
            _ => return raw.get().parse().map_err(de::Error::custom),
        };
        Err(de::Error::invalid_type(de::Unexpected::Other(found), &"a number"))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = Digits::of(*self);
        let raw: &RawValue = serde_json::from_str(digits.text()).map_err(ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_json_number_and_nothing_else() {
        for (text, message) in [
            ("\"1.5\"", "invalid type: string, expected a number"),
            ("null", "invalid type: null, expected a number"),
            ("true", "invalid type: boolean, expected a number"),
            ("[1]", "invalid type: array, expected a number"),
            ("{}", "invalid type: object, expected a number"),
            ("1e29", "not a decimal: more digits than fit exactly"),
            ("1e-29", "not a decimal: more than 28 digits after the decimal point"),
        ] {
            let error = serde_json::from_str::<Decimal>(text).unwrap_err().to_string();
            assert!(error.starts_with(message), "{text}: {error}");
        }
    }

    #[test]
    fn inside_other_values() {
        let amounts: Vec<Option<Decimal>> = serde_json::from_str("[ 405.10 , null, 1E2 ]").unwrap();
        assert_eq!(serde_json::to_string(&amounts).unwrap(), "[405.10,null,100]");
    }

    #[test]
    fn through_a_tree() {
        let amount: Decimal = serde_json::from_value(serde_json::json!(12.5)).unwrap();
        assert_eq!(serde_json::to_value(amount).unwrap(), serde_json::json!(12.5));
    }

    proptest! {
        #[test]
        fn text_survives(text in "-?(0|[1-9][0-9]{0,13})(\\.[0-9]{1,14})?") {
            let amount: Decimal = serde_json::from_str(&text).unwrap();
            let expected = if amount.is_zero() { text.trim_start_matches('-') } else { &text };
            prop_assert_eq!(serde_json::to_string(&amount).unwrap(), expected);
            prop_assert_eq!(text.parse(), Ok(amount));
        }

        #[test]
        fn every_decimal_survives(mantissa in -((1_i128 << 96) - 1)..(1_i128 << 96), scale in 0_u32..=28) {
            let amount = Decimal::from(rust_decimal::Decimal::from_i128_with_scale(mantissa, scale));
            let json = serde_json::to_string(&amount).unwrap();
            let back: Decimal = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(back, amount);
            prop_assert_eq!(back.scale(), amount.scale());
        }

        #[test]
        fn exponents_are_exact(mantissa in -999_999_i64..1_000_000, exponent in -20_i32..20) {
            let amount: Decimal = serde_json::from_str(&format!("{mantissa}e{exponent}")).unwrap();
            let ten_times = |n: rust_decimal::Decimal, _| n * rust_decimal::Decimal::TEN;
            let tens = |count: i32| (0..count).fold(rust_decimal::Decimal::ONE, ten_times);
            let mantissa = rust_decimal::Decimal::from(mantissa);
            prop_assert_eq!(*amount * tens(-exponent), mantissa * tens(exponent));
        }
    }
}
