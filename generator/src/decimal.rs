//! Decimal numbers with the digits of the document, compared exactly.

use std::cmp::Ordering;
use std::fmt;

use serde_json::Number;

/// A JSON number with all its digits.
#[derive(Clone)]
pub(crate) struct Decimal(String);

impl Decimal {
    /// Creates the number of a text; `None` if the text is no JSON number.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        serde_json::from_str::<Number>(text).ok().map(|_| Self(text.to_owned()))
    }

    pub(crate) fn is_i64(&self) -> bool {
        self.0.parse::<i64>().is_ok()
    }

    pub(crate) fn is_u64(&self) -> bool {
        self.0.parse::<u64>().is_ok()
    }

    /// Returns whether the number is neither below `low` nor above `high`.
    pub(crate) fn is_between(&self, low: &str, high: &str) -> bool {
        compare(&self.0, low).is_ge() && compare(&self.0, high).is_le()
    }

    /// Returns the largest integer that is not above the number, unless it has more than thirty digits.
    pub(crate) fn floor(&self) -> Option<i128> {
        self.rounded(false)
    }

    /// Returns the smallest integer that is not below the number, unless it has more than thirty digits.
    pub(crate) fn ceil(&self) -> Option<i128> {
        self.rounded(true)
    }

    fn rounded(&self, up: bool) -> Option<i128> {
        let Parts { negative, digits, exponent } = Parts::of(&self.0);
        let whole = usize::try_from(exponent.max(0)).ok().filter(|whole| *whole <= 30)?;
        let padded = digits.iter().copied().chain(std::iter::repeat(b'0')).take(whole);
        let size = padded.fold(0_i128, |size, digit| size * 10 + i128::from(digit - b'0'));
        let has_fraction = digits.len() > whole;
        let size = size + i128::from(has_fraction && up != negative);
        Some(if negative { -size } else { size })
    }

    /// Returns whether 1 is a multiple of the number, so that every integer is one.
    pub(crate) fn divides_one(&self) -> bool {
        let Parts { negative: false, digits, exponent } = Parts::of(&self.0) else { return false };
        let Ok(digits_text) = std::str::from_utf8(&digits) else { return false };
        let Ok(mut rest) = digits_text.parse::<u64>() else { return false };
        let scale = i64::try_from(digits.len()).unwrap_or(i64::MAX).saturating_sub(exponent);
        // The number is `rest / 10^scale`: all its factors have to be among those of the power of ten.
        for factor in [2, 5] {
            let mut left = scale;
            while left > 0 && rest.is_multiple_of(factor) {
                rest /= factor;
                left -= 1;
            }
        }
        scale >= 0 && rest == 1
    }
}

impl From<&Number> for Decimal {
    fn from(number: &Number) -> Self {
        Self(number.to_string())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number as `serde_json` shows one.
impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({self})")
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(&self.0, &other.0)
    }
}

/// Compares two JSON numbers by value, whatever their length: `1e2` equals `100.0`.
pub(crate) fn compare(one: &str, other: &str) -> Ordering {
    let (one, other) = (Parts::of(one), Parts::of(other));
    match (one.sign(), other.sign()) {
        (-1, -1) => other.compare_size(&one),
        (1, 1) => one.compare_size(&other),
        (one, other) => one.cmp(&other),
    }
}

/// A number as `0.digits * 10^exponent`. The digits have no zero at either end; those of zero are empty.
struct Parts {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Parts {
    fn of(text: &str) -> Self {
        let text = text.trim_start_matches('+');
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let exponent = exponent.parse::<i64>().unwrap_or_else(|_| beyond(exponent));
        let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let zeros = all.iter().take_while(|digit| **digit == b'0').count();
        let end = all.iter().rposition(|digit| *digit != b'0').map_or(zeros, |last| last + 1);
        let point = i64::try_from(whole.len()).unwrap_or(i64::MAX);
        let exponent =
            exponent.saturating_add(point).saturating_sub(i64::try_from(zeros).unwrap_or(i64::MAX));
        Self { negative, digits: all[zeros..end].to_vec(), exponent }
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    fn compare_size(&self, other: &Self) -> Ordering {
        self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits))
    }
}

/// An exponent that no `i64` holds is as good as the furthest one.
fn beyond(exponent: &str) -> i64 {
    if exponent.starts_with('-') { i64::MIN } else { i64::MAX }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_exactly() {
        for (text, floor, ceil) in [
            ("0", 0, 0),
            ("-0.0", 0, 0),
            ("1.00000000000000000001", 1, 2),
            ("-1.00000000000000000001", -2, -1),
            ("9007199254740993.5", 9_007_199_254_740_993, 9_007_199_254_740_994),
            ("0.5e-30", 0, 1),
            ("-5e-1", -1, 0),
            ("1.5e1", 15, 15),
            ("12e2", 1200, 1200),
            ("18446744073709551616", 18_446_744_073_709_551_616, 18_446_744_073_709_551_616),
        ] {
            let number = Decimal(text.to_owned());
            assert_eq!((number.floor(), number.ceil()), (Some(floor), Some(ceil)), "{text}");
        }
        assert_eq!(Decimal("1e300".to_owned()).floor(), None);
    }

    #[test]
    fn divisors_of_one() {
        for (text, expected) in [
            ("1", true),
            ("1.0", true),
            ("0.1", true),
            ("0.25", true),
            ("1e-7", true),
            ("0.2", true),
            ("0.3", false),
            ("0.10000000000000000001", false),
            ("0", false),
            ("2", false),
            ("10", false),
            ("-0.1", false),
            ("1.5", false),
        ] {
            assert_eq!(Decimal(text.to_owned()).divides_one(), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_compared_by_value() {
        let ascending = [
            "-1e400",
            "-100.5",
            "-100",
            "-0.1",
            "0",
            "1e-400",
            "0.1234567890123456788",
            "0.1234567890123456789",
            "1",
            "99999999999999.98",
            "99999999999999.99",
            "999999999999999.99",
            "1e15",
            "18446744073709551616",
            "1e99999999999999999999",
        ];
        for (index, one) in ascending.iter().enumerate() {
            for (other_index, other) in ascending.iter().enumerate() {
                assert_eq!(compare(one, other), index.cmp(&other_index), "{one} {other}");
            }
        }
        for (one, other) in
            [("1", "1.0"), ("-0", "0.00e7"), ("100", "1E+2"), ("0.010", "1e-2"), ("120", "1.2e2")]
        {
            assert_eq!(compare(one, other), Ordering::Equal, "{one} {other}");
        }
    }
}
