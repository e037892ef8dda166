//! Numbers against their tables.

use std::cmp::Ordering;

use super::{
    number_multiple::is_multiple,
    number_parts::{NumberParts, compare},
    number_small::SmallNumber,
};
use crate::{
    validate::table::{Bound, Number},
    values::{Decimal, exact},
    violations::{Code, codes},
};

/// Takes the code of a broken limit, and the least and the greatest number that its message may name. Returns
/// whether the caller takes an error for less.
pub(crate) type ReportLimit<'a> = dyn FnMut(&'static Code, Option<Limit<'_>>, Option<Limit<'_>>) -> bool + 'a;

/// A limit of a number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit<'a> {
    /// As the definition writes it.
    pub(crate) text: &'a str,
    /// The limit itself is not allowed.
    pub(crate) exclusive: bool,
}

impl<'a> Limit<'a> {
    fn inclusive(text: &'a str) -> Self {
        Self { text, exclusive: false }
    }
}

impl From<Bound> for Limit<'static> {
    fn from(bound: Bound) -> Self {
        Self { text: bound.value, exclusive: bound.exclusive }
    }
}

/// Reports every broken limit of a number. `text` is a JSON number.
///
/// The order is: integer, range of the format, digits, minimum, maximum, multiple. All are checked on the
/// exact value. The range of an integer format is checked for a number with a fraction only if the caller
/// takes that for less than an error.
pub(crate) fn check(table: &Number, text: &str, report: &mut ReportLimit<'_>) {
    let small = SmallNumber::read(text);
    if let Some(code) = table.integer {
        integer(code, table, text, small, report);
    } else {
        range(table, text, small, report);
    }
    if let Some(code) = table.decimal
        && small.is_none()
        && text.parse::<Decimal>().is_err()
    {
        report(code, None, None);
    }
    if let Some(code) = table.binary
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        && !exact::keeps_digits(text)
    {
        report(code, None, None);
    }
    bounds(table, text, report);
    if let Some((divisor, code)) = table.multiple_of
        && !is_multiple(text, divisor)
    {
        report(code, Some(Limit::inclusive(divisor)), None);
    }
}

fn integer(
    code: &'static Code,
    table: &Number,
    text: &str,
    small: Option<SmallNumber>,
    report: &mut ReportLimit<'_>,
) {
    if !small.map_or_else(|| NumberParts::read(text).is_whole(), SmallNumber::is_whole) {
        if report(code, None, None) {
            range(table, text, small, report);
        }
        return;
    }
    // Neither JSON Schema, in the draft that OpenAPI 3.0 is based on, nor the models' decoder, but for enums,
    // take one written with a fraction or an exponent, nor does the decoder take a negative zero.
    let is_zero = small.is_some_and(|small| small.mantissa == 0);
    if !table.any_form
        && (text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) || (is_zero && text.starts_with('-')))
    {
        // Of what is refused for its form, the range is not checked.
        if !report(&codes::UNUSUAL_INTEGER, None, None) {
            return;
        }
    }
    range(table, text, small, report);
}

fn range(table: &Number, text: &str, small: Option<SmallNumber>, report: &mut ReportLimit<'_>) {
    let Some((low, high, code)) = table.range else { return };
    let is_within = match small {
        Some(SmallNumber { mantissa, scale: 0 }) => (low..=high).contains(&mantissa),
        _ => compare(text, &low.to_string()).is_ge() && compare(text, &high.to_string()).is_le(),
    };
    if !is_within {
        let (low, high) = (low.to_string(), high.to_string());
        report(code, Some(Limit::inclusive(&low)), Some(Limit::inclusive(&high)));
    }
}

fn bounds(table: &Number, text: &str, report: &mut ReportLimit<'_>) {
    let (min, max) = (table.minimum.map(Limit::from), table.maximum.map(Limit::from));
    for (bound, beyond) in [(table.minimum, Ordering::Less), (table.maximum, Ordering::Greater)] {
        let Some(bound) = bound else { continue };
        let order = compare(text, bound.value);
        if order == beyond || (bound.exclusive && order == Ordering::Equal) {
            report(bound.code, min, max);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTEGER: Number = Number::new().integer(&codes::INVALID_INTEGER);
    const INT_32: Number = INTEGER.range(-2_147_483_648, 2_147_483_647, &codes::OUT_OF_RANGE);
    const INT_64: Number = INTEGER.range(i64::MIN, i64::MAX, &codes::OUT_OF_RANGE);
    const DECIMAL: Number = Number::new().decimal(&codes::TOO_MANY_DIGITS);
    const BOUNDS: Number = Number::new()
        .minimum(Bound::inclusive("-0.5", &codes::TOO_SMALL))
        .maximum(Bound::exclusive("1e3", &codes::TOO_LARGE));
    const CENTS: Number = Number::new().multiple_of("0.01", &codes::NOT_A_MULTIPLE);

    fn found(table: &Number, text: &str) -> Vec<&'static str> {
        let mut found = Vec::new();
        check(table, text, &mut |code, _, _| {
            found.push(code.name);
            false
        });
        found
    }

    #[test]
    fn integers() {
        for text in ["0", "7", "2147483647", "-2147483648"] {
            assert_eq!(found(&INT_32, text), Vec::<&str>::new(), "{text}");
        }
        for text in [
            "-0",
            "-0.0",
            "1.0",
            "1e2",
            "1e999999999",
            "2147483648.0",
            "-1e10",
            "0.0",
            "-1E0",
            "100e-2",
            "0e99999999999999999999",
        ] {
            assert_eq!(found(&INT_32, text), [codes::UNUSUAL_INTEGER.name], "{text}");
        }
        for text in ["1.5", "1e-1", "99999999999.5", "1e-999999999999", "0.00000000000000000000000000001"] {
            assert_eq!(found(&INT_32, text), [codes::INVALID_INTEGER.name], "{text}");
        }
        for text in ["2147483648", "-2147483649", "99999999999999999999999999999999999999999999"] {
            assert_eq!(found(&INT_32, text), [codes::OUT_OF_RANGE.name], "{text}");
        }
        for (text, is_within) in [
            ("9223372036854775807", true),
            ("9223372036854775808", false),
            ("-9223372036854775808", true),
            ("-9223372036854775809", false),
        ] {
            assert_eq!(found(&INT_64, text).is_empty(), is_within, "{text}");
        }
    }

    #[test]
    fn whole_numbers_in_any_form() {
        let table = Number::new().whole(&codes::INVALID_INTEGER).range(-100, 100, &codes::OUT_OF_RANGE);
        for (text, code) in [
            ("1", None),
            ("1.0", None),
            ("1e2", None),
            ("-0", None),
            ("-0.0", None),
            ("10.0e-1", None),
            ("1.5", Some(codes::INVALID_INTEGER)),
            ("1e-1", Some(codes::INVALID_INTEGER)),
            ("1e3", Some(codes::OUT_OF_RANGE)),
            ("-101.0", Some(codes::OUT_OF_RANGE)),
        ] {
            let names: Vec<&str> = code.iter().map(|code| code.name).collect();
            assert_eq!(found(&table, text), names, "{text}");
        }
    }

    #[test]
    fn decimals() {
        for (text, fits) in [
            ("405.10", true),
            ("79228162514264337593543950335", true),
            ("79228162514264337593543950336", false),
            ("1e28", true),
            ("1e29", false),
            ("1e-28", true),
            ("1e-29", false),
            ("0e99999", true),
            ("1e400", false),
        ] {
            assert_eq!(found(&DECIMAL, text).is_empty(), fits, "{text}");
        }
    }

    #[test]
    fn binary_floats() {
        let table = Number::new().binary(&codes::TOO_MANY_DIGITS);
        for (text, is_kept) in [
            ("9007199254740992", true),
            ("9007199254740993", false),
            ("-9007199254740993", false),
            ("0.1234567890123456789", true),
            ("1e300", true),
            ("123456789012345678901234567890", false),
        ] {
            assert_eq!(found(&table, text).is_empty(), is_kept, "{text}");
        }
    }

    #[test]
    fn limits_are_those_of_the_definition() {
        for (text, code) in [
            ("-0.5", None),
            ("-0.50", None),
            ("-5e-1", None),
            ("-0.51", Some(codes::TOO_SMALL)),
            ("-1e999", Some(codes::TOO_SMALL)),
            ("999.999999999999999999999999", None),
            ("1000", Some(codes::TOO_LARGE)),
            ("1000.0", Some(codes::TOO_LARGE)),
            ("1e999999999", Some(codes::TOO_LARGE)),
        ] {
            let names: Vec<&str> = code.iter().map(|code| code.name).collect();
            assert_eq!(found(&BOUNDS, text), names, "{text}");
        }
        let mut limits = Vec::new();
        for (table, text) in [(&BOUNDS, "1000"), (&CENTS, "0.001"), (&INT_32, "2147483648")] {
            check(table, text, &mut |_, min, max| {
                let owned = |limit: Limit<'_>| (limit.text.to_owned(), limit.exclusive);
                limits.push((min.map(owned), max.map(owned)));
                false
            });
        }
        let some = |text: &str, exclusive| Some((text.to_owned(), exclusive));
        assert_eq!(
            limits,
            [
                (some("-0.5", false), some("1e3", true)),
                (some("0.01", false), None),
                (some("-2147483648", false), some("2147483647", false))
            ]
        );
    }

    #[test]
    fn a_long_number_takes_no_long_time() {
        let table = INT_32.decimal(&codes::OUT_OF_RANGE).multiple_of("7", &codes::NOT_A_MULTIPLE);
        let digits = "1".repeat(1_000_000);
        for text in [digits.clone(), format!("0.{digits}"), format!("1e{digits}"), format!("1e-{digits}")] {
            assert!(!found(&table, &text).is_empty());
        }
    }
}
