//! One broken rule: what, where, how bad.

use std::{borrow::Cow, fmt};

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
    /// The service's message for it.
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

/// One broken rule: the service's code and message, and the path of the value that breaks it.
///
/// It never holds the value itself, which may be sensitive.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Violation {
    code: Cow<'static, str>,
    message: Cow<'static, str>,
    data_path: Cow<'static, str>,
    severity: Severity,
}

impl Violation {
    /// A violation with the message and severity of a code.
    ///
    /// `data_path` is as in [`Violation::data_path`].
    #[must_use]
    pub fn new(code: &Code, data_path: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: code.name.into(),
            message: code.message.into(),
            data_path: data_path.into(),
            severity: code.severity,
        }
    }

    /// The service's error code, static and never localized.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What is wrong, for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where: member names joined by dots, indices from 0 in brackets, `accounts[0].provider.countryCode`. Empty for
    /// the value as a whole.
    #[must_use]
    pub fn data_path(&self) -> &str {
        &self.data_path
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }
}

/// `error missingRequiredField at accounts[0].id: A required field is missing`
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.severity, self.code)?;
        if !self.data_path.is_empty() {
            write!(f, " at {}", self.data_path)?;
        }
        write!(f, ": {}", self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_a_sentence() {
        const MISSING: Code = Code::error("missingRequiredField", "A required field is missing");
        const SAME: Code = Code::warning("currencyInconsistency", "Currencies differ");
        for (violation, text) in [
            (
                Violation::new(&MISSING, "accounts[0].id"),
                "error missingRequiredField at accounts[0].id: A required field is missing",
            ),
            (Violation::new(&SAME, String::new()), "warning currencyInconsistency: Currencies differ"),
        ] {
            assert_eq!(violation.to_string(), text);
        }
    }
}
