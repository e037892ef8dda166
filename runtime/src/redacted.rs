//! What stands in `Debug` output in the place of a sensitive value.

use std::fmt;

/// Prints `[redacted]`.
#[derive(Clone, Copy)]
pub struct Redacted;

impl Redacted {
    /// Keeps whether there is a value: `Some([redacted])` or `None`.
    #[must_use]
    pub fn of<T>(value: &Option<T>) -> Option<Self> {
        value.as_ref().map(|_| Self)
    }
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_presence_only() {
        assert_eq!(format!("{Redacted:?}"), "[redacted]");
        assert_eq!(format!("{:?}", Redacted::of(&Some("4111"))), "Some([redacted])");
        assert_eq!(format!("{:?}", Redacted::of(&None::<&str>)), "None");
    }
}
