//! The ways in.

use serde::de::DeserializeOwned;

use super::{Definition, Schema, Visit};
use crate::Violations;

/// A type whose values can be validated. Generated code implements it.
pub trait Validate: Visit {
    /// What the type's schema asks of a value.
    const SCHEMA: &'static Schema;

    /// The definition that the schema is of.
    const DEFINITION: &'static Definition;

    /// Every broken rule of the value, warnings included.
    fn validate(&self) -> Violations {
        Validation::new().value(self)
    }

    /// Every broken rule of a JSON body, warnings included, in the order of the body, each with its place there.
    fn validate_json(body: &[u8]) -> Violations {
        Validation::new().json::<Self>(body)
    }

    /// The value of a JSON body, or every broken rule.
    ///
    /// # Errors
    ///
    /// At least one broken rule is an error; the list has the warnings too.
    fn decode_json(body: &[u8]) -> Result<Self, Violations>
    where
        Self: DeserializeOwned,
    {
        Validation::new().decode(body)
    }
}

/// How strict to be: the severities of the definition, unless the caller says otherwise.
#[derive(Debug, Clone, Default)]
pub struct Validation {}

impl Validation {
    /// The severities of the definition.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Every broken rule of a value.
    pub fn value<T: Validate + ?Sized>(&self, value: &T) -> Violations {
        let _ = value;
        Violations::default()
    }

    /// Every broken rule of a JSON body that should be a `T`.
    pub fn json<T: Validate + ?Sized>(&self, body: &[u8]) -> Violations {
        self.body(T::SCHEMA, T::DEFINITION, body)
    }

    /// Every broken rule of a JSON body, by a schema that is no type of its own.
    pub fn body(&self, schema: &'static Schema, definition: &'static Definition, body: &[u8]) -> Violations {
        let _ = (schema, definition, body);
        Violations::default()
    }

    /// The value of a JSON body, or every broken rule.
    ///
    /// # Errors
    ///
    /// At least one broken rule is an error; the list has the warnings too.
    pub fn decode<T: Validate + DeserializeOwned>(&self, body: &[u8]) -> Result<T, Violations> {
        let violations = self.json::<T>(body);
        if violations.errors().next().is_some() {
            return Err(violations);
        }
        serde_json::from_slice(body).map_err(|_| violations)
    }
}
