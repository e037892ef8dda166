//! Reads an OpenAPI 3.0 definition and writes a Rust crate.
mod pointer;
