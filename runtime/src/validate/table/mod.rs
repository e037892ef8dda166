//! Tables: what schemas ask of values, as static data.
//!
//! Generated code makes them with `const` functions alone, so that tables can have more members later without
//! a breaking change.

#![expect(clippy::inline_always, reason = "measured: names are compared a hundred thousand times in a body")]

mod array;
mod beyond;
mod field;
mod format;
mod name;
mod number;
mod object;
mod pattern;
mod perfect_hash;
mod reference;
mod rule;
mod scalar;
mod schema;
mod short_text;
mod switch;
mod text;

pub use array::{Array, UniqueBy};
pub use beyond::{Beyond, Evaluated, EvaluatedPart};
pub use field::{Capture, Field};
pub use format::Format;
pub use number::{Bound, Number};
pub use object::{Additional, Object};
pub use pattern::{Class, Pattern, Run};
pub use reference::NoReference;
pub use rule::{Condition, Rule};
pub use scalar::Scalar;
pub use schema::{Choice, Schema};
pub use text::Text;

pub(crate) use beyond::{Applies, Contains};
pub(crate) use name::{hash, same};
pub(crate) use pattern::PatternKind;
pub(crate) use reference::CaptureRole;
pub(crate) use rule::RuleKind;
pub(crate) use schema::SchemaType;
pub(crate) use short_text::ShortText;
pub(crate) use switch::Decision;
