//! Error codes and their severities.

use std::fmt;

/// The severity of a violation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The service would reject the request.
    Error,
    /// The service may accept the request, but the value is probably wrong.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// An error code of the service, as the definition declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    /// The code as the service writes it, such as `missingRequiredField`.
    pub name: &'static str,
    /// The service's message for the code. `{min}`, `{max}` and `{limits}` (`at least 1`, `between 1 and 50`)
    /// stand for the limits of the broken rule.
    pub message: &'static str,
    /// The severity of its violations, unless the options of a validation set another one.
    pub severity: Severity,
}

impl Code {
    /// Creates a code of severity [`Severity::Error`].
    #[must_use]
    pub const fn error(name: &'static str, message: &'static str) -> Self {
        Self { name, message, severity: Severity::Error }
    }

    /// Creates a code of severity [`Severity::Warning`].
    #[must_use]
    pub const fn warning(name: &'static str, message: &'static str) -> Self {
        Self { name, message, severity: Severity::Warning }
    }
}

/// Returns the name of the code.
impl AsRef<str> for Code {
    fn as_ref(&self) -> &str {
        self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_its_name() {
        assert_eq!(Code::error("size", "wrong size").as_ref(), "size");
    }
}
