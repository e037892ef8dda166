//! The list of every broken rule of a value.

use std::{slice, vec};

use super::{
    code::{Code, Severity},
    error_body::ErrorBody,
    violation::Violation,
};

/// Every broken rule of a value, in the order of the document, up to a limit.
///
/// `Display` prints one violation per line. A long list begins with a line that counts them by code, and ends
/// after the first ten with the number of the others. To get all, iterate over the list, or group it with
/// [`Violations::by_item`].
///
/// `Serialize` writes the errors as the error body of the service (see [`ErrorBody`]). Warnings are left out,
/// because the service does not report them. [`Violations::from_error_body`] reads such a body.
///
/// Equality compares the violations alone.
#[must_use]
#[derive(Debug, Clone, Default)]
pub struct Violations {
    pub(super) list: Vec<Violation>,
    pub(super) error_body: Option<&'static ErrorBody>,
    pub(super) left_out: LeftOut,
}

/// How many violations are not listed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LeftOut {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}

impl Violations {
    /// Returns a violation of `code` for every field whose flag is true, with the field's name as data path.
    ///
    /// Builders use it: `Violations::missing(&MISSING, [("id", self.id.is_none())])`.
    pub fn missing<const N: usize>(code: &Code, fields: [(&'static str, bool); N]) -> Self {
        fields
            .into_iter()
            .filter(|(_, is_missing)| *is_missing)
            .map(|(name, _)| Violation::new(code, name))
            .collect()
    }

    /// Sets the form in which `Serialize` writes the errors.
    pub(crate) fn with_error_body(self, error_body: &'static ErrorBody) -> Self {
        Self { error_body: Some(error_body), ..self }
    }

    /// Sets how many violations are not listed.
    #[cfg(feature = "validators")]
    pub(crate) fn with_left_out(self, left_out: LeftOut) -> Self {
        Self { left_out, ..self }
    }

    /// Returns `true` if no rule is broken, not even one whose violation is a warning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the number of violations that are not listed, because there are more than
    /// `Validation::limit` allows. Two of one code about one value may count twice.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out.errors + self.left_out.warnings
    }

    /// Returns how many errors and warnings are not listed.
    #[cfg(feature = "validators")]
    pub(crate) fn left_out_by_severity(&self) -> LeftOut {
        self.left_out
    }

    /// Returns the number of violations in the list, warnings included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns an iterator over the violations, in order.
    pub fn iter(&self) -> slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// Adds a violation at the end.
    pub fn push(&mut self, violation: Violation) {
        self.list.push(violation);
    }

    /// Returns the violations of a code, which is given by its name or as a [`Code`].
    pub fn with_code(&self, code: impl AsRef<str>) -> impl Iterator<Item = &Violation> {
        self.iter().filter(move |violation| violation.code() == code.as_ref())
    }

    /// Returns the errors: violations for which the service would reject the request.
    pub fn errors(&self) -> impl Iterator<Item = &Violation> {
        self.with_severity(Severity::Error)
    }

    /// Returns the warnings: violations that the service may accept.
    pub fn warnings(&self) -> impl Iterator<Item = &Violation> {
        self.with_severity(Severity::Warning)
    }

    fn with_severity(&self, severity: Severity) -> impl Iterator<Item = &Violation> {
        self.iter().filter(move |violation| violation.severity() == severity)
    }
}

impl PartialEq for Violations {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl Eq for Violations {}

impl std::error::Error for Violations {}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Self {
        Self { list: violations.into_iter().collect(), error_body: None, left_out: LeftOut::default() }
    }
}

impl Extend<Violation> for Violations {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        self.list.extend(violations);
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MISSING: Code = Code::error("missingRequiredField", "A required field is missing");
    const SAME: Code = Code::warning("currencyInconsistency", "Currencies differ");

    #[test]
    fn missing_fields_are_collected() {
        let violations = Violations::missing(&MISSING, [("id", true), ("name", false), ("type", true)]);
        let paths: Vec<&str> = violations.iter().map(Violation::data_path).collect();
        assert_eq!(paths, ["id", "type"]);
        assert!(Violations::missing(&MISSING, []).is_empty());
    }

    #[test]
    fn filters() {
        let mut violations = Violations::missing(&MISSING, [("id", true), ("name", true)]);
        violations.push(Violation::new(&SAME, "transactions[0]"));
        violations.extend(Violations::missing(&MISSING, [("type", true)]));
        assert_eq!(violations.len(), 4);
        assert_eq!(violations.errors().count(), 3);
        assert_eq!(violations.warnings().count(), 1);
        assert_eq!(violations.with_code(SAME.name).count(), 1);
        assert_eq!(violations.with_code(MISSING).count(), 3);
        assert_eq!((&violations).into_iter().count(), violations.into_iter().count());
    }
}
