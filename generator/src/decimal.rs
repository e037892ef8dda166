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
