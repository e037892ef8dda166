//! Exact parsing of JSON numbers.

use crate::values::parse_error::ParseError;

/// The largest number of digits after the decimal point.
const MAX_SCALE: i64 = 28;
/// The largest mantissa, 79228162514264337593543950335: all numbers of 28 digits, and some of 29.
const MAX_MANTISSA: u128 = (1 << 96) - 1;

const SYNTAX: ParseError = error("expected a JSON number such as 405.10");
const TOO_MANY_DIGITS: ParseError =
    error("more digits than fit exactly (28, or 29 up to 79228162514264337593543950335)");
const TOO_MANY_FRACTION_DIGITS: ParseError =
    error("more than 28 digits after the decimal point, which does not fit exactly");

const fn error(reason: &'static str) -> ParseError {
    ParseError::new("decimal", reason)
}

/// Parses a JSON number without rounding. The number of fraction digits is kept, less the exponent.
pub(super) fn exactly(text: &str) -> Result<rust_decimal::Decimal, ParseError> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, read_exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
        Some(_) => return Err(SYNTAX),
        None => (digits, ""),
    };
    if !is_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
        return Err(SYNTAX);
    }

    let mantissa = whole
        .bytes()
        .chain(fraction.bytes())
        .try_fold(0, |mantissa, digit| push_digit(mantissa, digit - b'0'))
        .ok_or(TOO_MANY_DIGITS)?;
    let fraction_digits = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let (mantissa, scale) =
        without_negative_scale(mantissa, fraction_digits.saturating_sub(exponent)).ok_or(TOO_MANY_DIGITS)?;
    if scale > MAX_SCALE {
        return Err(TOO_MANY_FRACTION_DIGITS);
    }

    let mantissa = i128::try_from(mantissa).map_err(|_| TOO_MANY_DIGITS)?;
    let scale = u32::try_from(scale).map_err(|_| TOO_MANY_FRACTION_DIGITS)?;
    let signed = if negative { -mantissa } else { mantissa };
    rust_decimal::Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| TOO_MANY_DIGITS)
}

/// Parses an exponent. One beyond `i64` counts as its end: it is out of range for every mantissa but zero.
fn read_exponent(text: &str) -> Result<i64, ParseError> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', ..] => (true, &text[1..]),
        [b'+', ..] => (false, &text[1..]),
        _ => (false, text),
    };
    if !is_digits(digits) {
        return Err(SYNTAX);
    }
    let size = digits.parse().unwrap_or(i64::MAX);
    Ok(if negative { -size } else { size })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn push_digit(mantissa: u128, digit: u8) -> Option<u128> {
    let longer = mantissa * 10 + u128::from(digit);
    (longer <= MAX_MANTISSA).then_some(longer)
}

/// Multiplies the mantissa until the scale is not negative. Zero is returned at once, because `0e999999999`
/// would take very long; any other mantissa overflows within 29 rounds.
fn without_negative_scale(mut mantissa: u128, mut scale: i64) -> Option<(u128, i64)> {
    if mantissa == 0 {
        return Some((0, scale.max(0)));
    }
    while scale < 0 {
        mantissa = push_digit(mantissa, 0)?;
        scale += 1;
    }
    Some((mantissa, scale))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_numbers_exactly() {
        for (text, expected) in [
            ("0", "0"),
            ("405.10", "405.10"),
            ("-12.5", "-12.5"),
            ("1.5E3", "1500"),
            ("1.25e1", "12.5"),
            ("1.50e+1", "15.0"),
            ("1e-7", "0.0000001"),
            ("1e28", "10000000000000000000000000000"),
            ("0e99999999999999999999", "0"),
            ("0.00", "0.00"),
            ("-0", "0"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
            ("7.9228162514264337593543950335", "7.9228162514264337593543950335"),
            ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
        ] {
            let number = super::super::Decimal(exactly(text).unwrap());
            assert_eq!(number.to_string(), expected, "{text}");
        }
    }

    #[test]
    fn refuses_what_does_not_fit() {
        for (text, reason) in [
            ("79228162514264337593543950336", TOO_MANY_DIGITS),
            ("1e29", TOO_MANY_DIGITS),
            ("1e99999999999999999999", TOO_MANY_DIGITS),
            ("7.92281625142643375935439503351", TOO_MANY_DIGITS),
            ("0.00000000000000000000000000001", TOO_MANY_FRACTION_DIGITS),
            ("1e-29", TOO_MANY_FRACTION_DIGITS),
            ("1e-99999999999999999999", TOO_MANY_FRACTION_DIGITS),
        ] {
            assert_eq!(exactly(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_json_number() {
        for text in [
            "", "-", "+1", "01", "-01", ".5", "5.", "1e", "1e+", "1e1.5", "1_000", " 1", "1 ", "0x1", "NaN",
            "١", "1é", "--1", "1e--1",
        ] {
            assert_eq!(exactly(text), Err(SYNTAX), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,40}|-?[0-9]{0,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{0,25})?") {
            let _ = exactly(&text);
        }
    }
}
