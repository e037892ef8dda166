//! The engine: a core that knows the rules, and a reader that drives it over a JSON text.
//!
//! # The core
//!
//! [`Core`](core::Core) knows nothing of JSON. It is told what a value shows, in the order of the document:
//!
//! ```text
//! let mut frame = core.begin_object(object, key);          // enters the object's path
//! core.begin_member(&mut frame, place, name_key)?;         // goes to a field of the table
//!     ...the member's value: text, number, begin_object, begin_array...
//!     if Core::watches(&frame, place) { core.try_note(&mut frame, place, Value::Text(..), value_key)?; }
//! core.end_member(&mut frame, place, Presence::Value);     // or Absent (null), or Null (an allowed null)
//! let other = core.begin_other(&mut frame, name, key)?;    // goes to a member that the table does not name
//!     ...if other.schema is some: the member's value...
//! core.end_other(&mut frame, other, presence);
//! core.end_object(frame);                                  // missing fields, rules, keys of items; leaves the path
//!
//! let mut rows = core.begin_array(array, key);
//! core.begin_item(&mut rows);                              // goes to the next item
//!     ...the item's value...
//!     core.item_value(&rows, encoded, key);                // only where array.unique is some
//!     core.end_item(&rows);                                // what it refers to, and what refers to it
//! core.end_array(rows);                                    // counts; leaves the path
//!
//! core.text(table, text, key);                             // a string, escapes taken back
//! core.number(table, text, key);                           // a number as JSON writes it
//! core.report_type(schema, found, key);                    // a value of another type than the schema's
//! core.report(code, key);                                  // anything else about the value at hand
//! ```
//!
//! A `null` is no call at all but `Presence::Absent` or `Presence::Null` at the end of its member.
//! [`Core::try_note`](core::Core::try_note) is called for scalars of the right type only, while the member is
//! at hand. `key` orders the findings: it is a byte offset. A name that comes twice is an
//! [`Again`](object::Again) unless the core is
//! [careful](core::Core::careful): a careful one takes back what the earlier member left behind. At the end
//! [`finish`](report::finish) makes the list.
//!
//! # The reader
//!
//! [`Raw`](raw::Raw) reads the text once. A body that repeats a name is read twice, the second time with a careful core;
//! everybody else is spared the book-keeping. Beyond that only `allOf`, `oneOf`, `anyOf` and `not` read a
//! value again, and the work for those is bounded.

#![expect(clippy::inline_always, reason = "measured: see spec/performance.md")]

pub(crate) mod array;
pub(crate) mod core;
pub(crate) mod finding;
pub(crate) mod journal;
pub(crate) mod kind;
pub(crate) mod leaf;
pub(crate) mod marks;
pub(crate) mod member;
pub(crate) mod memo;
pub(crate) mod object;
pub(crate) mod path;
mod places;
pub(crate) mod raw;
mod refer;
pub(crate) mod references;
pub(crate) mod report;
pub(crate) mod rules;
pub(crate) mod set;
pub(crate) mod value;

#[cfg(test)]
mod tests;
