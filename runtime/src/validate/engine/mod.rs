//! The engine: rules, and a reader that drives them over a JSON text.
//!
//! # The rules
//!
//! [`RuleEngine`](rule_engine::RuleEngine) knows nothing of JSON. It gets value events, in the order of the
//! document:
//!
//! ```text
//! let mut frame = engine.begin_object(object, sort_key);          // enters the object's path
//! engine.begin_member(&mut frame, index, sort_key_of_name)?;      // goes to a field of the table
//!     ...the value: check_text, check_number, begin_object, begin_array...
//!     if frame.watches(index) { engine.member_value(&mut frame, index, ScalarValue::Text(..), sort_key)?; }
//! engine.end_member(&mut frame, index, Presence::Value);          // or Absent, or Null
//! let unknown = engine.begin_unknown_member(&mut frame, name, sort_key)?; // not in the table
//!     ...if unknown.schema is some: the value...
//! engine.end_unknown_member(&mut frame, unknown);
//! engine.end_object(frame);                                       // rules of the object; leaves its path
//!
//! let mut frame = engine.begin_array(array, sort_key);
//! engine.begin_item(&mut frame);                                  // goes to the next item
//!     ...the value...
//!     engine.item_value(&frame, encoded, sort_key);               // only where array.unique is some
//! engine.end_item(&frame);                                        // references from it and to it
//! engine.end_array(frame);                                        // counts the items; leaves the path
//! ```
//!
//! Scalars and wrong types only add findings: [`scalars`], [`json_type`]. A `null` is no event but
//! `Presence::Absent` or `Presence::Null` at the end of its member.
//! [`member_value`](rule_engine::RuleEngine::member_value) is for scalars of the right type, while the member
//! is at hand. The sort key is a byte offset and orders the findings. A name that is repeated is a
//! [`Restart`](frame::Restart), unless the engine allows repeats: then it takes back what the earlier member
//! left behind. At the end [`violations_of`](report::violations_of) makes the list.
//!
//! # The reader
//!
//! [`JsonReader`](reader::read) reads the text once. A body that repeats a name is read a second time with an
//! engine that allows repeats, so that other bodies do without its records. Beyond that, only `allOf`,
//! `oneOf`, `anyOf` and `not` read a value again, and the work for those is bounded.

#![expect(clippy::inline_always, reason = "measured: see spec/performance.md")]

mod array;
mod captures;
pub(crate) mod data_path;
mod encoding;
pub(crate) mod finding;
pub(crate) mod findings;
mod flags;
mod forms;
pub(crate) mod frame;
mod json_type;
mod member;
mod object;
mod positions;
pub(crate) mod reader;
mod references;
pub(crate) mod report;
pub(crate) mod rule_engine;
mod rules;
mod scalars;
pub(crate) mod text_cache;
mod text_set;

pub(crate) use encoding::encode_json;
pub(crate) use positions::{SourceText, position_after};

#[cfg(test)]
mod tests;
