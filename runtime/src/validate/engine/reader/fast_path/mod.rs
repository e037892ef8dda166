//! Objects as they nearly always are: up to 64 fields, and no name twice.
//!
//! Most of the time of a validation is spent here, and everything in this folder is here for its speed alone:
//! [`JsonReader::members`](super::json_reader::JsonReader::members) has another way for every object, with
//! the same findings. A member is passed with no call but for containers and for checks that need one, and
//! the path is kept up to date for containers and for findings only. What was measured, and what did not
//! help, stands in `spec/performance.md`.

mod calls;
mod lookahead;
mod members;
mod open_object;
mod value;
