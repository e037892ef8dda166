//! The offset from UTC at the end of a timestamp, as it was written.

use std::fmt;

use super::text::{after, two_digits};

const NO_OFFSET: &str = "expected an offset after the time: Z, or one such as +02:00";

/// An offset from UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum UtcOffset {
    /// `Z`.
    Utc,
    /// `-00:00`: the time is UTC, the offset of its origin is not known (RFC 3339, section 4.3).
    Unknown,
    /// `+hh:mm` or `-hh:mm`, less than a day.
    Minutes(i16),
}

impl UtcOffset {
    /// Reads all of a text. The error is the reason.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        let (negative, digits) = match bytes {
            [b'Z' | b'z'] => return Ok(Self::Utc),
            [b'+', digits @ ..] => (false, digits),
            [b'-', digits @ ..] => (true, digits),
            _ => return Err(NO_OFFSET),
        };
        let (hours, rest) = two_digits(digits).ok_or(NO_OFFSET)?;
        let minutes = after(b':', rest).and_then(two_digits);
        let Some((minutes, [])) = minutes else {
            return Err(NO_OFFSET);
        };
        if hours > 23 || minutes > 59 {
            return Err("the offset must be less than a day");
        }
        let total = i16::from(hours) * 60 + i16::from(minutes);
        Ok(match (negative, total) {
            (true, 0) => Self::Unknown,
            (true, _) => Self::Minutes(-total),
            (false, _) => Self::Minutes(total),
        })
    }

    /// Returns the minutes east of UTC, or `None` if they are unknown.
    pub(crate) fn minutes(self) -> Option<i16> {
        match self {
            Self::Utc => Some(0),
            Self::Unknown => None,
            Self::Minutes(minutes) => Some(minutes),
        }
    }
}

impl fmt::Display for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utc => f.write_str("Z"),
            Self::Unknown => f.write_str("-00:00"),
            Self::Minutes(minutes) => {
                let sign = if *minutes < 0 { '-' } else { '+' };
                let size = minutes.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", size / 60, size % 60)
            }
        }
    }
}
