//! Every broken rule of a value, in one list.

use std::{fmt, slice, vec};

use crate::{Code, Severity, Violation};

/// How many violations `Display` prints; the rest is a number.
const PRINTED: usize = 10;

/// Every broken rule of a value, in the order in which they were found.
///
/// `Display` prints one per line, and of a long list the first ten and the number of the others. Iterate to see all.
#[must_use]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Violations {
    list: Vec<Violation>,
}

impl Violations {
    /// A violation of `code` for every field whose flag is true, with the field's name as data path.
    ///
    /// For builders: `Violations::missing(&MISSING, [("id", self.id.is_none())])`.
    pub fn missing<const N: usize>(code: &Code, fields: [(&'static str, bool); N]) -> Self {
        fields
            .into_iter()
            .filter(|(_, is_missing)| *is_missing)
            .map(|(name, _)| Violation::new(code, name))
            .collect()
    }

    /// Whether no rule is broken, not even one that is a warning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are, warnings included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// All of them, in order.
    pub fn iter(&self) -> slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// Adds one at the end.
    pub fn push(&mut self, violation: Violation) {
        self.list.push(violation);
    }

    /// Those with the service's code `code`.
    pub fn with_code(&self, code: &str) -> impl Iterator<Item = &Violation> {
        self.iter().filter(move |violation| violation.code() == code)
    }

    /// Those for which the service would refuse the request.
    pub fn errors(&self) -> impl Iterator<Item = &Violation> {
        self.with_severity(Severity::Error)
    }

    /// Those that the service may accept.
    pub fn warnings(&self) -> impl Iterator<Item = &Violation> {
        self.with_severity(Severity::Warning)
    }

    fn with_severity(&self, severity: Severity) -> impl Iterator<Item = &Violation> {
        self.iter().filter(move |violation| violation.severity() == severity)
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.list.split_first() else {
            return f.write_str("no violations");
        };
        // A line "and 1 more" would take the place of what it leaves out.
        let printed = if others.len() <= PRINTED { others.len() } else { PRINTED - 1 };
        write!(f, "{first}")?;
        for violation in &others[..printed] {
            write!(f, "\n{violation}")?;
        }
        match others.len() - printed {
            0 => Ok(()),
            left => write!(f, "\n... and {left} more"),
        }
    }
}

impl std::error::Error for Violations {}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Self {
        Self { list: violations.into_iter().collect() }
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

    fn of_length(length: usize) -> Violations {
        (0..length).map(|index| Violation::new(&MISSING, format!("accounts[{index}].id"))).collect()
    }

    #[test]
    fn long_lists_are_summarised() {
        assert_eq!(of_length(0).to_string(), "no violations");
        assert_eq!(
            of_length(1).to_string(),
            "error missingRequiredField at accounts[0].id: A required field is missing"
        );
        for (length, lines, last) in [
            (2, 2, "error missingRequiredField at accounts[1].id: A required field is missing"),
            (11, 11, "error missingRequiredField at accounts[10].id: A required field is missing"),
            (12, 11, "... and 2 more"),
            (1000, 11, "... and 990 more"),
        ] {
            let text = of_length(length).to_string();
            assert_eq!(text.lines().count(), lines);
            assert_eq!(text.lines().last(), Some(last));
        }
    }

    #[test]
    fn missing_fields_are_collected() {
        let violations = Violations::missing(&MISSING, [("id", true), ("name", false), ("type", true)]);
        let paths: Vec<&str> = violations.iter().map(Violation::data_path).collect();
        assert_eq!(paths, ["id", "type"]);
        assert!(Violations::missing(&MISSING, []).is_empty());
    }

    #[test]
    fn filters() {
        let mut violations = of_length(2);
        violations.push(Violation::new(&SAME, "transactions[0]"));
        violations.extend(of_length(1));
        assert_eq!(violations.len(), 4);
        assert_eq!(violations.errors().count(), 3);
        assert_eq!(violations.warnings().count(), 1);
        assert_eq!(violations.with_code(SAME.name).count(), 1);
        assert_eq!((&violations).into_iter().count(), violations.into_iter().count());
    }
}
