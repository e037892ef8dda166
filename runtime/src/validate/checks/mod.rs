//! Checks of single strings and numbers. They know the tables of those, and nothing of objects, paths or
//! findings. Each takes time that is linear in the text.

#![expect(clippy::inline_always, reason = "measured: see spec/performance.md")]

mod base64;
mod byte_set;
mod card_number;
mod code_set;
mod country;
mod currency;
mod email;
pub(crate) mod format;
mod host;
pub(crate) mod number;
mod number_multiple;
pub(crate) mod number_parts;
mod number_small;
mod pattern;
mod text;
mod uri;
