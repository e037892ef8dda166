//! The header `Retry-After`: a number of seconds, or a moment.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::http_date;

/// Returns the wait that a response asks for in its `Retry-After` header (RFC 9110, section 10.2.3).
///
/// A moment is read against the response's own `Date` header if there is one, because the server's clock may
/// be wrong, and against `now` otherwise. `None` stands for anything that is no wish to wait: 0 seconds, a
/// moment that has passed, and what is neither a number nor a date. A number of any length is a number. The
/// [`Policy`](super::Policy) has the bounds.
///
/// ```
/// # use std::time::{Duration, UNIX_EPOCH};
/// # use specwright_runtime::retry::retry_after;
/// assert_eq!(retry_after("120", None, UNIX_EPOCH), Some(Duration::from_secs(120)));
/// assert_eq!(retry_after("0", None, UNIX_EPOCH), None);
///
/// let sent = Some("Sun, 06 Nov 1994 08:49:30 GMT");
/// let wait = retry_after("Sun, 06 Nov 1994 08:49:37 GMT", sent, UNIX_EPOCH);
/// assert_eq!(wait, Some(Duration::from_secs(7)));
/// ```
#[must_use]
pub fn retry_after(value: &str, date: Option<&str>, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    let wait = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // The only error left is a number that is too large.
        Duration::from_secs(value.parse().unwrap_or(u64::MAX))
    } else {
        let sent = date.and_then(|date| http_date::parse(date.trim()));
        let sent = sent.or_else(|| now.duration_since(UNIX_EPOCH).ok())?;
        http_date::parse(value)?.checked_sub(sent)?
    };
    (!wait.is_zero()).then_some(wait)
}
