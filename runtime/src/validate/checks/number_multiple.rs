//! `multipleOf`, exactly.

use super::{number_parts::NumberParts, number_small::SmallNumber};

/// Returns whether a JSON number is a multiple of another one.
///
/// Every number is a multiple of a divisor of zero, which no definition should have, and of a divisor of more
/// than 19 significant digits. The dividend may be of any size.
pub(super) fn is_multiple(text: &str, of: &str) -> bool {
    if let (Some(number), Some(divisor)) = (SmallNumber::read(text), SmallNumber::read(of)) {
        return number.is_multiple_of(divisor);
    }
    let (number, divisor) = (NumberParts::read(text), NumberParts::read(of));
    let Some(modulus) = mantissa(divisor).filter(|mantissa| *mantissa > 0) else { return true };
    if number.is_zero() {
        return true;
    }
    // The last digit of the number is not zero. If its power of ten is below that of the divisor's last
    // digit, the quotient has a fraction; otherwise the digits are multiplied with the difference.
    let Ok(shift) = u128::try_from(number.last_power().saturating_sub(divisor.last_power())) else {
        return false;
    };
    (rest_of(number, modulus) * power_of_ten(shift, modulus)).is_multiple_of(modulus)
}

/// Returns the digits, as a whole number, modulo a number below 2^64: eighteen digits for each division.
fn rest_of(number: NumberParts<'_>, modulus: u128) -> u128 {
    let (mut rest, mut digits) = (0, number.digits().peekable());
    while digits.peek().is_some() {
        let push = |(value, power): (u64, u64), digit| (value * 10 + u64::from(digit), power * 10);
        let (value, power) = digits.by_ref().take(18).fold((0, 1), push);
        rest = (rest * u128::from(power) + u128::from(value)) % modulus;
    }
    rest
}

/// Returns the digits as a whole number below 2^64, if there are not too many.
fn mantissa(number: NumberParts<'_>) -> Option<u128> {
    let fits = number.digits().take(20).count() < 20;
    fits.then(|| number.digits().fold(0, |mantissa, digit| mantissa * 10 + u128::from(digit)))
}

/// Returns 10^`exponent` modulo a number below 2^64, in as many steps as the exponent has bits.
fn power_of_ten(mut exponent: u128, modulus: u128) -> u128 {
    let (mut power, mut square) = (1 % modulus, 10 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * square % modulus;
        }
        square = square * square % modulus;
        exponent >>= 1;
    }
    power
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn multiples_are_exact() {
        for (number, divisor, expected) in [
            ("10", "5", true),
            ("11", "5", false),
            ("0.3", "0.1", true),
            ("405.10", "0.01", true),
            ("405.105", "0.01", false),
            ("0", "7", true),
            ("-0.0e5", "7", true),
            ("-14", "7", true),
            ("1e999999999", "2", true),
            ("1e999999999", "3", false),
            ("3e999999999999999999999999999999999999999999999999", "3", true),
            ("1e-999999999", "0.01", false),
            ("123456789012345678901234567890", "10", true),
            ("123456789012345678901234567891", "10", false),
            ("1e20", "9999999999999999999", false),
            ("99999999999999999990", "9999999999999999999", true),
            ("1234567890123456789012345678901234567890123456789012345678901234567890", "7", false),
            ("1234567890123456789012345678901234567890123456789012345678901234567894", "7", true),
            ("1.5e1", "2.5", true),
            ("1.6e1", "2.5", false),
            ("5", "0", true),
            ("5e30", "0.0", true),
            ("5e30", "12345678901234567890123", true),
        ] {
            assert_eq!(is_multiple(number, divisor), expected, "{number} {divisor}");
        }
    }

    proptest! {
        #[test]
        fn small_and_large_ways_agree(
            number in 0_i64..1_000_000,
            divisor in 1_i64..1000,
            scale in 0_u32..4,
            other in 0_u32..4,
        ) {
            let (left, right) = (format!("{number}e-{scale}"), format!("{divisor}e-{other}"));
            let expected =
                (i128::from(number) * 10_i128.pow(other)) % (i128::from(divisor) * 10_i128.pow(scale)) == 0;
            prop_assert_eq!(is_multiple(&left, &right), expected);
        }

        #[test]
        fn products_are_multiples(factor in 0_u64.., divisor in 1_u64..10_u64.pow(19)) {
            let product = u128::from(factor) * u128::from(divisor);
            prop_assert!(is_multiple(&product.to_string(), &divisor.to_string()));
            prop_assert_eq!(is_multiple(&(product + 1).to_string(), &divisor.to_string()), divisor == 1);
        }

        #[test]
        fn never_panics(number in "[0-9eE.+-]{0,30}", divisor in "[0-9eE.+-]{0,30}") {
            let _ = is_multiple(&number, &divisor);
        }
    }
}
