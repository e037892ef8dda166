//! Error codes, and how bad they are.

use std::fmt;

/// How bad a violation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The service would refuse the request.
    Error,
    /// The service may accept the request, but something is probably wrong.
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

/// An error code of the service, as its definition declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    /// The code as the service writes it, such as `missingRequiredField`.
    pub name: &'static str,
    /// The service's message for it. `{min}` and `{max}` stand for the limits of the rule that is broken.
    pub message: &'static str,
    /// How bad it is unless a rule says otherwise.
    pub severity: Severity,
}

impl Code {
    /// A code of severity [`Severity::Error`].
    #[must_use]
    pub const fn error(name: &'static str, message: &'static str) -> Self {
        Self { name, message, severity: Severity::Error }
    }

    /// A code of severity [`Severity::Warning`].
    #[must_use]
    pub const fn warning(name: &'static str, message: &'static str) -> Self {
        Self { name, message, severity: Severity::Warning }
    }
}

/// The name of the code.
impl AsRef<str> for Code {
    fn as_ref(&self) -> &str {
        self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_by_its_name() {
        assert_eq!(Code::error("size", "wrong size").as_ref(), "size");
    }
}
