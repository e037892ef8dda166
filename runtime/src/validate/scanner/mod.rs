//! A scanner of JSON that builds nothing: offsets in, offsets out.
//!
//! Every function takes the bytes of a whole body and the offset of a token's first byte, and returns the
//! offset of its end. Offsets stay in registers that way, and reading something a second time needs no second
//! scanner. The body's UTF-8 is checked before any of them runs.
//!
//! The scanner accepts what `serde_json` accepts, to the byte, with one exception: a number that is too large
//! for `f64` is JSON.
//!
//! It is hand-written because no tokenizer on crates.io is fast enough to validate on top of it: see
//! `spec/performance.md`.

#![expect(clippy::inline_always, reason = "measured: calls for a few bytes cost as much as reading them")]

mod error;
mod number;
mod skip;
mod space;
mod string;

pub(crate) use error::{SyntaxError, SyntaxErrorKind, syntax_error};
pub(crate) use number::{NumberForm, number, short_number};
pub(crate) use skip::{MAX_DEPTH, literal, skip};
pub(crate) use space::space;
pub(crate) use string::{ScannedString, specials, string, unescape};

#[cfg(test)]
mod tests;
