//! Validators: the tables that generated code holds, and the one engine that runs them.
//!
//! A [`Schema`] is static data: what one schema of a definition asks of a value, down to the error code that
//! each broken keyword means. Generated code declares one for each schema. The engine runs it over a JSON
//! body, in one pass and without a tree ([`Validation::json`]). A typed value is written as JSON first
//! ([`Validation::value`]).
//!
//! What depends on the place of a value rather than on its schema (a card number is an error here and a
//! warning there, a currency must agree with another one only below an addendum) is settled when the tables
//! are written: a schema that stands in two such places has two tables.

#[cfg(feature = "validators")]
mod checks;
#[cfg(feature = "validators")]
mod cursor;
#[cfg(feature = "validators")]
mod definition;
#[cfg(feature = "validators")]
pub(crate) mod engine;
#[cfg(feature = "validators")]
mod serialize;
#[cfg(feature = "validators")]
mod stream;
#[cfg(feature = "validators")]
mod table;
#[cfg(feature = "validators")]
mod validation;

pub use crate::violations::{ErrorBody, codes};
#[cfg(feature = "validators")]
pub use definition::Definition;
#[cfg(feature = "validators")]
pub use stream::Tally;
#[cfg(feature = "validators")]
pub(crate) use table::PatternKind;
#[cfg(feature = "validators")]
pub use table::{
    Additional, Array, Bound, Capture, Choice, Class, Condition, Field, Format, NoReference, Number, Object,
    Pattern, Rule, Run, Scalar, Schema, Text, UniqueBy,
};
#[cfg(feature = "validators")]
pub use validation::{Validate, Validation};
