//! The time of day in a timestamp, as it was written: `hh:mm:ss` and a fraction, of which nine digits are
//! kept.

use std::fmt;

use super::{
    date::Date,
    text::{after, two_digits},
};

pub(crate) const SECONDS_PER_DAY: i64 = 86_400;
pub(crate) const NANOS_PER_SECOND: i128 = 1_000_000_000;
const MAX_FRACTION_DIGITS: u8 = 9;

/// A time of day. `second` may be 60: whether that is a leap second depends on the offset.
#[derive(Clone, Copy)]
pub(crate) struct TimeOfDay {
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: u8,
    pub(crate) nanosecond: u32,
    /// The number of fraction digits that are kept and written, 0 to 9. With 0 there is no decimal point.
    pub(crate) fraction_digits: u8,
}

impl TimeOfDay {
    /// Reads a time from the front of a text, and returns the rest. The error is the reason.
    pub(crate) fn read(bytes: &[u8]) -> Result<(Self, &[u8]), &'static str> {
        let (hour, minute, second, rest) =
            read_parts(bytes).ok_or("expected a time hh:mm:ss after the date")?;
        if hour > 23 || minute > 59 || second > 60 {
            return Err("the clock has no such time");
        }
        let (fraction, rest) = match after(b'.', rest) {
            Some(fraction) => read_fraction(fraction)?,
            None => ((0, 0), rest),
        };
        let (nanosecond, fraction_digits) = fraction;
        let time = Self { hour, minute, second, nanosecond, fraction_digits };
        Ok((time, rest))
    }

    /// Returns the seconds since midnight. A leap second counts like the second after it.
    pub(crate) fn second_of_day(self) -> i64 {
        (i64::from(self.hour) * 60 + i64::from(self.minute)) * 60 + i64::from(self.second)
    }
}

/// Returns whether second 60, so many seconds after 1970 in UTC, may be a leap second. One is inserted after
/// 23:59:59 UTC on the last day of a month, so that the day after it is the first of a month.
pub(crate) fn may_be_leap_second(unix_seconds: i64) -> bool {
    let next_day = Date::from_days_since_epoch(unix_seconds.div_euclid(SECONDS_PER_DAY));
    // The day after year 9999 can't be represented. It is the first of a month too.
    let first_of_month = next_day.is_none_or(|date| date.day() == 1);
    unix_seconds.rem_euclid(SECONDS_PER_DAY) == 0 && first_of_month
}

fn read_parts(bytes: &[u8]) -> Option<(u8, u8, u8, &[u8])> {
    let (hour, rest) = two_digits(bytes)?;
    let (minute, rest) = two_digits(after(b':', rest)?)?;
    let (second, rest) = two_digits(after(b':', rest)?)?;
    Some((hour, minute, second, rest))
}

/// Reads the digits after the decimal point: the nanoseconds, the number of digits, and the rest.
fn read_fraction(bytes: &[u8]) -> Result<((u32, u8), &[u8]), &'static str> {
    let (mut nanosecond, mut count, mut rest) = (0, 0, bytes);
    while let [digit @ b'0'..=b'9', tail @ ..] = rest {
        // RFC 3339 sets no limit. What is less than a nanosecond is dropped.
        if count < MAX_FRACTION_DIGITS {
            nanosecond = nanosecond * 10 + u32::from(digit - b'0');
            count += 1;
        }
        rest = tail;
    }
    if count == 0 {
        return Err("expected digits after the decimal point of the second");
    }
    let missing = MAX_FRACTION_DIGITS - count;
    Ok(((nanosecond * 10_u32.pow(missing.into()), count), rest))
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        if self.fraction_digits == 0 {
            return Ok(());
        }
        let unwritten = MAX_FRACTION_DIGITS.saturating_sub(self.fraction_digits);
        let fraction = self.nanosecond / 10_u32.pow(unwritten.into());
        write!(f, ".{fraction:0width$}", width = self.fraction_digits.into())
    }
}
