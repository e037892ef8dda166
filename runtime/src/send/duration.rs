//! Durations as messages show them.

use std::{fmt, time::Duration};

/// A duration as a message shows it: in one unit, rounded to at most one decimal, such as `54 ms`, `2.5 s` or
/// `3 min`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rounded(pub(crate) Duration);

impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = (self.0.as_nanos() + 500_000) / 1_000_000;
        if millis == 0 {
            return f.write_str("less than 1 ms");
        }
        for (number, (unit, length)) in UNITS.iter().enumerate() {
            let tenths = rounded_tenths(millis, *length);
            // What rounding makes a whole next unit is shown in that unit: 59.97 s is 1 min.
            let is_next = UNITS.get(number + 1).is_some_and(|(_, next)| tenths * length >= next * 10);
            if !is_next {
                return write_tenths(tenths, unit, f);
            }
        }
        Ok(())
    }
}

/// The number of tenths of a unit. From ten units on, it is a whole number of units.
fn rounded_tenths(millis: u128, unit: u128) -> u128 {
    let tenths = (millis * 10 + unit / 2) / unit;
    if tenths < 100 { tenths } else { (millis + unit / 2) / unit * 10 }
}

fn write_tenths(tenths: u128, unit: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match (tenths / 10, tenths % 10) {
        (whole, 0) => write!(f, "{whole} {unit}"),
        (whole, tenth) => write!(f, "{whole}.{tenth} {unit}"),
    }
}

/// The units from the shortest to the longest, each with its length in milliseconds.
const UNITS: [(&str, u128); 5] =
    [("ms", 1), ("s", 1_000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_unit_and_at_most_one_decimal() {
        for (nanos, expected) in [
            (0, "less than 1 ms"),
            (499_999, "less than 1 ms"),
            (500_000, "1 ms"),
            (54_382_100, "54 ms"),
            (999_400_000, "999 ms"),
            (999_500_000, "1 s"),
            (2_500_000_000, "2.5 s"),
            (9_940_000_000, "9.9 s"),
            (9_960_000_000, "10 s"),
            (23_750_000_000, "24 s"),
            (59_400_000_000, "59 s"),
            (59_970_000_000, "1 min"),
            (62_000_000_000, "1 min"),
            (90_000_000_000, "1.5 min"),
            (180_000_000_000, "3 min"),
            (600_000_000_000, "10 min"),
            (3_600_000_000_000, "1 h"),
            (48 * 3_600_000_000_000, "2 d"),
        ] {
            assert_eq!(Rounded(Duration::from_nanos(nanos)).to_string(), expected, "{nanos}");
        }
        assert_eq!(Rounded(Duration::MAX).to_string(), "213503982334601 d");
    }
}
