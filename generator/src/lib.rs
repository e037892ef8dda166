//! Reads an OpenAPI 3.0 definition and writes a Rust crate.
#![allow(dead_code, reason = "the rooms are being furnished")]

mod api;
mod check;
mod document;
mod lower;
mod parse;
mod pointer;
mod report;
mod source;
