//! JSON numbers of any size, by their text: no rounding, and no more work for `1e999999999` than it has
//! characters.

use std::cmp::Ordering;

use super::number_small::SmallNumber;

/// A JSON number as 0.d₁d₂d₃… × 10^`magnitude`, where neither the first nor the last digit is a zero. Zero
/// has no digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberParts<'a> {
    negative: bool,
    /// The digits are those of the two slices, one after the other.
    head: &'a [u8],
    tail: &'a [u8],
    magnitude: i128,
}

impl<'a> NumberParts<'a> {
    /// Reads a JSON number. Exponents beyond `i128` count as its ends.
    pub(super) fn read(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let (negative, bytes) = match bytes {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, bytes),
        };
        let (bytes, exponent) = match bytes.iter().position(|byte| matches!(byte, b'e' | b'E')) {
            Some(end) => (&bytes[..end], read_exponent(&bytes[end + 1..])),
            None => (bytes, 0),
        };
        let (whole, fraction) = match bytes.iter().position(|byte| *byte == b'.') {
            Some(point) => (&bytes[..point], &bytes[point + 1..]),
            None => (bytes, &[][..]),
        };
        let head = without_leading_zeros(whole);
        let (tail, before_point) = if head.is_empty() {
            let tail = without_leading_zeros(fraction);
            (tail, -signed(fraction.len() - tail.len()))
        } else {
            (fraction, signed(head.len()))
        };
        let tail = without_trailing_zeros(tail);
        let head = if tail.is_empty() { without_trailing_zeros(head) } else { head };
        if head.is_empty() && tail.is_empty() {
            return Self { negative: false, head, tail, magnitude: 0 };
        }
        Self { negative, head, tail, magnitude: exponent.saturating_add(before_point) }
    }

    pub(super) fn digits(self) -> impl Iterator<Item = u8> + 'a {
        self.head.iter().chain(self.tail).map(|digit| digit & 0xF)
    }

    pub(super) fn is_zero(self) -> bool {
        self.head.is_empty() && self.tail.is_empty()
    }

    /// Returns the power of ten of the last digit.
    pub(super) fn last_power(self) -> i128 {
        self.magnitude.saturating_sub(signed(self.head.len() + self.tail.len()))
    }

    pub(super) fn is_whole(self) -> bool {
        self.is_zero() || self.last_power() >= 0
    }

    pub(super) fn compare(self, other: Self) -> Ordering {
        match (self.sign(), other.sign()) {
            (-1, -1) => other.compare_size(self),
            (1, 1) => self.compare_size(other),
            (sign, others) => sign.cmp(&others),
        }
    }

    fn sign(self) -> i8 {
        match (self.is_zero(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    fn compare_size(self, other: Self) -> Ordering {
        self.magnitude.cmp(&other.magnitude).then_with(|| self.digits().cmp(other.digits()))
    }
}

/// Lengths of slices fit by far.
fn signed(length: usize) -> i128 {
    i128::try_from(length).unwrap_or(i128::MAX)
}

fn read_exponent(bytes: &[u8]) -> i128 {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, bytes),
    };
    let push = |size: i128, digit: &u8| size.saturating_mul(10).saturating_add(i128::from(digit & 0xF));
    let size = digits.iter().fold(0, push);
    if negative { -size } else { size }
}

fn without_leading_zeros(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    &digits[zeros..]
}

fn without_trailing_zeros(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().rev().take_while(|digit| **digit == b'0').count();
    &digits[..digits.len() - zeros]
}

/// Compares two JSON numbers by value.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    match (SmallNumber::read(a), SmallNumber::read(b)) {
        (Some(a), Some(b)) => a.compare(b),
        _ => NumberParts::read(a).compare(NumberParts::read(b)),
    }
}

/// Returns whether two JSON numbers are the same number: `1`, `1.0` and `10e-1` are.
pub(crate) fn equal_numbers(a: &str, b: &str) -> bool {
    a == b || compare(a, b) == Ordering::Equal
}

/// Appends the encoding of a JSON number: the same bytes for every spelling of a number, and different bytes
/// for different numbers.
pub(crate) fn encode_number(text: &str, out: &mut Vec<u8>) {
    let parts = NumberParts::read(text);
    out.push(if parts.negative { b'-' } else { b'+' });
    out.extend_from_slice(parts.head);
    out.extend_from_slice(parts.tail);
    out.push(b'e');
    out.extend_from_slice(parts.magnitude.to_string().as_bytes());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::values::Decimal;

    fn encoded(text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        encode_number(text, &mut out);
        out
    }

    #[test]
    fn numbers_compare_by_value() {
        // Each group holds spellings of one number; groups are in rising order.
        let groups: [&[&str]; 16] = [
            &["-1e999999999999999999", "-10e999999999999999998"],
            &["-9223372036854775809", "-9.223372036854775809e18"],
            &["-1.5", "-15e-1", "-1.50"],
            &["-1", "-1.0", "-0.1e1"],
            &["-1e-999999999999999999"],
            &["0", "-0", "0.0", "-0.00", "0e99999999999999999999999999999999999999999999", "0E-9"],
            &["1e-999999999999999999", "0.1e-999999999999999998"],
            &["0.1", "1e-1", "0.10", "0.0001e3"],
            &["0.11"],
            &["1", "1.0", "1e0", "10e-1", "1E+0", "0.001e+003"],
            &["9", "9.000000000000000000000000000000000000000000"],
            &["10", "1e1"],
            &["405.1", "405.10", "4.051e2", "4051e-1"],
            &["9007199254740993", "9007199254740993.0"],
            &["9007199254740994"],
            &["1e400", "10e399"],
        ];
        for (index, group) in groups.iter().enumerate() {
            for (other_index, other) in groups.iter().enumerate() {
                for (a, b) in group.iter().flat_map(|a| other.iter().map(move |b| (a, b))) {
                    assert_eq!(compare(a, b), index.cmp(&other_index), "{a} {b}");
                    assert_eq!(equal_numbers(a, b), index == other_index, "{a} {b}");
                    assert_eq!(encoded(a) == encoded(b), index == other_index, "{a} {b}");
                }
            }
        }
    }

    #[test]
    fn exponents_have_an_end() {
        let nines = "9".repeat(60);
        assert!(equal_numbers(&format!("1e{nines}"), &format!("1e{nines}0")), "as documented");
        assert_eq!(compare(&format!("1e{nines}"), "1e300"), Ordering::Greater);
        assert_eq!(compare(&format!("1e-{nines}"), "1e-300"), Ordering::Less);
        assert_eq!(compare(&format!("-1e{nines}"), "1"), Ordering::Less);
        assert!(NumberParts::read(&format!("1e{nines}")).is_whole());
        assert!(!NumberParts::read(&format!("{nines}e-{nines}")).is_whole());
    }

    #[test]
    fn whole_numbers() {
        for (text, whole) in [
            ("1", true),
            ("1.0", true),
            ("1e2", true),
            ("1.5e1", true),
            ("100e-2", true),
            ("0.0", true),
            ("0e-5", true),
            ("1.5", false),
            ("1e-1", false),
            ("105e-2", false),
            ("0.001e2", false),
        ] {
            assert_eq!(NumberParts::read(text).is_whole(), whole, "{text}");
        }
    }

    fn spelling() -> impl Strategy<Value = String> {
        "-?(0|[1-9][0-9]{0,22})(\\.[0-9]{1,22})?([eE][+-]?[0-9]{1,2})?"
    }

    proptest! {
        #[test]
        fn small_and_large_ways_agree(a in "-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,9})?", b in "-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,9})?") {
            prop_assert_eq!(compare(&a, &b), NumberParts::read(&a).compare(NumberParts::read(&b)));
        }

        #[test]
        fn agrees_with_decimals(a in spelling(), b in spelling()) {
            let (left, right) = (a.parse::<Decimal>(), b.parse::<Decimal>());
            if let (Ok(left), Ok(right)) = (left, right) {
                prop_assert_eq!(compare(&a, &b), left.cmp(&right));
                prop_assert_eq!(NumberParts::read(&a).is_whole(), left.is_integer());
                if left == right {
                    prop_assert_eq!(encoded(&a), encoded(&b));
                }
            }
        }

        #[test]
        fn shifted_points_change_nothing(digits in "[1-9][0-9]{0,40}", shift in 1_usize..30) {
            let shifted = format!("{digits}{}e-{shift}", "0".repeat(shift));
            prop_assert!(equal_numbers(&digits, &shifted));
            prop_assert_eq!(encoded(&digits), encoded(&shifted));
        }

        #[test]
        fn never_panics(a in "\\PC{0,20}|[0-9eE.+-]{0,30}", b in "[0-9eE.+-]{0,30}") {
            let _ = (compare(&a, &b), encoded(&a), NumberParts::read(&a).is_whole());
        }
    }
}
