//! Validators: tables that generated code holds, and the engine that runs them.
//!
//! A [`Schema`] is static data: what one schema of a definition asks of a value, with the error code of each
//! broken keyword. Generated code has one for each schema. The engine runs it over a JSON body, in one pass
//! and without a tree ([`Validation::json`]). A typed value is written as JSON first ([`Validation::value`]).
//!
//! Some rules depend on where a value is rather than on its schema: a card number is an error in one member
//! and a warning in another, or a currency must agree with another one only within a certain object. A schema
//! that is used in two such ways has two tables.

#[cfg(feature = "validators")]
mod checks;
#[cfg(feature = "validators")]
mod definition;
#[cfg(feature = "validators")]
mod engine;
#[cfg(feature = "validators")]
mod options;
#[cfg(feature = "validators")]
mod scanner;
#[cfg(feature = "validators")]
mod serialize;
#[cfg(feature = "validators")]
mod stream;
#[cfg(feature = "validators")]
mod table;
#[cfg(feature = "validators")]
mod validation;
#[cfg(feature = "validators")]
mod webhook;

pub use crate::violations::{ErrorBody, codes};
#[cfg(feature = "validators")]
pub use definition::Definition;
#[cfg(feature = "validators")]
pub use options::Validation;
#[cfg(feature = "validators")]
pub use stream::Tally;
#[cfg(feature = "validators")]
pub use table::{
    Additional, Array, Beyond, Bound, Capture, Choice, Class, Condition, Evaluated, EvaluatedPart, Field,
    Format, NoReference, Number, Object, Pattern, Rule, Run, Scalar, Schema, Text, UniqueBy,
};
#[cfg(feature = "validators")]
pub use validation::Validate;
#[cfg(feature = "validators")]
pub use webhook::{ANY, WebhookError};
