//! Sensitive values: their `Debug` output, and decoding that does not repeat them in errors.

use std::fmt;

use serde::{Deserializer, de, de::DeserializeOwned};
use serde_json::value::RawValue;

use super::any_format::raw_value;
use super::raw;

/// A placeholder for a sensitive value in `Debug` output. It prints `[redacted]`.
#[derive(Clone, Copy)]
pub struct Redacted;

impl Redacted {
    /// Returns `Some([redacted])` or `None`, so that the output shows whether there is a value.
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

/// Returns a message for a sensitive value that can't be decoded. serde's own message would repeat the value,
/// unless it is null.
pub(super) fn error_message(raw: &RawValue, error: &serde_json::Error) -> String {
    if raw.get() == "null" {
        raw::message_of(error)
    } else {
        "a sensitive value is not of the right type".to_owned()
    }
}

/// Deserializes a sensitive member. Errors say that it is not of the right type, and do not show it.
///
/// ```
/// # use serde::Deserialize;
/// #[derive(Debug, Deserialize)]
/// struct Account {
///     #[serde(deserialize_with = "specwright_runtime::redacted::deserialize")]
///     number: String,
/// }
///
/// let error = serde_json::from_str::<Account>(r#"{"number":4111111111111111}"#).unwrap_err();
/// assert!(!error.to_string().contains("4111"));
/// ```
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    let raw = raw_value(deserializer)?;
    raw::decode(&raw).map_err(|error| de::Error::custom(error_message(&raw, &error)))
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
