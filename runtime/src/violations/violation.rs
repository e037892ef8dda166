//! One broken rule: what, where, how bad.

use std::{borrow::Cow, fmt, hash};

use super::{Code, Printable, Severity, pointer};

/// One broken rule: the service's code and message, and the path of the value that breaks it.
///
/// It never holds the value itself, which may be sensitive.
///
/// Equality and hashing look at code, message, data path and severity. [`Violation::place`] and [`Violation::detail`] are
/// left out: they say more of the same, and only some ways of validating know them.
#[derive(Debug, Clone)]
pub struct Violation {
    code: Cow<'static, str>,
    message: Cow<'static, str>,
    data_path: Cow<'static, str>,
    severity: Severity,
    place: Option<Place>,
    detail: Option<Cow<'static, str>>,
    of_request: bool,
}

/// Where in a JSON body something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Place {
    /// How many bytes stand before it.
    pub offset: usize,
    /// The line, from 1. A line ends with a line feed.
    pub line: usize,
    /// The column, from 1, in Unicode scalar values.
    pub column: usize,
}

#[cfg(feature = "validators")]
impl Place {
    pub(crate) const fn new(offset: usize, line: usize, column: usize) -> Self {
        Self { offset, line, column }
    }

    /// The place of a byte of a line, both counted from 1. Beyond the end of the body is its end.
    pub(crate) fn of_line_and_byte(body: &[u8], line: usize, byte: usize) -> Self {
        let lines = body.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::len);
        let start: usize = lines.take(line.saturating_sub(1)).sum();
        let end = start.saturating_add(byte.saturating_sub(1)).min(body.len());
        let continues = |byte: &u8| byte & 0xC0 == 0x80;
        let column = body[start..end].iter().filter(|byte| !continues(byte)).count() + 1;
        Self { offset: end, line: line.max(1), column }
    }
}

impl Violation {
    /// A violation with the message and severity of a code.
    ///
    /// `data_path` is as in [`Violation::data_path`].
    #[must_use]
    pub fn new(code: &Code, data_path: impl Into<Cow<'static, str>>) -> Self {
        Self::with_parts(code.name, code.message, data_path, code.severity)
    }

    /// A violation of a code whose message is filled in and whose severity the caller has settled.
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
            place: None,
            detail: None,
            of_request: false,
        }
    }

    /// The same at a place of the body.
    #[cfg(feature = "validators")]
    #[must_use]
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same of the value of a parameter, which is no part of a body.
    #[cfg(feature = "client")]
    #[must_use]
    pub(crate) fn of_parameter(mut self, name: &'static str) -> Self {
        let mut path = String::new();
        super::push_name(&mut path, name);
        if !self.data_path.is_empty() && !self.data_path.starts_with('[') {
            path.push('.');
        }
        path.push_str(&self.data_path);
        self.data_path = path.into();
        self.place = None;
        self
    }

    /// The same with a detail, which must not show any value of the body.
    #[cfg(feature = "validators")]
    #[must_use]
    pub(crate) fn because(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same, about the request rather than about a value in it: a body that is no JSON, say. In the service's error
    /// body it is the outer object itself and not an entry of its list.
    #[must_use]
    pub(crate) fn of_request(mut self) -> Self {
        self.of_request = true;
        self
    }

    /// Whether it is about the request as a whole.
    pub(crate) fn is_of_request(&self) -> bool {
        self.of_request
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
    ///
    /// A name that is empty or has a dot, a bracket, a quote or a control character in it is a JSON string in brackets:
    /// `accounts[0]["na.me"]`.
    #[must_use]
    pub fn data_path(&self) -> &str {
        &self.data_path
    }

    /// The data path as a JSON Pointer (RFC 6901): `/accounts/0/provider/countryCode`. Empty for the value as a whole.
    #[must_use]
    pub fn to_json_pointer(&self) -> String {
        pointer::of_data_path(&self.data_path)
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Where in the body; `None` unless a JSON body was read.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// What the message leaves open, such as the allowed values of an enum, the pattern that does not match, or the type that is
    /// expected and the one that is found. It never shows a value of the body.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// What equality and hashing look at.
    fn key(&self) -> (&str, &str, &str, Severity) {
        (&self.code, &self.message, &self.data_path, self.severity)
    }
}

impl PartialEq for Violation {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Violation {}

impl hash::Hash for Violation {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// `line 3, column 14`
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// `error missingRequiredField at accounts[0].id: A required field is missing`, with the detail in parentheses at the end.
/// Where the data path is empty, the place in the body takes its part. What does not print in a data path is escaped.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.severity, self.code)?;
        match self.place {
            _ if !self.data_path.is_empty() => write!(f, " at {}", Printable(&self.data_path))?,
            Some(place) => write!(f, " at {place}")?,
            None => {}
        }
        write!(f, ": {}", self.message)?;
        match &self.detail {
            Some(detail) => write!(f, " ({detail})"),
            None => Ok(()),
        }
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
        let place = Place::new(40, 3, 14);
        for (violation, text) in [
            (
                Violation::new(&MISSING, "accounts[0].id").at(place),
                "error missingRequiredField at accounts[0].id: A required field is missing",
            ),
            (Violation::new(&SAME, String::new()), "warning currencyInconsistency: Currencies differ"),
            (
                Violation::new(&SAME, "").at(place),
                "warning currencyInconsistency at line 3, column 14: Currencies differ",
            ),
            (
                Violation::new(&SAME, "a").because("EUR, USD"),
                "warning currencyInconsistency at a: Currencies differ (EUR, USD)",
            ),
        ] {
            assert_eq!(violation.to_string(), text);
        }
    }

    #[test]
    fn place_and_detail_are_beside_the_point() {
        let hashes = hash::RandomState::new();
        let plain = Violation::new(&MISSING, "a");
        let rich = plain.clone().at(Place::new(1, 1, 2)).because("why").of_request();
        assert_eq!(plain, rich);
        assert_eq!(hashes.hash_one(&plain), hashes.hash_one(&rich));
        assert_eq!((rich.place(), rich.detail()), (Some(Place::new(1, 1, 2)), Some("why")));
        for other in [Violation::new(&MISSING, "b"), Violation::new(&SAME, "a")] {
            assert_ne!(plain, other);
        }
    }
}
