//! The command `cards`, run as a person would, against the sandbox on this machine.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod desk;
mod end_to_end;
mod journal;
#[path = "../../../tests/local_sandbox/mod.rs"]
mod local_sandbox;
mod network;
#[path = "../../../benches/payload/mod.rs"]
mod payload;
mod push;
#[cfg(all(feature = "postgres", unix))]
mod shared;
#[cfg(unix)]
mod signals;
mod validate;

const PROGRAM: &str = env!("CARGO_BIN_EXE_cards");
const COMPANY: &str = "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b10";
