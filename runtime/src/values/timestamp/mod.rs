//! Instants: RFC 3339 `date-time`, written as they were read.

use std::{cmp::Ordering, fmt, hash, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    date::Date,
    parse_error::ParseError,
    text::{self, after},
    time_of_day::{NANOS_PER_SECOND, SECONDS_PER_DAY, TimeOfDay, may_be_leap_second},
    utc_offset::UtcOffset,
};

const fn error(reason: &'static str) -> ParseError {
    ParseError::new("timestamp", reason)
}

/// An instant, with the offset from UTC and the number of fraction digits that it was written with.
///
/// Its text, in JSON and in `FromStr` and `Display`, is RFC 3339 `date-time`:
/// `2024-05-01T12:30:00.250+02:00`. It is written exactly as it was read: `Z`, `+00:00` and `-00:00` (offset
/// unknown) differ, and `.250` has three digits. Only a lower-case `t` or `z` is written in upper case, and
/// fraction digits after the ninth are dropped. A space instead of `T` is an error.
///
/// A leap second (`23:59:60` UTC, on the last day of a month) is written as it was read. As an instant it
/// equals the second after it, as in Unix time.
///
/// Comparison and hashing compare the instant alone: `12:00:00Z == 14:00:00.0+02:00`.
///
/// ```
/// use specwright_runtime::Timestamp;
///
/// let received: Timestamp = "2024-05-01T12:30:00.250+02:00".parse()?;
/// assert_eq!(received.to_string(), "2024-05-01T12:30:00.250+02:00");
/// assert_eq!(received, "2024-05-01T10:30:00.25Z".parse()?);
/// # Ok::<(), specwright_runtime::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Timestamp {
    date: Date,
    time: TimeOfDay,
    offset: UtcOffset,
}

impl Timestamp {
    /// Creates the instant so many nanoseconds after 1970-01-01T00:00:00Z. It is written in UTC with `Z`, and
    /// with as many fraction digits as necessary: 0, 3, 6 or 9.
    ///
    /// # Errors
    ///
    /// The instant is outside the years 0 to 9999.
    pub fn from_unix_nanos(nanos: i128) -> Result<Self, ParseError> {
        let out_of_range = || error("outside the years 0000 to 9999");
        let seconds = i64::try_from(nanos.div_euclid(NANOS_PER_SECOND)).map_err(|_| out_of_range())?;
        let date =
            Date::from_days_since_epoch(seconds.div_euclid(SECONDS_PER_DAY)).ok_or_else(out_of_range)?;
        let part = |number: i64| u8::try_from(number).map_err(|_| out_of_range());
        let second = seconds.rem_euclid(SECONDS_PER_DAY);
        let nanosecond = u32::try_from(nanos.rem_euclid(NANOS_PER_SECOND)).map_err(|_| out_of_range())?;
        let time = TimeOfDay {
            hour: part(second / 3600)?,
            minute: part(second / 60 % 60)?,
            second: part(second % 60)?,
            nanosecond,
            fraction_digits: match nanosecond {
                0 => 0,
                _ if nanosecond % 1_000_000 == 0 => 3,
                _ if nanosecond % 1_000 == 0 => 6,
                _ => 9,
            },
        };
        Ok(Self { date, time, offset: UtcOffset::Utc })
    }

    /// Returns the nanoseconds since 1970-01-01T00:00:00Z, negative before.
    #[must_use]
    pub fn as_unix_nanos(self) -> i128 {
        i128::from(self.unix_seconds()) * NANOS_PER_SECOND + i128::from(self.time.nanosecond)
    }

    /// Returns the day as written, which may not be the day in UTC.
    #[must_use]
    pub fn date(self) -> Date {
        self.date
    }

    /// Returns the hour as written, 0 to 23.
    #[must_use]
    pub fn hour(self) -> u8 {
        self.time.hour
    }

    /// Returns the minute as written, 0 to 59.
    #[must_use]
    pub fn minute(self) -> u8 {
        self.time.minute
    }

    /// Returns the second, 0 to 59, or 60 for a leap second.
    #[must_use]
    pub fn second(self) -> u8 {
        self.time.second
    }

    /// Returns the fraction of the second, in nanoseconds.
    #[must_use]
    pub fn nanosecond(self) -> u32 {
        self.time.nanosecond
    }

    /// Returns the offset as written, in minutes east of UTC, or `None` if it is unknown (`-00:00`).
    #[must_use]
    pub fn offset_minutes(self) -> Option<i16> {
        self.offset.minutes()
    }

    fn unix_seconds(self) -> i64 {
        let offset = i64::from(self.offset_minutes().unwrap_or(0)) * 60;
        self.date.days_since_epoch() * SECONDS_PER_DAY + self.time.second_of_day() - offset
    }
}

impl FromStr for Timestamp {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let (date, rest) = Date::read(text.as_bytes())
            .map_err(|_| error("expected to begin with a day of the calendar, YYYY-MM-DD"))?;
        let rest = after(b'T', rest)
            .or_else(|| after(b't', rest))
            .ok_or(error("expected a T between date and time"))?;
        let (time, rest) = TimeOfDay::read(rest).map_err(error)?;
        let offset = UtcOffset::read(rest).map_err(error)?;
        let timestamp = Self { date, time, offset };
        if time.second == 60 && !may_be_leap_second(timestamp.unix_seconds()) {
            return Err(error("second 60 is only valid at 23:59:60 UTC on the last day of a month"));
        }
        Ok(timestamp)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}{}", self.date, self.time, self.offset)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.as_unix_nanos() == other.as_unix_nanos()
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_unix_nanos().cmp(&other.as_unix_nanos())
    }
}

impl hash::Hash for Timestamp {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.as_unix_nanos().hash(state);
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::deserialize(deserializer, "a timestamp string such as \"2024-05-01T12:30:00Z\"")
    }
}

#[cfg(test)]
mod tests;
