//! The text of a decimal without an allocation, because bodies are full of amounts.

use super::Decimal;

/// 29 digits, a sign, a point and a zero before it fit.
const CAPACITY: usize = 40;

/// The digits of a decimal, as `Display` writes them.
pub(super) struct Digits {
    bytes: [u8; CAPACITY],
    start: usize,
}

impl Digits {
    /// Creates the digits of a decimal.
    pub(super) fn of(decimal: Decimal) -> Self {
        let mut digits = Self { bytes: [b'0'; CAPACITY], start: CAPACITY };
        let mantissa = decimal.mantissa();
        let scale = usize::try_from(decimal.scale()).unwrap_or(CAPACITY);
        digits.push_number(mantissa.unsigned_abs(), scale);
        if mantissa < 0 {
            digits.push(b'-');
        }
        digits
    }

    /// Writes a number from its last digit to the first, with the point and at least one digit before it.
    fn push_number(&mut self, mantissa: u128, scale: usize) {
        let mut written = 0;
        let mut left = mantissa;
        while left > 0 || written <= scale {
            if written == scale && scale > 0 {
                self.push(b'.');
            }
            // Nearly all numbers are small, and division by 128 bits is slow.
            let (rest, digit) = match u64::try_from(left) {
                Ok(small) => (u128::from(small / 10), small % 10),
                Err(_) => (left / 10, u64::try_from(left % 10).unwrap_or_default()),
            };
            self.push(b'0' + u8::try_from(digit).unwrap_or_default());
            left = rest;
            written += 1;
        }
    }

    fn push(&mut self, byte: u8) {
        if let Some(start) = self.start.checked_sub(1) {
            self.bytes[start] = byte;
            self.start = start;
        }
    }

    /// Returns the text.
    pub(super) fn text(&self) -> &str {
        self.bytes.get(self.start..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn as_display_writes_them() {
        for text in [
            "0",
            "0.00",
            "-0.01",
            "405.10",
            "-120",
            "0.0000000000000000000000000001",
            "79228162514264337593543950335",
            "-7.9228162514264337593543950335",
        ] {
            let decimal: Decimal = text.parse().unwrap();
            assert_eq!(Digits::of(decimal).text(), text);
        }
        let minus_zero: Decimal = "-0.00".parse().unwrap();
        assert_eq!(Digits::of(minus_zero).text(), minus_zero.to_string());
    }

    proptest! {
        #[test]
        fn always(mantissa in -((1_i128 << 96) - 1)..(1_i128 << 96), scale in 0_u32..=28) {
            let decimal = Decimal::from(rust_decimal::Decimal::from_i128_with_scale(mantissa, scale));
            let digits = Digits::of(decimal);
            prop_assert_eq!(digits.text(), decimal.to_string());
        }
    }
}
