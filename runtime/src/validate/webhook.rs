//! Requests that a service sends: bodies of webhooks.

use std::{error::Error, fmt};

use serde::de::DeserializeOwned;

use super::{definition::Definition, options::Validation, table::Schema, validation::Validate};
use crate::violations::Violations;

/// The schema of any value.
pub static ANY: Schema = Schema::any().nullable();

/// Why a request is no webhook of the definition.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum WebhookError {
    /// The definition has no webhook of the name.
    UnknownName,
    /// The body breaks rules of the definition.
    Invalid(Violations),
}

impl WebhookError {
    /// Validates the body of a webhook and decodes it.
    ///
    /// # Errors
    ///
    /// Returns [`WebhookError::Invalid`] if the body breaks a rule.
    pub fn decoded<T: Validate + DeserializeOwned>(body: &[u8]) -> Result<T, Self> {
        T::decode_json(body).map_err(Self::Invalid)
    }

    /// Validates the body of a webhook, whose type has no rules of its own, and decodes it.
    ///
    /// # Errors
    ///
    /// Returns [`WebhookError::Invalid`] if the body breaks a rule.
    pub fn decoded_by<T: DeserializeOwned>(
        schema: &'static Schema,
        definition: &'static Definition,
        body: &[u8],
    ) -> Result<T, Self> {
        let decoded = Validation::new().decode_by(schema, definition, body);
        decoded.map(|(value, _)| value).map_err(Self::Invalid)
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownName => f.write_str("the definition has no webhook of this name"),
            Self::Invalid(violations) => write!(f, "the body of the webhook is invalid: {violations}"),
        }
    }
}

impl Error for WebhookError {}
