//! One broken rule: its code, data path, position and severity.

use std::{borrow::Cow, fmt, hash};

use super::{
    code::{Code, Severity},
    data_path,
    position::Position,
    printable::Printable,
};

/// One broken rule: the service's code and message, and the path of the value that breaks it.
///
/// It never contains the value itself, which may be sensitive.
///
/// Equality and hashing compare code, message, data path and severity. [`Violation::position`] and
/// [`Violation::detail`] are not compared: not every validation knows them.
#[derive(Debug, Clone)]
pub struct Violation {
    code: Cow<'static, str>,
    message: Cow<'static, str>,
    data_path: Cow<'static, str>,
    severity: Severity,
    position: Option<Position>,
    detail: Option<Cow<'static, str>>,
    about_request: bool,
    /// Where the parameter is that it is about, in OpenAPI's word.
    #[cfg(feature = "server")]
    location: Option<&'static str>,
}

impl Violation {
    /// Creates a violation with the message and severity of a code.
    ///
    /// `data_path` has the form of [`Violation::data_path`].
    #[must_use]
    pub fn new(code: &Code, data_path: impl Into<Cow<'static, str>>) -> Self {
        Self::with_parts(code.name, code.message, data_path, code.severity)
    }

    /// Creates a violation with a message that is filled in and a severity of its own.
    pub(crate) fn with_parts(
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
        data_path: impl Into<Cow<'static, str>>,
        severity: Severity,
    ) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            data_path: data_path.into(),
            severity,
            position: None,
            detail: None,
            about_request: false,
            #[cfg(feature = "server")]
            location: None,
        }
    }

    /// Sets the position in the body.
    #[cfg(feature = "validators")]
    #[must_use]
    pub(crate) fn at_position(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    /// Moves the violation into the value of a parameter, which is not part of a body.
    #[cfg(any(feature = "client", feature = "server"))]
    #[must_use]
    pub(crate) fn of_parameter(mut self, name: &'static str) -> Self {
        self.data_path = data_path::join_name(name, &self.data_path).into();
        self.position = None;
        self
    }

    /// Sets where the parameter is that it is about: `query`, `header`, `path` or `cookie`.
    #[cfg(feature = "server")]
    #[must_use]
    pub(crate) fn located(mut self, location: &'static str) -> Self {
        self.location = Some(location);
        self
    }

    /// Returns where the parameter is that it is about, if it is about one.
    #[cfg(feature = "server")]
    pub(crate) fn location(&self) -> Option<&'static str> {
        self.location
    }

    /// Takes the position away, which is none in what was sent.
    #[cfg(feature = "server")]
    #[must_use]
    pub(crate) fn without_position(mut self) -> Self {
        self.position = None;
        self
    }

    /// Makes a warning an error if it is about a number that the models do not hold: there is no value then.
    #[cfg(feature = "server")]
    #[must_use]
    pub(crate) fn error_if_undecodable(mut self) -> Self {
        if self.code == super::codes::TOO_MANY_DIGITS.name {
            self.severity = Severity::Error;
        }
        self
    }

    /// Sets the detail, which must not show a value of the body.
    #[cfg(feature = "validators")]
    #[must_use]
    pub(crate) fn with_detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Makes it a violation of the request rather than of a value in it, such as a body that is not JSON. In
    /// the service's error body it is the outer object and not an entry of the list.
    #[must_use]
    pub(crate) fn about_request(mut self) -> Self {
        self.about_request = true;
        self
    }

    /// Returns whether it is about the request as a whole.
    pub(crate) fn is_about_request(&self) -> bool {
        self.about_request
    }

    /// Returns the service's error code. It is never localized.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns the message.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the data path: member names joined by dots, and indexes from 0 in brackets,
    /// `accounts[0].provider.countryCode`. It is empty for the value as a whole.
    ///
    /// A name that is empty or contains a dot, a bracket, a quote or a control character is a JSON string in
    /// brackets: `accounts[0]["na.me"]`.
    #[must_use]
    pub fn data_path(&self) -> &str {
        &self.data_path
    }

    /// Returns the data path as a JSON Pointer (RFC 6901): `/accounts/0/provider/countryCode`. It is empty
    /// for the value as a whole.
    #[must_use]
    pub fn to_json_pointer(&self) -> String {
        data_path::to_json_pointer(&self.data_path)
    }

    /// Returns the severity.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns the position in the body, or `None` if no JSON body was validated.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.position
    }

    /// Returns the message, and the detail in parentheses.
    pub(crate) fn told(&self) -> Cow<'_, str> {
        match &self.detail {
            Some(detail) => format!("{} ({detail})", self.message).into(),
            None => Cow::Borrowed(&self.message),
        }
    }

    /// Returns what the message does not say: the allowed values of an enum or a discriminator, the pattern
    /// that does not match, or the expected type and the actual one. It never shows a value of the body.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// Returns what equality and hashing compare.
    fn compared(&self) -> (&str, &str, &str, Severity) {
        (&self.code, &self.message, &self.data_path, self.severity)
    }
}

impl PartialEq for Violation {
    fn eq(&self, other: &Self) -> bool {
        self.compared() == other.compared()
    }
}

impl Eq for Violation {}

impl hash::Hash for Violation {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.compared().hash(state);
    }
}

/// Prints `error missingRequiredField at accounts[0].id: A required field is missing`, with the detail in
/// parentheses at the end. If the data path is empty, the position in the body is printed instead. Characters
/// of a data path that are not printable are escaped.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.severity, self.code)?;
        match self.position {
            _ if !self.data_path.is_empty() => write!(f, " at {}", Printable(&self.data_path))?,
            Some(position) => write!(f, " at {position}")?,
            None => {}
        }
        write!(f, ": {}", self.told())
    }
}

#[cfg(all(test, feature = "validators"))]
mod tests {
    use std::hash::BuildHasher;

    use super::*;

    const MISSING: Code = Code::error("missingRequiredField", "A required field is missing");
    const SAME: Code = Code::warning("currencyInconsistency", "Currencies differ");

    #[test]
    fn reads_as_a_sentence() {
        let position = Position::new(40, 3, 14);
        for (violation, text) in [
            (
                Violation::new(&MISSING, "accounts[0].id").at_position(position),
                "error missingRequiredField at accounts[0].id: A required field is missing",
            ),
            (Violation::new(&SAME, String::new()), "warning currencyInconsistency: Currencies differ"),
            (
                Violation::new(&SAME, "").at_position(position),
                "warning currencyInconsistency at line 3, column 14: Currencies differ",
            ),
            (
                Violation::new(&SAME, "a").with_detail("EUR, USD"),
                "warning currencyInconsistency at a: Currencies differ (EUR, USD)",
            ),
        ] {
            assert_eq!(violation.to_string(), text);
        }
    }

    #[test]
    fn position_and_detail_are_not_compared() {
        let hashes = hash::RandomState::new();
        let plain = Violation::new(&MISSING, "a");
        let rich = plain.clone().at_position(Position::new(1, 1, 2)).with_detail("why").about_request();
        assert_eq!(plain, rich);
        assert_eq!(hashes.hash_one(&plain), hashes.hash_one(&rich));
        assert_eq!((rich.position(), rich.detail()), (Some(Position::new(1, 1, 2)), Some("why")));
        for other in [Violation::new(&MISSING, "b"), Violation::new(&SAME, "a")] {
            assert_ne!(plain, other);
        }
    }
}
