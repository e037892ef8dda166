//! What is wrong with rules, and where.

use std::error::Error;
use std::fmt;

/// The first mistake in a text with rules, with line and column.
#[derive(Debug)]
pub struct RulesError(serde_json::Error);

impl From<serde_json::Error> for RulesError {
    fn from(error: serde_json::Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = (self.0.line(), self.0.column());
        let text = self.0.to_string();
        // serde_json puts the position behind the message.
        let message = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text);
        write!(f, "{line}:{column}: {message}")
    }
}

impl Error for RulesError {}
