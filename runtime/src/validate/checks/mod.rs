//! What is asked of a single string or number, one question per file. Nothing here knows of tables of
//! objects, of paths or of reports: text in, an answer out, in time that is linear in the text.

mod code_set;
mod country;
mod currency;
mod email;
pub(crate) mod format;
pub(crate) mod number;
mod number_multiple;
pub(crate) mod number_parts;
mod number_small;
mod pattern;
