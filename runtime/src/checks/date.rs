//! Days and times, as the types of this crate read them.

use crate::{Date, LocalTimestamp, Timestamp};

/// Whether [`Date`](crate::Date) reads the text.
pub(super) fn is_date(text: &[u8]) -> bool {
    matches!(Date::read(text), Ok((_, [])))
}

/// Whether [`Timestamp`](crate::Timestamp) reads the text.
pub(super) fn is_date_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok()
}

/// Whether [`LocalTimestamp`](crate::LocalTimestamp) reads the text, or [`Timestamp`](crate::Timestamp) does.
pub(super) fn is_local_date_time(text: &str) -> bool {
    text.parse::<LocalTimestamp>().is_ok() || is_date_time(text)
}
