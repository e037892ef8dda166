//! The tables: what a schema asks of a value, as static data.
//!
//! Generated code makes them with the `const` functions, so that a later version can know more without a
//! break.

#![expect(clippy::inline_always, reason = "measured: names are compared a hundred thousand times in a body")]

mod array;
mod cards;
mod field;
mod format;
mod index;
mod name;
mod number;
mod object;
mod packed;
mod pattern;
mod reference;
mod rule;
mod schema;
mod switch;
mod text;

pub use array::{Array, UniqueBy};
pub use field::{Capture, Field};
pub use format::Format;
pub use number::{Bound, Number};
pub use object::{Additional, Object};
pub use pattern::{Class, Pattern, Run};
pub use reference::NoReference;
pub use rule::{Condition, Rule};
pub use schema::{Choice, Scalar, Schema};
pub use text::Text;

/// What the tables are made of inside.
pub(crate) use {
    name::same, packed::Packed, pattern::Kind as PatternKind, reference::Role, rule::Kind as RuleKind,
    schema::Shape, switch::Decision,
};
