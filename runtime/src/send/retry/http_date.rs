//! The three ways to write a date in an HTTP header (RFC 9110, section 5.6.7).

use std::time::Duration;

use jiff::{fmt::strtime::BrokenDownTime, tz::TimeZone};

/// The one that is in use, and the two that a recipient must still read.
const FORMS: [&str; 3] = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];

/// The time since 1970. `None`: no such date, or an earlier one.
pub(super) fn parse(text: &str) -> Option<Duration> {
    FORMS.iter().find_map(|form| {
        let civil = BrokenDownTime::parse(form, text).ok()?.to_datetime().ok()?;
        let timestamp = TimeZone::UTC.to_timestamp(civil).ok()?;
        u64::try_from(timestamp.as_second()).ok().map(Duration::from_secs)
    })
}
