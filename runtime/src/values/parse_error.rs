//! The error of reading a number, a day or a time from text.

use std::fmt;

/// Text or parts that are not the value that they were read as.
///
/// It says what was expected and what stood in the way. It never repeats the text: that may be a sensitive value, and
/// errors end up in logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    subject: &'static str,
    reason: &'static str,
}

impl ParseError {
    /// `subject` completes "not a ..."; `reason` is a clause without a full stop.
    pub(crate) const fn new(subject: &'static str, reason: &'static str) -> Self {
        Self { subject, reason }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a {}: {}", self.subject, self.reason)
    }
}

impl std::error::Error for ParseError {}
