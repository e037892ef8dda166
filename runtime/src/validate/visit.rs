//! The typed way: how a value shows itself to the engine.
//!
//! A value shows its parts in the order in which they would stand in JSON, and the same core that the raw way drives is
//! told of them. Nothing is written for that: text is made only of what a rule must see as text (a date with a pattern,
//! a number with limits), and JSON only of what can't show its parts and of what a choice must read twice.
#![expect(clippy::inline_always, reason = "measured: frames are built where they stand instead of copied")]

mod collections;
mod fields;
mod members;
mod memo;
mod numbers;
mod open;
mod serialized;
mod state;
mod texts;
mod visitor;

pub use fields::Fields;
pub(crate) use state::validate;
pub use visitor::Visitor;

use super::Schema;
use serde::Serialize;

/// A value that can show its parts to the engine, as they stand in its JSON.
///
/// Generated structs call [`Visitor::object`] and then one method of [`Fields`] for each field, in the order in which
/// they are written; what has no tables of its own shape (unions, foreign types) calls [`Visitor::serialized`].
pub trait Visit: Serialize {
    /// Shows the value.
    fn visit(&self, visitor: &mut Visitor<'_>);

    /// Whether the value keeps to a schema beyond doubt. If it does, and nothing else asks for it, it need not be shown.
    #[doc(hidden)]
    #[inline(always)]
    fn keeps(&self, _: &'static Schema) -> bool {
        false
    }

    /// The value, if it is text as it stands.
    #[doc(hidden)]
    #[inline(always)]
    fn as_text(&self) -> Option<&str> {
        None
    }
}

#[cfg(test)]
mod tests;
