//! The default transport against servers that misbehave, and on the wire.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod ask;
mod build;
mod canary;
mod certificates;
mod clock;
#[path = "../../../tests/faults/mod.rs"]
mod faults;
mod http2;
mod pool;
mod proxy;
mod table;
mod tls;
mod waiting;
mod wire;
