//! Calendar days.

use std::{fmt, str::FromStr};

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    parse_error::ParseError,
    text::{self, after, two_digits},
};

const SYNTAX: ParseError = ParseError::new("date", "expected YYYY-MM-DD, such as 2024-02-29");
const NO_SUCH_DAY: ParseError = ParseError::new("date", "the calendar has no such day");

/// A day of the Gregorian calendar, years 0 to 9999.
///
/// Its text, in JSON and in `FromStr` and `Display`, is exactly `YYYY-MM-DD` (RFC 3339 `full-date`): ten
/// ASCII characters, without white space.
///
/// ```
/// use specwright_runtime::Date;
///
/// let day: Date = "2024-02-29".parse()?;
/// assert_eq!(day, Date::new(2024, 2, 29)?);
/// assert!("2023-02-29".parse::<Date>().is_err());
/// # Ok::<(), specwright_runtime::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// Creates a date from a year (0 to 9999), a month (1 to 12) and a day of the month (from 1).
    ///
    /// # Errors
    ///
    /// The calendar has no such day, or the year has more than four digits.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, ParseError> {
        let signed = |part: u8| i8::try_from(part).map_err(|_| NO_SUCH_DAY);
        let year = i16::try_from(year).map_err(|_| NO_SUCH_DAY)?;
        civil::Date::new(year, signed(month)?, signed(day)?).map(Self).map_err(|_| NO_SUCH_DAY)
    }

    /// Returns the year, 0 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        self.0.year().unsigned_abs()
    }

    /// Returns the month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// Returns the day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// Reads a date from the front of a text, and returns the rest.
    pub(crate) fn read(bytes: &[u8]) -> Result<(Self, &[u8]), ParseError> {
        let (year, month, day, rest) = read_parts(bytes).ok_or(SYNTAX)?;
        Ok((Self::new(year, month, day)?, rest))
    }

    /// Returns the days since 1970-01-01, negative before.
    pub(crate) fn days_since_epoch(self) -> i64 {
        self.0.duration_since(EPOCH).as_hours() / 24
    }

    /// Returns the date of a number of days since 1970-01-01; `None` outside the years 0 to 9999.
    pub(crate) fn from_days_since_epoch(days: i64) -> Option<Self> {
        let duration = jiff::SignedDuration::from_secs(days.checked_mul(86_400)?);
        let date = EPOCH.checked_add(duration).ok()?;
        (date.year() >= 0).then_some(Self(date))
    }
}

const EPOCH: civil::Date = civil::Date::constant(1970, 1, 1);

fn read_parts(bytes: &[u8]) -> Option<(u16, u8, u8, &[u8])> {
    let (century, rest) = two_digits(bytes)?;
    let (year, rest) = two_digits(rest)?;
    let (month, rest) = two_digits(after(b'-', rest)?)?;
    let (day, rest) = two_digits(after(b'-', rest)?)?;
    Some((u16::from(century) * 100 + u16::from(year), month, day, rest))
}

impl FromStr for Date {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match Self::read(text.as_bytes())? {
            (date, []) => Ok(date),
            _ => Err(SYNTAX),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::deserialize(deserializer, "a date string such as \"2024-02-29\"")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn refuses_other_spellings() {
        for text in [
            "",
            "2024-2-29",
            "2024-02-29 ",
            " 2024-02-29",
            "20240229",
            "2024/02/29",
            "2024-02-29T00:00:00Z",
            "+2024-02-29",
            "-2024-02-29",
            "024-02-29",
            "2024-02-2９",
            "２024-02-29",
            "2024-02",
        ] {
            assert_eq!(text.parse::<Date>(), Err(SYNTAX), "{text}");
        }
        for text in ["2023-02-29", "2024-00-01", "2024-13-01", "2024-01-00", "2024-04-31", "1900-02-29"] {
            assert_eq!(text.parse::<Date>(), Err(NO_SUCH_DAY), "{text}");
        }
        assert_eq!(Date::new(10_000, 1, 1), Err(NO_SUCH_DAY));
        assert_eq!(Date::new(65_535, 255, 255), Err(NO_SUCH_DAY));
    }

    #[test]
    fn the_ends_of_the_calendar() {
        for text in ["0000-01-01", "0000-02-29", "9999-12-31"] {
            let date: Date = text.parse().unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!(Date::from_days_since_epoch(date.days_since_epoch()), Some(date));
        }
        let first: Date = "0000-01-01".parse().unwrap();
        assert_eq!(Date::from_days_since_epoch(first.days_since_epoch() - 1), None);
        assert_eq!(Date::from_days_since_epoch(i64::MAX), None);
        assert_eq!(Date::from_days_since_epoch(i64::MIN), None);
    }

    #[test]
    fn only_strings_in_json() {
        assert!(serde_json::from_str::<Date>("20240229").is_err());
        assert_eq!(serde_json::from_str::<Date>(r#""2024\u002d02-29""#).unwrap().to_string(), "2024-02-29");
        let error = serde_json::from_str::<Date>(r#""yesterday""#).unwrap_err();
        assert!(!error.to_string().contains("yesterday"), "{error}");
    }

    proptest! {
        #[test]
        fn survives(year in 0_u16..=9999, month in 1_u8..=12, day in 1_u8..=31) {
            if let Ok(date) = Date::new(year, month, day) {
                let text = format!("{year:04}-{month:02}-{day:02}");
                prop_assert_eq!((date.year(), date.month(), date.day()), (year, month, day));
                prop_assert_eq!(&date.to_string(), &text);
                prop_assert_eq!(text.parse(), Ok(date));
                let json = serde_json::to_string(&date).unwrap();
                prop_assert_eq!(serde_json::from_str::<Date>(&json).unwrap(), date);
                prop_assert_eq!(Date::from_days_since_epoch(date.days_since_epoch()), Some(date));
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,14}|[0-9-]{0,12}") {
            if let Ok(date) = text.parse::<Date>() {
                prop_assert_eq!(date.to_string(), text);
            }
        }
    }
}
