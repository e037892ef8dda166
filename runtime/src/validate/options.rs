//! Severities, as the caller chooses them.

use std::num::NonZeroUsize;

use crate::violations::{Code, Severity};

/// Options of a validation: the severities of violations, and how many are listed.
///
/// A violation has the severity of its code in the definition, unless the options set another one. A code is
/// given by its name or as a [`Code`]. The severity of a single code has precedence over
/// [`Validation::strict`]. If a code is set twice, the later call counts.
///
/// A body that can't be read is always an error: one that is not JSON
/// ([`codes::INVALID_JSON`](crate::validate::codes::INVALID_JSON), or the definition's own code for it), and
/// one that is nested too deep ([`codes::TOO_DEEP`](crate::validate::codes::TOO_DEEP)).
///
/// ```
/// use specwright_runtime::{Validation, validate::codes};
///
/// // Warnings are errors, but unknown fields are not reported.
/// let validation = Validation::strict().off(codes::UNKNOWN_PROPERTY);
/// # let _ = validation;
/// ```
#[derive(Debug, Clone, Default)]
pub struct Validation {
    strict: bool,
    /// `None` is off.
    by_code: Vec<(Box<str>, Option<Severity>)>,
    /// How many violations are listed, if the caller says so.
    limit: Option<NonZeroUsize>,
}

/// How many violations are listed unless the caller says otherwise.
const DEFAULT_LIMIT: usize = 1000;

impl Validation {
    /// Creates options with the severities of the definition.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates options that make every warning an error.
    #[must_use]
    pub fn strict() -> Self {
        Self { strict: true, ..Self::default() }
    }

    /// Makes violations of this code warnings.
    #[must_use]
    pub fn warn(self, code: impl AsRef<str>) -> Self {
        self.with(code.as_ref(), Some(Severity::Warning))
    }

    /// Makes violations of this code errors.
    #[must_use]
    pub fn error(self, code: impl AsRef<str>) -> Self {
        self.with(code.as_ref(), Some(Severity::Error))
    }

    /// Leaves out violations of this code.
    #[must_use]
    pub fn off(self, code: impl AsRef<str>) -> Self {
        self.with(code.as_ref(), None)
    }

    /// Sets how many violations are listed, at least one; the default is 1000. Of others it is only counted
    /// how many they are: see [`Violations::left_out`](crate::Violations::left_out). Errors have precedence
    /// over warnings. A stream lists so many of each item.
    ///
    /// ```
    /// # use specwright_runtime::Validation;
    /// # use specwright_runtime::validate::{Array, Definition, Schema, Text, codes};
    /// # static NAMES: Schema = Schema::array(Array::new().items(&NAME));
    /// # static NAME: Schema = Schema::text(Text::new().max_length(5, &codes::INVALID_SIZE));
    /// # static DEFINITION: Definition = Definition::new();
    /// let body = br#"["Konstantin", "Magdalena", "Florentine"]"#;
    /// let violations = Validation::new().limit(2).body(&NAMES, &DEFINITION, body);
    /// assert_eq!((violations.len(), violations.left_out()), (2, 1));
    /// ```
    #[must_use]
    pub fn limit(self, most: usize) -> Self {
        Self { limit: Some(NonZeroUsize::new(most).unwrap_or(NonZeroUsize::MIN)), ..self }
    }

    /// Returns how many violations are listed.
    pub(crate) fn most(&self) -> usize {
        self.limit.map_or(DEFAULT_LIMIT, NonZeroUsize::get)
    }

    fn with(mut self, code: &str, severity: Option<Severity>) -> Self {
        self.by_code.retain(|(name, _)| **name != *code);
        self.by_code.push((code.into(), severity));
        self
    }

    /// Returns the severity of a violation of the code; `None` if it is left out.
    pub(crate) fn severity(&self, code: &Code) -> Option<Severity> {
        match self.by_code.iter().find(|(name, _)| **name == *code.name) {
            Some((_, severity)) => *severity,
            None if self.strict => Some(Severity::Error),
            None => Some(code.severity),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_are_the_callers() {
        const ERROR: Code = Code::error("e", "");
        const WARNING: Code = Code::warning("w", "");
        let (error, warning) = (Some(Severity::Error), Some(Severity::Warning));
        for (validation, expected) in [
            (Validation::new(), (error, warning)),
            (Validation::strict(), (error, error)),
            (Validation::new().warn(ERROR).error("w"), (warning, error)),
            (Validation::new().off("e"), (None, warning)),
            (Validation::new().off(ERROR).off(WARNING).error("e"), (error, None)),
            (Validation::strict().warn("w"), (error, warning)),
            (Validation::new().off(String::from("E")), (error, warning)),
        ] {
            assert_eq!(
                (validation.severity(&ERROR), validation.severity(&WARNING)),
                expected,
                "{validation:?}"
            );
        }
    }
}
