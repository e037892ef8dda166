//! Reads an OpenAPI 3.0 definition and writes a Rust crate.
#![allow(dead_code, reason = "the rooms are being furnished")]

mod api;
mod check;
mod document;
mod emit;
mod ident;
mod lower;
mod output;
mod parse;
mod pointer;
mod render;
mod report;
mod rust;
mod settings;
mod source;
mod translate;
