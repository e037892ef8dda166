//! The error of parsing a value.

use std::fmt;

/// The error of a text or of parts that are not a valid value.
///
/// It says what was expected. It never repeats the text, which may be sensitive, because errors are logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    subject: &'static str,
    reason: &'static str,
}

impl ParseError {
    /// Creates an error. `subject` completes "not a ...", and `reason` is a clause without a full stop.
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
