//! Numbers as nearly all bodies have them: no exponent, at most 18 digits.

use std::cmp::Ordering;

/// A number as `mantissa` / 10^`scale`.
#[derive(Clone, Copy)]
pub(super) struct SmallNumber {
    pub(super) mantissa: i64,
    /// The number of digits after the decimal point, 0 to 18.
    pub(super) scale: u32,
}

/// With so many digits, two numbers of any scale fit an `i128` on a common scale.
const MAX_DIGITS: usize = 18;

impl SmallNumber {
    /// Reads a JSON number. Returns `None` if it is not small.
    pub(super) fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (negative, bytes) = match bytes {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, bytes),
        };
        if bytes.is_empty() || bytes.len() > MAX_DIGITS + 1 {
            return None;
        }
        let (mut mantissa, mut digits, mut point) = (0_i64, 0, None);
        for byte in bytes {
            let digit = byte.wrapping_sub(b'0');
            if digit < 10 {
                // Nineteen digits still fit here. Whether there are too many is checked below, once.
                mantissa = mantissa.wrapping_mul(10).wrapping_add(i64::from(digit));
                digits += 1;
            } else if *byte == b'.' && point.is_none() {
                point = Some(digits);
            } else {
                return None;
            }
        }
        if digits == 0 || digits > MAX_DIGITS {
            return None;
        }
        let scale = point.map_or(0, |point| digits - point);
        let mantissa = if negative { -mantissa } else { mantissa };
        Some(Self { mantissa, scale: u32::try_from(scale).ok()? })
    }

    pub(super) fn is_whole(self) -> bool {
        self.scale == 0 || self.mantissa % 10_i64.pow(self.scale) == 0
    }

    pub(super) fn compare(self, other: Self) -> Ordering {
        if self.scale == other.scale {
            return self.mantissa.cmp(&other.mantissa);
        }
        let (left, right) = self.on_one_scale(other);
        left.cmp(&right)
    }

    /// Returns whether it is a multiple of another number. Every number counts as a multiple of zero.
    pub(super) fn is_multiple_of(self, other: Self) -> bool {
        let (left, right) = self.on_one_scale(other);
        left.checked_rem(right).is_none_or(|rest| rest == 0)
    }

    fn on_one_scale(self, other: Self) -> (i128, i128) {
        let raised = |number: Self, scale: u32| i128::from(number.mantissa) * 10_i128.pow(scale);
        (raised(self, other.scale), raised(other, self.scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_numbers_are_read() {
        for (text, expected) in [
            ("0", Some((0, 0))),
            ("-0", Some((0, 0))),
            ("405.10", Some((40510, 2))),
            ("-12.5", Some((-125, 1))),
            ("999999999999999999", Some((999_999_999_999_999_999, 0))),
            ("0.99999999999999999", Some((99_999_999_999_999_999, 17))),
            ("9999999999999999999", None),
            ("1000000000000000000", None),
            ("0.999999999999999999", None),
            ("1e2", None),
            ("", None),
            ("-", None),
            (".", None),
            ("1.2.3", None),
            ("+1", None),
        ] {
            let small = SmallNumber::read(text).map(|small| (small.mantissa, small.scale));
            assert_eq!(small, expected, "{text}");
        }
    }

    #[test]
    fn the_ends_meet_without_overflow() {
        let (large, fine) =
            (SmallNumber::read("999999999999999999"), SmallNumber::read("0.00000000000000001"));
        let (large, fine) = (large.unwrap(), fine.unwrap());
        assert_eq!(large.compare(fine), Ordering::Greater);
        assert!(large.is_multiple_of(fine));
        assert!(!fine.is_multiple_of(large));
        assert!(!fine.is_whole());
        assert!(SmallNumber::read("1.00").unwrap().is_whole());
    }
}
