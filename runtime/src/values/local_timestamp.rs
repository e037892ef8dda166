//! Date and time of an unknown clock, which are no instant.

use std::{cmp::Ordering, fmt, hash, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    date::Date,
    parse_error::ParseError,
    text::{self, after},
    time_of_day::{SECONDS_PER_DAY, TimeOfDay, may_be_leap_second},
    utc_offset::UtcOffset,
};

const fn error(reason: &'static str) -> ParseError {
    ParseError::new("local timestamp", reason)
}

/// Date and time of day, usually without an offset from UTC.
///
/// Its text, in JSON and in `FromStr` and `Display`, is `YYYY-MM-DDThh:mm:ss.nnn`. A value from
/// [`LocalTimestamp::new`] is written with exactly three fraction digits. A value that was read is written
/// with as many fraction digits as it was read with, of which those after the ninth are dropped. A `Z` or an
/// offset behind it, which services send although the format has none, is kept and written as well. Second 60
/// may be a leap second, at 23:59:60 UTC on the last day of a month; without an offset, the time is judged as
/// if it were UTC.
///
/// Comparison and hashing ignore the number of fraction digits: `12:00:00 == 12:00:00.000`. Values with
/// different offsets, or with and without one, differ.
///
/// ```
/// use specwright_runtime::{Date, LocalTimestamp};
///
/// let posted = LocalTimestamp::new(Date::new(2024, 5, 1)?, 12, 30, 0, 250)?;
/// assert_eq!(posted.to_string(), "2024-05-01T12:30:00.250");
/// # Ok::<(), specwright_runtime::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct LocalTimestamp {
    date: Date,
    time: TimeOfDay,
    offset: Option<UtcOffset>,
}

impl LocalTimestamp {
    /// Creates a local timestamp from a day and a time: hour 0 to 23, minute and second 0 to 59, millisecond
    /// 0 to 999.
    ///
    /// # Errors
    ///
    /// A part is outside its range.
    pub fn new(date: Date, hour: u8, minute: u8, second: u8, millisecond: u16) -> Result<Self, ParseError> {
        if hour > 23 || minute > 59 || second > 59 || millisecond > 999 {
            return Err(error("the clock has no such time"));
        }
        let time = TimeOfDay {
            hour,
            minute,
            second,
            nanosecond: u32::from(millisecond) * 1_000_000,
            fraction_digits: 3,
        };
        Ok(Self { date, time, offset: None })
    }

    /// Returns the day.
    #[must_use]
    pub fn date(self) -> Date {
        self.date
    }

    /// Returns the hour, 0 to 23.
    #[must_use]
    pub fn hour(self) -> u8 {
        self.time.hour
    }

    /// Returns the minute, 0 to 59.
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

    /// Returns the offset that the value was read with, in minutes east of UTC; `None` without one, and if it
    /// is unknown (`-00:00`).
    #[must_use]
    pub fn offset_minutes(self) -> Option<i16> {
        self.offset?.minutes()
    }

    /// Returns what is compared: all but the number of fraction digits.
    fn compared(&self) -> (Date, i64, u32, Option<UtcOffset>) {
        (self.date, self.time.second_of_day(), self.time.nanosecond, self.offset)
    }
}

impl FromStr for LocalTimestamp {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let (date, rest) = Date::read(text.as_bytes())
            .map_err(|_| error("expected to begin with a day of the calendar, YYYY-MM-DD"))?;
        let rest = after(b'T', rest)
            .or_else(|| after(b't', rest))
            .ok_or(error("expected a T between date and time"))?;
        let (time, rest) = TimeOfDay::read(rest).map_err(error)?;
        let offset = if rest.is_empty() { None } else { Some(UtcOffset::read(rest).map_err(error)?) };
        let timestamp = Self { date, time, offset };
        let ahead = i64::from(timestamp.offset_minutes().unwrap_or(0)) * 60;
        let as_utc = date.days_since_epoch() * SECONDS_PER_DAY + time.second_of_day() - ahead;
        if time.second == 60 && !may_be_leap_second(as_utc) {
            return Err(error("second 60 is only valid at 23:59:60 UTC on the last day of a month"));
        }
        Ok(timestamp)
    }
}

impl fmt::Display for LocalTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)?;
        self.offset.map_or(Ok(()), |offset| fmt::Display::fmt(&offset, f))
    }
}

impl fmt::Debug for LocalTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for LocalTimestamp {
    fn eq(&self, other: &Self) -> bool {
        self.compared() == other.compared()
    }
}

impl Eq for LocalTimestamp {}

impl PartialOrd for LocalTimestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for LocalTimestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compared().cmp(&other.compared())
    }
}

impl hash::Hash for LocalTimestamp {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.compared().hash(state);
    }
}

impl Serialize for LocalTimestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocalTimestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::deserialize(deserializer, "a timestamp string such as \"2024-05-01T12:30:00.000\"")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn refuses_with_a_reason() {
        for (text, reason) in [
            ("2024-05-01T12:30:00.000ZZ", "an offset after the time"),
            ("2024-05-01T12:30:00.000+02", "an offset after the time"),
            ("2024-05-01T12:30:00-24:00", "less than a day"),
            ("2024-05-01T12:30:00.000 ", "an offset after the time"),
            ("2024-05-01T12:30:60.000", "second 60"),
            ("2024-05-01T24:00:00.000", "no such time"),
            ("2024-05-01T12:30", "a time hh:mm:ss"),
            ("2024-05-31T23:58:60", "second 60"),
            ("2024-05-30T23:59:60", "second 60"),
            ("2024-05-01", "a T between"),
            ("2024-04-31T00:00:00.000", "a day of the calendar"),
        ] {
            let error = text.parse::<LocalTimestamp>().unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
        let day = Date::new(2024, 5, 1).unwrap();
        for (hour, minute, second, millisecond) in
            [(24, 0, 0, 0), (0, 60, 0, 0), (0, 0, 60, 0), (0, 0, 0, 1000)]
        {
            assert!(LocalTimestamp::new(day, hour, minute, second, millisecond).is_err());
        }
    }

    #[test]
    fn leap_seconds_are_those_of_utc_and_nine_digits_are_kept() {
        for (text, written) in [
            ("2016-12-31T23:59:60", "2016-12-31T23:59:60"),
            ("9999-12-31T23:59:60.5", "9999-12-31T23:59:60.5"),
            ("2024-05-01T12:30:00.12345678901234567890", "2024-05-01T12:30:00.123456789"),
            ("2024-05-01T12:30:00.0000000000", "2024-05-01T12:30:00.000000000"),
        ] {
            assert_eq!(text.parse::<LocalTimestamp>().unwrap().to_string(), written);
        }
    }

    #[test]
    fn an_offset_is_kept() {
        let read = |text: &str| text.parse::<LocalTimestamp>().unwrap();
        for (text, minutes) in [
            ("2024-05-01T12:30:00.000Z", Some(0)),
            ("2024-05-01T12:30:00.000+02:00", Some(120)),
            ("2024-05-01T12:30:00-00:00", None),
            ("2017-01-01T00:59:60.5+01:00", Some(60)),
        ] {
            assert_eq!((read(text).to_string().as_str(), read(text).offset_minutes()), (text, minutes));
        }
        assert_ne!(read("2024-05-01T12:30:00"), read("2024-05-01T12:30:00Z"));
        assert_ne!(read("2024-05-01T12:30:00+00:00"), read("2024-05-01T12:30:00+02:00"));
    }

    #[test]
    fn equality_ignores_the_number_of_digits() {
        let short: LocalTimestamp = "2024-05-01T12:30:00".parse().unwrap();
        let long = LocalTimestamp::new(Date::new(2024, 5, 1).unwrap(), 12, 30, 0, 0).unwrap();
        assert_eq!(short, long);
        assert!(short < "2024-05-01T12:30:00.000000001".parse().unwrap());
        assert_ne!(short.to_string(), long.to_string());
    }

    proptest! {
        #[test]
        fn text_survives(
            text in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?"
        ) {
            let json = format!("\"{text}\"");
            let timestamp: LocalTimestamp = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(timestamp.to_string(), text);
            prop_assert_eq!(serde_json::to_string(&timestamp).unwrap(), json);
        }

        #[test]
        fn made_ones_have_three_digits(
            hour in 0_u8..24,
            minute in 0_u8..60,
            second in 0_u8..60,
            millisecond in 0_u16..1000,
        ) {
            let date = Date::new(2024, 5, 1).unwrap();
            let made = LocalTimestamp::new(date, hour, minute, second, millisecond).unwrap();
            let text = format!("2024-05-01T{hour:02}:{minute:02}:{second:02}.{millisecond:03}");
            prop_assert_eq!(&made.to_string(), &text);
            prop_assert_eq!(text.parse(), Ok(made));
        }

        #[test]
        fn never_panics(text in "\\PC{0,40}|[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.Zz+-]{0,22}") {
            let _ = text.parse::<LocalTimestamp>();
        }
    }
}
